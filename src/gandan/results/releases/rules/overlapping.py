"""What must not be told because of what everybody has read before: days in common, and units in one another, can be taken apart.

A year less its first nine months is its last quarter, and a city less its wards what no ward has, whoever published which. So all
that is told is looked at together: how far a count had come by the end of some days, less how far by their beginning
(`code@day`), for each set of units that figures were told of. What is small in any stretch between two such days must not follow,
nor in what the units inside a unit leave of it; and nothing is told again that differs by little from what was told of the same.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gandan.results.releases.rules.frame import BY_FIELD, Frame, Numbers, Spot
from gandan.results.releases.rules.table import SUMS
from gandan.results.releases.rules.together import Form, hold_back, is_small, minus

Sum = tuple[tuple[str, int], ...]
"""A sum over counts, in the order of their names."""
Over = tuple[Sum, str, str]
"""A sum over the days from one to before another; of what stands on a day, with no first one."""
DAYS = frozenset(code for form in (*SUMS, BY_FIELD) for code in form)  # these add up over days, whether a report has them or not
Units = frozenset[int]
"""All units that figures are counted of."""


@dataclass(frozen=True)
class Read:
    """Figures that were told before, and which of them everybody has read."""

    figures: Mapping[Spot, Numbers]
    told: frozenset[Spot]
    frame: Frame
    of: Units = frozenset()

    @property
    def shown(self) -> "Read":
        return Read({spot: self.figures[spot] for spot in self.told}, self.told, self.frame, self.of)


def withheld(
    figures: Mapping[Spot, Numbers],
    frame: Frame,
    *,
    shown: frozenset[Spot],
    before: Sequence[Read],
    also_hidden: Iterable[Spot] = (),
    of: Units = frozenset(),
) -> frozenset[Spot]:
    """Return what of the figures that would be shown must not be, beside what was read before.

    :param also_hidden: what must not follow though it is not small
    :param of: the units they are counted of: those inside them, and those they are inside of, are looked at with them
    """
    new = Read(figures, shown, frame, of)
    near = akin(of, {one.of for one in before})
    read = [one for one in before if one.of in near]
    book = _Book([*read, new])
    told = {"@".join(spot): [book.form(form, of) for form in frame.forms(spot)] for spot in shown}
    size = {"@".join(spot): max(figures[spot]) for spot in shown}

    same_units = [one for one in read if one.of == of]
    own, told_of_them = book.reckoned([new]), [one.shown for one in same_units]
    tellings = (book.reckoned(told_of_them), book.reckoned(reversed(told_of_them)))  # as it was told last, and first
    more = [(over, own[over] - value) for known in tellings for over, value in known.items() if over in own]
    differing: list[Form] = [book.over(over, of) for over, value in more if is_small(value)]
    differing += [book.form(form, of) for spot in _differing_otherwise(figures, same_units, book) for form in frame.forms(spot)]
    same = [book.over(over, of) for over, value in more if not value]
    held = hold_back(told, differing, given=[*book.nothing, *same], size=size)

    small: list[Form] = [book.form(form, of) for spot in also_hidden for form in frame.forms(spot)]
    for units in book.units:
        all_of_them = book.reckoned([one for one in (*read, new) if one.of == units])
        small += [book.over(over, units) for over, value in all_of_them.items() if is_small(value)]
    small += _left_over(book, [one.shown for one in (*read, new)])
    given = [*book.nothing, *(book.form(form, one.of) for one in read for spot in one.told for form in one.frame.forms(spot))]
    kept = {name: forms for name, forms in told.items() if name not in held}
    held |= hold_back(kept, small, given=given, size=size)
    return frozenset(spot for spot in shown if "@".join(spot) in held)


def akin(of: Units, known: Iterable[Units]) -> frozenset[Units]:
    """Return those that these are inside of or that are inside them, and those of which that is so of one of them, and so on."""
    left, found, near = set(known), set[Units](), [of]
    while near:
        here = near.pop()
        met = {one for one in left if one <= here or here <= one}
        left, found = left - met, found | met
        near += met
    return frozenset(found)


class _Book:
    """All that was told, in one language: counts of a set of units, by how far they had come by some day."""

    def __init__(self, tables: Sequence[Read]) -> None:
        self.adding = DAYS.union(*(one.frame.adding for one in tables))
        self.stocks = frozenset[str]().union(*(one.frame.stocks for one in tables))
        self.units = sorted({one.of for one in tables}, key=lambda units: (-len(units), sorted(units)))
        self.nothing = [self.form(form, one.of) for one in tables for form in one.frame.nothing()]

    def form(self, form: Form, of: Units) -> dict[str, int]:
        """Turn a sum over columns into one over how far counts of these units had come."""
        found: dict[str, int] = {}
        for name, times in form.items():
            code, _at, column = name.partition("@")
            start, _to, end = column.partition("-")
            parts = [(f"{code}@{end}", times), (f"{code}@{start}", -times)] if code in self.adding else [(name, times)]
            for part, many in [(f"{code}@{end}", times)] if code in self.stocks else parts:
                found[part] = found.get(part, 0) + many
        return self._of({part: many for part, many in found.items() if many}, of)

    def over(self, over: Over, of: Units) -> dict[str, int]:
        total, start, end = over
        days = ((end, 1), (start, -1)) if start else ((end, 1),)
        return self._of({f"{code}@{day}": way * times for code, times in total for day, way in days}, of)

    def _of(self, form: Form, of: Units) -> dict[str, int]:
        mark = self.units.index(of)
        return {f"{mark}:{name}": times for name, times in form.items()}

    def reckoned(self, tables: Iterable[Read]) -> dict[Over, int]:
        """Return what can be reckoned from figures for each stretch between two of their days, by as few of them as it takes."""
        ways: dict[Sum, dict[str, dict[str, int]]] = {}
        found: dict[Over, int] = {}
        for one in tables:
            for spot, numbers in one.figures.items():
                start, _to, end = spot[1].partition("-")
                for total, value in _sums(spot, numbers, one.frame):
                    if all(code in self.stocks for code, _times in total):
                        found[total, "", end] = value
                    elif all(code in self.adding for code, _times in total):
                        ways.setdefault(total, {}).setdefault(start, {})[end] = value
                        ways[total].setdefault(end, {})[start] = -value
        for total, steps in ways.items():
            for start in steps:
                found |= {(total, start, end): value for end, value in _from(start, steps).items() if start < end}
        return found


def _left_over(book: _Book, told: Sequence[Read]) -> Iterator[Form]:
    """Yield what is too small of what units leave of the unit that they are inside of, where all of it is told."""
    known = {units: book.reckoned([one for one in told if one.of == units]) for units in book.units}
    for whole in book.units:
        for over, value in known[whole].items():
            taken: list[Units] = []
            for part in book.units:  # the largest first; what is inside one that is taken isn't taken again
                if part < whole and over in known[part] and not any(part & one for one in taken):
                    taken.append(part)
            if taken and is_small(value - sum(known[part][over] for part in taken)):
                left = dict(book.over(over, whole))
                for part in taken:
                    left |= {name: -times for name, times in book.over(over, part).items()}
                yield left


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


def _differing_otherwise(figures: Mapping[Spot, Numbers], before: Sequence[Read], book: _Book) -> Iterator[Spot]:
    """Yield the figures that neither add up over days nor stand on one, and differ by little from what was told of them."""
    for one in before:
        for spot in one.told & figures.keys():
            was, now = one.figures[spot], figures[spot]
            near = len(was) == len(now) and any(is_small(a - b) for a, b in zip(now, was, strict=True))
            if near and spot[0] not in book.adding | book.stocks:
                yield spot
