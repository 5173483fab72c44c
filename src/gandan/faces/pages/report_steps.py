"""The way of a report after its text: submitted, approved, sent back, numbered, signed by its parties, published, restated."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.faces.pages import errors, signers
from gandan.faces.pages.accounts.confirming import confirmed_recently
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Moment, Words
from gandan.faces.pages.report_text import Report
from gandan.ground.documents import queries as documents
from gandan.ground.documents.signing import has_key
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import WayStep

STEPS: dict[WayStep, Words] = {
    WayStep.SUBMITTED: gettext_lazy("%(who)s trình duyệt."),
    WayStep.TAKEN_BACK: gettext_lazy("%(who)s trả lại để viết tiếp."),
    WayStep.APPROVED: gettext_lazy("%(who)s duyệt; số liệu được chốt."),
    WayStep.RETURNED: gettext_lazy("%(who)s ở cấp trên trả lại báo cáo."),
    WayStep.NUMBERED: gettext_lazy("%(who)s lấy số và trình ký."),
    WayStep.SIGNED: gettext_lazy("%(who)s ký."),
    WayStep.PUBLISHED: gettext_lazy("%(who)s công bố."),
    WayStep.RESTATED: gettext_lazy("%(who)s điều chỉnh số liệu, có danh sách và lý do."),
}


def readable(request: SignedIn, code: str) -> Report:
    """Return a report for who may read it: those who read figures at its unit, and its parties.

    :raises NotAllowed: if the reader may not
    :raises UnknownReport: if there is none
    """
    report, on = reports.report(code), localdate()
    if any(part.person_id == request.user.pk for part in _parts(report)):
        return report
    if reports.read_by_superior(report, request.user, on):
        return report
    parties = [organisations.unit(unit.code) for unit, _ in reports.issuers(report, on)] if report.programme else []
    if not any(organisations.may(Right.READ_FIGURES, by=request.user, unit=unit, on=on) for unit in parties):
        organisations.require(Right.READ_FIGURES, by=request.user, unit=report.unit, on=on)
    return report


def _parts(report: Report) -> tuple[documents.PartRow, ...]:
    signing = documents.signing_of("reports.report", report.pk)
    return signing.parts if signing else ()


def panel(request: SignedIn, report: Report) -> dict[str, Any]:
    """What the page of a report needs to go on: its way so far, who signs, what the reader may do next."""
    on, by = localdate(), request.user
    above = organisations.tree().parent(report.unit_id, report.line, on)
    may = {right: organisations.may(right, by=by, unit=report.unit, on=on) for right in
           (Right.WRITE_REPORTS, Right.FREEZE_REPORTS, Right.PUBLISH_REPORTS)}  # fmt: skip
    frozen, signing = report.status == "frozen", documents.signing_of("reports.report", report.pk)
    superior = organisations.row(above).code if above is not None else ""
    return {
        "moments": [_moment(one) for one in reports.steps(report)],
        "signing": signing,
        "signers": [
            (one, organisations.row(one.unit_id, on).name, signers.another(one, on) if may[Right.WRITE_REPORTS] else None)
            for one in (signing.parts if signing else ())
        ],
        "my_turn": bool(signing and signing.next and signing.next.person_id == by.pk),
        "has_key": has_key(by.username),
        "parties": signers.parties(reports.issuers(report, on), on) if frozen and may[Right.WRITE_REPORTS] else [],
        "my_lists": reports.lists_to_sign(report, by) if frozen else frozenset(),
        "to_write": reports.still_to_write(report) if report.status in {"draft", "submitted"} else [],
        "may_submit": report.status == "draft" and may[Right.WRITE_REPORTS],
        "may_approve": report.status in {"draft", "submitted"} and may[Right.FREEZE_REPORTS],
        "may_give_back": report.status == "submitted" and may[Right.FREEZE_REPORTS],
        "may_send_back": frozen and not report.number_line and bool(superior) and organisations.may(
            Right.FREEZE_REPORTS, by=by, unit=organisations.unit(superior), on=on) and not reports.used_above(report),
        "sent_back": reports.sent_back(report),
        "may_redraft": report.status == "returned" and may[Right.WRITE_REPORTS] and not reports.written_anew(report),
        "may_number": frozen and not report.number_line and may[Right.WRITE_REPORTS],
        "may_number_lists": frozen and may[Right.WRITE_REPORTS],
        "may_publish": bool(report.signed_on) and not report.published_on and may[Right.PUBLISH_REPORTS],
        "may_restate": frozen and may[Right.FREEZE_REPORTS],
    }  # fmt: skip


def _moment(one: reports.StepRow) -> Moment:
    return Moment(
        one.on, STEPS[one.step] % {"who": one.by_name}, organisations.row(one.unit_id, one.on).name, one.reason,
        "late" if one.step in {WayStep.TAKEN_BACK, WayStep.RETURNED} else "",
    )  # fmt: skip


def _done(request: SignedIn, code: str, do: Callable[[Report], Any], said: str = "") -> HttpResponse:
    try:
        do(reports.report(code))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return not_done(request, code, refused)
    if said:
        notices.success(request, said)
    return redirect("report", code)


def not_done(request: SignedIn, code: str, why: Refused) -> HttpResponse:
    """Say why a step was not taken, and lead to what is to be done first."""
    sections = why.sections if isinstance(why, operations.StillToWrite) else []
    places = [Crumb(f"{one.position}. {one.title}", section_address(code, one.position)) for one in sections]
    return errors.refused(request, why, status=409, actions=(*places, Crumb(_("Về báo cáo"), f"/reports/{code}/")))


def section_address(code: str, position: int) -> str:
    """Where a section is written."""
    return f"/reports/{code}/?edit={position}#s{position}"


@login_required
@require_POST
def submit(request: SignedIn, code: str) -> HttpResponse:
    return _done(request, code, lambda one: operations.submit(report=one, by=request.user, on=localdate()))


@login_required
@require_POST
def give_back(request: SignedIn, code: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _done(request, code, lambda one: operations.give_back(report=one, reason=reason, by=request.user, on=localdate()))


@login_required
@require_POST
def send_back(request: SignedIn, code: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _done(request, code, lambda one: operations.send_back(report=one, reason=reason, by=request.user, on=localdate()))


@login_required
@require_POST
def redraft(request: SignedIn, code: str) -> HttpResponse:
    try:
        made = operations.redraft(report=reports.report(code), by=request.user, on=localdate())
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về báo cáo"), f"/reports/{code}/"),))
    return redirect("report", made.code)


@login_required
@require_POST
def number(request: SignedIn, code: str) -> HttpResponse:
    """Give a report, or one of its lists of differences, its number and lay it before those who sign."""

    def do(report: Report) -> None:
        given = {
            "people": signers.named(request),
            "base_url": settings.BASE_URL,
            "at": now(),
            "by": request.user,
            "on": localdate(),
        }
        if nth := _nth(request):
            operations.put_restatement_to_sign(restatement=reports.restatement(report, nth), **given)
        else:
            operations.put_to_sign(report=report, **given)

    return _done(request, code, do, _("Đã lấy số. Báo cáo đang chờ ký theo thứ tự."))


def _nth(request: SignedIn) -> int:
    typed = request.POST.get("nth", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


@login_required
@require_POST
@confirmed_recently
def sign(request: SignedIn, code: str) -> HttpResponse:
    """Sign, as the next in order; who does proves again who they are."""

    def do(report: Report) -> None:
        given = {"by": request.user, "on": localdate(), "at": localtime().replace(microsecond=0)}
        if nth := _nth(request):
            operations.sign_restatement(restatement=reports.restatement(report, nth), **given)
        else:
            operations.sign_report(report=report, **given)

    return _done(request, code, do, _("Đã ký. Chữ ký và giờ ký nằm trong tệp PDF."))


@login_required
@require_POST
def signer(request: SignedIn, code: str) -> HttpResponse:
    """Have another sign for a party."""
    typed = request.POST.get("position", "")
    position = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0

    def do(report: Report) -> None:
        person = organisations.person(request.POST.get("signer", ""))
        operations.name_other_signer(report=report, position=position, person=person, by=request.user, on=localdate())

    return _done(request, code, do)


@login_required
@require_POST
def publish(request: SignedIn, code: str) -> HttpResponse:
    return _done(
        request, code, lambda one: operations.publish(report=one, by=request.user, on=localdate()), _("Đã công bố báo cáo.")
    )


@login_required
@require_POST
@confirmed_recently
def restate(request: SignedIn, code: str) -> HttpResponse:
    """List what of a report is no longer so, with a reason for each."""
    reasons = {name.removeprefix("reason-"): str(text) for name, text in request.POST.items() if name.startswith("reason-")}

    def do(report: Report) -> None:
        reason = request.POST.get("reason", "")
        operations.restate(report=report, reason=reason, reasons=reasons, by=request.user, on=localdate())

    answer = _done(request, code, do)
    return redirect(f"/reports/{code}/?tab=restated") if answer.status_code == 302 else answer


@login_required
@require_safe
def restatement_pdf(request: SignedIn, code: str, nth: int) -> HttpResponse:
    try:
        found = reports.restatement(readable(request, code), nth)
        made = reports.restatement_pdf(found, base_url=settings.BASE_URL, made_at=localtime().replace(microsecond=0))
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Về báo cáo"), f"/reports/{code}/"),))
    name = f'attachment; filename="{code}-dieu-chinh-{nth}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})
