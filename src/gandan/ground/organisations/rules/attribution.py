"""To whom a figure belongs: as it was, as it is, or as at a date.

*As was*: what happened on a day belongs to the units above by that day's own tree.
*As is* and *as at D*: by the tree of that one day. What a unit did before it passed into others follows them. A unit that
was divided is counted where all its heirs are; where only some are, it stands apart as `partial` and is never apportioned.
What happened in units founded after the day stands apart as `later`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from gandan.ground.organisations.rules.lines import Line
from gandan.ground.organisations.rules.tree import ALWAYS, ONE_DAY, Span, Tree


@dataclass(frozen=True)
class AsWas:
    """Each day by its own tree."""


@dataclass(frozen=True)
class AsIs:
    """All days by the tree of `on`, the day of asking."""

    on: date


@dataclass(frozen=True)
class AsAt:
    """All days by the tree of a chosen day."""

    on: date


View = AsWas | AsIs | AsAt


@dataclass(frozen=True)
class Attribution:
    """Which days of which units make up a figure of one unit, and what stands beside it."""

    spans: tuple[Span, ...] = ()
    partial: tuple[int, ...] = ()  # divided predecessors of which this unit has taken over only a part
    later: tuple[Span, ...] = ()  # units founded after the day, that came out of units counted here
    heirs: tuple[int, ...] = ()  # where to look instead: the unit itself had ended by the day, and passed into these


def attribution(tree: Tree, target: int, line: Line, start: date, end: date, view: View) -> Attribution:
    """Say what makes up a flow of `target` from `start` until before `end`."""
    if start >= end:
        return Attribution()
    if isinstance(view, AsWas):
        return Attribution(tuple(tree.held(target, line, start, end)))
    standings = _standings(tree, line, view.on)
    if target not in standings.standing:
        return _of_one_not_standing(tree, target, line, start, end, view.on, standings)
    spans: list[Span] = []
    partial: list[int] = []
    later: list[Span] = []
    for unit, wholly in standings.at_or_under.get(target, ()):
        if unit in standings.later:
            if _lived_within(tree, unit, line, start, end):
                later.append((unit, start, end))
        elif wholly:
            spans.append((unit, start, end))
        elif _lived_within(tree, unit, line, start, end):
            partial.append(unit)
    return Attribution(tuple(spans), tuple(partial), tuple(later))


def balance(tree: Tree, target: int, line: Line, day: date, view: View) -> Attribution:
    """Say what makes up a stock of `target` at the end of `day`.

    A stock moves with its unit: one that came under `target` brought all that it had open, so its whole past is summed.
    """
    after = day + ONE_DAY
    if isinstance(view, AsWas):
        return Attribution(tuple((unit, ALWAYS, after) for unit, _, _ in tree.held(target, line, day, after)))
    return attribution(tree, target, line, ALWAYS, after, view)


@dataclass(frozen=True)
class _Standings:
    """One day's tree with all history gathered into it."""

    standing: frozenset[int]  # the units that have a place that day
    later: frozenset[int]  # the units that get their first place after it
    at_or_under: dict[int, list[tuple[int, bool]]]  # for each standing unit: whose history lies there, and whether all of it


_DAYS_KEPT = 8


def _standings(tree: Tree, line: Line, day: date) -> _Standings:
    known = tree.memory.get((line, day))
    if isinstance(known, _Standings):
        return known
    for oldest in list(tree.memory)[: 1 - _DAYS_KEPT]:
        tree.memory.pop(oldest, None)
    made = _gather(tree, line, day)
    tree.memory[line, day] = made
    return made


def _gather(tree: Tree, line: Line, day: date) -> _Standings:
    rests: dict[int, frozenset[int]] = {}

    def rest(unit: int) -> frozenset[int]:
        """The units standing on the day to which this one's history has passed, or out of which it will come."""
        if unit not in rests:
            rests[unit] = frozenset()  # so that tangled data ends in nothing, not in an endless walk
            rests[unit] = _rest(unit)
        return rests[unit]

    def _rest(unit: int) -> frozenset[int]:
        places = tree.places(unit, line)
        if not places or tree.place(unit, line, day):
            return frozenset({unit}) if places else frozenset()
        before = [place for place in places if place.end <= day]
        if before:
            kin = [passage.new for passage in tree.passed_into(unit) if passage.on <= day]
        else:
            kin = [passage.old for passage in tree.came_from(unit) if passage.on == places[0].start]
        followed = frozenset[int]().union(*map(rest, kin))
        if followed:
            return followed
        # Nobody took it over, or it came out of nothing: it belongs to the unit above it, then or at its beginning.
        parent = before[-1].parent if before else places[0].parent
        return rest(parent) if parent is not None else frozenset({unit})

    @cache
    def path_of(unit: int) -> frozenset[int]:
        return frozenset(tree.path(unit, line, day) or (unit,))

    standing, later = set(), set()
    at_or_under: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for unit in tree.units(line):
        first = tree.places(unit, line)[0]
        if first.start > day:
            later.add(unit)
        places = rest(unit)
        if tree.place(unit, line, day):
            standing.add(unit)
        above = [path_of(place) for place in places]
        if above:
            wholly = frozenset.intersection(*above)
            for upper in frozenset.union(*above):
                at_or_under[upper].append((unit, upper in wholly))
    return _Standings(frozenset(standing), frozenset(later), dict(at_or_under))


def _of_one_not_standing(
    tree: Tree, target: int, line: Line, start: date, end: date, day: date, standings: _Standings
) -> Attribution:
    if not tree.places(target, line):
        return Attribution(((target, start, end),))
    if target in standings.later:
        return Attribution(later=tuple(span for span in tree.held(target, line, start, end) if span[0] in standings.later))
    return Attribution(heirs=tuple(sorted(tree.heirs(target, day) - {target})))


def _lived_within(tree: Tree, unit: int, line: Line, start: date, end: date) -> bool:
    """The day on which a unit ended counts: what it handed over is dated that day."""
    places = tree.places(unit, line)
    return places[0].start < end and places[-1].end >= start
