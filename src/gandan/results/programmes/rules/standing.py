"""How an indicator stands against its target."""

from decimal import Decimal
from enum import StrEnum

from gandan.results.measures.rules import Better, Cell


class Standing(StrEnum):
    """Colour and words of an indicator's year."""

    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    MET = "met"
    AT_RISK = "at_risk"  # missed by no more than a twentieth, or the year still runs
    MISSED = "missed"


NEAR = Decimal("0.05")


def standing(cell: Cell, target: Decimal | None, better: Better, *, running: bool) -> Standing:
    """Hold a figure against its target.

    :param running: the year is not over, so that what is missed can still be met
    """
    if target is None:
        return Standing.NO_TARGET
    if not cell.counted or cell.value is None:
        return Standing.NO_DATA
    value = Decimal(cell.value)
    short = value - target if better == "down" else target - value
    if short <= 0:
        return Standing.MET
    return Standing.AT_RISK if running or short <= target * NEAR else Standing.MISSED


def falls_short(cell: Cell, target: Decimal, better: Better, *, over: float) -> bool:
    """Say whether a figure will miss its target if the year goes on as it did.

    :param over: how much of the year is over; 1 for what does not grow with time
    """
    if not cell.counted or cell.value is None or over <= 0:
        return False
    expected = Decimal(cell.value) / Decimal(str(over))
    return expected > target if better == "down" else expected < target
