"""A time at the counter: booked, moved and cancelled from outside; who comes today, for the desk."""

import secrets
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.counter import NOT_HERE
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.public import there
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations as dossiers
from gandan.work.dossiers import queries
from gandan.work.dossiers.queries import BookingShown
from gandan.work.dossiers.rules.bookings import Hours
from gandan.work.dossiers.rules.drafts import CODE_DIGITS, code_of

BOOKED = "booked"
BOOKINGS = Limit("booking.address", 20, timedelta(hours=1))
PER_PHONE = Limit("booking.phone", 3, timedelta(days=1))
CODES = Limit("booking.code", 30, timedelta(hours=1))
Shows = Callable[..., HttpResponse]


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Where a time can be booked, found by words, with or without marks."""
    text, on = request.GET.get("q", "").strip()[:100], localdate()
    found = queries.offices_that_book(on, text)
    anywhere = bool(found) or bool(text and queries.offices_that_book(on, limit=1))
    context = {"text": text, "offices": found, "anywhere": anywhere, "empty": None if found else _no_office(anywhere=anywhere)}
    return public.page(request, "public/book_where.html", context)


def _no_office(*, anywhere: bool) -> State:
    """Why there is nowhere to choose: none of that name, or nobody takes bookings at all; and what to do."""
    if anywhere:
        every = Crumb(_("Xem mọi nơi nhận đặt giờ"), there("public-book"))
        said = _("Thử tên ngắn hơn. Nơi chưa nhận đặt giờ thì mời Ông/Bà đến trong giờ làm việc.")
        return State(_("Không có nơi nào khớp"), said, icon="search", actions=(every,))
    ways = ((_("Tìm phường, xã và số gọi"), "public-wards"), (_("Nộp hồ sơ trực tuyến"), "public-submit"))
    return State(
        _("Chưa quầy nào nhận đặt giờ trước"),
        _("Xin đến quầy trong giờ làm việc và lấy số thứ tự; gọi trước cho nơi ấy nếu cần hỏi."),
        icon="calendar",
        actions=tuple(Crumb(said, href) for said, name in ways if (href := there(name))),
    )


def times(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a time, and say who comes."""
    try:
        unit = organisations.unit(code)
    except Refused:
        return redirect("public-book")
    wrong = ""
    if request.method == "POST":
        if public.too_often(request, (BOOKINGS, ""), (PER_PHONE, request.POST.get("phone", "")[:30])):
            return public.page(request, "public/wait.html", {}, status=429)
        try:
            return _booked(request, unit)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    return public.page(
        request,
        "public/book_when.html",
        {
            "unit": organisations.row(unit.pk),
            "days": queries.next_slots(unit.pk, localdate(), timezone.now()),
            "wrong": wrong,
            "said": request.POST,
            "chosen": request.POST.get("slot", ""),
        },
        status=422 if wrong else 200,
    )


def _booked(request: HttpRequest, unit: Any) -> HttpResponse:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    day, begins = _slot(request)
    dossiers.book(
        unit=unit, day=day, time=begins, name=request.POST.get("name", ""), phone=request.POST.get("phone", ""), code=code,
        by=organisations.public(), on=localdate(), at=timezone.now(),
    )  # fmt: skip
    public.keep_code(request, BOOKED, code)
    return redirect("public-booking")


def _slot(request: HttpRequest) -> tuple[date, time]:
    """Read what was chosen; nothing chosen is a time that is not free."""
    day, _space, begins = request.POST.get("slot", "").partition(" ")
    try:
        return date.fromisoformat(day), time.fromisoformat(begins)
    except ValueError:
        return date.min, time.min


def by_code(request: HttpRequest) -> HttpResponse:
    """Open a booking by its code, on another device or later."""
    typed, wrong = request.POST.get("code", ""), ""
    if request.method == "POST":
        if public.too_often(request, (CODES, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        try:
            queries.booking(typed)
        except Refused as refusal:
            wrong = words.refusal(refusal)
        else:
            public.keep_code(request, BOOKED, code_of(typed))
            return redirect("public-booking")
    return public.page(request, "public/book_code.html", {"typed": typed, "wrong": wrong}, status=422 if wrong else 200)


def with_booking(show: Shows) -> Shows:
    @wraps(show)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            found = queries.booking(public.kept_code(request, BOOKED))
        except Refused:
            return redirect("public-booking-code")
        return show(request, found)

    return answer


@with_booking
def booking(request: HttpRequest, found: BookingShown) -> HttpResponse:
    """One booking: when and where, its code, another time, or none."""
    wrong = ""
    if request.method == "POST":
        hand: dict[str, Any] = {"booking": found.record, "by": organisations.public(), "on": localdate()}
        try:
            if request.POST.get("do") == "cancel":
                dossiers.cancel_booking(**hand)
                messages.success(request, _("Đã huỷ giờ hẹn."))
            else:
                day, begins = _slot(request)
                dossiers.move_booking(day=day, time=begins, at=timezone.now(), **hand)
                messages.success(request, _("Đã đổi giờ hẹn."))
            return redirect("public-booking")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    code = public.kept_code(request, BOOKED)
    live = found.record.state == "booked"
    return public.page(
        request,
        "public/booking.html",
        {
            "found": found,
            "live": live,
            "wrong": wrong,
            "code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)),
            "days": queries.next_slots(found.record.unit_id, localdate(), timezone.now()) if live else (),
        },
        status=422 if wrong else 200,
    )


@login_required
def expected(request: SignedIn) -> HttpResponse:
    """Who comes to my unit's counter today, and the hours in which it sees people."""
    unit, today, wrong = my_unit(request), localdate(), ""
    where = organisations.unit(unit.code) if unit else None
    if unit is None or where is None or not organisations.may(Right.WRITE_DOSSIERS, by=request.user, unit=where, on=today):
        return errors.no_right(request, NotAllowed(NOT_HERE))
    if request.method == "POST":
        try:
            if (number := request.POST.get("arrived", "")).isdigit():
                dossiers.arrive(booking=int(number), by=request.user, on=today)
            else:
                dossiers.set_openings(unit=where, hours=_hours(request), by=request.user, on=today + timedelta(1))
                messages.success(request, _("Đã đặt giờ tiếp dân, áp dụng từ ngày mai."))
            return redirect("bookings")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    known = {one.weekday: one for one in queries.hours_of(unit.id, today + timedelta(1))}
    return render(
        request,
        "bookings/today.html",
        {
            "crumbs": (Crumb(_("Hôm nay"), "/"), Crumb(_("Giờ hẹn tại quầy"))),
            "today": today,
            "people": queries.expected(unit.id, request.user, today),
            "week": [(nth, words.weekday_name(nth), known.get(nth)) for nth in range(7)],
            "wrong": wrong,
            "empty": State(
                _("Hôm nay chưa có ai đặt giờ"),
                _("Người dân đặt giờ ở trang công khai, mục “Đặt giờ đến quầy”."),
                icon="calendar",
            ),
        },
        status=422 if wrong else 200,
    )


def _hours(request: HttpRequest) -> list[Hours]:
    """Read the week's hours; a day without both times is closed."""
    found = []
    for nth in range(7):
        opens, closes = request.POST.get(f"opens-{nth}", ""), request.POST.get(f"closes-{nth}", "")
        try:
            amounts = int(request.POST.get(f"minutes-{nth}") or 15), int(request.POST.get(f"seats-{nth}") or 1)
            if opens and closes:
                found.append(Hours(nth, time.fromisoformat(opens), time.fromisoformat(closes), *amounts))
        except ValueError:
            found.append(Hours(nth, time.max, time.min, 0, 0))  # what can't be read is refused with the rest
    return found
