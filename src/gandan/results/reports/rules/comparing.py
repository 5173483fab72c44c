"""What a figure is held against: target, the period before, the units beside it; and which changes ask for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from gandan.ground.vietnam.numbers import number_vi
from gandan.results.reports.rules.described import SheetMeasure

Number = int | Decimal
TIMES = 3  # so many times as much, or so small a part, is unusual
FEW = 20  # of less than so many, chance alone makes three times as much
POINTS = Decimal(20)  # of a share, in points of per cent


@dataclass(frozen=True)
class Comparison:
    """What a figure of the whole period is held against."""

    before: Number | None = None
    before_label: str = ""
    target: Decimal | None = None
    sisters: Decimal | None = None  # the middle one
    sisters_count: int = 0
    unusual: bool = False

    @property
    def anything(self) -> bool:
        return self.before is not None or self.target is not None or self.sisters is not None


def is_unusual(now: Number | None, before: Number | None, *, share: bool) -> bool:
    """Say whether a change is so large that a reader asks why."""
    if now is None or before is None:
        return False
    if share:
        return abs(Decimal(now) - Decimal(before)) >= POINTS
    low, high = sorted((abs(Decimal(now)), abs(Decimal(before))))
    return high >= FEW and high >= TIMES * low


def middle(values: Iterable[Number]) -> tuple[Decimal | None, int]:
    """Return the middle one of several figures, and of how many."""
    known = [Decimal(value) for value in values]
    return (Decimal(median(known)).quantize(Decimal("0.1"), ROUND_HALF_UP) if known else None), len(known)


def change_vi(now: Number | None, before: Number | None, *, share: bool) -> str:
    """Write how a figure has changed, as a sentence of a report has it."""
    if now is None or before is None:
        return "chưa so sánh được"
    if now == before:
        return "không đổi"
    way = "tăng" if now > before else "giảm"
    if share:
        return f"{way} {number_vi(abs(Decimal(now) - Decimal(before)), 1)} điểm phần trăm"
    if before == 0:
        return f"tăng từ 0 lên {number_vi(now, 0)}"
    changed = (abs(Decimal(now) - Decimal(before)) * 100 / abs(Decimal(before))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{way} {number_vi(changed, 1)}%"


def times_vi(now: Number | None, before: Number | None, *, share: bool) -> str:
    """Write what is unusual of a change: "gấp 3,2 lần kỳ trước"."""
    if share or not now or not before:
        return f"{change_vi(now, before, share=share)} so với kỳ trước"
    if now > before:
        return f"gấp {number_vi(Decimal(now) / Decimal(before), 1)} lần kỳ trước"
    return f"chỉ bằng {number_vi(Decimal(now) * 100 / Decimal(before), 1)}% kỳ trước"


def said_of(show: str, measure: SheetMeasure, now: Number | None, comparison: Comparison | None) -> str:
    """Write what a text asks of a comparison."""
    found, share = comparison or Comparison(), measure.suffix == "%"
    value = {"before": found.before, "target": found.target, "sisters": found.sisters}.get(show)
    if show == "change":
        return change_vi(now, found.before, share=share)
    return "chưa có" if value is None else number_vi(value, measure.decimals) + measure.suffix
