"""What is found out after a report was approved: a list of differences, each with its reason. The report itself stays."""

from collections.abc import Iterable, Mapping
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.operations import sweep
from gandan.results.reports.models import Report, RestatedFigure, Restatement
from gandan.results.reports.operations.approving import NoReason
from gandan.results.reports.operations.taking import WrongStep, stepped, taken
from gandan.results.reports.queries import Later, differences, restated, stated, untold
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
        last = report.restatements.order_by("-nth").first()
        found, said = differences(report, limit=MOST, after=last.posting if last else None), restated(report)
        came = _came(report, found.events)
        changed = untold(report, found.figures)
        if not changed:
            raise NothingDiffers(gettext_noop("Mọi số của báo cáo {code} vẫn như đã nêu."), code=report.code)
        made = Restatement.objects.create(
            report=report, nth=last.nth + 1 if last else 1, reason=reason.strip(), posting=position.number,
            digest=position.digest.hex(), by=by, on=on,
        )  # fmt: skip
        RestatedFigure.objects.bulk_create(_figure(made, one, said, reasons, _behind(one.key, came)) for one in changed)
        stepped(report, WayStep.RESTATED, Kind.REPORT_RESTATED, by=by, on=on, reason=reason.strip())
    return made


def _came(report: Report, events: Iterable[Later]) -> dict[tuple[str, int], list[date]]:
    """Return on which days what came later counts, by measure and by each unit in whose figure it stands."""
    days: dict[tuple[str, int], list[date]] = {}
    known = tree()
    for later in events:
        event = later.event
        for unit in {event.unit_id, report.unit_id, *known.path(event.unit_id, Line(report.line), event.day)}:
            for code in later.measures:
                days.setdefault((code, unit), []).append(event.day)
    return days


def _behind(key: Key, came: Mapping[tuple[str, int], list[date]]) -> int:
    """Return how much of what came later stands behind a figure: within its days, or for a balance before its last one."""
    days = [day for day in came.get((key.code, key.unit), ()) if day < key.end]
    return sum(day >= key.start for day in days) or len(days)


def _figure(made: Restatement, one: Change, said: Mapping[Key, str], reasons: Mapping[str, str], events: int) -> RestatedFigure:
    at = one.signed or one.now
    assert at is not None
    was, now = stated(one)
    return RestatedFigure(
        restatement=made, code=one.key.code, unit_id=one.key.unit, during=(one.key.start, one.key.end), label=at.period.label,
        was=said.get(one.key, was), now=now, events=events, reason=reasons.get(one.key.code, "").strip() or made.reason,
    )  # fmt: skip
