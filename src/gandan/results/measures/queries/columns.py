"""Columns of sums, and how a cell is made of them. Here every microsecond counts a hundred thousand times."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.results.measures.rules import ABSENT, Cell, Counted, Flow, Plan, Spread, Status, Stock, percent

Make = Callable[[int, int], Cell]
"""Makes a cell by the number of its unit and the number of its period."""


Blank = dict[tuple[tuple[Status, date | None], ...], list[Cell]]
"""Grids in which nothing was counted, by what each period says then."""


@dataclass
class Column:
    """The sums of one flow or stock: totals, and how many events stand behind them, by the numbers of a grid's cells."""

    totals: dict[int, int]
    counts: dict[int, int]
    spread: Spread
    across: int
    places: tuple[int, ...]
    """For each period, the column of the grid in which it is told."""
    days: tuple[date | None, ...]
    """For each period, the day that a stock speaks for."""
    absent: frozenset[int]
    plain: bool

    @classmethod
    def of(cls, wanted: Counted, planned: Plan, swept: date | None) -> "Column":
        """Return the empty column of a measure."""
        periods, stock = planned.periods, isinstance(wanted, Stock)
        spread = planned.stocks if stock else planned.flows
        days: tuple[date | None, ...] = (None,) * len(periods)
        places = tuple(range(len(periods)))
        if isinstance(wanted, Stock):
            days = tuple(min(p.last, swept) if swept and wanted.swept else p.last for p in periods)
            places = tuple(planned.days.index(day) for day in days if day is not None)
        across = len(periods) if isinstance(wanted, Flow) else len(planned.days)
        return cls(defaultdict(int), defaultdict(int), spread, across, places, days, planned.absent, spread.plain)

    def counted_places(self) -> Iterable[int]:
        """Return the places of units and periods, unit by unit, for which anything was counted."""
        periods = len(self.days)
        if self.across == periods and self.places == tuple(range(periods)):
            return self.totals.keys() | self.counts.keys()
        of_day: dict[int, list[int]] = defaultdict(list)
        for p, place in enumerate(self.places):
            of_day[place].append(p)
        numbers = (divmod(number, self.across) for number in self.totals.keys() | self.counts.keys())
        return [u * periods + p for u, place in numbers for p in of_day.get(place, ())]

    def cell(self, u: int, p: int) -> Cell:
        number = u * self.across + self.places[p]
        count = self.counts.get(number, 0)
        heirs = self.spread.heirs.get(number, ())
        later = self.totals.get(number + self.spread.cells, 0) if self.spread.later else None
        if heirs or (not count and u * len(self.days) + p in self.absent):
            return Cell(Status.ABSENT, heirs=heirs, later=later)
        partial = self.spread.partial.get(number, ())
        return Cell(Status.COUNTED, self.totals.get(number, 0), None, None, count, self.days[p], partial, later)


@dataclass(frozen=True)
class Making:
    """How the cells of a measure are made: one that is asked for, or all of the grid."""

    make: Make
    columns: Sequence[Column]
    nothing: Sequence[Cell]
    """For each period, the cell where nothing was counted: most of a large grid."""

    def all(self, units: int, blank: Blank) -> list[Cell]:
        """Return the cells of so many units, unit by unit and period by period.

        :param blank: shared by the measures of one plan
        """
        periods = len(self.nothing)
        if not all(column.plain for column in self.columns):
            return [self.make(u, p) for u in range(units) for p in range(periods)]
        if not self.columns:
            return list(self.nothing) * units
        nothing = tuple((cell.status, cell.through) for cell in self.nothing)
        if nothing not in blank:
            blank[nothing] = list(self.nothing) * units
            for place in self.columns[0].absent:
                blank[nothing][place] = ABSENT
        cells = blank[nothing].copy()
        for place in {place for column in self.columns for place in column.counted_places()}:
            cells[place] = self.make(*divmod(place, periods))
        return cells


def always(cell: Cell, periods: int) -> Making:
    """Return what makes the same cell everywhere."""
    return Making(lambda u, p: cell, (), [cell] * periods)


def single(column: Column) -> Making:
    """Return what makes the cells of a flow or a stock."""
    counted, total, absent, days = column.counts.get, column.totals.get, column.absent, column.days
    across, places, periods = column.across, column.places, len(column.days)

    def make(u: int, p: int) -> Cell:
        number = u * across + places[p]
        count = counted(number, 0)
        if not count and u * periods + p in absent:
            return ABSENT
        return Cell(Status.COUNTED, total(number, 0), None, None, count, days[p])

    return Making(make if column.plain else column.cell, (column,), [Cell(Status.COUNTED, 0, through=day) for day in days])


def share(parts: Sequence[Column], wholes: Sequence[Column]) -> Making:
    """Return what makes the cells of a share: each side the sum of its columns, divided last."""
    columns = [*parts, *wholes]
    plain = all(column.plain for column in columns)
    absent, periods = columns[0].absent, len(columns[0].days)
    through = [min((day for column in columns if (day := column.days[p])), default=None) for p in range(periods)]

    def make(u: int, p: int) -> Cell:
        if not plain:
            return _share_of_cells([column.cell(u, p) for column in parts], [column.cell(u, p) for column in wholes])
        whole = count = 0
        for column in wholes:
            number = u * column.across + column.places[p]
            whole += column.totals.get(number, 0)
            count += column.counts.get(number, 0)
        if not count and u * periods + p in absent:
            return ABSENT
        part = 0
        for column in parts:
            part += column.totals.get(u * column.across + column.places[p], 0)
        if whole <= 0:
            return Cell(Status.UNDEFINED, None, part, whole, count, through[p])
        return Cell(Status.COUNTED, percent(part, whole), part, whole, count, through[p])

    return Making(make, columns, [Cell(Status.UNDEFINED, None, 0, 0, 0, day) for day in through])


def _share_of_cells(parts: Sequence[Cell], wholes: Sequence[Cell]) -> Cell:
    cells = [*parts, *wholes]
    lacking = next((cell for cell in cells if not cell.counted), None)
    if lacking:
        return Cell(lacking.status, heirs=lacking.heirs) if lacking.heirs else ABSENT
    part, whole = (sum(int(cell.value or 0) for cell in side) for side in (parts, wholes))
    beside, of = (sum(int(cell.later or 0) for cell in side) for side in (parts, wholes))
    return Cell(
        Status.COUNTED if whole > 0 else Status.UNDEFINED,
        percent(part, whole) if whole > 0 else None,
        part,
        whole,
        sum(cell.count for cell in wholes),
        min((cell.through for cell in cells if cell.through), default=None),
        tuple(dict.fromkeys(unit for cell in cells for unit in cell.partial)),
        percent(beside, of) if of > 0 else None,
    )
