"""What is kept beyond its time, for a reason and until a day: held, and let go."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gandan.faces.pages import errors, unit_acts, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, Words
from gandan.faces.pages.privacy import ROOT
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy import operations
from gandan.ground.privacy import queries as privacy
from gandan.work.dossiers import queries as dossiers
from gandan.work.relief import queries as relief

ABOUT, NEED = "dossiers.dossier", "relief.need"
REASONS: dict[str, Words] = {
    "complaint": gettext_lazy("đang có khiếu nại, tố cáo"),
    "court": gettext_lazy("toà án, viện kiểm sát yêu cầu"),
    "inspection": gettext_lazy("đang thanh tra, kiểm tra"),
    "request": gettext_lazy("người có dữ liệu yêu cầu giữ"),
}


class HoldForm(forms.Form):
    dossier = unit_acts.words(gettext_lazy("Số hồ sơ, hoặc số đăng ký cứu trợ (CT-…)"), most=60)
    reason = forms.ChoiceField(label=gettext_lazy("Vì sao giữ"), choices=list(REASONS.items()))
    until = unit_acts.day(gettext_lazy("Giữ đến hết ngày"), gettext_lazy("Nhiều nhất hai năm; sau đó phải ghi lại nếu còn cần."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: SignedIn) -> HttpResponse:
    """Dossiers and needs of relief that are not erased when their time is up; each with its reason and its end."""
    asked = Asked(request)
    mine = organisations.rights(request.user, asked.today)
    if not mine & {Right.HANDLE_REQUESTS, Right.MANAGE_PRIVACY}:
        return errors.no_right(request)
    form = HoldForm(request.POST if request.POST.get("step") == "hold" else None)
    try:
        if request.method == "POST" and _done(request, form):
            return redirect("privacy-holds")
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        if form.is_bound:
            form.add_error(None, words.refusal(refused))
        else:
            messages.error(request, words.refusal(refused))
    found = privacy.holds(request.user, asked.today)
    seen = _seen(found, request.user, asked.today)
    context = {
        "crumbs": (ROOT, Crumb(_("Đang giữ quá thời hạn"))),
        "form": form,
        "may_hold": Right.HANDLE_REQUESTS in mine,
        "held": [
            (one, *seen.get((one.about_type, one.about_id), ("", "")), name_of(one.unit), REASONS.get(one.reason, one.reason))
            for one in found
        ],
    }
    return render(request, "privacy/holds.html", context, status=400 if form.errors else 200)


def _seen(found: Sequence[privacy.HoldRow], viewer: Any, on: date) -> dict[tuple[str, int], tuple[str, str]]:
    """The number and the page of what is held, as far as the viewer may read it."""
    shown: dict[tuple[str, int], tuple[str, str]] = {}
    for about, numbers, page in ((ABOUT, dossiers.numbers, "dossier"), (NEED, relief.numbers, "relief-need")):
        known = numbers([one.about_id for one in found if one.about_type == about], viewer=viewer, on=on)
        for pk, number in known.items():
            shown[about, pk] = number, reverse(page, args=[number if about == ABOUT else pk])
    return shown


def _record(number: str, viewer: Any, on: date) -> Any:
    if relief.is_need(number):
        return relief.known_need(number, viewer, on)
    return dossiers.known_about(number, viewer, on).record


def _done(request: SignedIn, form: HoldForm) -> bool:
    """Do what was asked for; False if the form is not right yet."""
    today = Asked(request).today
    if request.POST.get("step") == "release":
        record = _record(request.POST.get("dossier", ""), request.user, today)
        operations.release(about=record, unit=record.unit, by=request.user, on=today)
        messages.success(request, _("Đã thôi giữ. Hồ sơ kết thúc theo thời hạn chung."))
        return True
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    record = _record(typed["dossier"], request.user, today)
    operations.hold(about=record, unit=record.unit, reason=typed["reason"], until=typed["until"], by=request.user, on=today)
    messages.success(request, _("Đã giữ hồ sơ %(number)s.") % {"number": record.number})
    return True
