"""Which reports are owed by whom, how far each has come, and how many of many have been begun."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Max, Q, QuerySet

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.promises.queries import open_about, still_open
from gandan.results.reports.models import ManyAsked, OwedReport
from gandan.results.reports.rules import ReportStatus, Stage

STAGES = {
    ReportStatus.DRAFT: Stage.DRAFT,
    ReportStatus.SUBMITTED: Stage.SUBMITTED,
    ReportStatus.FROZEN: Stage.APPROVED,
    ReportStatus.RETURNED: Stage.RETURNED,
}


class UnknownOwed(Refused):
    """No such report is owed."""


@dataclass(frozen=True)
class OwedRow:
    """A report that a unit owes on a period."""

    id: int
    duty: str
    title: str
    title_en: str
    unit_id: int
    unit_name: str
    superior: str
    superior_id: int
    label: str
    due_on: date
    settled: bool
    stage: Stage
    report: str

    def late(self, on: date) -> bool:
        return not self.settled and on > self.due_on


@dataclass
class OwedCount:
    """How far the reports of one rule on one period have come."""

    duty: str
    title: str
    title_en: str
    superior: str
    superior_id: int
    label: str
    due_on: date
    of: int = 0
    late: int = 0
    stages: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))

    @property
    def begun(self) -> int:
        return self.of - self.stages[Stage.NOT_BEGUN]


def owed_counts(units: Collection[int] | None, on: date, *, limit: int = 24) -> list[OwedCount]:
    """Return, for each rule and period, how far the reports of these units (of all: None) have come; the latest first."""
    found: dict[tuple[str, str], OwedCount] = {}
    wanted = OwedReport.objects.all() if units is None else OwedReport.objects.filter(unit__among=units)
    latest = list(wanted.values_list("duty", "during").annotate(due=Max("due_on")).order_by("-due", "duty")[:limit])
    if not latest:
        return []
    shown = reduce(or_, (Q(duty=duty, during=during) for duty, during, _due in latest))
    for row in _rows(wanted.filter(shown).order_by("-due_on", "duty", "pk")):
        one = found.setdefault(
            (row.duty, row.label),
            OwedCount(row.duty, row.title, row.title_en, row.superior, row.superior_id, row.label, row.due_on),
        )
        one.of += 1
        one.stages[row.stage] += 1
        one.late += row.late(on)
    return list(found.values())


def owed_reports(
    units: Collection[int], *, duty: str = "", label: str = "", open_only: bool = False, limit: int = 400
) -> list[OwedRow]:
    """Return what these units owe or have owed, the most pressing first."""
    found = OwedReport.objects.filter(unit__among=units)
    if duty:
        found = found.filter(duty__code=duty)
    if label:
        found = found.filter(label=label)
    if open_only:
        found = found.filter(pk__in=still_open("reports.owedreport", "report.due"))
    return list(_rows(found.order_by("due_on", "unit__code", "pk")[:limit]))


def begun_of(duty: str, label: str) -> tuple[int, int]:
    """Return how many reports of a rule on a period have been begun, and of how many."""
    wanted = OwedReport.objects.filter(duty__code=duty, label=label)
    return wanted.exclude(report=None).count(), wanted.count()


def asked_for() -> list[ManyAsked]:
    """Return the requests to begin many reports that are not finished yet, the oldest first."""
    return list(ManyAsked.objects.filter(finished_on=None).select_related("duty", "by").order_by("pk"))


def owed_one(number: int) -> OwedRow:
    """:raises UnknownOwed: if there is none"""
    found = list(_rows(OwedReport.objects.filter(pk=number)))
    if not found:
        raise UnknownOwed(gettext_noop("Không có báo cáo phải nộp này."))
    return found[0]


def _rows(found: QuerySet[OwedReport]) -> Iterator[OwedRow]:
    several = list(found.select_related("duty__superior", "unit", "report"))
    still = open_about("reports.owedreport", [one.pk for one in several], "report.due")
    for one in several:
        stage = STAGES[ReportStatus(one.report.status)] if one.report else Stage.NOT_BEGUN
        yield OwedRow(
            id=one.pk, duty=one.duty.code, title=one.duty.title, title_en=one.duty.title_en, unit_id=one.unit_id,
            unit_name=one.unit.name, superior=one.duty.superior.name, superior_id=one.duty.superior_id,
            label=one.label, due_on=one.due_on,
            settled=one.pk not in still, stage=stage, report=one.report.code if one.report else "",
        )  # fmt: skip
