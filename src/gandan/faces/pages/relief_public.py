"""Asking for help and offering it, while an emergency goes on: no account, no scripts needed. Without one there is no page."""

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.pieces import Crumb, State
from gandan.faces.pages.relief_words import DISASTERS, ITEMS, STATES, listed
from gandan.faces.pages.units import name_of
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.relief import operations, queries
from gandan.work.relief.operations import AlreadyAsked, NobodyOpens
from gandan.work.relief.queries import EmergencyRow
from gandan.work.relief.rules import DIGITS, Channel, Item, NotReady, code_of, grouped

CODE = "relief"  # in the session, sealed
SENT = Limit("relief.sent", 20, timedelta(hours=1))
CODES = Limit("relief.code", 30, timedelta(hours=1))
Shows = Callable[[HttpRequest, list[EmergencyRow]], HttpResponse]


def while_open(show: Shows) -> Callable[[HttpRequest], HttpResponse]:
    """Let a page be there only while an emergency goes on."""

    @wraps(show)
    def answer(request: HttpRequest) -> HttpResponse:
        open_ones = queries.going_on()
        if not open_ones:
            state = State(
                _("Hiện không có đợt cứu trợ nào"), _("Việc khẩn cấp xin gọi 113, 114, 115."), icon="info-circle",
                actions=(Crumb(_("Về trang đầu"), "/public/"),),
            )  # fmt: skip
            return errors.page(request, state, 404)
        return show(request, open_ones)

    return answer


@require_safe
@while_open
def home(request: HttpRequest, open_ones: list[EmergencyRow]) -> HttpResponse:
    """What goes on, by which act, in which wards; to ask for help, to offer it, to see one's own."""
    shown = [(one, DISASTERS[one.disaster], ", ".join(name_of(ward.ward) for ward in one.wards)) for one in open_ones]
    return public.page(request, "public/relief/home.html", {"shown": shown})


def places(open_ones: list[EmergencyRow], chosen: str = "") -> list[tuple[str, str, bool]]:
    """The wards in which one may ask, each with its emergency: `number:ward`."""
    several = len(open_ones) > 1
    return [
        (f"{one.id}:{ward.ward.code}", f"{name_of(ward.ward)}{f' ({one.title})' if several else ''}",
         chosen == f"{one.id}:{ward.ward.code}")
        for one in open_ones for ward in one.wards
    ]  # fmt: skip


def where_of(typed: str) -> tuple[int, organisations.Unit]:
    """:raises NotReady: if no ward was chosen"""
    number, _colon, ward = typed.partition(":")
    if not number.isdigit() or not ward:
        raise NotReady("where", _("Chọn phường, xã."))
    return int(number), organisations.unit(ward)


def whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def wanted_of(typed: Mapping[str, str]) -> dict[Item, int]:
    return {item: whole(typed.get(f"item-{item.value}", "")) for item in Item}


def things(typed: Mapping[str, str]) -> list[tuple[str, Any, str]]:
    """What may be wanted, with what was filled in."""
    return [(f"item-{item.value}", said, typed.get(f"item-{item.value}", "")) for item, said in ITEMS.items()]


def field_of(refusal: Refused) -> str:
    if isinstance(refusal, NotReady):
        return refusal.field
    return "phone" if isinstance(refusal, AlreadyAsked) else "where" if isinstance(refusal, NobodyOpens) else ""


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


@while_open
def need(request: HttpRequest, open_ones: list[EmergencyRow]) -> HttpResponse:
    """What a household needs, on one page."""
    wrong: dict[str, str] = {}
    typed = request.POST
    if request.method == "POST":
        if public.too_often(request, (SENT, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        code = new_code()
        try:
            emergency, ward = where_of(typed.get("where", ""))
            operations.ask(
                emergency=emergency, ward=ward, wanted=wanted_of(typed), name=typed.get("name", ""),
                phone=typed.get("phone", ""), address=typed.get("address", ""), heads=whole(typed.get("heads", "")), code=code,
                channel=Channel.ONLINE, by=organisations.public(), on=localdate(), once=typed.get("once", "")[:80],
            )  # fmt: skip
        except Refused as refusal:
            wrong = {field_of(refusal): words.refusal(refusal)}
        else:
            return _to_own(request, code)
    context = {
        "wards": places(open_ones, typed.get("where", "")),
        "things": things(typed),
        "typed": typed,
        "wrong": wrong,
        "once": typed.get("once") or str(uuid.uuid4()),
    }
    return public.page(request, "public/relief/need.html", context, status=422 if wrong else 200)


def _to_own(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to what was sent. Of a form that was sent before the receipt was shown then, and stands in the session."""
    if queries.opens(code):
        public.keep_code(request, CODE, code)
    return redirect("public-relief-mine")


@while_open
def offer(request: HttpRequest, open_ones: list[EmergencyRow]) -> HttpResponse:
    """What somebody would give."""
    wrong: dict[str, str] = {}
    typed = request.POST
    if request.method == "POST":
        if public.too_often(request, (SENT, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        code = new_code()
        try:
            emergency, ward = where_of(typed.get("where", ""))
            item = Item(typed["item"]) if typed.get("item") in set(Item) else Item.FOOD
            operations.offer(
                emergency=emergency, ward=ward, item=item, amount=whole(typed.get("amount", "")), name=typed.get("name", ""),
                phone=typed.get("phone", ""), code=code, by=organisations.public(), on=localdate(),
                once=typed.get("once", "")[:80],
            )  # fmt: skip
        except Refused as refusal:
            wrong = {field_of(refusal): words.refusal(refusal)}
        else:
            return _to_own(request, code)
    context = {
        "wards": places(open_ones, typed.get("where", "")),
        "items": [(item.value, said) for item, said in ITEMS.items()],
        "typed": typed,
        "wrong": wrong,
        "once": typed.get("once") or str(uuid.uuid4()),
    }
    return public.page(request, "public/relief/offer.html", context, status=422 if wrong else 200)


def mine(request: HttpRequest) -> HttpResponse:
    """Type the receipt, or see what it opens: where it stands, and the code to come with."""
    code, wrong = public.kept_code(request, CODE), ""
    if request.method == "POST" and "code" in request.POST:
        if public.too_often(request, (CODES, "")):
            return public.page(request, "public/wait.html", {}, status=429)
        code = code_of(request.POST["code"])
        public.keep_code(request, CODE, code)
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        try:
            operations.withdraw(code=code, by=organisations.public(), on=localdate())
        except Refused as refusal:
            wrong = words.refusal(refusal)
    if given := queries.held_offer(code):
        context: dict[str, Any] = {"given": given, "thing": ITEMS[given.item], "code": grouped(code), "unit": name_of(given.unit)}
        return public.page(request, "public/relief/thanks.html", context)
    try:
        held = queries.held(code)
    except Refused as refusal:
        asked_for = "code" in request.POST
        context = {
            "typed": request.POST.get("code", "")[:60],
            "wrong": words.refusal(refusal) if asked_for else "",
        }
        return public.page(request, "public/relief/code.html", context, status=422 if asked_for else 200)
    context = {
        "held": held,
        "mark": STATES[held.state],
        "wanted": listed(held.wanted),
        "code": grouped(code),
        "secret": grouped(held.secret),
        "wrong": wrong,
    }
    return public.page(request, "public/relief/mine.html", context)
