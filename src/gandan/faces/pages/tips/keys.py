"""Keys of the channel: made in the browser, brought here signed, taken away; and halves of identities, given by custodians."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.tips.desk import answering, sealed_page
from gandan.faces.pages.tips.words import SEATS, SIDES, WHYS
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.tips import operations
from gandan.work.tips import queries as tips
from gandan.work.tips.operations.members import NewSeal
from gandan.work.tips.rules import Key, Seat, Side, Why, bytes_of

NEEDED = {Seat.DESK: Right.HANDLE_TIPS, Seat.CONDUCT: Right.WATCH_TIPS, Seat.CUSTODIAN: Right.KEEP_IDENTITIES}
OURS = frozenset(NEEDED.values())


@login_required
def keys(request: SignedIn) -> HttpResponse:
    """One's own key, those of the others, and what is still to be sealed anew."""
    today = localdate()
    mine = organisations.rights(request.user, today)
    if not mine & OURS:
        return errors.no_right(request)
    wrong = ""
    if request.method == "POST":
        try:
            wrong = _act(request, today)
        except Refused as refusal:
            wrong = words.refusal(refusal)
        if not wrong:
            return redirect("tips-keys")
    lines = {one.line for one in organisations.appointments(request.user, today)}
    seats = tips.seats(request.user, today)
    rows = [
        {
            "row": row,
            "seat": SEATS[row.seat],
            "side": SIDES[row.side],
            "name": "" if row.seat is Seat.RECOVERY else row.name or row.holder,
            "may_remove": bool(seats & {row.seat, Seat.CUSTODIAN}),
            "until": words.day(row.until),
        }
        for row in tips.members(request.user, today)
    ]
    context = {
        "rows": rows,
        "wrong": wrong,
        "may_seal": Right.HANDLE_TIPS in mine,
        "seats": [(seat.value, SEATS[seat]) for seat, right in NEEDED.items() if right in mine],
        "side": (Side.POLICE if Line.POLICE in lines else Side.CIVIL).value,
        "custodian": Right.KEEP_IDENTITIES in mine,
    }
    return sealed_page(request, "tips/keys.html", context, status=422 if wrong else 200)


def _act(request: SignedIn, today: date) -> str:
    """Bring a signed key, or take one away; return what is wrong with what was sent."""
    if request.POST.get("step") == "remove":
        try:
            operations.remove_key(key=UUID(request.POST.get("key", "")), by=request.user, on=today)
        except ValueError:
            return _("Không có khoá này, hoặc đã thôi dùng.")
        messages.success(request, _("Đã thôi dùng khoá. Tin mới không còn khoá cho người này."))
        return ""
    try:
        (file,) = request.FILES.getlist("certificate")
        key = read_certificate(file.read(10_000))
    except (KeyError, ValueError, TypeError):
        return _("Tệp này không phải chứng nhận của khoá gốc. Xin chọn tệp có đuôi .signed.json.")
    operations.add_key(key=key, by=request.user, on=today)
    messages.success(request, _("Đã nạp khoá. Từ nay tin mới được khoá cho cả khoá này."))
    return ""


def read_certificate(content: bytes) -> Key:
    """:raises ValueError: if it is no certificate of a key"""
    told: dict[str, Any] = json.loads(content)
    return Key(
        seat=Seat(told["seat"]),
        side=Side(told["side"]),
        holder=str(told["holder"]),
        box=bytes.fromhex(told["box"]),
        verify=bytes.fromhex(told["verify"]),
        since=date.fromisoformat(told["since"]),
        until=date.fromisoformat(told["until"]),
        signature=bytes.fromhex(told["signature"]),
    )


@login_required
@answering
def reseal(request: SignedIn, key: UUID) -> HttpResponse:
    """Hand out what is still to be sealed to a new key, and take it back sealed."""
    if request.method != "POST":
        return JsonResponse(tips.to_reseal(key, request.user, localdate()))
    told = json.loads(request.body)
    seals = [NewSeal(UUID(one["message"]), bytes_of(one["seal"])) for one in told["seals"]]
    return JsonResponse({"made": operations.reseal(to=key, seals=seals, by=request.user, on=localdate())})


@login_required
def identities(request: SignedIn) -> HttpResponse:
    """What a custodian is asked for: on which ground, for which number. Their half is sealed to whoever asked."""
    if request.method == "POST":
        return _give(request)
    if Right.KEEP_IDENTITIES not in organisations.rights(request.user, localdate()):
        return errors.no_right(request)
    found = tips.to_give(request.user, localdate())
    called = organisations.names(one["asked_by"] for one in found)
    for one in found:
        one |= {"why": WHYS[Why(one["why"])], "name": called.get(one["asked_by"], ""), "asked_on": words.day(one["asked_on"])}
    return sealed_page(request, "tips/identities.html", {"rows": found})


@answering
def _give(request: SignedIn) -> HttpResponse:
    told = json.loads(request.body)
    hand = {"by": request.user, "on": localdate()}
    operations.give_half(opening=UUID(told["opening"]), content=bytes_of(told["content"]), **hand)
    return JsonResponse({"done": True})
