"""Taking a report to change it: whose it is, whether it still can be."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, standing_heir
from gandan.ground.organisations.rights import Right
from gandan.results.reports.models import Report, ReportStep
from gandan.results.reports.rules import FROZEN_ONCE, ReportStatus, WayStep


class AlreadyFrozen(Refused):
    """A frozen report is never changed; what has become known since is told beside it."""


class AlreadySubmitted(Refused):
    """The report lies before the head of the unit; they approve it or give it back."""


class WrongStep(Refused):
    """The report has not come so far, or has gone further already."""


def taken(report: Report, right: Right, by: Person, on: date) -> Report:
    """Take a report to change it. Who has no right to it isn't told how it stands."""
    found = Report.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=report.pk)
    require(right, by=by, unit=found.unit, on=on)
    return found


def taken_draft(report: Report, right: Right, by: Person, on: date) -> Report:
    """Take a draft to write on it."""
    found = taken(report, right, by, on)
    refuse_frozen(found)
    if found.status == ReportStatus.SUBMITTED:
        raise AlreadySubmitted(gettext_noop("Báo cáo {code} đang chờ duyệt. Muốn sửa, xin người duyệt trả lại."), code=found.code)
    return found


def refuse_frozen(report: Report) -> None:
    if report.status in FROZEN_ONCE:
        raise AlreadyFrozen(gettext_noop("Báo cáo {code} đã chốt, không sửa được nữa."), code=report.code)


def stepped(
    report: Report, step: WayStep, kind: Kind, *, by: Person, on: date, reason: str = "", unit: Unit | None = None
) -> None:
    """Note a step on the way of a report, and tell the ledger."""
    at = standing_heir(unit or report.unit, on)
    ReportStep.objects.create(report=report, step=step.value, reason=reason, unit=at, by=by, on=on)
    record(kind, about=report, unit=at, day=on, by=by)
