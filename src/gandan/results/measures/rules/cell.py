"""One figure: its value, and all that must be said with it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Status(StrEnum):
    """How a cell came by its value, or why it has none."""

    COUNTED = "counted"
    NO_DATA = "no_data"  # no package records it yet
    ABSENT = "absent"  # the unit did not exist in the period, or history has followed its heirs
    UNDEFINED = "undefined"  # a share of nothing
    NOT_ADDITIVE = "not_additive"
    HIDDEN = "hidden"  # of what people say under seal, fewer than are shown


@dataclass(slots=True)
class Cell:
    """One figure: of one measure, one unit, one period. Not frozen, which would make a hundred thousand of them slow."""

    status: Status
    value: int | Decimal | None = None
    """A count, a sum of amounts, or a share in per cent with one decimal."""
    part: int | None = None
    whole: int | None = None
    count: int = 0
    """How many events stand behind it, corrections counted off."""
    through: date | None = None
    """Of a stock: the last day it speaks for."""
    partial: tuple[int, ...] = ()
    """Divided predecessors of which this unit has only a part: their past stands apart and is not in the figure."""
    later: int | Decimal | None = None
    """As at a date: what happened in units founded after it, as a line of its own."""
    heirs: tuple[int, ...] = ()
    """As is: the unit has ended, its history has passed into these."""

    @property
    def counted(self) -> bool:
        return self.status is Status.COUNTED


NO_DATA = Cell(Status.NO_DATA)
NOT_ADDITIVE = Cell(Status.NOT_ADDITIVE)
ABSENT = Cell(Status.ABSENT)
HIDDEN = Cell(Status.HIDDEN)
FEWEST = 5  # of events under seal; fewer are not shown, inside as well as outside


def shown(cell: Cell) -> Cell:
    """Return a figure of events under seal as anybody may see it."""
    return HIDDEN if cell.counted and 0 < (cell.count if cell.whole is None else cell.whole) < FEWEST else cell


_TENTHS = tuple(Decimal(n).scaleb(-1) for n in range(1001))  # 0.0 to 100.0


def percent(part: int, whole: int) -> Decimal:
    """A share in per cent with one decimal, halves rounded away from zero."""
    if 0 <= part <= whole:
        return _TENTHS[(2000 * part + whole) // (2 * whole)]
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
