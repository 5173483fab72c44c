"""Whose reports a report cites, and what of them was no longer so when it was frozen."""

from dataclasses import dataclass
from decimal import Decimal

from gandan.results.reports.models import Citation, Report


@dataclass(frozen=True)
class CitedDiff:
    """A figure that the cited report has otherwise."""

    code: str
    cited: Decimal | None
    now: Decimal | None
    events: int


@dataclass(frozen=True)
class Cited:
    """A report that is cited."""

    code: str
    unit_id: int
    posting: int | None
    differences: tuple[CitedDiff, ...]


def cited(report: Report) -> list[Cited]:
    """Return the reports that a report cites, in the order of their units' codes."""
    found = Citation.objects.filter(report=report).select_related("cited__unit").prefetch_related("differences")
    return [
        Cited(
            one.cited.code, one.cited.unit_id, one.cited.posting,
            tuple(CitedDiff(diff.code, diff.cited, diff.now, diff.events) for diff in one.differences.all()),
        )
        for one in found.order_by("cited__unit__code")
    ]  # fmt: skip


def awaited(report: Report) -> list[Report]:
    """Return the approved reports of units right below that this one would cite if it were frozen now."""
    from_below = Report.objects.filter(during=report.during, line=report.line, programme=report.programme, status="frozen")
    return list(from_below.exclude(unit=report.unit_id).select_related("unit").order_by("unit__code"))
