"""The dated tree: where each unit sits on each line from day to day, and what became of it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gandan.ground.organisations.rules.lines import Line

ALWAYS, NEVER = date.min, date.max  # the open ends of a period
ONE_DAY = timedelta(days=1)

Span = tuple[int, date, date]  # a unit, from a day until before a day


@dataclass(frozen=True, slots=True)
class Place:
    """A unit is under `parent` (None: it is a root) on `line` from `start` until before `end`."""

    unit: int
    line: Line
    parent: int | None
    start: date
    end: date = NEVER


@dataclass(frozen=True, slots=True)
class Passage:
    """`old` ended on `on` and passed into `new`: whole, or a part of it. The main heir takes what nobody assigns."""

    old: int
    new: int
    on: date
    whole: bool = True
    main: bool = True


class Tree:
    """Every placement and succession, indexed. It never changes: after an act on the tree there is another one.

    It relies on what the operations guard: one place per unit, line and day; a parent that stands on the line for as long
    as the child is under it; no circles; a unit that has passed into others is closed from that day on.
    """

    def __init__(self, places: Iterable[Place], passages: Iterable[Passage] = ()) -> None:
        self._places: dict[tuple[int, Line], list[Place]] = defaultdict(list)
        self._below: dict[tuple[int | None, Line], list[Place]] = defaultdict(list)
        for place in sorted(places, key=lambda place: place.start):
            self._places[place.unit, place.line].append(place)
            self._below[place.parent, place.line].append(place)
        self._starts = {key: [place.start for place in places] for key, places in self._places.items()}
        self._heirs: dict[int, list[Passage]] = defaultdict(list)
        self._origins: dict[int, list[Passage]] = defaultdict(list)
        for passage in sorted(passages, key=lambda passage: (passage.on, not passage.main, passage.new)):
            self._heirs[passage.old].append(passage)
            self._origins[passage.new].append(passage)
        self._held: dict[tuple[int | None, Line], list[Place]] | None = None
        self.memory: dict[object, object] = {}  # answers that are asked for again and again; lives as long as the tree

    # A day's tree

    def place(self, unit: int, line: Line, day: date) -> Place | None:
        """Return where the unit sits on that day, or None if it has no place on the line then."""
        nth = bisect_right(self._starts.get((unit, line), ()), day)
        if not nth:
            return None
        place = self._places[unit, line][nth - 1]
        return place if day < place.end else None

    def parent(self, unit: int, line: Line, day: date) -> int | None:
        place = self.place(unit, line, day)
        return place.parent if place else None

    def path(self, unit: int, line: Line, day: date) -> tuple[int, ...]:
        """Return the units from the root down to this one; empty if it has no place on the line that day."""
        path: list[int] = []
        place = self.place(unit, line, day)
        while place:
            path.append(place.unit)
            place = self.place(place.parent, line, day) if place.parent is not None else None
        return tuple(reversed(path))

    def children(self, unit: int | None, line: Line, day: date) -> tuple[int, ...]:
        return tuple(place.unit for place in self._below.get((unit, line), ()) if place.start <= day < place.end)

    def roots(self, line: Line, day: date) -> tuple[int, ...]:
        return self.children(None, line, day)

    def places(self, unit: int, line: Line) -> tuple[Place, ...]:
        """Return every place the unit has had on the line, the earliest first."""
        return tuple(self._places.get((unit, line), ()))

    def lines(self, unit: int) -> tuple[Line, ...]:
        return tuple(line for line in Line if (unit, line) in self._places)

    def units(self, line: Line) -> Iterator[int]:
        """Yield every unit that ever had a place on the line."""
        return (unit for unit, on in self._places if on == line)

    # A period's tree

    def below(self, unit: int, line: Line, start: date, end: date) -> list[Span]:
        """Return when, within the period, each unit was at or under `unit`, by each day's own tree."""
        own = [(unit, max(place.start, start), min(place.end, end)) for place in self.places(unit, line)]
        spans = list(_joined([span for span in own if span[1] < span[2]]))
        return [*spans, *self._descend(self._below, [(unit, start, end)], line)]

    def held(self, unit: int, line: Line, start: date, end: date) -> list[Span]:
        """Like `below`, without gaps: a unit keeps its last place after its end, and its first before its beginning.

        So what is entered at a unit for a day on which it no longer stands (a correction, a hand-over dated the day it
        passed into its successor) is counted once, where the unit was last.
        """
        if start >= end:
            return []
        if self._held is None:
            self._held = self._without_gaps()
        return [(unit, start, end), *self._descend(self._held, [(unit, start, end)], line)]

    def _without_gaps(self) -> dict[tuple[int | None, Line], list[Place]]:
        held: dict[tuple[int | None, Line], list[Place]] = defaultdict(list)
        for places in self._places.values():
            for nth, place in enumerate(places):
                first = ALWAYS if nth == 0 else place.start
                last = NEVER if nth == len(places) - 1 else places[nth + 1].start
                held[place.parent, place.line].append(Place(place.unit, place.line, place.parent, first, last))
        return held

    @staticmethod
    def _descend(below: dict[tuple[int | None, Line], list[Place]], spans: list[Span], line: Line) -> list[Span]:
        found: dict[int, list[Span]] = defaultdict(list)
        while spans:
            upper, start, end = spans.pop()
            for place in below.get((upper, line), ()):
                first, last = max(place.start, start), min(place.end, end)
                if first < last:
                    span = (place.unit, first, last)
                    found[place.unit].append(span)
                    spans.append(span)
        return [span for several in found.values() for span in _joined(several)]

    # What became of a unit

    def heirs(self, unit: int, on: date) -> frozenset[int]:
        """Return the units into which it had passed by that day, through any number of successions; itself if it had not."""
        passed = [passage for passage in self._heirs.get(unit, ()) if passage.on <= on]
        if not passed:
            return frozenset({unit})
        return frozenset[int]().union(*(self.heirs(passage.new, on) for passage in passed))

    def main_heir(self, unit: int, on: date) -> int:
        """Return the one unit that holds its files on that day."""
        passed = next((passage for passage in self._heirs.get(unit, ()) if passage.on <= on), None)  # the main one stands first
        return self.main_heir(passed.new, on) if passed else unit

    def keeper(self, unit: int, line: Line, on: date) -> int | None:
        """Return the unit that stands on the line that day and looks after this one: itself, its main heir, or who was above.

        A unit that is still to come is looked after by the unit under which it will begin.
        """
        return self._keeper(unit, line, on, set())

    def _keeper(self, unit: int, line: Line, on: date, seen: set[int]) -> int | None:
        if self.place(unit, line, on):
            return unit
        if unit in seen:
            return None
        seen.add(unit)
        passed = [passage for passage in self._heirs.get(unit, ()) if passage.on <= on]
        if passed:  # the main heir stands first
            keepers = (self._keeper(passage.new, line, on, seen) for passage in passed)
            return next((keeper for keeper in keepers if keeper is not None), None)
        places = self.places(unit, line)
        last = next((place for place in reversed(places) if place.end <= on), places[0] if places else None)
        return self._keeper(last.parent, line, on, seen) if last and last.parent is not None else None

    def predecessors(self, unit: int) -> frozenset[int]:
        """Return every unit of which this one has taken over all or a part, however long ago."""
        found: set[int] = set()
        ahead = [unit]
        while ahead:
            origins = {passage.old for passage in self._origins.get(ahead.pop(), ())} - found
            found |= origins
            ahead.extend(origins)
        return frozenset(found)

    def passed_into(self, unit: int) -> tuple[Passage, ...]:
        return tuple(self._heirs.get(unit, ()))

    def came_from(self, unit: int) -> tuple[Passage, ...]:
        return tuple(self._origins.get(unit, ()))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield one unit's spans in order, those that touch as one."""
    if len(spans) == 1:
        yield spans[0]
        return
    current: Span | None = None
    for unit, start, end in sorted(spans):
        if current and start <= current[2]:
            current = (unit, current[1], max(end, current[2]))
        else:
            if current:
                yield current
            current = (unit, start, end)
    if current:
        yield current
