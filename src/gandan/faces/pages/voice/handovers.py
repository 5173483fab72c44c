"""Hand-overs at the desk: the appointment, the record before two people, and whose hands each item is in."""

from datetime import date, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, public, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import Cell, Column, Crumb, Pager, State, Table
from gandan.faces.pages.units import name_of
from gandan.faces.pages.voice.sending import CODE
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import MissingWords
from gandan.work.voice.rules.handovers.arms import GROUPS, arms_on
from gandan.work.voice.rules.handovers.chain import CONDITION_WORDS, GROUND_WORDS, WHERE_WORDS
from gandan.work.voice.rules.handovers.things import Thing

ROWS, MORE = 3, 2
PARTS = ("kind", "name", "mark", "quantity", "condition", "seal")
ITEMS = "/voice/items/"


def act(given: Any, shown: queries.CaseShown, what: str, hand: dict[str, Any]) -> bool:
    """Do what is a hand-over's own; say whether it was."""
    match what:
        case "arrange":
            operations.arrange(
                collected=given.get("how") != "bring", day=_day(given.get("day", "")), begins=_time(given, "begins"),
                ends=_time(given, "ends"), place=given.get("at", ""), words=given.get("words", ""), **hand,
            )  # fmt: skip
        case "take_in":
            said = {name: given.get(name, "") for name in ("ground", "place", "giver", "giver_address", "circumstances")}
            operations.take_in(things=things_of(given), **said, **hand)
        case "witness":
            operations.witness(**hand)
        case "give":
            protocol = queries.protocol_of(shown.record, hand["by"], hand["on"])
            operations.give(
                protocol=protocol.id if protocol else 0, items=[int(one) for one in given.getlist("item") if one.isdigit()],
                to=organisations.unit_meant(given.get("unit", ""), hand["on"]),
                to_depot=bool(given.get("depot")), words=given.get("words", ""),
                by=hand["by"], on=hand["on"], at=hand["at"],
            )  # fmt: skip
        case _:
            return False
    return True


def things_of(given: Any) -> list[Thing]:
    """Return the rows as they were typed."""
    many = min(int(given.get("rows", "0") or 0) if given.get("rows", "0").isdigit() else 0, 100)
    return [Thing(**{part: str(given.get(f"{part}-{nth}", "")) for part in PARTS}) for nth in range(1, many + 1)]


def context(shown: queries.CaseShown, request: SignedIn, wrong: dict[str, str], typed: Any) -> dict[str, Any]:
    today = localdate()
    protocol = queries.protocol_of(shown.record, request.user, today)
    if wrong and "rows" in typed:
        rows = [one for one in things_of(typed) if not one.is_empty]
    else:
        rows = [
            Thing(one.kind, one.name, one.mark, str(one.quantity), one.condition.value, one.seal)
            for one in (protocol.items if protocol else ())
        ]
    blank = [Thing("", condition="", quantity="1")] * (MORE if rows else ROWS)
    return {
        "visit": queries.visit_of(shown.record),
        "protocol": protocol,
        "things": [(nth, one, wrong.get(f"thing-{nth}", "")) for nth, one in enumerate([*rows, *blank], start=1)],
        "arms": [
            (_(said), [(one.code, words.named(one.name, one.name_en)) for one in arms_on(today) if one.group == code])
            for code, said in GROUPS.items()
        ],
        "conditions": [(code.value, _(said)) for code, said in CONDITION_WORDS.items()],
        "grounds": [(code.value, _(said)) for code, said in GROUND_WORDS.items()],
        "wheres": {code.value: _(said) for code, said in WHERE_WORDS.items()},
        "depot": queries.depot(),
        "tomorrow": today,
    }


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise MissingWords("day", _("Xin chọn ngày hẹn.")) from None


def _time(given: Any, name: str) -> time:
    try:
        return time.fromisoformat(given.get(name, "")).replace(tzinfo=None)
    except ValueError:
        raise MissingWords(name, _("Xin ghi giờ, như 08:30.")) from None


@login_required
def items(request: SignedIn) -> HttpResponse:
    """Whose hands items are in: what waits for a signature here, what the reader's units hold, what lies in the depot."""
    asked, wrong = Asked(request), ""
    if request.method == "POST":
        try:
            return _signed(request)
        except NotAllowed as refused:
            return errors.no_right(request, refused)
        except Refused as refused:
            wrong = words.refusal(refused)
    stored = asked.text("where") == "stored"
    found = queries.held_items(request.user, asked.today, stored=stored, after=asked.whole("cursor"))
    page = found[:50]
    return render(
        request,
        "voice/items.html",
        {
            "crumbs": (Crumb(_("Người dân gửi"), "/voice/"), Crumb(_("Vật giao nộp"))),
            "waiting": queries.on_the_way(request.user, asked.today),
            "wrong": wrong,
            "typed": request.POST,
            "stored": stored,
            "table": _table(page),
            "pager": Pager(
                len(page),
                asked.address(cursor=None) if asked.text("cursor") else "",
                asked.address(cursor=page[-1].id) if len(found) > len(page) else "",
            ),
        },
        status=422 if wrong else 200,
    )


def _signed(request: SignedIn) -> HttpResponse:
    given = request.POST
    link = int(given["link"]) if given.get("link", "").isdigit() else 0
    if given.get("do") == "take_back":
        operations.take_back(link=link, by=request.user, on=localdate())
        messages.success(request, _("Đã giữ lại."))
    else:
        operations.take(link=link, remarks=given.get("remarks", ""), by=request.user, on=localdate(), at=timezone.now())
        messages.success(request, _("Đã ký nhận."))
    return redirect(ITEMS)


def _table(rows: Any) -> Table:
    columns = (
        Column(_("Biên bản"), head=True, tight=True), Column(_("Vật")), Column(_("Số hiệu")),
        Column(_("Số lượng"), number=True), Column(_("Đang ở")),
    )  # fmt: skip
    shown = [
        (
            Cell(row.protocol, f"/voice/{row.case}/"),
            Cell(row.name, note=_(row.group_name)),
            Cell(row.mark or "–", note=row.seal),
            Cell(f"{words.number(row.quantity)} {row.measure}"),
            Cell(name_of(row.holder), note=_(WHERE_WORDS[row.where])),
        )
        for row in rows
    ]
    empty = State(_("Không có vật nào"), _("Vật giao nộp đã đủ hai người ký sẽ hiện ở đây, đơn vị nào giữ thì đơn vị đó thấy."))
    return Table.of(_("Vật giao nộp, mới nhận trước"), columns, shown, empty=empty)


@login_required
def paper(request: SignedIn, number: str) -> HttpResponse:
    """The record as paper, for who reads the case."""
    try:
        shown = queries.case(number, request.user, localdate())
        return _pdf(queries.protocol_pdf(shown.record), shown.row.number)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Về danh sách"), "/voice/"),))


def own_paper(request: HttpRequest) -> HttpResponse:
    """The record as paper, for who gave the items: by the receipt."""
    try:
        held = queries.held(request.session.get(CODE, ""), localdate())
        return _pdf(queries.protocol_pdf(held.record), held.row.number)
    except Refused:
        return public.page(request, "public/no_receipt.html", {}, status=404)


def _pdf(content: bytes, number: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="bien-ban-{number}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
