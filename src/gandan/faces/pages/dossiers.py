"""Dossiers: the list of those a reader may read, and one with its term and all that happened to it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gandan.faces.pages import errors, facets, words
from gandan.faces.pages.asking import Asked, address
from gandan.faces.pages.mine import SignedIn, my_unit, my_units
from gandan.faces.pages.pieces import MARKS, Cell, Column, Crumb, Mark, Moment, Pager, ReckonedDay, State, Table, TermBar
from gandan.faces.pages.printing import NAMES
from gandan.faces.pages.searching import TooOld, opened, sealed
from gandan.faces.pages.steps import STERN
from gandan.faces.pages.units import name_of
from gandan.ground.audit import operations as audit
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import Reason, ReasonCode, Reckoning, working_days_between
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.flow import AT_WORK, DONE, FLOW
from gandan.work.dossiers.queries import DossierRow, DossierShown, Filters

PAGE = 50
IMPLIED = {
    Kind.PROMISE_OWED,
    Kind.PROMISE_KEPT,
    Kind.PROMISE_DROPPED,
    Kind.PROMISE_PAUSED,
    Kind.PROMISE_RESUMED,
}  # the dossier's own steps say the same
LATE = {Kind.PROMISE_OVERDUE, Kind.LETTER_OWED, Kind.DELIVERY_FAILED, Kind.DELIVERY_RETURNED}
GOOD = {Kind.DOSSIER_RECEIVED, Kind.DOSSIER_FINISHED, Kind.DELIVERY_DELIVERED, Kind.LETTER_SENT, Kind.DOSSIER_RETURNED}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_list(request: SignedIn) -> HttpResponse:
    """The newest first, narrowed by unit, procedure, status and words; a whole number leads straight to its dossier.

    What is looked for is posted, and sealed in the address that answers: it may be a name.
    """
    if request.method == "POST":
        given = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("status", "procedure", "unit", "sort")}
        return redirect("/dossiers/" + address(given, find=sealed(request.POST.get("q", ""), request.user)))
    asked = Asked(request)
    status = asked.text("status")
    unit, wrong = asked.unit("unit"), asked.wrong
    try:
        text = opened(asked.text("find"), request.user)
    except TooOld:
        text, wrong = "", {**wrong, "find": _("Từ cần tìm chỉ giữ trong ngày và cho riêng Ông/Bà. Xin gõ lại.")}
    filters = Filters(
        units=None if unit is None else frozenset({unit}),
        procedure=asked.text("procedure"),
        status=dossiers.Status(status) if status in set(dossiers.Status) else None,
        overdue=status == "overdue",
        text=text,
    )
    if asked.text("sort") == "name" and (one_unit := _one_unit(request, unit)):
        return _by_name(request, asked, filters, one_unit)
    page = dossiers.dossiers(request.user, asked.today, filters, after=cursor(asked), limit=PAGE)
    if len(page.rows) == 1 and text and text.upper() in {page.rows[0].number, page.rows[0].source_number.upper()}:
        return redirect("dossier", page.rows[0].number)
    following = asked.address(cursor=f"{page.next[0].isoformat()}_{page.next[1]}") if page.next else ""
    return _listed(request, asked, filters, page.rows, following, wrong=wrong)


def _one_unit(request: SignedIn, unit: int | None) -> organisations.UnitRow | None:
    """The one unit whose dossiers are sorted by name: that asked for, or the reader's own."""
    return organisations.row(unit) if unit is not None else my_unit(request)


def _by_name(request: SignedIn, asked: Asked, filters: Filters, unit: organisations.UnitRow) -> HttpResponse:
    """One unit's dossiers as lists of people are sorted in Vietnamese."""
    place, _under, number = asked.text("cursor").partition("_")
    try:
        after = (bytes.fromhex(place), int(number)) if number else None
    except ValueError:
        after = None
    rows, following = dossiers.in_order(request.user, asked.today, unit.id, filters, after=after, limit=PAGE)
    onward = asked.address(cursor=f"{following[0].hex()}_{following[1]}", unit=unit.code) if following else ""
    return _listed(request, asked, filters, rows, onward, unit_code=unit.code)


def _listed(
    request: SignedIn, asked: Asked, filters: Filters, rows: Sequence[DossierRow], following: str, *,
    wrong: Mapping[str, str] | None = None, unit_code: str = "",
) -> HttpResponse:  # fmt: skip
    return render(
        request,
        "dossiers/list.html",
        {
            "crumbs": (Crumb(_("Hồ sơ")),),
            "text": filters.text,
            "status": asked.text("status"),
            "sort": asked.text("sort"),
            "wrong": wrong or {},
            "unit_code": unit_code or asked.text("unit"),
            "statuses": (
                ("", _("mọi tình trạng")),
                ("received", _("đang giải quyết")),
                ("overdue", _("quá hẹn")),
                ("supplement", _("chờ bổ sung giấy tờ")),
                ("payment", _("chờ nộp tiền")),
                ("registered", _("mới nộp trực tuyến")),
                ("finished", _("đã xong, chưa trả")),
                ("returned", _("đã trả kết quả")),
                ("refused", _("không tiếp nhận")),
                ("stopped", _("đã dừng")),
                ("withdrawn", _("đã rút")),
            ),
            "procedures": procedures_now(asked.today),
            "procedure": filters.procedure,
            "my_unit_row": my_unit(request),
            "table": _list(rows),
            "pager": Pager(len(rows), asked.address(cursor=None) if asked.text("cursor") else "", following),
        },
    )


def procedures_now(on: date) -> list[tuple[str, str]]:
    return [(one.code, words.named(one.name, one.name_en)) for one in dossiers.procedures(on)]


def procedure_names() -> dict[str, str]:
    """The latest name of every procedure, by code."""
    return {one.code: words.named(one.name, one.name_en) for one in dossiers.procedures()}


def _list(rows: Sequence[DossierRow]) -> Table:
    columns = (
        Column(_("Số hồ sơ"), head=True, tight=True),
        Column(_("Thủ tục")),
        Column(_("Đơn vị")),
        Column(_("Ngày nhận"), number=True),
        Column(_("Hẹn trả"), number=True),
        Column(_("Tình trạng")),
    )
    shown = [
        (
            Cell(row.number, f"/dossiers/{row.number}/", note=row.applicant),
            Cell(words.named(row.procedure_name, row.procedure_name_en), note=facets.value("channel", row.channel)),
            Cell(name_of(row.unit)),
            Cell(words.day(row.received_on)),
            Cell(words.day(row.due_on)),
            Cell(mark=mark_of(row)),
        )
        for row in rows
    ]
    empty = State(
        _("Chưa có hồ sơ nào khớp"),
        _("Chỉ hồ sơ của đơn vị Ông/Bà được giao mới hiện ở đây. Thử bỏ bớt điều kiện lọc."),
        actions=(Crumb(_("Bỏ mọi điều kiện"), "/dossiers/"),),
    )
    return Table.of(_("Hồ sơ, mới nhận trước"), columns, shown, empty=empty)


def mark_of(row: DossierRow) -> Mark:
    if row.status in DONE:
        return MARKS["done_late"] if row.overdue else MARKS["in_time"]
    if row.status in AT_WORK:
        return MARKS["late"] if row.overdue else MARKS["open"]
    return MARKS[row.status.value]


def state_mark(status: str) -> Mark:
    """Where a dossier is in the flow."""
    return MARKS.get(status, MARKS["open"])


def cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None


@login_required
def one(request: SignedIn, number: str) -> HttpResponse:
    """A dossier: its term, reckoned day by day, and all that happened to it."""
    today = Asked(request).today
    try:
        shown = dossiers.dossier(number, request.user, today)
    except dossiers.NotYours as refused:
        return _another_units(request, number, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Tìm hồ sơ khác"), "/dossiers/"),))
    return render(
        request,
        "dossiers/one.html",
        {
            "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(shown.row.number)),
            "row": shown.row,
            "shown": shown,
            "held": (held := dossiers.at_hand(shown.row.id, request.user, today)),
            "papers": [(kind.value, NAMES[kind]) for kind in held.forms],
            "steps": [(step.value, _(FLOW[step].name), step in STERN) for step in held.steps],
            "last": _(FLOW[held.last.step].name) if held.last else "",
            "procedure": words.named(shown.procedure.name, shown.procedure.name_en),
            "mark": mark_of(shown.row),
            "channel": facets.value("channel", shown.row.channel),
            "term": term_bar(shown, today),
            "moments": _moments(shown),
        },
    )


def _another_units(request: SignedIn, number: str, refused: NotAllowed, *, reason: str = "", wrong: str = "") -> HttpResponse:
    """Say whose dossier it is; who may give a reason to look nevertheless is asked for it."""
    if Right.READ_OUTSIDE not in my_units(request)["my_rights"]:
        return errors.no_right(request, refused)
    errors.note_refusal(request, refused)
    context = {
        "crumbs": (Crumb(_("Hồ sơ"), "/dossiers/"), Crumb(number)),
        "number": number,
        "whose": words.refusal(refused),
        "reason": reason,
        "wrong": wrong,
    }
    return render(request, "dossiers/outside.html", context, status=403)


@login_required
@require_POST
def open_outside(request: SignedIn) -> HttpResponse:
    """Take the reason for looking at a dossier of another unit, and show it for the rest of the day."""
    number, reason = request.POST.get("number", ""), request.POST.get("reason", "")
    today = Asked(request).today
    try:
        operations.open_outside(number=number, reason=reason, by=request.user, on=today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except audit.YourOwn:
        return redirect("dossier", number)
    except audit.NoReason as refused:
        return _asked_again(request, number, reason, words.refusal(refused))
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Tìm hồ sơ khác"), "/dossiers/"),))
    return redirect("dossier", number)


def _asked_again(request: SignedIn, number: str, reason: str, wrong: str) -> HttpResponse:
    try:
        dossiers.dossier(number, request.user, Asked(request).today)
    except dossiers.NotYours as refused:
        answer = _another_units(request, number, refused, reason=reason, wrong=wrong)
        answer.status_code = 400
        return answer
    return redirect("dossier", number)


def term_bar(shown: DossierShown, today: date) -> TermBar:
    row = shown.row
    kept = calendar.working_calendar(row.unit.id)
    end = row.ended_on or today
    left = working_days_between(end, row.due_on, kept) if end <= row.due_on else -working_days_between(row.due_on, end, kept)
    days = reckoned_days(shown.reckoning) if shown.reckoning else ()
    waiting = next((since for since, until in shown.waits if until is None), None)
    stood = tuple((since, until or max(today, since)) for since, until in shown.waits if until != since)
    return TermBar(row.received_on, row.due_on, today, int(left), done=row.ended_on, days=days, pauses=stood, waiting=waiting)


def reckoned_days(reckoning: Reckoning) -> tuple[ReckonedDay, ...]:
    return tuple(
        ReckonedDay(day.day, day.counted, day.nth, "" if day.counted and day.nth else why(day.reason)) for day in reckoning.days
    )


def why(reason: Reason) -> str:
    """Why a day counts or does not, in words."""
    named = words.named(reason.name, reason.name_en)
    other = words.day(reason.other) if reason.other else ""
    return {
        ReasonCode.RECEIPT: _("ngày nhận, không tính"),
        ReasonCode.WORKING_DAY: _("ngày làm việc"),
        ReasonCode.HALF_DAY: named or _("làm nửa ngày"),
        ReasonCode.WEEKLY_REST: _("nghỉ hằng tuần"),
        ReasonCode.HOLIDAY: named or _("nghỉ lễ"),
        ReasonCode.EXCHANGED_OFF: _("nghỉ bù, làm ngày %(day)s") % {"day": other},
        ReasonCode.EXCHANGED_WORK: _("làm bù cho ngày %(day)s") % {"day": other},
        ReasonCode.CALENDAR_DAY: _("tính theo lịch"),
        ReasonCode.CLOCK: _("tính theo giờ"),
        ReasonCode.PAUSED: _("tạm dừng"),
        ReasonCode.ROLLED: _("dời sang ngày làm việc sau"),
    }[reason.code]


def _moments(shown: DossierShown) -> tuple[Moment, ...]:
    return tuple(
        Moment(
            step.day,
            words.named(step.sentence, step.sentence_en) + ".",
            name_of(step.unit),
            _details(step),
            "wait" if step.reversed else "late" if step.kind in LATE else "kept" if step.kind in GOOD else "",
        )
        for step in shown.timeline
        if step.kind not in IMPLIED or step.reversed
    )


def _details(step: dossiers.Happened) -> str:
    said = facets.written({name: value for name, value in step.facets.items() if name not in facets.NAMED_APART}, {})
    return _("%(said)s (đã đính chính)") % {"said": said} if step.reversed else said
