"""News by e-mail: asked for on a page, confirmed by the link in a letter, stopped by the link in every letter."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.pieces import Crumb
from gandan.faces.pages.public import there
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.notices import operations as notices

PER_ADDRESS = Limit("subscribe.address", 10, timedelta(hours=1))


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Xin ghi địa chỉ thư điện tử."),
            "invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng."),
        },
    )
    place = forms.CharField(max_length=100, required=False)


def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for letters. The answer is the same whether the address was known or not."""
    form, today = SubscribeForm(request.POST or None), localdate()
    asked = False
    if request.method == "POST" and form.is_valid():
        if public.too_often(request, (PER_ADDRESS, "")):
            form.add_error(None, _("Đã thử nhiều lần. Xin chờ một giờ rồi thử lại."))
        else:
            asked = _asked(form, request)
    return public.page(
        request, "public/subscribe.html", {"form": form, "asked": asked, "today": today},
        status=422 if request.method == "POST" and form.errors else 200,
    )  # fmt: skip


def _asked(form: SubscribeForm, request: HttpRequest) -> bool:
    today, place, typed = localdate(), None, form.cleaned_data["place"].strip()
    if typed:
        wards = [one for one in organisations.find_units(typed, on=today, line=Line.ADMINISTRATION) if one.kind == UnitKind.WARD]
        if not wards:
            form.add_error("place", _("Không có phường, xã nào tên như vậy. Để trống thì nhận tin của cả Thành phố."))
            return False
        place = organisations.unit(wards[0].code)
    try:
        notices.subscribe(
            email=form.cleaned_data["email"], place=place, language="en" if words.english() else "vi",
            link=f"{settings.BASE_URL}/public/news/by-email/", by=organisations.public(), on=today,
        )  # fmt: skip
    except Refused as refused:
        form.add_error("email", words.refusal(refused))
        return False
    return True


def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the link of every letter. Opening it changes nothing: robots open links; a press of a button does."""
    done = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "stop":
                notices.stop(code=code, by=organisations.public(), on=localdate())
                done = "stopped"
            else:
                notices.confirm(code=code, by=organisations.public(), on=localdate())
                done = "confirmed"
        except Refused as refused:
            return errors.refused(request, refused, actions=(Crumb(_("Nhận tin qua thư điện tử"), there("public-subscribe")),))
    return public.page(request, "public/by_email.html", {"done": done})
