"""Approval upwards: laid before the head, approved at a posting, given back with a reason by them or by the unit above."""

from datetime import date

from django.db.models.functions import Now

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.operations import sweep
from gandan.ground.promises.queries import last_swept
from gandan.ground.vietnam.numbers import date_vi
from gandan.results.programmes.operations import close_programme
from gandan.results.reports.models import Report
from gandan.results.reports.operations.citing import cite
from gandan.results.reports.operations.drafting import kind_within
from gandan.results.reports.operations.owing import owe_again, settle
from gandan.results.reports.operations.storing import store, tell_origins
from gandan.results.reports.operations.taking import WrongStep, refuse_frozen, stepped, taken, taken_draft
from gandan.results.reports.queries import SectionToWrite, compiled, period_of, section_blocks, still_to_write
from gandan.results.reports.rules import ReportKind, ReportStatus, WayStep


class PeriodNotOver(Refused):
    """A report is frozen once the last of its days is over."""


class StillToWrite(Refused):
    """A report is laid before its head, and approved, once nothing of it is still to be written.

    :param sections: those in which something is
    """

    def __init__(self, report: str, sections: list[SectionToWrite]) -> None:
        told = "; ".join(f"{one.position}. {one.title}" for one in sections)
        super().__init__(gettext_noop("Báo cáo {code} còn mục phải viết: {sections}."), code=report, sections=told)
        self.report, self.sections = report, sections


class NoReason(Refused):
    """What is given back says why."""


@operation
def submit(*, report: Report, by: Person, on: date) -> Report:
    """Lay a draft before the head of the unit. Nobody writes on it until it is approved or given back.

    :raises NotAllowed: if `by` may not write reports at the unit
    :raises AlreadyFrozen: if it is frozen
    :raises AlreadySubmitted: if it lies before the head already
    :raises PeriodNotOver: if a day of its period is not over
    :raises BrokenText: if its text can't be read
    :raises StillToWrite: if something of it is still to be written
    """
    report = taken_draft(report, Right.WRITE_REPORTS, by, on)
    _check_over(report, on)
    _check_written(report)
    report.status, report.submitted_on, report.submitted_by = ReportStatus.SUBMITTED.value, on, by
    report.save(update_fields=["status", "submitted_on", "submitted_by"])
    stepped(report, WayStep.SUBMITTED, Kind.REPORT_SUBMITTED, by=by, on=on)
    return report


@operation
def give_back(*, report: Report, reason: str, by: Person, on: date) -> Report:
    """Give a submitted report back to those who write it, with a reason.

    :raises NotAllowed: if `by` may not approve reports at the unit
    :raises WrongStep: if it does not lie before the head
    :raises NoReason: if no reason is given
    """
    report = taken(report, Right.FREEZE_REPORTS, by, on)
    if report.status != ReportStatus.SUBMITTED:
        raise WrongStep(gettext_noop("Báo cáo {code} không chờ duyệt."), code=report.code)
    report.status = ReportStatus.DRAFT.value
    report.save(update_fields=["status"])
    stepped(report, WayStep.TAKEN_BACK, Kind.REPORT_RETURNED, by=by, on=on, reason=_reason(reason))
    return report


@operation
def freeze(*, report: Report, by: Person, on: date) -> Report:
    """Approve a report, and so freeze it: notice all that is overdue, post all that waits, store every figure as of that posting.

    It cites the frozen reports of the units right below for the same period, and lists what of them is no longer so. A closing
    report closes its programme.

    :raises NotAllowed: if `by` may not freeze reports at the unit
    :raises AlreadyFrozen: if it is frozen already
    :raises PeriodNotOver: if a day of its period is not over
    :raises OutsideProgramme: if its programme was shortened since, and ends before its period does
    :raises BrokenText: if its text can't be read
    :raises StillToWrite: if something of it is still to be written
    """
    report = taken(report, Right.FREEZE_REPORTS, by, on)
    refuse_frozen(report)
    period = _check_over(report, on)
    _check_written(report)
    report.kind = kind_within(report.programme, period).value  # the programme's last day may have been amended since
    sweep(on=on, by=by, wait=True)
    with freezing() as position:
        sheet = compiled(report, as_of=position.number)
        store(report, sheet)
        report.status, report.posting, report.digest = ReportStatus.FROZEN.value, position.number, position.digest.hex()
        report.through = min(period.last, last_swept() or period.last)
        report.frozen_on, report.frozen_by, report.frozen_at = on, by, Now()
        report.save()
        cite(report, sheet)
        stepped(report, WayStep.APPROVED, Kind.REPORT_FROZEN, by=by, on=on)
        tell_origins(report, sheet, by, on)
        settle(report, by, on)
    programme = report.programme
    if report.kind == ReportKind.CLOSING and programme and programme.closed_on is None:
        close_programme(programme=programme, by=by, on=on)
    return Report.objects.select_related("unit", "programme").get(pk=report.pk)


@operation
def send_back(*, report: Report, reason: str, by: Person, on: date) -> Report:
    """Send an approved report of a unit below back to it. Its figures stay as they were frozen; it is not cited any more.

    :raises NotAllowed: if `by` may not approve reports at the unit above
    :raises WrongStep: if it is not approved, is signed, or a frozen report cites it
    :raises NoReason: if no reason is given
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=report.pk)
    above = report.superior_id or tree().parent(report.unit_id, Line(report.line), on)
    if above is None or above == report.unit_id:
        raise NotAllowed(gettext_noop("Trên {unit} không có đơn vị nào để trả lại báo cáo."), unit=report.unit.name)
    superior = Unit.objects.get(pk=above)
    require(Right.FREEZE_REPORTS, by=by, unit=superior, on=on)
    if report.status != ReportStatus.FROZEN or report.number_line or report.cited_by.exists():
        raise WrongStep(
            gettext_noop("Báo cáo {code} không trả lại được nữa: đã lấy số, hoặc cấp trên đã dùng."), code=report.code
        )
    report.status = ReportStatus.RETURNED.value
    report.save(update_fields=["status"])
    stepped(report, WayStep.RETURNED, Kind.REPORT_RETURNED, by=by, on=on, reason=_reason(reason), unit=superior)
    owe_again(report, by, on)
    return report


def _check_over(report: Report, on: date) -> Period:
    period = period_of(report)
    if period.end > on:
        raise PeriodNotOver(
            gettext_noop("Kỳ báo cáo còn đến hết ngày {last}; chốt được từ ngày {first}."),
            last=date_vi(period.last), first=date_vi(period.end),
        )  # fmt: skip
    return period


def _check_written(report: Report) -> None:
    section_blocks(report)
    if sections := still_to_write(report):
        raise StillToWrite(report.code, sections)


def _reason(text: str) -> str:
    if not text.strip():
        raise NoReason(gettext_noop("Xin ghi lý do trả lại để nơi lập báo cáo biết cần sửa gì."))
    return text.strip()
