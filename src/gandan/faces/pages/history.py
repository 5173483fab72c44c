"""A unit's own history: names, places, acts, predecessors and successors."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gandan.faces.pages import errors, words
from gandan.faces.pages.pieces import MARKS, Crumb, Moment
from gandan.faces.pages.units import KINDS, LINES, crumbs_to, name_of, own_line
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations import queries as organisations

MANY = 6  # units named in a sentence before it becomes a list that opens


@login_required
def history(request: HttpRequest, code: str) -> HttpResponse:
    try:
        unit = organisations.row(organisations.unit_id(code))
    except Refused as unknown:
        return errors.refused(request, unknown, actions=(Crumb(_("Tìm đơn vị"), "/units/"),))
    today = localdate()
    entries = organisations.history(unit.id)
    line = own_line(unit.id)
    day = min(today, unit.closed_on) if unit.closed_on else max(today, unit.founded_on)
    standing = unit.stands_on(today)
    return render(
        request,
        "units/history.html",
        {
            "crumbs": crumbs_to(unit, line, day, _("Lịch sử")),
            "unit": unit,
            "name": name_of(unit),
            "kind": KINDS[unit.kind],
            "mark": MARKS["standing" if standing else "closed"],
            "standing": standing,
            "moments": _moments(entries),
            "heirs": organisations.successors(unit.id, today),
            "origins": organisations.predecessors(unit.id),
            "line_names": [LINES[one] for one in organisations.tree().lines(unit.id)],
            "walk": f"/units/?below={unit.code}&line={line.value}" + ("" if standing else f"&on={_last_day(unit).isoformat()}"),
            "unverified": None if unit.verified else MARKS["unverified"],
        },
    )


def _last_day(unit: organisations.UnitRow) -> date:
    return date.fromordinal(unit.closed_on.toordinal() - 1) if unit.closed_on else unit.founded_on


def _moments(entries: tuple[organisations.HistoryEntry, ...]) -> list[Moment]:
    """The latest first. An act that did several things on one day is named once, with the last of them."""
    moments: list[Moment] = []
    for nth, entry in enumerate(reversed(entries)):
        following = entries[-nth - 2] if nth + 1 < len(entries) else None
        again = following is not None and following.day == entry.day and following.act == entry.act
        moments.append(Moment(entry.day, _sentence(entry), "", "" if again else _by(entry.act), _tone(entry.what)))
    return moments


def _by(act: organisations.ActRow | None) -> str:
    if act is None:
        return ""
    said = ", ".join(part for part in (act.number, act.title, act.body, words.day(act.day) if act.day else "") if part)
    return said if act.verified else f"{said} ({_('chưa đối chiếu')})"


def _tone(what: organisations.Turn) -> str:
    what_is = organisations.Turn
    return {what_is.FOUNDED: "kept", what_is.CAME_FROM: "kept", what_is.PASSED_INTO: "late", what_is.CLOSED: "late"}.get(what, "")


def _sentence(entry: organisations.HistoryEntry) -> str:
    what = organisations.Turn
    line = LINES[entry.line] if entry.line else ""
    match entry.what:
        case what.FOUNDED:
            return _("Thành lập với tên %(name)s.") % {"name": entry.name}
        case what.RENAMED:
            return _("Đổi tên thành %(name)s.") % {"name": entry.name}
        case what.PLACED if entry.parent:
            return _("Trực thuộc %(parent)s (hệ %(line)s).") % {"parent": name_of(entry.parent), "line": line}
        case what.PLACED:
            return _("Đứng đầu hệ %(line)s.") % {"line": line}
        case what.LEFT:
            return _("Không còn chỗ trên hệ %(line)s.") % {"line": line}
        case what.CAME_FROM:
            return _("Tiếp nhận %(units)s.") % {"units": _kin(entry)}
        case what.PASSED_INTO if len(entry.kin) > 1:
            return _("Kết thúc, chia cho %(units)s.") % {"units": _kin(entry)}
        case what.PASSED_INTO:
            return _("Kết thúc, chuyển vào %(units)s.") % {"units": _kin(entry)}
        case _rest:
            return _("Kết thúc hoạt động.")


def _kin(entry: organisations.HistoryEntry) -> str:
    def said(kin: organisations.Kin) -> str:
        name = name_of(kin.unit)
        if kin.wholly:
            return name
        return _("một phần %(unit)s") % {"unit": name} if entry.what == organisations.Turn.CAME_FROM else name

    shown = ", ".join(said(kin) for kin in entry.kin[:MANY])
    more = len(entry.kin) - MANY
    return shown + (_(" và %(number)d đơn vị khác") % {"number": more} if more > 0 else "")
