"""What is kept beyond its time, for a reason and until a day: held, and let go."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
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

ABOUT = "dossiers.dossier"
REASONS: dict[str, Words] = {
    "complaint": gettext_lazy("đang có khiếu nại, tố cáo"),
    "court": gettext_lazy("toà án, viện kiểm sát yêu cầu"),
    "inspection": gettext_lazy("đang thanh tra, kiểm tra"),
    "request": gettext_lazy("người có dữ liệu yêu cầu giữ"),
}


class HoldForm(forms.Form):
    dossier = unit_acts.words(gettext_lazy("Số hồ sơ"), most=60)
    reason = forms.ChoiceField(label=gettext_lazy("Vì sao giữ"), choices=list(REASONS.items()))
    until = unit_acts.day(gettext_lazy("Giữ đến hết ngày"), gettext_lazy("Nhiều nhất hai năm; sau đó phải ghi lại nếu còn cần."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: SignedIn) -> HttpResponse:
    """Dossiers that are not erased when their time is up; each with its reason and its end."""
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
    numbers = dossiers.numbers([one.about_id for one in found if one.about_type == ABOUT], viewer=request.user, on=asked.today)
    context = {
        "crumbs": (ROOT, Crumb(_("Đang giữ quá thời hạn"))),
        "form": form,
        "may_hold": Right.HANDLE_REQUESTS in mine,
        "held": [(one, numbers.get(one.about_id, ""), name_of(one.unit), REASONS.get(one.reason, one.reason)) for one in found],
    }
    return render(request, "privacy/holds.html", context, status=400 if form.errors else 200)


def _done(request: SignedIn, form: HoldForm) -> bool:
    """Do what was asked for; False if the form is not right yet."""
    today = Asked(request).today
    if request.POST.get("step") == "release":
        record = dossiers.known_about(request.POST.get("dossier", ""), request.user, today).record
        operations.release(about=record, unit=record.unit, by=request.user, on=today)
        messages.success(request, _("Đã thôi giữ. Hồ sơ kết thúc theo thời hạn chung."))
        return True
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    record = dossiers.known_about(typed["dossier"], request.user, today).record
    operations.hold(about=record, unit=record.unit, reason=typed["reason"], until=typed["until"], by=request.user, on=today)
    messages.success(request, _("Đã giữ hồ sơ %(number)s.") % {"number": record.number})
    return True
