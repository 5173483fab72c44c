"""The applicant's own page: opened by number and telephone, or by the QR of the receipt; nothing in it can be guessed.

Who opened a dossier stands in the session, for half an hour. No address and no title says whose it is.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from gandan.faces.pages import dossiers as dossier_pages
from gandan.faces.pages import holding, public, uploads, words
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers.queries import (
    HeldDossier,
    NothingOpened,
    Opened,
    file_for_holder,
    held,
    letter_for_holder,
    opened_by_number,
    opened_by_token,
)
from gandan.work.dossiers.rules.numbers import official

OPENED = "opened"
PER_NUMBER = Limit("lookup.number", 5, timedelta(minutes=15))
PER_NUMBER_A_DAY = Limit("lookup.number.day", 20, timedelta(days=1))
PER_ADDRESS = Limit("lookup.address", 40, timedelta(hours=1))
OPEN_FOR = timedelta(minutes=30)
Shows = Callable[..., HttpResponse]


class LookupForm(forms.Form):
    """What stands on the receipt, and what its holder knows by heart."""

    number = forms.CharField(max_length=40, strip=True)
    tail = forms.CharField(max_length=8, strip=True)


class PostForm(forms.Form):
    recipient = forms.CharField(max_length=200)
    address = forms.CharField(max_length=400)
    phone = forms.CharField(max_length=30, required=False)


class NoticesForm(forms.Form):
    email = forms.EmailField(required=False, error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng.")})
    notices = forms.BooleanField(required=False)
    language = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in dossiers.Language],
        coerce=dossiers.Language,
        empty_value=dossiers.Language.VIETNAMESE,
        required=False,
    )


def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for number and last digits; whatever is wrong, the answer is the same."""
    form = LookupForm(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    if request.method == "POST" and form.is_valid():
        number = official(form.cleaned_data["number"])
        if public.too_often(request, (PER_NUMBER, number), (PER_NUMBER_A_DAY, number), (PER_ADDRESS, "")):
            form.add_error(None, _("Đã thử nhiều lần. Xin chờ 15 phút rồi thử lại, hoặc quét mã QR trên giấy tiếp nhận."))
            return public.page(request, "public/lookup.html", {"form": form}, status=429)
        try:
            return open_own(request, opened_by_number(number, form.cleaned_data["tail"]))
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
    return public.page(request, "public/lookup.html", {"form": form}, status=200 if request.method == "GET" else 422)


@require_safe
def by_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Open by the QR of a receipt; the token leaves the address at once."""
    if public.too_often(request, (PER_ADDRESS, "")):
        return public.page(request, "public/no_receipt.html", {}, status=429)
    try:
        return open_own(request, opened_by_token(token))
    except NothingOpened:
        return public.page(request, "public/no_receipt.html", {}, status=404)


def open_own(request: HttpRequest, opened: Opened) -> HttpResponse:
    request.session[OPENED] = [opened.dossier, opened.receipt, timezone.now().timestamp()]
    return redirect("public-dossier")


def opened_now(request: HttpRequest) -> Opened | None:
    kept = request.session.get(OPENED)
    if not kept or timezone.now().timestamp() - kept[2] > OPEN_FOR.total_seconds():
        return None
    return Opened(kept[0], kept[1])


def with_dossier(show: Shows) -> Shows:
    """Let a page have what was opened, or send its visitor to open something first."""

    @wraps(show)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        opened = opened_now(request)
        try:
            found = held(opened, localdate()) if opened else None
        except NothingOpened:
            found = None
        if found is None:
            request.session.pop(OPENED, None)
            return redirect("public-lookup")
        return show(request, found, **kwargs)

    return answer


@require_safe
@with_dossier
def dossier(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    return _page(request, found)


def _page(request: HttpRequest, found: HeldDossier, **forms_shown: Any) -> HttpResponse:
    today = localdate()
    parcel = found.parcel
    contact = found.contact
    return public.page(
        request,
        "public/dossier.html",
        {
            "held": found,
            "row": found.shown.row,
            "may_change": found.opened.receipt is not None,
            "procedure": words.named(found.shown.procedure.name, found.shown.procedure.name_en),
            "next": holding.next_step(found, today),
            "term": dossier_pages.term_bar(found.shown, today),
            "moments": holding.moments(found),
            "can_choose": parcel is None or parcel.state in {"wanted", "dropped", "returned"},
            "by_post": parcel is not None and parcel.state == "wanted",
            "post": forms_shown.get("post")
            or PostForm(
                initial={
                    "recipient": (parcel and parcel.recipient) or found.shown.row.applicant,
                    "address": (parcel and parcel.address) or (contact.address if contact else ""),
                    "phone": (parcel and parcel.phone) or (contact.phone if contact else ""),
                }
            ),
            "notices": forms_shown.get("notices")
            or NoticesForm(
                initial={
                    "email": contact.email if contact else "",
                    "notices": contact.notices if contact else True,
                    "language": contact.language if contact else ("en" if words.english() else "vi"),
                }
            ),
            "masked": _masked(contact.email if contact else ""),
        },
        status=422 if forms_shown else 200,
    )


def _masked(email: str) -> str:
    """Enough to know one's own address again, too little to learn another's."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}" if host else ""


@require_POST
@with_dossier
def deliver(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    """Choose the post, another address, or the counter."""
    form = PostForm(request.POST)
    hand: dict[str, Any] = {"by": organisations.public(), "on": localdate(), "receipt": found.opened.receipt}
    try:
        if request.POST.get("how") == "counter":
            dossiers.choose_counter(dossier=found.record, **hand)
        elif form.is_valid():
            dossiers.choose_post(dossier=found.record, **form.cleaned_data, **hand)
        else:
            return _page(request, found, post=form)
    except Refused as refusal:
        form.add_error(None, words.refusal(refusal))
        return _page(request, found, post=form)
    messages.success(request, _("Đã ghi cách nhận kết quả mới."))
    return redirect("public-dossier")


@require_POST
@with_dossier
def notices(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    form = NoticesForm(request.POST)
    contact = found.contact
    if form.is_valid():
        try:
            dossiers.note_contact(
                dossier=found.record,
                phone=contact.phone if contact else "",
                address=contact.address if contact else "",
                **form.cleaned_data,
                by=organisations.public(),
                on=localdate(),
                receipt=found.opened.receipt,
            )
        except Refused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            messages.success(request, _("Đã ghi cách báo tin."))
            return redirect("public-dossier")
    return _page(request, found, notices=form)


@require_safe
@with_dossier
def calendar_file(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    """The next day to know of, for a telephone's own calendar. It names the office, and nobody."""
    step = holding.next_step(found, localdate())
    told = Event()
    told.add("uid", f"{found.shown.row.number}@gandan")
    told.add("dtstamp", timezone.now())
    told.add("summary", _("Hẹn trả kết quả hồ sơ"))
    told.add("description", found.shown.row.number)
    told.add("location", words.named(found.shown.row.unit.name, found.shown.row.unit.name_en))
    told.add("dtstart", step.on or found.shown.row.due_on)
    book = Calendar()
    book.add("prodid", "-//Gan Dan//vi")
    book.add("version", "2.0")
    book.add_component(told)
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hen-tra.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@with_dossier
def file(request: HttpRequest, found: HeldDossier, token: str) -> HttpResponse:
    try:
        return uploads.served(file_for_holder(token, found.opened))  # type: ignore[return-value]  # streamed
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)


@require_safe
@with_dossier
def letter(request: HttpRequest, found: HeldDossier, number: int) -> HttpResponse:
    """A letter of apology as it was signed and sent, for who has the receipt."""
    try:
        stored, content = letter_for_holder(number, found.opened)
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{stored.file_name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@with_dossier
def ticket(request: HttpRequest, found: HeldDossier) -> HttpResponse:
    """Hand out the one rating ticket. It is shown this once: nothing afterwards knows whose it was."""
    token = secrets.token_hex(8)
    try:
        dossiers.take_ticket(
            dossier=found.record, receipt=found.opened.receipt or 0, token=token, by=organisations.public(), on=localdate()
        )
    except Refused as refusal:
        messages.warning(request, words.refusal(refusal))
        return redirect("public-dossier")
    return public.page(request, "public/ticket.html", {"code": " ".join(token[at : at + 4] for at in range(0, 16, 4)).upper()})


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Leave nothing behind on a borrowed telephone."""
    request.session.pop(OPENED, None)
    return redirect("public-home")
