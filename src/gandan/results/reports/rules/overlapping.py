"""What a report must not tell because of those that everybody has read before: days in common can be taken from each other.

A year less its first nine months is its last quarter, whoever published which. So all that is told is looked at together: how far
a count had come by the end of some days, less how far by their beginning (`code@day`). What is small in any stretch between two
such days must not follow, and nothing is told again that differs by little from what was told of the same days.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gandan.results.releases.rules import SUMS, Form, hold_back, is_small, minus
from gandan.results.reports.rules.public import BY_FIELD, Frame, Numbers, Spot

Sum = tuple[tuple[str, int], ...]
"""A sum over counts, in the order of their names."""
Over = tuple[Sum, str, str]
"""A sum over the days from one to before another."""
DAYS = frozenset(code for form in (*SUMS, BY_FIELD) for code in form)  # these add up over days, whether a report has them or not


@dataclass(frozen=True)
class Read:
    """The figures of a report that was published before, and which of them everybody has read."""

    figures: Mapping[Spot, Numbers]
    told: frozenset[Spot]
    frame: Frame


def withheld(
    figures: Mapping[Spot, Numbers],
    frame: Frame,
    *,
    shown: frozenset[Spot],
    before: Sequence[Read],
    also_hidden: Iterable[Spot] = (),
) -> frozenset[Spot]:
    """Return what of the figures that would be shown must not be, beside what was read before.

    :param also_hidden: what must not follow though it is not small
    """
    frames = (frame, *(one.frame for one in before))
    adding = DAYS.union(*(one.adding for one in frames))
    nothing = [_by_day(form, adding) for one in frames for form in one.nothing()]
    told = {"@".join(spot): [_by_day(form, adding) for form in frame.forms(spot)] for spot in shown}
    size = {"@".join(spot): max(figures[spot]) for spot in shown}

    own = _reckoned([(figures, frame)], adding)
    read = _reckoned([({spot: one.figures[spot] for spot in one.told}, one.frame) for one in before], adding)
    more = {over: own[over] - value for over, value in read.items() if over in own}
    differing: list[Form] = [_form(over) for over, value in more.items() if is_small(value)]
    differing += [form for spot in _differing_otherwise(figures, before, adding) for form in frame.forms(spot)]
    same = [_form(over) for over, value in more.items() if not value]
    held = hold_back(told, differing, given=[*nothing, *same], size=size)

    together = _reckoned([*((one.figures, one.frame) for one in before), (figures, frame)], adding)
    small = [_form(over) for over, value in together.items() if is_small(value)]
    small += [_by_day(form, adding) for spot in also_hidden for form in frame.forms(spot)]
    given = [*nothing, *(_by_day(form, adding) for one in before for spot in one.told for form in one.frame.forms(spot))]
    kept = {name: forms for name, forms in told.items() if name not in held}
    held |= hold_back(kept, small, given=given, size=size)
    return frozenset(spot for spot in shown if "@".join(spot) in held)


def _by_day(form: Form, adding: frozenset[str]) -> dict[str, int]:
    """Turn a sum over columns into one over how far counts had come by some day."""
    found: dict[str, int] = {}
    for name, times in form.items():
        code, _at, column = name.partition("@")
        start, _to, end = column.partition("-")
        parts = ((f"{code}@{end}", times), (f"{code}@{start}", -times)) if code in adding else ((name, times),)
        for part, many in parts:
            found[part] = found.get(part, 0) + many
    return {part: many for part, many in found.items() if many}


def _form(over: Over) -> dict[str, int]:
    total, start, end = over
    return {f"{code}@{day}": way * times for code, times in total for day, way in ((end, 1), (start, -1))}


def _reckoned(tables: Iterable[tuple[Mapping[Spot, Numbers], Frame]], adding: frozenset[str]) -> dict[Over, int]:
    """Return what can be reckoned from figures for each stretch between two of their days, by as few of them as it takes."""
    ways: dict[Sum, dict[str, dict[str, int]]] = {}
    for figures, frame in tables:
        for spot, numbers in figures.items():
            for total, value in _sums(spot, numbers, frame):
                if all(code in adding for code, _times in total):
                    start, _to, end = spot[1].partition("-")
                    ways.setdefault(total, {}).setdefault(start, {})[end] = value
                    ways[total].setdefault(end, {})[start] = -value
    return {
        (total, start, end): value
        for total, steps in ways.items() for start in steps for end, value in _from(start, steps).items() if start < end
    }  # fmt: skip


def _from(start: str, steps: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    found, ahead = {start: 0}, deque([start])
    while ahead:
        here = ahead.popleft()
        for there, value in steps[here].items():
            if there not in found:
                found[there] = found[here] + value
                ahead.append(there)
    return found


def _sums(spot: Spot, numbers: Numbers, frame: Frame) -> Iterator[tuple[Sum, int]]:
    """Yield what a figure tells: itself; of a share its part, its whole and the rest."""
    sides = [{name.partition("@")[0]: times for name, times in form.items()} for form in frame.forms(spot)]
    for side, value in zip(sides, numbers, strict=False):
        yield tuple(sorted(side.items())), value
    if len(numbers) == 2 and (rest := minus(sides[1], sides[0])):
        yield tuple(sorted(rest.items())), numbers[1] - numbers[0]


def _differing_otherwise(figures: Mapping[Spot, Numbers], before: Sequence[Read], adding: frozenset[str]) -> Iterator[Spot]:
    """Yield the figures that don't add up over days and differ by little from what was told of them."""
    for one in before:
        for spot in one.told & figures.keys():
            was, now = one.figures[spot], figures[spot]
            if spot[0] not in adding and len(was) == len(now) and any(is_small(a - b) for a, b in zip(now, was, strict=True)):
                yield spot
