"""From units and periods to the days of units that the ledger is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import Groups, Span
from gandan.ground.organisations.rules import AsWas, Attribution, Line, Tree, View, attribution, balance


@dataclass
class Spread:
    """The spans of a grid of cells, `cells` in number: a cell's number is its unit's number times the columns, plus its column.

    What stands apart, as `later`, is summed at the cell's number plus `cells`.
    """

    cells: int
    spans: list[Span] = field(default_factory=list)
    later: list[Span] = field(default_factory=list)
    partial: dict[int, tuple[int, ...]] = field(default_factory=dict)
    heirs: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether nothing must be said beside any of its figures."""
        return not (self.later or self.partial or self.heirs)

    @cached_property
    def groups(self) -> Groups:
        """The spans as the ledger sums them, grouped once for as long as the plan is kept."""
        return Groups(self.spans + [Span(span.cell + self.cells, span.unit, span.start, span.end) for span in self.later])


@dataclass(frozen=True)
class Plan:
    """What must be summed so that every figure of some units, periods and one view can be told."""

    units: tuple[int, ...]
    periods: tuple[Period, ...]
    days: tuple[date, ...]
    """The days at whose ends stocks are told."""
    flows: Spread
    stocks: Spread
    absent: frozenset[int]
    """Cells that the unit has not: it did not exist in the period, or it has no place in the tree that is asked for."""


def plan(tree: Tree, units: Sequence[int], periods: Sequence[Period], line: Line, view: View, *, swept: date | None) -> Plan:
    """Plan the figures of `units` × `periods`.

    :param swept: the last day on which overdue promises were noticed; stocks that rest on it are told no later
    """
    days = tuple(sorted(days_of_stocks(periods, swept)))
    flows, stocks = Spread(len(units) * len(periods)), Spread(len(units) * len(days))
    absent: set[int] = set()
    for u, unit in enumerate(units):
        for p, period in enumerate(periods):
            cell = u * len(periods) + p
            found = attribution(tree, unit, line, period.start, period.end, view)
            _add(flows, cell, found)
            if not (_existed(tree, unit, line, period) if isinstance(view, AsWas) else found.spans):
                absent.add(cell)
        for d, day in enumerate(days):
            _add(stocks, u * len(days) + d, balance(tree, unit, line, day, view))
    return Plan(tuple(units), tuple(periods), days, flows, stocks, frozenset(absent))


def days_of_stocks(periods: Iterable[Period], swept: date | None) -> set[date]:
    """Return the last day of each period, and where lateness is not known so far, the last day it is."""
    ends = {period.last for period in periods}
    return ends | {min(day, swept) for day in ends if swept is not None}


def _add(spread: Spread, cell: int, found: Attribution) -> None:
    spread.spans.extend(Span(cell, *span) for span in found.spans)
    spread.later.extend(Span(cell, *span) for span in found.later)
    if found.partial:
        spread.partial[cell] = found.partial
    if found.heirs:
        spread.heirs[cell] = found.heirs


def _existed(tree: Tree, unit: int, line: Line, period: Period) -> bool:
    places = tree.places(unit, line)
    return not places or (places[0].start < period.end and places[-1].end > period.start)
