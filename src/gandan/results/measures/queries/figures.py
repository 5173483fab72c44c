"""Figures: many measures of many units in many periods, exact and fresh, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

from django.db import connection

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.queries import FacetRow, doubtful, facet_sets, snapshot, sums_of
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import AsWas, Line, Tree, View
from gandan.ground.promises.queries import last_swept
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries.columns import Blank, Column, Making, always, share, single
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
    Stock,
    plan,
    shown,
)

AS_WAS = AsWas()
_PLANS_KEPT = 32
_weights: dict[tuple[str, str], tuple[Counted, dict[int, int]]] = {}
_plans: WeakKeyDictionary[Tree, dict[object, Plan]] = WeakKeyDictionary()


class UnknownMeasure(Refused):
    """No measure has this code."""


def measure(code: str) -> Measure:
    """:raises UnknownMeasure: if the catalogue has none of this code"""
    found = CATALOGUE.get(code)
    if found is None:
        raise UnknownMeasure(gettext_noop("Không có chỉ tiêu “{code}”."), code=code)
    return found


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
        units, periods = self._numbers
        made = self._made(code).make(units[unit], periods[period])
        return shown(made) if code in SEALED else made

    def cells(self, code: str) -> Iterator[tuple[int, Period, Cell]]:
        """Yield a measure's figures, unit by unit and period by period."""
        cells = self._made(code).all(len(self.plan.units), self._blank)
        return zip(*self._places, map(shown, cells) if code in SEALED else cells, strict=True)

    @cached_property
    def _blank(self) -> Blank:
        return {}

    @cached_property
    def _places(self) -> tuple[list[int], list[Period]]:
        units, periods = self.plan.units, self.plan.periods
        return [unit for unit in units for _ in periods], list(periods) * len(units)

    @cached_property
    def _numbers(self) -> tuple[dict[int, int], dict[Period, int]]:
        return {unit: nth for nth, unit in enumerate(self.plan.units)}, {day: nth for nth, day in enumerate(self.plan.periods)}

    @cached_property
    def _makers(self) -> dict[str, Making]:
        return {}

    def _made(self, code: str) -> Making:
        """Return what makes the cells of a measure, by the numbers of unit and period: prepared once for all of them."""
        if code not in self._makers:
            self._makers[code] = self._making(code)
        return self._makers[code]

    def _making(self, code: str) -> Making:
        wanted, periods = measure(code), len(self.plan.periods)
        if isinstance(wanted, NotAdditive):
            return always(NOT_ADDITIVE, periods)
        if isinstance(wanted, Share):
            codes = (wanted.part, wanted.whole)
            part, whole = ([self.columns[code] for code in side if code in self.columns] for side in codes)
            return share(part, whole) if len(part) + len(whole) == len(wanted.part + wanted.whole) else always(NO_DATA, periods)
        column = self.columns.get(wanted.code)
        return single(column) if column else always(NO_DATA, periods)


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
        columns = _columns(counted, rows, planned, swept, as_of)
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


# Measures that rest on events under seal.
SEALED = frozenset(code for code, one in CATALOGUE.items() if any(base.sealed for base in counted_in([one])))


def weights(wanted: Counted, rows: Collection[FacetRow]) -> dict[int, int]:
    """Return how often an event of each facet set counts, leaving out those that don't.

    Facet sets are append-only, so what was reckoned once for one stays true.
    """
    key = (str(connection.settings_dict["NAME"]), wanted.code)
    of, known = _weights.get(key, (None, {}))
    if of is not wanted:
        known = {}
        _weights[key] = (wanted, known)
    for row in rows:
        if row.id not in known:
            known[row.id] = wanted.weight(Kind(row.kind), row.facets)
    return {row.id: weight for row in rows if (weight := known[row.id])}


Adds = dict[int, list[tuple[dict[int, int], dict[int, int] | None, int, bool]]]
"""For each facet set: to which totals it adds, to which counts apart from them, how often, and whether by its amount."""


def _columns(
    measures: Sequence[Counted], rows: Sequence[FacetRow], planned: Plan, swept: date | None, as_of: int | None
) -> dict[str, Column]:
    """Read flows and stocks in one reading of the ledger."""
    columns = {one.code: Column.of(one, planned, swept) for one in measures}
    of_kind: dict[str, list[FacetRow]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    flows, stocks = (_adds([one for one in measures if isinstance(one, sort)], of_kind, columns) for sort in (Flow, Stock))
    lots = [(_alike(flows), planned.flows.groups), (_alike(stocks), planned.stocks.groups)]
    for adds, read in zip((flows, stocks), sums_of(lots, as_of=as_of), strict=True):
        for (cell, number), (count, amount) in read.items():
            for totals, counted, weight, by_amount in adds[number]:
                totals[cell] += weight * (amount if by_amount else count)
                if counted is not None:
                    counted[cell] += abs(weight) * count
    return columns


def _adds(measures: Sequence[Counted], of_kind: Mapping[str, list[FacetRow]], columns: Mapping[str, Column]) -> Adds:
    adds: Adds = defaultdict(list)
    for one in measures:
        column, counts = columns[one.code], weights(one, [row for kind in one.kinds for row in of_kind.get(kind, ())])
        if set(counts.values()) <= {1} and not one.amount:
            column.counts = column.totals  # each event counts once, so its total says how many there are
        apart = None if column.counts is column.totals else column.counts
        for number, weight in counts.items():
            adds[number].append((column.totals, apart, weight, one.amount))
    return adds


def _alike(adds: Adds) -> dict[int, int]:
    """Return each facet set with the first of those that count in the same measures and as often: the ledger sums them as one."""
    first: dict[tuple[tuple[int, int], ...], int] = {}
    return {number: first.setdefault(tuple((id(one[0]), one[2]) for one in several), number) for number, several in adds.items()}
