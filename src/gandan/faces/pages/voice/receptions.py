"""The calendar of citizen reception: public, booked without an account, kept by the unit."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, localdate, localtime
from django.utils.translation import gettext as _
from icalendar import Event

from gandan.faces.pages import calendars, errors, gate, public, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.voice.sending import SHUT, shut_words
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.voice import operations, queries
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receipts import code_of, grouped
from gandan.work.voice.rules.receptions import BadPlan

CODE = "reception"  # in the session: the code of the time that was taken, or opened, last
CODES = Limit("reception.code", 30, timedelta(hours=1))


def calendar(request: HttpRequest) -> HttpResponse:
    """Who receives people in the coming weeks, where and when, and what is free."""
    code, unit = request.GET.get("unit", "").strip(), None
    try:
        unit = organisations.unit_id(code) if code else None
    except Refused:
        unit = -1
    return public.page(
        request,
        "public/voice/receptions.html",
        {
            "rows": queries.receptions(localtime(), unit),
            "unit": code,
            "empty": State(_("Chưa có buổi nào trong lịch"), _("Lịch của từng đơn vị hiện ở đây ngay khi được công bố.")),
        },
    )


def feed(request: HttpRequest) -> HttpResponse:
    """The same, for the calendar of a telephone."""
    return calendars.served("reception", [_event(one) for one in queries.receptions(localtime()) if not one.called_off])


def book(request: HttpRequest, number: int) -> HttpResponse:
    """Take a time: who comes, and how to tell them if the calendar changes."""
    given, wrong, status = request.POST, {}, 200
    try:
        row = queries.reception(number, localtime())
    except Refused:
        return redirect("public-receptions")
    if request.method == "POST":
        if shut := gate.refused(request):
            wrong, status = {"": shut_words(shut)}, SHUT[shut]
        else:
            try:
                return _taken(request, number)
            except NotReady as unready:
                wrong = {field: words.refusal(why) for field, why in unready.faults.items()}
            except Refused as refusal:
                wrong = {"at": words.refusal(refusal)}
            status = 422
            row = queries.reception(number, localtime())
    return public.page(
        request, "public/voice/reception.html", {"row": row, "wrong": wrong, "typed": given, "work": gate.asked(request)},
        status=status,
    )  # fmt: skip


def _taken(request: HttpRequest, number: int) -> HttpResponse:
    given, code = request.POST, public.new_code()
    operations.book_reception(
        reception=number, at=_time(given.get("at", "")), name=given.get("name", ""), phone=given.get("phone", ""),
        about=given.get("about", ""), code=code, by=organisations.public(), on=localdate(), now=localtime(),
    )  # fmt: skip
    request.session[CODE] = code
    return redirect("public-reception-mine")


def mine(request: HttpRequest) -> HttpResponse:
    """A time that was taken: where and when, as a calendar entry, and how to give it back."""
    typed, wrong = "", ""
    if request.method == "POST" and "code" in request.POST:
        if public.too_often(request, (CODES, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        typed = request.POST["code"][:60]
        try:
            queries.booked(code_of(typed), localtime())
            request.session[CODE] = code_of(typed)
            return redirect("public-reception-mine")
        except Refused as refusal:
            wrong = words.refusal(refusal)
    code = request.session.get(CODE, "")
    try:
        found = queries.booked(code, localtime())
    except Refused:
        found = None
    if found is not None and request.POST.get("do") == "cancel":
        operations.cancel_reception(code=code, by=organisations.public(), on=localdate())
        messages.success(request, _("Đã huỷ. Người khác có thể đặt giờ này."))
        return redirect("public-reception-mine")
    context = {"found": found, "code": grouped(code), "typed": typed, "wrong": wrong}
    return public.page(request, "public/voice/reception_mine.html", context, status=422 if wrong else 200)


def entry(request: HttpRequest) -> HttpResponse:
    """The time that was taken, for the calendar of a telephone."""
    try:
        found = queries.booked(request.session.get(CODE, ""), localtime())
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)
    return calendars.served("reception", [_event(found.reception, found.time)])


def _event(row: queries.ReceptionRow, at: time | None = None) -> Event:
    event, zone = Event(), get_current_timezone()
    event.add("uid", f"reception-{row.id}{f'-{at:%H%M}' if at else ''}@gandan")
    event.add("summary", _("Tiếp công dân: %(who)s") % {"who": row.receiver})
    event.add("location", row.place)
    event.add("dtstart", datetime.combine(row.day, at or row.begins, zone))
    event.add("dtend", datetime.combine(row.day, row.ends, zone))
    return event


@login_required
def desk(request: SignedIn) -> HttpResponse:
    """The calendar that the reader keeps: sessions planned, called off, and who comes."""
    given, wrong = request.POST, {}
    if request.method == "POST":
        try:
            return _kept(request)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except BadPlan as bad:
            wrong = {bad.field: words.refusal(bad)}
        except Refused as refused:
            wrong = {"": words.refusal(refused)}
    units = organisations.rows(organisations.visible_units(Right.ANSWER_VOICE, request.user, localdate()))
    rows = queries.own_receptions(request.user, localtime())
    return render(
        request,
        "voice/receptions.html",
        {
            "crumbs": (Crumb(_("Lịch tiếp công dân")),),
            "rows": [(row, queries.visitors(row.id, request.user, localdate())) for row in rows],
            "units": [(one.code, words.named(one.name, one.name_en)) for one in units.values() if one.stands_on(localdate())],
            "wrong": wrong,
            "typed": given,
            "empty": State(_("Chưa có buổi nào"), _("Đưa lịch vào ở ô bên trên; người dân thấy ngay.")),
        },
        status=422 if wrong else 200,
    )


def _kept(request: SignedIn) -> HttpResponse:
    given, hand = request.POST, {"by": request.user, "on": localdate()}
    if given.get("do") == "call_off":
        number = int(given["reception"]) if given.get("reception", "").isdigit() else 0
        operations.call_off(reception=number, why=given.get("why", ""), **hand)
        messages.success(request, _("Đã hoãn; người đã đặt giờ được báo."))
        return redirect("receptions")
    often = int(given["times"]) if given.get("times", "").isdigit() else 1
    first = _date(given.get("day", ""))
    made = operations.plan_receptions(
        unit=organisations.unit(given.get("unit", "")), receiver=given.get("receiver", ""), place=given.get("place", ""),
        days=[first + timedelta(weeks=nth) for nth in range(min(often, 60))], begins=_time(given.get("begins", ""), "begins"),
        ends=_time(given.get("ends", ""), "ends"), source=given.get("source", ""),
        minutes=int(given["minutes"]) if given.get("minutes", "").isdigit() else 0, **hand,
    )  # fmt: skip
    messages.success(request, _("Đã đưa %(many)d buổi vào lịch.") % {"many": len(made)})
    return redirect("receptions")


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise BadPlan("day", _("Xin chọn ngày.")) from None


def _time(typed: str, field: str = "at") -> time:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        raise BadPlan(field, _("Xin ghi giờ, như 08:30.")) from None
