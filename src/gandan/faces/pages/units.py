"""The tree: walking it at any date, finding a unit without accents, and what became of each."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import asking, naming, words
from gandan.faces.pages.mine import my_unit
from gandan.faces.pages.pieces import Cell, Choice, Column, Crumb, State, Table
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line, Tree, UnitKind

LINES = {
    Line.ADMINISTRATION: gettext_lazy("Hành chính"),
    Line.POLICE: gettext_lazy("Công an"),
    Line.CIVIL: gettext_lazy("Dân vận"),
    Line.FRONT: gettext_lazy("Mặt trận và đoàn thể"),
    Line.POST: gettext_lazy("Bưu điện"),
}
KINDS = {
    UnitKind.CITY: gettext_lazy("thành phố trực thuộc trung ương"),
    UnitKind.PROVINCE: gettext_lazy("tỉnh"),
    UnitKind.DISTRICT: gettext_lazy("quận, huyện"),
    UnitKind.WARD: gettext_lazy("phường, xã"),
    UnitKind.HEADQUARTERS: gettext_lazy("công an cấp tỉnh, huyện"),
    UnitKind.DEPARTMENT: gettext_lazy("phòng"),
    UnitKind.STATION: gettext_lazy("công an phường, xã"),
    UnitKind.POST: gettext_lazy("điểm tiếp nhận, đồn"),
    UnitKind.COMMISSION: gettext_lazy("ban của Đảng"),
    UnitKind.FRONT: gettext_lazy("mặt trận, đoàn thể"),
    UnitKind.PARTNER: gettext_lazy("đơn vị phối hợp"),
}


def name_of(unit: organisations.UnitRow) -> str:
    return words.named(unit.name, unit.name_en)


def own_line(unit: int) -> Line:
    """The line a unit is looked at along: its own, or the administration's if it has no other."""
    return line_of(organisations.tree(), unit)


def line_of(tree: Tree, unit: int) -> Line:
    return next((line for line in tree.lines(unit) if line != Line.ADMINISTRATION), Line.ADMINISTRATION)


def told_apart(units: Sequence[organisations.UnitRow]) -> dict[int, str]:
    """What tells units of the same name apart: the district each stood in, or its code."""
    same = Counter(unit.name for unit in units)
    alike = [unit for unit in units if same[unit.name] > 1]
    if not alike:
        return {}
    tree = organisations.tree()
    ways = {unit.id: tree.path(unit.id, Line.ADMINISTRATION, unit.founded_on) for unit in alike}
    named = organisations.rows({upper for way in ways.values() for upper in way})
    return {
        unit.id: next((named[upper].name for upper in ways[unit.id] if named[upper].kind == UnitKind.DISTRICT), unit.code)
        for unit in alike
    }


def crumbs_to(unit: organisations.UnitRow, line: Line, on: date, here: str = "") -> tuple[Crumb, ...]:
    """The way from the root of the line down to the unit, each step a dashboard."""
    way = [Crumb(name_of(upper), f"/units/{upper.code}/") for upper in organisations.path(unit.id, line, on)]
    if not way:
        way = [Crumb(name_of(unit), f"/units/{unit.code}/")]
    if here:
        return (*way, Crumb(here))
    return (*way[:-1], Crumb(way[-1].words))


@login_required
def walk(request: HttpRequest) -> HttpResponse:
    """The tree on a day, one level at a time."""
    asked = asking.Asked(request)
    on, line, text, code = asked.day("on", asked.today), asked.line(Line.ADMINISTRATION), asked.text("q"), asked.text("below")
    context = {
        "on": on,
        "line": line,
        "lines": LINES.items(),
        "text": text,
        "below": code,
        "wrong": asked.wrong,
        "is_today": on == asked.today,
        "crumbs": (Crumb(_("Cây tổ chức")),),
    }
    if text:
        found = organisations.find_units(text, on, limit=50)
        return render(request, "units/walk.html", context | {"table": _found(found, text, on)})
    at = None
    if code:
        try:
            at = organisations.row(organisations.unit_id(code), on)
        except organisations.UnknownUnit as unknown:
            context["wrong"] = {**asked.wrong, "below": words.refusal(unknown)}
    way = organisations.path(at.id, line, on) if at else ()
    below = organisations.children(at.id if at else None, line, on)
    steps = [Crumb(_("Cây tổ chức"), asked.address(below=None, q=None))]
    steps += [Crumb(name_of(upper), asked.address(below=upper.code, q=None)) for upper in way]
    return render(
        request,
        "units/walk.html",
        context
        | {
            "at": at,
            "crumbs": (*steps[:-1], Crumb(steps[-1].words)),
            "placed": bool(way) or at is None,
            "table": _below(asked, below, line, on, at),
            "heirs": organisations.successors(at.id, on) if at else (),
        },
    )


def _below(
    asked: asking.Asked, units: tuple[organisations.UnitRow, ...], line: Line, on: date, at: organisations.UnitRow | None
) -> Table:
    tree = organisations.tree()
    rows = []
    for unit in units:
        under = len(tree.children(unit.id, line, on))
        rows.append(
            (
                Cell(name_of(unit), asked.address(below=unit.code, q=None) if under else f"/units/{unit.code}/"),
                Cell(KINDS[unit.kind]),
                Cell(unit.code),
                Cell(words.number(under) if under else ""),
                Cell(words.day(unit.founded_on) if unit.founded_on > date(1976, 7, 2) else ""),
                Cell(_("Lịch sử"), f"/units/{unit.code}/history/"),
            )
        )
    columns = (
        Column(_("Đơn vị"), head=True),
        Column(_("Loại")),
        Column(_("Mã"), tight=True),
        Column(_("Trực thuộc"), number=True),
        Column(_("Từ ngày"), number=True),
        Column(_("Xem thêm"), tight=True),
    )
    empty = State(
        _("Không có đơn vị trực thuộc vào ngày này"),
        _("Đơn vị ở cấp cuối của hệ này, hoặc ngày đã chọn nằm ngoài thời gian đơn vị tồn tại."),
        icon="sitemap",
        actions=(Crumb(_("Xem hôm nay"), asked.address(on=None)), Crumb(_("Về gốc cây"), asked.address(below=None))),
    )
    name = name_of(at) if at else _("gốc cây")
    caption = _("Đơn vị trực thuộc %(unit)s ngày %(day)s") % {"unit": name, "day": words.day(on)}
    return Table.of(caption, columns, rows, empty=empty)


def _found(units: tuple[organisations.UnitRow, ...], text: str, on: date) -> Table:
    paths = _paths(units, on)
    rows = [
        (
            Cell(name_of(unit), f"/units/{unit.code}/"),
            Cell(KINDS[unit.kind]),
            Cell(paths[unit.id]),
            Cell(unit.code),
            Cell(_("Lịch sử"), f"/units/{unit.code}/history/"),
        )
        for unit in units
    ]
    columns = (
        Column(_("Đơn vị"), head=True),
        Column(_("Loại")),
        Column(_("Thuộc")),
        Column(_("Mã"), tight=True),
        Column(_("Xem thêm"), tight=True),
    )
    empty = State(
        _("Không có đơn vị nào tên “%(text)s” vào ngày %(day)s") % {"text": text, "day": words.day(on)},
        _("Thử gõ ít chữ hơn, hoặc chọn ngày khác: nhiều phường, xã chỉ tồn tại trước hoặc sau ngày 01/07/2025."),
        icon="search",
        actions=(Crumb(_("Về gốc cây"), "/units/"),),
    )
    caption = _("Đơn vị khớp với “%(text)s”") % {"text": text}
    return Table.of(caption, columns, rows, empty=empty)


def _paths(units: tuple[organisations.UnitRow, ...], on: date) -> dict[int, str]:
    """Where each of several units stands, in a fixed number of statements."""
    tree = organisations.tree()
    ways = {unit.id: tree.path(unit.id, line_of(tree, unit.id), on)[:-1] for unit in units}
    named = organisations.rows({upper for way in ways.values() for upper in way}, on)
    return {unit: " › ".join(words.short(named[upper]) for upper in way) for unit, way in ways.items()}


@login_required
def find(request: HttpRequest) -> HttpResponse:
    """The list under a unit picker: `to` is where a choice leads, CODE for the unit. Under a field, `of`, a choice fills that."""
    asked = asking.Asked(request)
    if asked.text("of"):
        found = organisations.find_units(asked.text(asked.text("of")), asked.today, limit=12)
        ways = _paths(found, asked.today)
        return naming.offered(request, [(naming.chosen(unit), ways[unit.id]) for unit in found])
    target = asked.text("to") or "/units/CODE/"
    if not target.startswith("/") or target.startswith("//"):
        target = "/units/CODE/"
    on = asked.day("on", asked.today)
    found = organisations.find_units(asked.text("q"), on, limit=12)
    paths = _paths(found, on)
    choices = [Choice(name_of(unit), target.replace("CODE", unit.code), note=paths[unit.id]) for unit in found]
    return render(request, "pieces/units_found.html", {"found": choices})


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    unit = my_unit(request)
    return redirect("unit", unit.code) if unit else redirect("units")
