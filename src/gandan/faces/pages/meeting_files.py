"""What meetings give away as files: papers, the pack, the code at the door, a calendar's feed."""

from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Event

from gandan.faces.pages import calendars, errors, noting, uploads, words
from gandan.faces.pages.meetings import ROOT
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Crumb
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.work.meetings import operations as meetings
from gandan.work.meetings import queries
from gandan.work.meetings.flow import State
from gandan.work.meetings.queries import MeetingRow

UNKEPT = {"Cache-Control": "private, no-store"}


@login_required
@require_safe
@errors.told(ROOT)
def paper(request: SignedIn, token: str) -> HttpResponseBase:
    """A version of a paper, marked as read by whoever is invited."""
    version, file = queries.version_to_read(token, request.user, localdate())
    meetings.read_paper(version=version, by=request.user, on=localdate(), at=timezone.now())
    return uploads.served(file)


@login_required
@require_safe
@errors.told(ROOT)
def pack(request: SignedIn, number: int) -> HttpResponseBase:
    """Agenda and all papers as one PDF, for the table and for places without a network."""
    shown = queries.meeting(number, request.user, localdate())
    name = f"hop-{number}.pdf"
    return FileResponse(queries.pack(shown, timezone.localtime()), as_attachment=True, filename=name, headers=UNKEPT)


@login_required
@require_safe
@errors.told(ROOT)
def minutes(request: SignedIn, number: int) -> HttpResponse:
    """The minutes as a paper, for two to sign."""
    shown = queries.meeting(number, request.user, localdate())
    return _pdf(queries.minutes_pdf(shown, timezone.localtime()), f"bien-ban-{number}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} | UNKEPT
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@login_required
@require_safe
@errors.told(ROOT)
def code(request: SignedIn, number: int) -> HttpResponse:
    """The code for the door: large, to be shown or printed."""
    shown = queries.meeting(number, request.user, localdate())
    if not shown.leads:
        return errors.no_right(request)
    made, out = segno.make_qr(f"{settings.BASE_URL}/meetings/door/{shown.door}/", error="m"), BytesIO()
    made.save(out, kind="svg", xmldecl=False, svgns=False, border=0)
    context = {
        "crumbs": (ROOT, Crumb(shown.row.title, f"/meetings/{number}/"), Crumb(_("Mã điểm danh"))),
        "row": shown.row,
        "code": out.getvalue().decode().split(' d="')[1].split('"')[0],
        "size": int(made.symbol_size(border=0)[0]),
    }
    return render(request, "meetings/code.html", context)


@login_required
@require_safe
def door_offline(request: SignedIn) -> HttpResponse:
    """What the phone keeps for a door without network: one button, and no meeting's name."""
    return render(request, "meetings/door_offline.html", {})


@login_required
@require_safe
def door_worker(request: SignedIn) -> HttpResponse:
    return noting.keeper(request, "door", beneath=True)


def door_send(request: HttpRequest) -> HttpResponse:
    """Take what a phone has kept at a door. GET gives a fresh token and says whose turn it is."""
    if (turn := noting.whose_turn(request)) is not None:
        return turn
    at, now = parse_datetime(request.POST.get("at", "")), timezone.now()
    if at is None or at.tzinfo is None:
        return JsonResponse({"wrong": _("Không đọc được giờ quét mã.")}, status=422)
    person: Any = request.user
    try:
        scanned = min(at, now)
        meetings.check_in(
            door=request.POST.get("door", "")[:43], by=person, on=localdate(), at=scanned, scanned_on=localdate(scanned)
        )
    except Refused as refusal:
        return JsonResponse({"wrong": words.refusal(refusal)}, status=422)
    return JsonResponse({"done": True})


@login_required
def door(request: SignedIn, token: str) -> HttpResponse:
    """What the code at the door opens: one button, and the meeting."""
    number, wrong = queries.by_door(token), ""
    if number is None:
        return errors.not_found(request)
    if request.method == "POST":
        try:
            meetings.check_in(door=token, by=request.user, on=localdate(), at=timezone.now())
            messages.success(request, _("Đã ghi Ông/Bà có mặt."))
            return redirect("meeting", number)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    try:
        shown = queries.meeting(number, request.user, localdate())
    except Refused as refused:
        return errors.no_right(request, refused)
    context = {"crumbs": (ROOT, Crumb(shown.row.title)), "row": shown.row, "wrong": wrong}
    return render(request, "meetings/door.html", context, status=422 if wrong else 200)


@login_required
@require_safe
def conclusion(request: SignedIn, number: int) -> HttpResponse:
    """From a promise to the meeting that concluded it."""
    try:
        return redirect(f"/meetings/{queries.conclusion_of(number, request.user, localdate())}/#c{number}")
    except queries.UnknownMeeting:
        return errors.not_found(request)
    except NotAllowed as refused:
        return errors.no_right(request, refused)


@login_required
@require_POST
def feed_key(request: SignedIn) -> HttpResponse:
    """Give the reader a new address for their calendar, shown once."""
    token = meetings.give_feed(by=request.user, on=localdate())
    context = {"crumbs": (ROOT, Crumb(_("Lịch của tôi"))), "address": f"{settings.BASE_URL}/meetings/feed/{token}/"}
    response = render(request, "meetings/feed.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's meetings, for their own calendar; whoever has the address reads when and where, and no paper."""
    found = queries.fed(token)
    if found is None:
        return errors.not_found(request)
    _person, rows = found
    return calendars.served("meetings", [_event(row) for row in rows])


def _event(row: MeetingRow) -> Event:
    event = Event()
    event.add("uid", f"meeting-{row.id}@gan-dan")
    event.add("summary", row.title)
    event.add("dtstart", timezone.localtime(row.starts_at))
    event.add("dtend", timezone.localtime(row.ends_at))
    event.add("location", row.place)
    event.add("status", "CANCELLED" if row.state is State.CANCELLED else "CONFIRMED")
    event.add("url", f"{settings.BASE_URL}/meetings/{row.id}/")
    return event
