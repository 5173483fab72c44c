"""The log of who looked at what: asked, as a file, as a sheet for the person concerned; and what had to be told."""

import csv
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from gandan.faces.pages import errors, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.people import ROLES
from gandan.faces.pages.pieces import Cell, Column, Crumb, Mark, Pager, State, Table, Words
from gandan.faces.pages.units import name_of
from gandan.ground.audit import operations
from gandan.ground.audit import queries as audit
from gandan.ground.audit.queries import Asking, TraceRow, What
from gandan.ground.documents.tables import defused
from gandan.ground.ledger import queries as ledger
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers import queries as dossiers

PAGE, FILE = 50, 50_000
COLUMNS = (
    "at", "username", "acting_for", "what", "about", "about_id", "unit", "from_unit", "outside", "channel", "key", "detail",
)  # fmt: skip
DOSSIER = "dossiers.dossier"
SAID: dict[What, Words] = {
    What.READ: gettext_lazy("xem hồ sơ"),
    What.LISTED: gettext_lazy("xem danh sách hồ sơ"),
    What.EXPORTED: gettext_lazy("xuất ra tệp"),
    What.OPENED_OUTSIDE: gettext_lazy("nêu lý do xem hồ sơ đơn vị khác"),
    What.SIGNED_IN: gettext_lazy("đăng nhập"),
    What.SIGN_IN_FAILED: gettext_lazy("đăng nhập không được"),
    What.SIGNED_OUT: gettext_lazy("đăng xuất"),
    What.CONFIRMED: gettext_lazy("xác nhận lại là chính mình"),
    What.REFUSED: gettext_lazy("bị từ chối"),
    What.SETTING_CHANGED: gettext_lazy("đổi thiết lập"),
    What.RIGHT_GIVEN: gettext_lazy("giao quyền"),
    What.RIGHT_ENDED: gettext_lazy("thu quyền"),
    What.GAVE_ONESELF: gettext_lazy("tự giao quyền cho mình, bị từ chối"),
    What.ACCOUNT_RESET: gettext_lazy("mở lại tài khoản của người khác"),
    What.KEY_TO_PEOPLE: gettext_lazy("cấp cho chương trình khoá xem hồ sơ"),
    What.LOG_READ: gettext_lazy("xem nhật ký"),
    What.MONTH_DROPPED: gettext_lazy("huỷ nhật ký một tháng"),
}
WHY: dict[str, Words] = {
    "not_allowed": gettext_lazy("không có quyền"),
    "password": gettext_lazy("bằng mật khẩu"),
    "second_factor": gettext_lazy("bằng lớp xác thực thứ hai"),
    "password_changed": gettext_lazy("đổi mật khẩu"),
    "too_often": gettext_lazy("thử quá nhiều lần"),
    "not_yours": gettext_lazy("hồ sơ của đơn vị khác"),
    "opening": gettext_lazy("lần mở thứ"),
    "sessions": gettext_lazy("số phiên kết thúc"),
    "socialaccount": gettext_lazy("qua hệ thống của cơ quan"),
    "oidc": gettext_lazy("hệ thống đăng nhập của cơ quan"),
    "totp_activated": gettext_lazy("bật ứng dụng tạo mã"),
    "totp_deactivated": gettext_lazy("tắt ứng dụng tạo mã"),
    "webauthn_added": gettext_lazy("thêm khoá bảo mật"),
    "webauthn_removed": gettext_lazy("gỡ khoá bảo mật"),
    "recovery_codes_generated": gettext_lazy("tạo mã dự phòng mới"),
    "password_set": gettext_lazy("đặt mật khẩu tạm"),
    "second_factor_reset": gettext_lazy("gỡ lớp xác thực thứ hai"),
    "away": gettext_lazy("chưa trả lời"),
    "unknown": gettext_lazy("không có tài khoản ở đây"),
    **{role.value: said for role, said in ROLES.items()},
}
CHANNELS: dict[str, Words] = {
    "page": gettext_lazy("trang"),
    "api": "API",
    "command": gettext_lazy("lệnh"),
    "job": gettext_lazy("tự động"),
}


@login_required
def overview(request: SignedIn) -> HttpResponse:
    """Ask the log: who, what, which dossier, which unit, which days; with a person also what they did by the ledger."""
    asked = Asked(request)
    try:
        asking, wrong = _asking(asked)
        found = audit.traces(request.user, asked.today, asking, before=_cursor(asked), limit=PAGE + 1)
        done = _done(asked, asking) if asking.username and not asked.text("cursor") else None
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    shown = found[:PAGE]
    following = asked.address(cursor=f"{shown[-1].at.isoformat()}_{shown[-1].id}") if len(found) > PAGE else ""
    return render(
        request,
        "log/overview.html",
        {
            "crumbs": (
                Crumb(
                    _("Nhật ký"),
                ),
            ),
            "wrong": wrong,
            "whats": [(what.value, said) for what, said in SAID.items()],
            "typed": {name: asked.text(name) for name in ("who", "what", "dossier", "unit", "from", "to")},
            "query": asked.address(cursor=None),
            "table": _table(request, shown, asked.today),
            "done": done,
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
        },
        status=400 if wrong else 200,
    )


def _asking(asked: Asked) -> tuple[Asking, dict[str, str]]:
    """Read what is asked; a name, a number or a code that nobody has finds nothing and says so."""
    what, number, code = asked.text("what"), asked.text("dossier"), asked.text("unit")
    asking: dict[str, Any] = {"username": asked.text("who"), "what": What(what) if what in set(What) else None}
    asking["since"] = asked.day("from", asked.today) if asked.text("from") else None
    asking["until"] = asked.day("to", asked.today) if asked.text("to") else None
    wrong = dict(asked.wrong)
    if number:
        known = dossiers.known_as(number)
        asking |= {"about_type": DOSSIER, "about_id": known[0] if known else 0}
        if known is None:
            wrong["dossier"] = _("Không có hồ sơ số %(number)s.") % {"number": number}
    if code:
        try:
            asking["unit"] = organisations.unit_id(code)
        except Refused as unknown:
            wrong["unit"] = words.refusal(unknown)
    if asking["username"]:
        try:
            organisations.person(asking["username"])
        except Refused as unknown:
            wrong["who"] = words.refusal(unknown)
    return Asking(**asking), wrong


def _cursor(asked: Asked) -> tuple[datetime, int] | None:
    moment, _under, number = asked.text("cursor").rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, int(number)) if at.tzinfo and 0 < int(number) < 2**63 else None
    except ValueError:
        return None


def _table(request: SignedIn, shown: list[TraceRow], on: date) -> Table:
    columns = (
        Column(_("Lúc"), head=True, tight=True),
        Column(_("Ai")),
        Column(_("Việc")),
        Column(_("Về")),
        Column(_("Đơn vị có hồ sơ")),
        Column(_("Qua")),
    )
    about = [one.about_id for one in shown if one.about_type == DOSSIER and one.about_id]
    numbers = dossiers.numbers(about, viewer=request.user, on=on)
    rows = [
        (
            Cell(words.moment(one.at)),
            Cell(one.person or "–", f"/log/?who={one.username}" if one.username else "", note=_as_whom(one)),
            Cell(SAID[one.what], note=_detail(one), mark=Mark(_("ngoài đơn vị"), "lock", "risk") if one.outside else None),
            _about(one, numbers),
            Cell(name_of(one.unit) if one.unit else ""),
            Cell(CHANNELS.get(one.channel, "")),
        )
        for one in shown
    ]
    empty = State(_("Không có dòng nào khớp"), _("Chỉ nhật ký của các đơn vị Ông/Bà được giao mới hiện ở đây."))
    return Table.of(_("Nhật ký, mới nhất trước"), columns, rows, empty=empty)


def _detail(one: TraceRow) -> str:
    """Say in words what a line has besides: what was changed, how many were listed, why somebody was refused."""
    if one.detail in set(Kind):
        kind = KINDS[Kind(one.detail)]
        return words.named(kind.sentence_vi, kind.sentence_en)
    if one.what is What.LISTED and one.detail.isdigit():
        return ngettext("%(number)s hồ sơ", "%(number)s hồ sơ", int(one.detail)) % {"number": words.number(int(one.detail))}
    return _said(one.detail)


def _said(detail: str) -> str:
    why, _space, where = detail.partition(" ")
    return ": ".join(filter(None, (str(WHY[why]), str(WHY.get(where, where))))) if why in WHY else detail


def _as_whom(one: TraceRow) -> str:
    parts = [name_of(one.from_unit)] if one.from_unit else []
    if one.acting_for:
        parts.append(_("thay %(person)s") % {"person": one.acting_for})
    return ", ".join(parts)


def _about(one: TraceRow, numbers: dict[int, str]) -> Cell:
    if one.about_type != DOSSIER or one.about_id is None:
        return Cell("")
    number = numbers.get(one.about_id)
    return Cell(number, f"/log/?dossier={number}") if number else Cell(_("hồ sơ thứ %(id)s") % {"id": one.about_id})


def _done(asked: Asked, asking: Asking) -> Table | None:
    """What the ledger says that somebody did in those days, by default the last thirty-one."""
    until = (asking.until or asked.today) + timedelta(1)
    since = asking.since or until - timedelta(31)
    try:
        person = organisations.person(asking.username)
    except Refused:
        return None
    events = ledger.events_by(person.pk, since, until, limit=PAGE)
    units = organisations.rows({event.unit_id for event in events})
    rows = [
        (
            Cell(words.moment(event.at)),
            Cell(words.named(KINDS[Kind(event.kind)].sentence_vi, KINDS[Kind(event.kind)].sentence_en)),
            Cell(name_of(units[event.unit_id])),
        )
        for event in events
    ]
    empty = State(_("Không ghi việc nào vào sổ trong những ngày này"))
    columns = (Column(_("Lúc"), head=True, tight=True), Column(_("Việc đã ghi sổ")), Column(_("Đơn vị")))
    return Table.of(_("Việc đã làm theo sổ cái"), columns, rows, shown=True, empty=empty)


@login_required
def as_csv(request: SignedIn) -> HttpResponse:
    """What was asked, as a file of at most 50,000 lines; that it was taken is a line of the log."""
    asked = Asked(request)
    try:
        asking, wrong = _asking(asked)
        found = audit.traces(request.user, asked.today, asking, limit=FILE, exported=True) if not wrong else []
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    if wrong:
        return redirect(f"/log/?{request.GET.urlencode()}")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log_{asked.today}.csv"'
    response["Cache-Control"] = "private, no-store"
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for one in found:
        units = [unit.code if unit else "" for unit in (one.unit, one.from_unit)]
        about = [one.about_type, one.about_id or ""]
        line = [one.at.isoformat(), one.username, one.acting_for, one.what.value, *about, *units]
        writer.writerow([*line, int(one.outside), one.channel, one.key or "", defused(one.detail)])
    return response


@login_required
def sheet(request: SignedIn) -> HttpResponse:
    """Who saw a dossier, on a sheet for the person it is about: units and moments, no officer's name."""
    asked = Asked(request)
    number = asked.text("dossier")
    known = dossiers.known_as(number) if number else None
    try:
        organisations.require_anywhere(Right.READ_LOG, by=request.user, on=asked.today)
        if known is None:
            return errors.not_found(request)
        unit = organisations.unit(organisations.row(known[1]).code)
        organisations.require(Right.READ_LOG, by=request.user, unit=unit, on=asked.today)
        found = audit.traces(request.user, asked.today, Asking(about_type=DOSSIER, about_id=known[0]), limit=500)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    rows = [
        (
            Cell(words.moment(one.at)),
            Cell(SAID[one.what]),
            Cell(name_of(one.from_unit) if one.from_unit else (name_of(one.unit) if one.unit else "")),
            Cell(_("có nêu lý do") if one.outside else ""),
        )
        for one in found
    ]
    columns = (Column(_("Lúc"), head=True, tight=True), Column(_("Việc")), Column(_("Đơn vị đã xem")), Column(_("Ghi chú")))
    table = Table.of(_("Ai đã xem hồ sơ"), columns, rows, empty=State(_("Chưa ai mở xem hồ sơ này")))
    crumbs = (Crumb(_("Nhật ký"), "/log/"), Crumb(number))
    context = {
        "crumbs": crumbs,
        "number": number,
        "unit": name_of(organisations.row(known[1])),
        "today": asked.today,
        "table": table,
    }
    return render(request, "log/sheet.html", context)


@login_required
def alert_list(request: SignedIn) -> HttpResponse:
    """What the head of a unit, or the inspectorate, must be told."""
    asked = Asked(request)
    try:
        organisations.require_anywhere(Right.HEAR_OPENINGS, by=request.user, on=asked.today)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    found = audit.alerts(request.user, asked.today, before=asked.whole("cursor"), limit=PAGE + 1)
    shown = found[:PAGE]
    numbers = dossiers.numbers([one.about_id for one in shown if one.about_id], viewer=request.user, on=asked.today)
    return render(
        request,
        "log/alerts.html",
        {
            "crumbs": (Crumb(_("Thông báo")),),
            "alerts": [(one, numbers.get(one.about_id or 0, ""), _said(one.detail)) for one in shown],
            "empty": State(_("Không có gì phải báo"), _("Khi đơn vị khác mở xem hồ sơ của đơn vị Ông/Bà, lý do hiện ở đây.")),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "",
                           asked.address(cursor=shown[-1].id) if len(found) > PAGE else ""),
        },
    )  # fmt: skip


@login_required
@require_POST
@errors.told()
def alert(request: SignedIn, number: int) -> HttpResponse:
    """Note that it was seen."""
    operations.see(alert=number, by=request.user, on=Asked(request).today)
    return redirect("alerts")
