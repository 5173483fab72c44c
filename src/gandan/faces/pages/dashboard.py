"""A unit at a glance: key figures, what is late, how it has gone, the units below, and where they lie."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import charts, errors, figuring, measures, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.figuring import Look, look, period_name, said, written
from gandan.faces.pages.mine import SignedIn
from gandan.faces.pages.pieces import MARKS, Cell, Chart, Column, Crumb, DotMap, State, Table
from gandan.faces.pages.units import crumbs_to, name_of, told_apart
from gandan.ground.calendar.rules import Period
from gandan.ground.documents.charts import Line as ChartLine
from gandan.ground.documents.charts import Spot as ChartSpot
from gandan.ground.documents.charts import trend as trend_spec
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.measures import queries as counted
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Cell as FigureCell
from gandan.results.measures.rules import service_index

KEY = (
    "dossiers-received",
    "dossiers-honest-on-time-share",
    "dossiers-overdue-open",
    "letters-open",
    "deliveries-in-time-share",
    "promises-overdue-open",
)
RECEIVED, HONEST, OVERDUE = "dossiers-received", "dossiers-honest-on-time-share", "dossiers-overdue-open"
RANKED = (RECEIVED, HONEST, OVERDUE)
SHOWN = 15
FEW = 3  # units with a position, from which on a map says something
WITH_POSITION = {UnitKind.WARD, UnitKind.STATION, UnitKind.DISTRICT, UnitKind.POST}
ORDERS = {
    "overdue": gettext_lazy("quá hạn nhiều nhất"),
    "share": gettext_lazy("đúng hạn thấp nhất"),
    "received": gettext_lazy("tiếp nhận nhiều nhất"),
    "name": gettext_lazy("theo tên"),
}


@login_required
@errors.told(Crumb(gettext_lazy("Tìm đơn vị"), "/units/"))
def unit(request: SignedIn, code: str) -> HttpResponse:
    asked = Asked(request)
    found = organisations.unit(code)
    organisations.require(Right.READ_FIGURES, by=request.user, unit=found, on=localdate())
    row = organisations.row(found.pk)
    looking = look(asked, row)
    periods = figuring.run_up(looking.period, row.id)
    if periods[-1] != looking.period:
        periods = [*periods, looking.period]
    read = counted.figures(KEY, [row.id], periods, line=looking.line, view=looking.view)
    trend = periods if periods[-1].name else periods[:-1]
    figures = [
        measures.figure(looking, CATALOGUE[key], [read.cell(key, row.id, period) for period in periods], read=read) for key in KEY
    ]
    below = counted.by_units(RANKED, row.id, looking.period, line=looking.line, view=looking.view)
    order = asked.text("order") if asked.text("order") in ORDERS else "overdue"
    day = min(asked.today, looking.period.last)
    heirs = organisations.successors(row.id, asked.today)
    return render(
        request,
        "dashboard/unit.html",
        {
            "crumbs": crumbs_to(row, looking.line, day),
            "unit": row,
            "name": name_of(row),
            "look": looking,
            "period_words": period_name(looking.period),
            "figures": figures,
            "heirs": heirs,
            "note": figuring.partial_note((read.cell(key, row.id, looking.period) for key in KEY), looking.period.last),
            "chart": _trend(looking, [(one, read.cell(HONEST, row.id, one)) for one in trend]),
            "index": _index(read.cell(HONEST, row.id, looking.period)),
            "table": _ranking(looking, below, order, everything=bool(asked.text("all"))),
            "many": len(below[RECEIVED].below) > SHOWN,
            "everything": bool(asked.text("all")),
            "number": len(below[RECEIVED].below),
            "map": _map(looking, below),
            "orders": [(key, words_, asked.address(order=key), key == order) for key, words_ in ORDERS.items()],
            "all_href": asked.address(all="" if asked.text("all") else "1"),
            "swept": read.swept if read.swept and read.swept < looking.period.last else None,
            "period": figuring.period_picker(looking),
            "view": figuring.view_switch(looking),
        },
    )


def _index(progress: FigureCell) -> Table | None:
    """The index of Decision 766, as far as our own figures reach; None without a figure."""
    lines = service_index(progress)
    if all(line.points is None for line in lines):
        return None
    language = "en" if words.english() else "vi"
    rows = [
        (
            Cell(line.group.name(language)),
            Cell(words.number(line.points, 2) if line.points is not None else _("chưa có số liệu")),
            Cell(str(line.group.most)),
        )
        for line in lines
    ]
    columns = (Column(_("Nhóm"), head=True), Column(_("Điểm, ước tính"), number=True), Column(_("Tối đa"), number=True))
    return Table.of(_("Chỉ số phục vụ người dân (Quyết định 766), ước tính"), columns, rows)


def _trend(looking: Look, spots: list[tuple[Period, FigureCell]]) -> Chart | None:
    measure = CATALOGUE[HONEST]
    drawn = [
        ChartSpot(measures.short(period), float(cell.value) if cell.counted and cell.value is not None else None)
        for period, cell in spots
    ]
    if sum(spot.value is not None for spot in drawn) < 2:
        return None
    spec = trend_spec([ChartLine(said(measure), drawn)], charts.frame("%", decimals=1, suffix="%", width=360, height=250))
    rows = [(Cell(period_name(period)), Cell(written(measure, cell))) for period, cell in spots]
    table = Table.of(said(measure), (Column(_("Kỳ"), head=True), Column("%", number=True)), rows)
    return charts.chart("trend", said(measure), spec, table)


def _ranking(looking: Look, below: dict[str, counted.ByUnit], order: str, *, everything: bool) -> Table:
    received, honest, overdue = (CATALOGUE[code] for code in RANKED)
    lines = list(zip(*(below[code].below for code in RANKED), strict=True))

    def value(cell: FigureCell) -> float:
        return float(cell.value) if cell.counted and cell.value is not None else -1.0

    if order == "overdue":
        lines.sort(key=lambda line: (-value(line[2].cell), -value(line[0].cell)))
    elif order == "share":
        lines.sort(key=lambda line: (value(line[1].cell) < 0, value(line[1].cell)))
    elif order == "received":
        lines.sort(key=lambda line: -value(line[0].cell))
    shown = lines if everything else lines[:SHOWN]
    apart = told_apart([took.unit for took, _on_time, _late in shown])
    rows = []
    for took, on_time, late in shown:
        share = value(on_time.cell)
        at = {"unit": took.unit.code, "line": looking.line.value}
        rows.append(
            (
                Cell(
                    name_of(took.unit),
                    _unit_page(looking, took.unit),
                    note=" · ".join(filter(None, (apart.get(took.unit.id), _stay(looking, took.period)))),
                ),
                Cell(
                    written(received, took.cell),
                    looking.address(f"/measures/{RECEIVED}/events/", **at) if took.cell.count else "",
                ),
                Cell(written(honest, on_time.cell), share=round(share, 1) if share >= 0 else None),
                Cell(
                    written(overdue, late.cell), looking.address(f"/measures/{OVERDUE}/events/", **at) if late.cell.value else ""
                ),
                Cell(mark=MARKS["partial"] if took.cell.partial else None),
            )
        )
    columns = (
        Column(_("Đơn vị"), head=True),
        Column(said(received), number=True),
        Column(said(honest), number=True),
        Column(said(overdue), number=True),
        Column(_("Ghi chú")),
    )
    empty = State(
        _("Không có đơn vị trực thuộc trong kỳ này"), _("Mở từng số liệu ở trên để xem các lượt ghi nhận."), icon="sitemap"
    )
    caption = _("Các đơn vị trực thuộc, %(period)s") % {"period": period_name(looking.period)}
    table = Table.of(caption, columns, rows, empty=empty)
    if rows:
        totals = [below[code].total for code in RANKED]
        table = table.with_total(
            (
                Cell(_("Toàn đơn vị")),
                *(Cell(written(CATALOGUE[code], cell)) for code, cell in zip(RANKED, totals, strict=True)),
                Cell(),
            )
        )
    return table


def _stay(looking: Look, period: Period) -> str:
    return "" if period == looking.period else period_name(period)


def _map(looking: Look, below: dict[str, counted.ByUnit]) -> DotMap | None:
    last = looking.period.last
    lines = [
        (late, took)
        for late, took in zip(below[OVERDUE].below, below[RECEIVED].below, strict=True)
        if late.unit.stands_on(min(last, looking.asked.today)) or late.cell.value
    ]
    at = located([late.unit for late, _took in lines])
    places = []
    for late, took in lines:
        if late.unit.id not in at:
            continue
        size = float(late.cell.value) if late.cell.counted and late.cell.value is not None else None
        if not took.cell.count and not size:
            size = None
        name = name_of(late.unit)
        told = written(CATALOGUE[OVERDUE], late.cell, with_unit=True) if size is not None else _("chưa có số liệu")
        places.append(
            charts.Place(
                name=_short(late.unit),
                latitude=at[late.unit.id][0],
                longitude=at[late.unit.id][1],
                size=size,
                href=_unit_page(looking, late.unit),
                words=f"{name}: {told}",
                tone="late" if size else "",
            )
        )
    if len(places) < FEW:
        return None
    legend = (
        ("late", _("hồ sơ quá hạn chưa giải quyết; diện tích chấm là số hồ sơ")),
        ("", _("không có hồ sơ quá hạn")),
        ("none", _("chưa có số liệu")),
    )
    return charts.dot_map(_("Nơi đang quá hạn"), places, missing=len(lines) - len(places), legend=legend)


def _short(unit: organisations.UnitRow) -> str:
    """The ward's own name, as a map has room for it."""
    return re.sub(r"^(Công an )?(phường|xã|thị trấn|quận|huyện|đặc khu) ", "", unit.short_name or unit.name, flags=re.IGNORECASE)


def _unit_page(looking: Look, unit: organisations.UnitRow) -> str:
    return looking.address(f"/units/{unit.code}/", unit=None, line=looking.line.value)


def located(units: list[organisations.UnitRow]) -> dict[int, tuple[float, float]]:
    """Where units are: by their own position, or by that of the ward in which they stand."""
    tree = organisations.tree()
    wards: dict[int, int] = {}
    for unit in units:
        places = tree.places(unit.id, Line.ADMINISTRATION)
        if unit.latitude is None and places and places[-1].parent is not None:
            wards[unit.id] = places[-1].parent
    rows = organisations.rows(set(wards.values())) if wards else {}
    found = {}
    for unit in units:
        row = unit if unit.latitude is not None else rows.get(wards.get(unit.id, -1))
        if row is not None and row.kind in WITH_POSITION and row.latitude is not None and row.longitude is not None:
            found[unit.id] = (row.latitude, row.longitude)
    return found
