"""Figures: many measures of many units in many periods, exact and fresh, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.queries import FacetRow, doubtful, facet_sets, snapshot, sums
from gandan.ground.ledger.rules import ONE_DAY, Refused, Span, gettext_noop
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import AsWas, Line, Tree, View
from gandan.ground.promises.queries import last_swept
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import (
    NO_DATA,
    NOT_ADDITIVE,
    Cell,
    Counted,
    Flow,
    Measure,
    NotAdditive,
    Plan,
    Share,
    Spread,
    Status,
    Stock,
    percent,
    plan,
)

AS_WAS = AsWas()
_PLANS_KEPT = 32
_plans: WeakKeyDictionary[Tree, dict[object, Plan]] = WeakKeyDictionary()


class UnknownMeasure(Refused):
    """No measure has this code."""


def measure(code: str) -> Measure:
    """:raises UnknownMeasure: if the catalogue has none of this code"""
    found = CATALOGUE.get(code)
    if found is None:
        raise UnknownMeasure(gettext_noop("Không có chỉ tiêu “{code}”."), code=code)
    return found


@dataclass
class Column:
    """The sums of one flow or stock by cell, and how many events stand behind them."""

    totals: dict[int, int]
    counts: dict[int, int]


@dataclass(frozen=True)
class Figures:
    """What was read. A cell is made when it is asked for; nothing more is read then."""

    measures: tuple[Measure, ...]
    plan: Plan
    line: Line
    view: View
    as_of: int | None
    swept: date | None
    doubtful: bool
    """A recount has found a difference in what stands behind these figures; it is being looked into."""
    columns: Mapping[str, Column]

    @property
    def units(self) -> tuple[int, ...]:
        return self.plan.units

    @property
    def periods(self) -> tuple[Period, ...]:
        return self.plan.periods

    def cell(self, code: str, unit: int, period: Period) -> Cell:
        """Return one figure."""
        return self._cell(measure(code), self.plan.units.index(unit), self.plan.periods.index(period))

    def cells(self, code: str) -> Iterator[tuple[int, Period, Cell]]:
        """Yield a measure's figures, unit by unit and period by period."""
        wanted = measure(code)
        for u, unit in enumerate(self.plan.units):
            for p, period in enumerate(self.plan.periods):
                yield unit, period, self._cell(wanted, u, p)

    def _cell(self, wanted: Measure, u: int, p: int) -> Cell:
        match wanted:
            case NotAdditive():
                return NOT_ADDITIVE
            case Share():
                return self._share(wanted, u, p)
            case Counted():
                return self._counted(wanted, u, p)
        raise TypeError(f"{wanted.code} is of no known sort.")

    def _counted(self, wanted: Counted, u: int, p: int) -> Cell:
        if not wanted.picks:
            return NO_DATA
        spread, number, cells = self._place(wanted, u, p)
        column = self.columns[wanted.code]
        value, count = column.totals.get(number, 0), column.counts.get(number, 0)
        heirs = spread.heirs.get(number, ())
        later = column.totals.get(number + cells, 0) if spread.later else None
        if heirs or (not count and u * len(self.plan.periods) + p in self.plan.absent):
            return Cell(Status.ABSENT, heirs=heirs, later=later)
        return Cell(
            Status.COUNTED, value, count=count, partial=spread.partial.get(number, ()), later=later,
            through=self._day(wanted, p) if isinstance(wanted, Stock) else None,
        )  # fmt: skip

    def _share(self, wanted: Share, u: int, p: int) -> Cell:
        cells = {code: self._cell(CATALOGUE[code], u, p) for code in wanted.part + wanted.whole}
        lacking = next((cell for cell in cells.values() if not cell.counted), None)
        if lacking:
            return Cell(lacking.status, heirs=lacking.heirs)  # nobody asks for the share of a line that stands apart
        part, whole = (sum(int(cells[code].value or 0) for code in codes) for codes in (wanted.part, wanted.whole))
        beside, of = (sum(int(cells[code].later or 0) for code in codes) for codes in (wanted.part, wanted.whole))
        days = [cell.through for cell in cells.values() if cell.through]
        return Cell(
            Status.COUNTED if whole > 0 else Status.UNDEFINED,
            percent(part, whole) if whole > 0 else None,
            part, whole,
            count=sum(cells[code].count for code in wanted.whole),
            through=min(days, default=None),
            partial=tuple(dict.fromkeys(unit for cell in cells.values() for unit in cell.partial)),
            later=percent(beside, of) if of > 0 else None,
        )  # fmt: skip

    def _place(self, wanted: Counted, u: int, p: int) -> tuple[Spread, int, int]:
        """Return where a figure's sum stands: in which grid, at which number, of how many."""
        if isinstance(wanted, Flow):
            across = len(self.plan.periods)
            return self.plan.flows, u * across + p, len(self.plan.units) * across
        across = len(self.plan.days)
        return self.plan.stocks, u * across + self.plan.days.index(self._day(wanted, p)), len(self.plan.units) * across

    def _day(self, wanted: Counted, p: int) -> date:
        last = self.plan.periods[p].last
        return min(last, self.swept) if self.swept and isinstance(wanted, Stock) and wanted.swept else last


def figures(
    codes: Iterable[str],
    units: Sequence[int],
    periods: Sequence[Period],
    *,
    line: Line = Line.ADMINISTRATION,
    view: View = AS_WAS,
    as_of: int | None = None,
) -> Figures:
    """Read measures of units in periods, each exact and as fresh as this moment.

    :param units: their numbers
    :param as_of: the number of a posting; the figures are then those that were known when it was made
    :raises UnknownMeasure: if the catalogue lacks one of the codes
    """
    measures = tuple(measure(code) for code in dict.fromkeys(codes))
    counted = list(counted_in(measures))
    with snapshot():
        swept = last_swept()
        planned = planned_for(tree(), tuple(dict.fromkeys(units)), tuple(dict.fromkeys(periods)), line, view, swept)
        rows = facet_sets({kind for one in counted for kind in one.kinds}) if counted else []
        flows, stocks = ([one for one in counted if isinstance(one, sort)] for sort in (Flow, Stock))
        columns = {
            **_columns(flows, rows, planned.flows, len(planned.units) * len(planned.periods), as_of),
            **_columns(stocks, rows, planned.stocks, len(planned.units) * len(planned.days), as_of),
        }
        doubt = bool(rows) and doubtful([row.id for row in rows], {span.unit for span in planned.flows.spans})
    return Figures(measures, planned, line, view, as_of, swept, doubt, columns)


def planned_for(
    known: Tree, units: tuple[int, ...], periods: tuple[Period, ...], line: Line, view: View, swept: date | None
) -> Plan:
    """Return the plan of a grid, made once for as long as the tree stays as it is."""
    kept = _plans.setdefault(known, {})
    key = (units, periods, line, view, swept)
    if key not in kept:
        while len(kept) >= _PLANS_KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = plan(known, units, periods, line, view, swept=swept)
    return kept[key]


def told(wanted: Counted, period: Period) -> Period:
    """Return the period up to the day that a stock is told for: no later than the last sweep, where it rests on that."""
    swept = last_swept() if isinstance(wanted, Stock) and wanted.swept else None
    return Period(min(period.start, swept), swept + ONE_DAY) if swept and swept < period.last else period


def counted_in(measures: Iterable[Measure]) -> Iterator[Counted]:
    """Yield the flows and stocks on which these measures rest, each once, those alone that something records."""
    codes: dict[str, None] = {}
    for one in measures:
        codes.update(dict.fromkeys(one.part + one.whole if isinstance(one, Share) else (one.code,)))
    for code in codes:
        base = CATALOGUE[code]
        if isinstance(base, Counted) and base.picks:
            yield base


def weights(wanted: Counted, rows: Iterable[FacetRow]) -> dict[int, int]:
    """Return how often an event of each facet set counts, leaving out those that don't."""
    found = {row.id: wanted.weight(Kind(row.kind), row.facets) for row in rows}
    return {number: weight for number, weight in found.items() if weight}


def _columns(
    measures: Collection[Counted], rows: Sequence[FacetRow], spread: Spread, cells: int, as_of: int | None
) -> dict[str, Column]:
    columns = {one.code: Column(defaultdict(int), defaultdict(int)) for one in measures}
    adds: dict[int, list[tuple[Column, int, bool]]] = defaultdict(list)
    for one in measures:
        for number, weight in weights(one, rows).items():
            adds[number].append((columns[one.code], weight, one.amount))
    spans = spread.spans + [Span(span.cell + cells, span.unit, span.start, span.end) for span in spread.later]
    for (cell, number), (count, amount) in sums(list(adds), spans, as_of=as_of).items():
        for column, weight, by_amount in adds[number]:
            column.totals[cell] += weight * (amount if by_amount else count)
            column.counts[cell] += abs(weight) * count
    return columns
