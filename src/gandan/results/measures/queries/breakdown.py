"""One measure taken apart: through time, by the units below, by year, by facet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, PeriodRule, periods_between
from gandan.ground.ledger.queries import facet_sets, snapshot, sums
from gandan.ground.organisations.queries import UnitRow, rows, tree
from gandan.ground.organisations.rules import ALWAYS, NEVER, AsWas, Line, Tree, View
from gandan.results.measures.queries.figures import AS_WAS, SEALED, Figures, figures, measure, planned_for, told, weights
from gandan.results.measures.rules import FEWEST, Cell, Counted, Flow, Stock


@dataclass(frozen=True)
class Spot:
    """A figure at a period."""

    period: Period
    cell: Cell


@dataclass(frozen=True)
class UnitFigure:
    """A figure of one unit; `period` is shorter than asked for where the unit was under the other only for a time."""

    unit: UnitRow
    period: Period
    cell: Cell


@dataclass(frozen=True)
class ByUnit:
    """A figure, those of the units right below, and of a flow what is nobody's there.

    The rest happened at the unit itself, or at a divided unit whose heirs are different ones of those below.
    """

    total: Cell
    below: tuple[UnitFigure, ...]
    rest: int | None


@dataclass(frozen=True)
class FacetFigure:
    """The part of a figure whose events have this value of a facet."""

    value: str
    total: int
    count: int


def trend(
    code: str, unit: int, periods: Sequence[Period], *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS,
    as_of: int | None = None,
) -> tuple[Spot, ...]:  # fmt: skip
    """Return a measure of a unit through time."""
    read = figures([code], [unit], periods, line=line, view=view, as_of=as_of)
    return tuple(Spot(period, read.cell(code, unit, period)) for period in periods)


def by_year(
    code: str, unit: int, period: Period, *, rule: PeriodRule = CALENDAR_PERIODS[Grain.YEAR], line: Line = Line.ADMINISTRATION,
    view: View = AS_WAS, as_of: int | None = None,
) -> tuple[Spot, ...]:  # fmt: skip
    """Return a measure of a unit year by year, the first and the last cut off where the period is."""
    return trend(code, unit, cut(period, rule), line=line, view=view, as_of=as_of)


def cut(period: Period, rule: PeriodRule) -> list[Period]:
    """Cut a period by a body's rule; what sticks out at either end is left off, and its name with it."""
    return [
        found
        if found.start >= period.start and found.end <= period.end
        else Period(max(found.start, period.start), min(found.end, period.end))
        for found in periods_between(rule, period.start, period.end)
    ]


def by_unit(
    code: str, unit: int, period: Period, *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS, as_of: int | None = None
) -> ByUnit:
    """Return a measure of a unit and of those right below it, in Vietnamese order."""
    return by_units([code], unit, period, line=line, view=view, as_of=as_of)[code]


def by_units(
    codes: Sequence[str], unit: int, period: Period, *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS,
    as_of: int | None = None,
) -> dict[str, ByUnit]:  # fmt: skip
    """Return several measures of a unit and of those right below it, read at one moment."""
    with snapshot():
        stays = _stays(tree(), unit, period, line, view)
        periods = tuple(dict.fromkeys([period, *(stay for _, stay in stays)]))
        units = (unit, *dict.fromkeys(below for below, _ in stays))
        read = figures(codes, units, periods, line=line, view=view, as_of=as_of)
        named = rows(units, period.last)
    ordered = sorted(stays, key=lambda stay: (named[stay[0]].sort_key, named[stay[0]].code, stay[1].start))
    return {code: _by_unit(read, code, unit, period, [(named[below], stay) for below, stay in ordered]) for code in codes}


def _by_unit(read: Figures, code: str, unit: int, period: Period, stays: list[tuple[UnitRow, Period]]) -> ByUnit:
    total = read.cell(code, unit, period)
    below = tuple(UnitFigure(one, stay, read.cell(code, one.id, stay)) for one, stay in stays)
    rest = None
    if isinstance(measure(code), Flow) and total.counted and code not in SEALED:
        rest = int(total.value or 0) - sum(int(one.cell.value or 0) for one in below)
    return ByUnit(total, below, rest)


def _stays(known: Tree, unit: int, period: Period, line: Line, view: View) -> list[tuple[int, Period]]:
    """Return who was right below a unit, and for which part of the period."""
    if not isinstance(view, AsWas):
        return [(below, period) for below in known.children(unit, line, view.on)]
    stays: list[tuple[int, Period]] = []
    for below in dict.fromkeys(below for below, _, _ in known.below(unit, line, period.start, period.end)):
        places = known.places(below, line)
        for nth, place in enumerate(places):
            start = ALWAYS if nth == 0 else place.start  # as the tree itself counts: see `Tree.held`
            end = NEVER if nth == len(places) - 1 else places[nth + 1].start
            start, end = max(start, period.start), min(end, period.end)
            if place.parent == unit and start < end:
                stays.append((below, period if (start, end) == (period.start, period.end) else Period(start, end)))
    return stays


def by_facet(
    code: str, facet: str, unit: int, period: Period, *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS,
    as_of: int | None = None,
) -> tuple[FacetFigure, ...]:  # fmt: skip
    """Return a flow or stock by the values of one facet, largest first: received, by procedure."""
    wanted = measure(code)
    if not isinstance(wanted, Counted) or not wanted.picks:
        return ()
    with snapshot():
        found = {row.id: row for row in facet_sets(wanted.kinds)}
        counts = weights(wanted, found.values())
        planned = planned_for(tree(), (unit,), (told(wanted, period),), line, view, None)
        spread = planned.stocks if isinstance(wanted, Stock) else planned.flows
        read = sums(list(counts), spread.spans, as_of=as_of)
    totals: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (_, number), (count, amount) in read.items():
        value = found[number].facets.get(facet, "")
        total, events = totals[value]
        totals[value] = (total + counts[number] * (amount if wanted.amount else count), events + abs(counts[number]) * count)
    parts = [FacetFigure(value, total, events) for value, (total, events) in totals.items() if total or events]
    if code in SEALED:
        parts = [part for part in parts if part.count >= FEWEST]
    return tuple(sorted(parts, key=lambda one: (-one.total, one.value)))


def outermost(units: Iterable[int], line: Line) -> tuple[int, ...]:
    """Return those units that are not under another of them, for a sentence: the ward, and not its police and its Front."""
    given, known = dict.fromkeys(units), tree()
    return tuple(
        unit for unit in given if not any(place.parent in given for place in known.places(unit, line) if place.parent is not None)
    )
