"""What is found out after a report was approved: a list of differences, each with its reason. The report itself stays."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.operations import sweep
from gandan.results.reports.models import Report, RestatedFigure, Restatement
from gandan.results.reports.operations.approving import NoReason
from gandan.results.reports.operations.taking import WrongStep, stepped, taken
from gandan.results.reports.queries import differences, restated, stated, untold
from gandan.results.reports.rules import Change, Key, ReportStatus, WayStep

MOST = 100_000


class NothingDiffers(Refused):
    """All figures are still what they were."""


@operation
def restate(*, report: Report, reason: str, reasons: Mapping[str, str], by: Person, on: date) -> Restatement:
    """List what of an approved report is no longer so, each figure with its reason, at a posting of its own.

    What an earlier list has said already is not said again.

    :param reason: in a sentence, for the whole
    :param reasons: by the code of the measure; what isn't named takes the reason of the whole
    :raises NotAllowed: if `by` may not approve reports at the unit
    :raises WrongStep: if it is not approved
    :raises NoReason: if no reason is given
    :raises NothingDiffers: if nothing has changed since it was approved, or last restated
    """
    report = taken(report, Right.FREEZE_REPORTS, by, on)
    if report.status != ReportStatus.FROZEN:
        raise WrongStep(gettext_noop("Báo cáo {code} chưa duyệt nên chưa có gì để điều chỉnh."), code=report.code)
    if not reason.strip():
        raise NoReason(gettext_noop("Xin ghi lý do điều chỉnh; mỗi số khác đi đều phải có lý do."))
    sweep(on=on, by=by, wait=True)
    with freezing() as position:
        found, said = differences(report, limit=MOST), restated(report)
        events = Counter((code, later.event.unit_id) for later in found.events for code in later.measures)
        whole = Counter(code for later in found.events for code in later.measures)
        changed = untold(report, found.figures)
        if not changed:
            raise NothingDiffers(gettext_noop("Mọi số của báo cáo {code} vẫn như đã nêu."), code=report.code)
        made = Restatement.objects.create(
            report=report, nth=report.restatements.count() + 1, reason=reason.strip(), posting=position.number,
            digest=position.digest.hex(), by=by, on=on,
        )  # fmt: skip
        RestatedFigure.objects.bulk_create(
            _figure(made, one, said, reasons, events[(one.key.code, one.key.unit)] or whole[one.key.code]) for one in changed
        )
        stepped(report, WayStep.RESTATED, Kind.REPORT_RESTATED, by=by, on=on, reason=reason.strip())
    return made


def _figure(made: Restatement, one: Change, said: Mapping[Key, str], reasons: Mapping[str, str], events: int) -> RestatedFigure:
    at = one.signed or one.now
    assert at is not None
    was, now = stated(one)
    return RestatedFigure(
        restatement=made, code=one.key.code, unit_id=one.key.unit, during=(one.key.start, one.key.end), label=at.period.label,
        was=said.get(one.key, was), now=now, events=events, reason=reasons.get(one.key.code, "").strip() or made.reason,
    )  # fmt: skip
