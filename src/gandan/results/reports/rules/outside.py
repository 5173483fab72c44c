"""What stands beside a counted figure: what is stated of it, and from which other systems its work has come. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from gandan.ground.vietnam.numbers import number_vi
from gandan.results.measures.rules import Cell


@dataclass(frozen=True)
class Outside:
    """What is known of a figure from outside the ledger. It is shown as such and never added to what is counted."""

    stated: Decimal | None = None
    whole: bool = True  # whether what is stated covers all of the period
    source: str = ""
    systems: str = ""  # other systems, whose work came in by file

    def stands(self, cell: Cell) -> bool:
        """Say whether the stated figure stands in the table: only where nothing is counted."""
        return self.stated is not None and (cell.value is None or not cell.count)


NOTHING = Outside()


def remark(outside: Outside, cell: Cell, decimals: int, suffix: str) -> str:
    """Return what is said below a figure of what is known from outside."""
    said = []
    if outside.stated is not None:
        value = number_vi(outside.stated, decimals) + suffix
        part = "" if outside.whole else ", chưa đủ cả kỳ"
        stands = outside.stands(cell)
        said.append(
            f"số nêu{part}, theo {outside.source}" if stands else f"ngoài số đếm, nêu {value}{part}, theo {outside.source}"
        )
    if outside.systems:
        said.append(f"có việc làm ở hệ thống khác, nhập bằng tệp: {outside.systems}")
    return "; ".join(said)
