"""The desk of relief: emergencies, who needs what in the ward, depots, and handing out on a phone against a code."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import errors, relief_public, words
from gandan.faces.pages.activities import cursor
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.matters import DAY
from gandan.faces.pages.mine import SignedIn, my_unit, my_units
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, Pager, Table
from gandan.faces.pages.pieces import State as Empty
from gandan.faces.pages.relief_words import CHANNELS, DISASTERS, ITEMS, STATES, listed
from gandan.faces.pages.units import name_of
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.relief import operations, queries
from gandan.work.relief.flow import State
from gandan.work.relief.queries import DepotShown, EmergencyRow
from gandan.work.relief.rules import SECRET, Channel, Disaster, Item, grouped

PAGE = 50
ROOT = Crumb(gettext_lazy("Cứu trợ"), "/relief/")
MISSING = {"required": gettext_lazy("Chưa ghi mục này.")}


class OpenForm(forms.Form):
    """What opens an emergency: the act, and the wards."""

    disaster = forms.ChoiceField(choices=[(one.value, said) for one, said in DISASTERS.items()])
    title = forms.CharField(max_length=160, error_messages=MISSING)
    act_number = forms.CharField(max_length=80, error_messages=MISSING)
    act_body = forms.CharField(max_length=160, error_messages=MISSING)
    act_day = forms.DateField(error_messages=DAY)

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        said = {"required": gettext_lazy("Chọn ít nhất một phường, xã.")}
        self.fields["wards"] = forms.MultipleChoiceField(choices=wards, error_messages=said)


def _rights(request: SignedIn) -> frozenset[Right]:
    rights: frozenset[Right] = my_units(request)["my_rights"]
    return rights


@login_required
def emergencies(request: SignedIn) -> HttpResponse:
    """All emergencies, the last opened first; who may opens one."""
    today = localdate()
    may_open = Right.OPEN_EMERGENCIES in _rights(request)
    if Right.READ_RELIEF not in _rights(request):
        return errors.no_right(request)
    wards = [(one.code, words.named(one.name, one.name_en)) for one in organisations.all_wards(today)]
    form = OpenForm(request.POST or None, initial={"act_day": today}, wards=wards)
    if request.method == "POST":
        unit = my_unit(request)
        if not may_open or unit is None:
            return errors.no_right(request)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = operations.open_emergency(
                    unit=organisations.unit(unit.code), disaster=Disaster(typed["disaster"]), title=typed["title"],
                    act_number=typed["act_number"], act_body=typed["act_body"], act_day=typed["act_day"],
                    wards=[organisations.unit(code) for code in typed["wards"]], by=request.user, on=today,
                )  # fmt: skip
            except NotAllowed as refused:
                return errors.no_right(request, refused)
            except Refused as refusal:
                form.add_error(None, words.refusal(refusal))
            else:
                messages.success(request, _("Đã mở đợt cứu trợ."))
                return redirect("relief", made.pk)
    context = {
        "crumbs": (Crumb(ROOT.words),),
        "table": _table(queries.emergencies(request.user, today)),
        "may_open": may_open,
        "form": form,
        "wards": wards,
        "disasters": [(one.value, said) for one, said in DISASTERS.items()],
    }
    return render(request, "relief/emergencies.html", context, status=422 if form.errors else 200)


def _table(rows: list[EmergencyRow]) -> Table:
    columns = (
        Column(_("Đợt cứu trợ"), head=True), Column(_("Mở ngày"), number=True), Column(_("Kết thúc"), number=True),
        Column(_("Hộ đăng ký"), number=True), Column(_("Hộ đã nhận"), number=True), Column(_("Dữ liệu cá nhân")),
    )  # fmt: skip
    shown = [
        (
            Cell(one.title, f"/relief/{one.id}/", note=f"{DISASTERS[one.disaster]} · {one.act_number}"),
            Cell(words.day(one.opened_on)),
            Cell(words.day(one.ended_on) if one.ended_on else "–"),
            Cell(words.number(one.needs)),
            Cell(words.number(one.met)),
            Cell(_erasing(one)),
        )
        for one in rows
    ]
    empty = Empty(_("Chưa có đợt cứu trợ nào"), _("Đợt cứu trợ mở theo văn bản của cấp có thẩm quyền."), icon="shield-check")
    return Table.of(_("Các đợt cứu trợ"), columns, shown, empty=empty)


def _erasing(one: EmergencyRow) -> str:
    if one.erased_on:
        return _("đã xoá %(day)s") % {"day": words.day(one.erased_on)}
    return _("xoá ngày %(day)s") % {"day": words.day(one.erase_on)} if one.erase_on else _("đang dùng")


@login_required
def one(request: SignedIn, number: int) -> HttpResponse:
    """One emergency: its wards, its depots, who waits, what is offered."""
    asked, wrong = Asked(request), ""
    try:
        row = queries.emergency(number, request.user, asked.today)
        depots = queries.depots(number)
        if request.method == "POST" and _act(request, row, depots, asked.today):
            return redirect("relief", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownEmergency as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
    chosen = State(asked.text("state")) if asked.text("state") in set(State) else State.WAITING
    ward = asked.whole("ward")
    page = queries.needs(request.user, asked.today, emergency=number, state=chosen, ward=ward, after=cursor(asked), limit=PAGE)
    following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
    writes = organisations.visible_units(Right.WRITE_RELIEF, request.user, asked.today)
    mine = my_unit(request)
    context = {
        "crumbs": (ROOT, Crumb(row.title)),
        "row": row,
        "disaster": DISASTERS[row.disaster],
        "erasing": _erasing(row),
        "depots": [(one, [(ITEMS[s.item], s) for s in one.stock], one.unit.id in writes) for one in depots],
        "states": [
            Choice(str(mark.word), asked.address(state=state.value, cursor=None), state is chosen)
            for state, mark in STATES.items()
        ],
        "needs": _needs(page.rows),
        "pager": Pager(len(page.rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        "offers": [(one, ITEMS[one.item]) for one in queries.offers(request.user, asked.today, emergency=number)],
        "may_write": bool(writes) and row.ended_on is None,
        "may_keep": mine is not None and mine.id in writes and row.ended_on is None,
        "may_end": row.ended_on is None
        and row.unit.id in organisations.visible_units(Right.OPEN_EMERGENCIES, request.user, asked.today),
        "items": [(item.value, said) for item, said in ITEMS.items()],
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "relief/emergency.html", context, status=422 if wrong else 200)


def _needs(rows: Any) -> Table:
    columns = (
        Column(_("Đăng ký"), head=True), Column(_("Phường, xã")), Column(_("Cần gì")), Column(_("Số người"), number=True),
        Column(_("Ngày"), number=True),
    )  # fmt: skip
    shown = [
        (
            Cell(one.number, f"/relief/needs/{one.id}/", note=one.name),
            Cell(name_of(one.ward)),
            Cell(listed(one.wanted)),
            Cell(words.number(one.heads)),
            Cell(words.day(one.received_on)),
        )
        for one in rows
    ]
    return Table.of(_("Hộ đăng ký, chờ lâu trước"), columns, shown, empty=Empty(_("Không có hộ nào ở bước này"), icon="inbox"))


def _act(request: SignedIn, row: EmergencyRow, depots: list[DepotShown], on: date) -> bool:
    """Do what was asked for of an emergency; False if nothing was."""
    typed, hand = request.POST, {"by": request.user, "on": on}
    depot = next((one.id for one in depots if str(one.id) == typed.get("depot")), 0)
    item = Item(typed["item"]) if typed.get("item") in set(Item) else Item.FOOD
    sent = next((one.id for one in queries.offers(request.user, on, emergency=row.id) if str(one.id) == typed.get("offer")), 0)
    steps: dict[str, Callable[[], object]] = {
        "end": lambda: operations.end(emergency=row.id, **hand),
        "depot": lambda: _set_depot(request, row, typed.get("name", ""), hand),
    }
    if depot:
        amount = relief_public.whole(typed.get("amount", "")) * (-1 if typed.get("do") == "missing" else 1)
        steps["stock"] = steps["missing"] = lambda: operations.stock_up(depot=depot, item=item, amount=amount, **hand)
    if sent:
        steps["turn-down"] = lambda: operations.turn_down(offer=sent, **hand)
    if sent and depot:
        steps["take-in"] = lambda: operations.take_in(offer=sent, depot=depot, **hand)
    what = typed.get("do", "")
    if what not in steps:
        return False
    steps[what]()
    messages.success(request, _("Đã ghi."))
    return True


def _set_depot(request: SignedIn, row: EmergencyRow, name: str, hand: dict[str, Any]) -> None:
    unit = my_unit(request)
    if unit is None:
        raise NotAllowed("{person} không có quyền này.", person=request.user.name)
    ward = organisations.area_row(unit.id, hand["on"])
    operations.set_depot(
        emergency=row.id, unit=organisations.unit(unit.code), ward=organisations.unit(ward.code), name=name, **hand
    )


@login_required
def enter(request: SignedIn, number: int) -> HttpResponse:
    """Take down by telephone or at the desk what a household needs."""
    today = localdate()
    if Right.WRITE_RELIEF not in _rights(request):
        return errors.no_right(request)
    try:
        row = queries.emergency(number, request.user, today)
    except queries.UnknownEmergency as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    typed, wrong, code = request.POST, dict[str, str](), ""
    if request.method == "POST":
        code = relief_public.new_code()
        try:
            emergency, ward = relief_public.where_of(typed.get("where", ""))
            made = operations.ask(
                emergency=emergency, ward=ward, wanted=relief_public.wanted_of(typed), name=typed.get("name", ""),
                phone=typed.get("phone", ""), address=typed.get("address", ""),
                heads=relief_public.whole(typed.get("heads", "")), code=code, by=request.user, on=today,
                channel=Channel.COUNTER if typed.get("channel") == "counter" else Channel.PHONE,
                once=typed.get("once", "")[:80],
            )  # fmt: skip
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refusal:
            wrong = {relief_public.field_of(refusal): words.refusal(refusal)}
        else:
            request.session["relief-told"] = [made.pk, grouped(code) if queries.opens(code) else ""]
            return redirect("relief-need", made.pk)
    context = {
        "crumbs": (ROOT, Crumb(row.title, f"/relief/{number}/"), Crumb(_("Ghi hộ cần giúp"))),
        "wards": relief_public.places([row], typed.get("where", "")),
        "things": relief_public.things(typed),
        "channels": [(one.value, said) for one, said in CHANNELS.items() if one is not Channel.ONLINE],
        "typed": typed,
        "wrong": wrong,
        "once": typed.get("once") or str(uuid.uuid4()),
    }
    return render(request, "relief/enter.html", context, status=422 if wrong else 200)


@login_required
def need(request: SignedIn, number: int) -> HttpResponse:
    """One household's need: set aside for it at a depot near by, have it wait again, close it."""
    today, wrong = localdate(), ""
    try:
        row = queries.need(number, request.user, today)
        if request.method == "POST" and _serve(request, row, today):
            return redirect("relief-need", number)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownNeed as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    except Refused as refusal:
        wrong = words.refusal(refusal)
        row = queries.need(number, request.user, today)
    told = request.session.get("relief-told", [0, ""])
    emergency = queries.emergency(row.emergency, request.user, today)
    may_write = row.unit.id in organisations.visible_units(Right.WRITE_RELIEF, request.user, today)
    context = {
        "crumbs": (ROOT, Crumb(emergency.title, f"/relief/{emergency.id}/"), Crumb(row.number)),
        "row": row,
        "mark": STATES[row.state],
        "channel": CHANNELS[row.channel],
        "wanted": listed(row.wanted),
        "depots": queries.depots_for(row.emergency, row.ward.id, row.wanted) if row.state is State.WAITING else [],
        "receipt": told[1] if told[0] == number else "",
        "open": row.state in {State.WAITING, State.SET_ASIDE},
        "may_write": may_write and emergency.ended_on is None,
        "wrong": wrong,
    }
    return render(request, "relief/need.html", context, status=422 if wrong else 200)


def _serve(request: SignedIn, row: queries.NeedRow, on: date) -> bool:
    """Do what was asked for of a need; False if nothing was."""
    hand = {"by": request.user, "on": on}
    match request.POST.get("do", ""):
        case "set-aside":
            able = queries.depots_for(row.emergency, row.ward.id, row.wanted)
            depot = next((one.id for one in able if str(one.id) == request.POST.get("depot")), 0)
            if not depot:
                raise operations.UnknownCode(_("Chọn một kho còn đủ hàng."))
            secret = f"{secrets.randbelow(10**SECRET):0{SECRET}}"
            operations.set_aside(need=row.id, depot=depot, secret=secret, **hand)
        case "give-back":
            operations.give_back(need=row.id, **hand)
        case "decline":
            operations.decline(need=row.id, **hand)
        case _:
            return False
    messages.success(request, _("Đã ghi."))
    return True


@login_required
def depot(request: SignedIn, number: int, depot: int) -> HttpResponse:
    """Handing out, on a phone: type the code, give what it says, once."""
    today, wrong, given = localdate(), "", None
    try:
        row = queries.emergency(number, request.user, today)
        found = next((one for one in queries.depots(number) if one.id == depot), None)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except queries.UnknownEmergency as unknown:
        return errors.refused(request, unknown, actions=(ROOT,))
    if found is None or found.unit.id not in organisations.visible_units(Right.WRITE_RELIEF, request.user, today):
        return errors.no_right(request)
    if request.method == "POST":
        try:
            made = operations.hand_out(
                depot=depot, secret=request.POST.get("secret", ""), by=request.user, on=today, at=timezone.now()
            )
            given = (made.number, listed(queries.wanted_by(made.pk)))
            found = next(one for one in queries.depots(number) if one.id == depot)
        except Refused as refusal:
            wrong = words.refusal(refusal)
    context = {
        "crumbs": (ROOT, Crumb(row.title, f"/relief/{number}/"), Crumb(found.name)),
        "depot": found,
        "stock": [(ITEMS[one.item], one) for one in found.stock],
        "given": given,
        "wrong": wrong,
        "typed": request.POST.get("secret", "")[:20],
    }
    return render(request, "relief/depot.html", context, status=422 if wrong else 200)
