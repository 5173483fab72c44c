"""What is told beside what: half-months as everybody has read them, next to reports of the city and of units in it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from gandan.ground.ledger.rules import half_of, next_half
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import ALWAYS, NEVER, Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Flow, Share, Stock
from gandan.results.releases.queries.open import Figure, Now, told
from gandan.results.releases.rules import OPEN, SMALLEST, Frame, Numbers, Read, Units, akin, withheld

LOOKED_BACK = timedelta(days=6 * 366)  # reports of that long ago don't reach into what is still released


class Others:
    """What everybody has read besides a half-month: reports of the city and of units in it, and with them the ones before."""

    def __init__(self, beside: Sequence[Read], half: date, city: int, wards: Mapping[int, str]) -> None:
        self.half, self.city = half, units_in(city, Line.ADMINISTRATION) if beside else frozenset[int]()
        near = akin(self.city, {one.of for one in beside})
        self.read = [one for one in beside if one.figures and one.of in near]
        of = {code: units_in(ward, Line.ADMINISTRATION) for ward, code in wards.items()} if self.read else {}
        self.wards = {code: units for code, units in of.items() if any(one.of <= units for one in self.read)}
        if self.read:
            since = min(spot[1] for one in self.read for spot in one.figures)[:8]
            first = max(date.fromisoformat(since), half - LOOKED_BACK)
            self.read += told_before(first, half, city, {code: ward for ward, code in wards.items() if code in self.wards})

    def held(self, figures: Mapping[str, Numbers], *, shown: Collection[str], half: date | None = None) -> set[str]:
        """Return which figures of the city must not be told, of this half-month or told anew of an earlier one."""
        return _withheld(figures, shown, half or self.half, self.city, self.read)

    def held_places(self, code: str, found: Mapping[str, int]) -> set[str]:
        """Return which wards' figures must not be told, though they aren't small."""
        told_of = [place for place, value in found.items() if place in self.wards and value >= SMALLEST]
        near = {place: [one for one in self.read if one.of <= self.wards[place]] for place in told_of}
        return {
            place for place in told_of
            if _withheld({code: (found[place],)}, {code}, self.half, self.wards[place], near[place])
        }  # fmt: skip


def _withheld(figures: Mapping[str, Numbers], shown: Collection[str], half: date, of: Units, before: Sequence[Read]) -> set[str]:
    if not before:
        return set()
    column = column_of(half)
    spots = {(code, column): numbers for code, numbers in figures.items()}
    told_of = frozenset((code, column) for code in shown)
    return {code for code, _column in withheld(spots, frame_of(half), shown=told_of, before=before, of=of)}


def units_in(unit: int, line: Line) -> Units:
    """Return all units that were ever inside one, with itself: what was told of them can be taken from what is told of it."""
    known, asked = tree(), ("units in", unit, line)
    found = known.memory.get(asked)
    if found is None:
        found = known.memory[asked] = frozenset(below for below, _first, _last in known.below(unit, line, ALWAYS, NEVER)) | {unit}
    return cast(Units, found)


def frame_of(half: date) -> Frame:
    """Return how the open figures of a half-month hang together."""
    shares = {code: one for code in OPEN if isinstance(one := CATALOGUE[code], Share)}
    sides = {code: (dict.fromkeys(one.part, 1), dict.fromkeys(one.whole, 1)) for code, one in shares.items()}
    bases = {*OPEN, *(code for both in sides.values() for side in both for code in side)} - shares.keys()
    adding, stocks = (frozenset(code for code in bases if isinstance(CATALOGUE[code], sort)) for sort in (Flow, Stock))
    return Frame(sides, adding, (), column_of(half), stocks)


def column_of(half: date) -> str:
    return f"{half:%Y%m%d}-{next_half(half):%Y%m%d}"


def told_before(since: date, until: date, city: int, wards: Mapping[str, int]) -> list[Read]:
    """Return what everybody has read of the half-months from a day to before another: of the city, first and last, and of wards.

    :param wards: the numbers of these, by their codes
    """
    found, of_city = list[Read](), units_in(city, Line.ADMINISTRATION)
    of_wards = {code: units_in(ward, Line.ADMINISTRATION) for code, ward in wards.items()}
    halves: dict[date, list[Figure]] = defaultdict(list)
    for one in told(release__half__gte=half_of(since), release__half__lt=until):
        halves[one.half].append(one)
    for half, those in halves.items():
        frame, column = frame_of(half), column_of(half)
        first = {(one.code, column): _numbers(one) for one in those if not one.held_back and one.total is not None}
        last = {(one.code, column): _numbers(one.now) for one in those if one.now}
        found += [Read(each, frozenset(each), frame, of_city) for each in (first, last) if each]
        for code, of in of_wards.items():
            here = {(one.code, column): (int(one.places[code]),) for one in those if code in one.places}
            found += [Read(here, frozenset(here), frame, of)] if here else []
    return found


def _numbers(one: Figure | Now) -> tuple[int, ...]:
    return (int(one.total or 0),) if one.part is None or one.whole is None else (one.part, one.whole)
