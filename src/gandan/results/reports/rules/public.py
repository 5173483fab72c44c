"""What of a report everybody may read: as it was signed, and as it is known by now.

No figure below five, and no difference below five between two tellings of one figure, is told or can be reckoned back: not from
the years of a period, not from measures that add up to one another, not from what was told before. What follows is linear: each
figure that is told is a sum over counts, in what was signed (`code@column`) or in what came to it since (`code@column+`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gandan.results.releases.rules import Form, Frame, Numbers, Spot, hold_back, summed


def told_as_signed(figures: Mapping[Spot, Numbers], frame: Frame, *, also_hidden: Iterable[Spot] = ()) -> frozenset[Spot]:
    """Return which figures of a signed report are shown to everybody.

    :param also_hidden: what must not be shown though it is not small, as something else would follow from it
    """
    hidden = [*frame.small(figures), *(form for spot in also_hidden for form in frame.forms(spot))]
    return _kept({spot: frame.forms(spot) for spot in figures}, hidden, list(frame.nothing()), figures)


@dataclass(frozen=True)
class Telling:
    """What was so of a signed report at a later day, and which of it everybody was told."""

    figures: Mapping[Spot, Numbers]
    told: frozenset[Spot]


def told_now(
    now: Mapping[Spot, Numbers],
    signed: Mapping[Spot, Numbers],
    frame: Frame,
    *,
    shown: frozenset[Spot],
    earlier: Sequence[Telling] = (),
    also_hidden: Iterable[Spot] = (),
) -> frozenset[Spot]:
    """Return which figures may be told anew: they differ, by as much as is not small, from all that was told of them before.

    Where nothing was told of a figure nothing is told now: it would say that as much as was too small had become more.

    :param shown: what of the signed report everybody reads
    :param earlier: what was told since, the first one first

    Of what is not told a reader supposes that it is as it was, and where it is, nothing may follow from that.
    """
    since = _less(now, signed)
    hidden = [*frame.small(signed), *frame.small(now, "", "+"), *frame.small(since, "+")]
    hidden += [form for spot in also_hidden for form in frame.forms(spot)]
    given = [*frame.nothing(), *frame.nothing("+"), *(form for spot in shown for form in frame.forms(spot))]
    given += [form for spot, more in since.items() if not any(more) and spot in shown for form in frame.forms(spot, "+")]
    for nth, telling in enumerate(earlier):
        mark = f"+{nth}"
        given += frame.nothing(mark)
        given += [summed((frame.forms(spot), frame.forms(spot, mark)), side)
                  for spot in telling.told for side in range(len(telling.figures[spot]))]  # fmt: skip
        between = _less(now, telling.figures)
        hidden += [_turned(form, mark) for form in frame.small(between, "+")]
    last = {**{spot: signed[spot] for spot in shown}, **{spot: one.figures[spot] for one in earlier for spot in one.told}}
    new = {spot: numbers for spot, numbers in now.items() if spot in last and numbers != last[spot]}
    told = {spot: [summed((frame.forms(spot), frame.forms(spot, "+")), side) for side in range(len(new[spot]))] for spot in new}
    return _kept(told, hidden, given, now)


def _kept(
    told: Mapping[Spot, Sequence[Form]], hidden: Sequence[Form], given: Sequence[Form], sizes: Mapping[Spot, Numbers]
) -> frozenset[Spot]:
    by_name = {"@".join(spot): spot for spot in told}
    size = {name: max(sizes[spot]) for name, spot in by_name.items()}
    held = hold_back({name: told[spot] for name, spot in by_name.items()}, hidden, given=given, size=size)
    return frozenset(spot for name, spot in by_name.items() if name not in held)


def _less(now: Mapping[Spot, Numbers], before: Mapping[Spot, Numbers]) -> dict[Spot, Numbers]:
    return {
        spot: tuple(one - was for one, was in zip(numbers, before[spot], strict=True))
        for spot, numbers in now.items() if spot in before and len(before[spot]) == len(numbers)
    }  # fmt: skip


def _turned(form: Form, mark: str) -> dict[str, int]:
    """Turn a sum over what came since signing into what came since an earlier telling."""
    return {**form, **{name.removesuffix("+") + mark: -times for name, times in form.items()}}
