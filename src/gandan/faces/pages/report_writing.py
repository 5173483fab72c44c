"""Writing a report together: saved while typing, versions, what is said beside it, what explains a change."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.report_steps import readable
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.reports import operations
from gandan.results.reports import queries as reports


def _whole(request: SignedIn, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


@login_required
@require_POST
def save(request: SignedIn, code: str) -> HttpResponse:
    """Keep what is being typed, and answer with what the section has become."""
    position = _whole(request, "position")
    try:
        saved = operations.autosave_section(
            report=reports.report(code), position=position, text=request.POST.get("text", ""), base=_whole(request, "base"),
            by=request.user, on=localdate(),
        )  # fmt: skip
    except NotAllowed as refused:
        errors.note_refusal(request, refused)
        return JsonResponse({"said": words.refusal(refused)}, status=403)
    except Refused as refused:
        return JsonResponse({"said": words.refusal(refused)}, status=409)
    section = saved.section
    return JsonResponse(
        {"sent": saved.sent, "version": section.version, "text": section.text, "merged": saved.merged, "both": saved.both}
    )


@login_required
@errors.told(Crumb(gettext_lazy("Mọi báo cáo"), "/reports/"))
def versions(request: SignedIn, code: str, position: int) -> HttpResponse:
    """The versions of a section, each to be read and taken back."""
    report = readable(request, code)
    if request.method == "POST":
        return _done(
            request, code, f"#s{position}", operations.restore_version, position=position, number=_whole(request, "number")
        )
    section = next((one for one in report.sections.all() if one.position == position), None)
    kept = reports.versions(report, position)
    return render(
        request,
        "reports/versions.html",
        {
            "crumbs": (
                Crumb(_("Báo cáo"), "/reports/"),
                Crumb(report.code, f"/reports/{code}/"),
                Crumb(_("Các bản đã lưu")),
            ),
            "report": report,
            "section": section,
            "versions": [(one, localtime(one.at)) for one in kept],
            "may_write": report.status == "draft" and organisations.may(
                Right.WRITE_REPORTS, by=request.user, unit=report.unit, on=localdate()
            ),
        },
        status=200 if section else 404,
    )  # fmt: skip


@login_required
@require_POST
def comment(request: SignedIn, code: str) -> HttpResponse:
    position = _whole(request, "position")
    return _done(request, code, f"#s{position}", operations.comment, position=position, text=request.POST.get("text", ""))


@login_required
@require_POST
def settle(request: SignedIn, code: str) -> HttpResponse:
    return _done(request, code, "", operations.settle_comment, number=_whole(request, "comment"))


@login_required
@require_POST
def explain(request: SignedIn, code: str) -> HttpResponse:
    measure, text = request.POST.get("measure", ""), request.POST.get("text", "")
    return _done(request, code, "#unusual", operations.explain_change, code=measure, text=text)


def _done(request: SignedIn, report: str, at: str, operation: Callable[..., Any], **given: Any) -> HttpResponse:
    try:
        operation(report=reports.report(report), by=request.user, on=localdate(), **given)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, status=409, actions=(Crumb(_("Về báo cáo"), f"/reports/{report}/"),))
    return redirect(f"/reports/{report}/{at}")
