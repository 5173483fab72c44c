"""What we count: the list, a measure with its trend and its units, and the events behind a figure."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.faces.pages import charts, errors, facets, figuring, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.figuring import Look, look, period_name, said, unit_of, written
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Chart, Column, Crumb, Figure, Spark, State, Table
from gandan.faces.pages.units import name_of, told_apart
from gandan.ground.calendar.rules import Period
from gandan.ground.documents.charts import Line as ChartLine
from gandan.ground.documents.charts import Spot as ChartSpot
from gandan.ground.documents.charts import trend as trend_spec
from gandan.ground.documents.rules import Status as ChartStatus
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.measures import queries as measures
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.rules import Cell as FigureCell
from gandan.results.measures.rules import Flow, Measure, Share

PAGE = 50


@login_required
@errors.told()
def catalogue(request: SignedIn) -> HttpResponse:
    """Every measure by group, with the figure of the reader's unit for the year."""
    asked = Asked(request)
    unit = unit_asked(request, asked)
    if unit is None:
        return nowhere(request)
    may_see(request, unit)
    looking = look(asked, unit)
    read = measures.figures(CATALOGUE, [unit.id], [looking.period], line=looking.line, view=looking.view)
    groups = []
    for code, title in GROUPS.items():
        rows = [
            (
                Cell(
                    said(one),
                    looking.address(f"/measures/{one.code}/"),
                    note=words.said(one.definition),
                ),
                Cell(written(one, cell, with_unit=True), tone="" if cell.counted else "quiet"),
                Cell(_sort(one)),
            )
            for one in CATALOGUE.values()
            if one.group == code
            for cell in [read.cell(one.code, unit.id, looking.period)]
        ]
        columns = (Column(_("Chỉ tiêu"), head=True), Column(period_name(looking.period), number=True), Column(_("Cách tính")))
        name = words.said(title)
        groups.append((name, Table.of(name, columns, rows)))
    return render(
        request,
        "measures/list.html",
        {
            "crumbs": (Crumb(_("Số liệu")),),
            "unit": unit,
            "look": looking,
            "groups": groups,
            "total": len(CATALOGUE),
            "period": figuring.period_picker(looking),
            "view": figuring.view_switch(looking),
        },
    )


def _sort(measure: Measure) -> str:
    return {
        "flow": _("đếm trong kỳ"),
        "stock": _("số tồn cuối kỳ"),
        "share": _("tỷ lệ"),
        "notadditive": _("không cộng theo cây"),
    }[measure.sort]


@login_required
@errors.told(Crumb(gettext_lazy("Mọi chỉ tiêu"), "/measures/"))
def one(request: SignedIn, code: str) -> HttpResponse:
    """A measure: what it is, its trend, its units, its years."""
    asked = Asked(request)
    unit = unit_asked(request, asked)
    told = measures.explain(code)
    if unit is None:
        return nowhere(request)
    may_see(request, unit)
    looking = look(asked, unit)
    measure = told.measure
    periods = figuring.run_up(looking.period, unit.id, 10)
    spots = measures.trend(code, unit.id, periods, line=looking.line, view=looking.view)
    below = measures.by_unit(code, unit.id, looking.period, line=looking.line, view=looking.view)
    cell = below.total
    parts: tuple[measures.FacetFigure, ...] = ()
    facet = asked.text("by") if asked.text("by") in told.facets else (told.facets[0] if told.facets else "")
    if facet and cell.counted:
        parts = measures.by_facet(code, facet, unit.id, looking.period, line=looking.line, view=looking.view)
    return render(
        request,
        "measures/one.html",
        {
            "crumbs": (Crumb(_("Số liệu"), looking.address("/measures/", unit=unit.code)), Crumb(said(measure))),
            "name": said(measure),
            "unit": unit,
            "look": looking,
            "definition": words.said(measure.definition),
            "period_words": period_name(looking.period),
            "figure": figure(looking, measure, [spot.cell for spot in spots], link=False),
            "note": figuring.partial_note([spot.cell for spot in spots], looking.period.last),
            "outside": figuring.outside(measure, unit.id, looking.period, looking.line),
            "chart": _trend(looking, measure, spots),
            "table": _by_unit(looking, measure, below),
            "facts": _facts(looking, told),
            "parts": _parts(measure, facet, parts),
            "facet": facet,
            "facet_choices": [(name, facets.name(name), asked.address(by=name)) for name in told.facets],
            "heirs": organisations.rows(cell.heirs, looking.period.last).values() if cell.heirs else (),
            "later": written(measure, cell) if cell.later is None else figuring.plain(measure, cell.later),
            "has_later": cell.later is not None,
            "period": figuring.period_picker(looking),
            "view": figuring.view_switch(looking),
            "picker": {
                "ident": "unit-pick",
                "label": _("Xem đơn vị khác"),
                "text": "",
                "on": min(looking.period.last, asked.today),
                "to": looking.address(f"/measures/{code}/", unit="CODE"),
            },
            "events_href": looking.address(f"/measures/{code}/events/"),
        },
    )


def _facts(looking: Look, told: measures.Explained) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is said of a measure beside its definition: names, each with words and where they lead."""

    def leading(several: Iterable[Measure]) -> list[tuple[str, str]]:
        return [(said(one), looking.address(f"/measures/{one.code}/")) for one in several]

    facts = [
        (_("Đơn vị tính"), [(unit_of(told.measure), "")]),
        (_("Phần"), leading(told.part)),
        (_("Trên tổng"), leading(told.whole)),
        (_("Đếm"), [(words.said(one), "") for one in told.counted]),
        (_("Trừ"), [(words.said(one), "") for one in told.uncounted]),
        (_("Không cộng được"), [(words.said(told.reason), "")] if told.reason else []),
        (_("Nguồn"), [(_(told.measure.source), "")]),
        (_("Mã"), [(told.measure.code, "")]),
    ]
    return [(name, said_of) for name, said_of in facts if said_of]


def figure(
    looking: Look, measure: Measure, cells: list[FigureCell], *, link: bool = True, read: measures.Figures | None = None
) -> Figure:
    """A measure as a figure: the last of the cells is now, the one before it the period before."""
    now = cells[-1]
    before = cells[-2] if len(cells) > 1 and cells[-2].counted and cells[-2].value is not None else None
    change, rising, better = "", None, None
    running = looking.period.end > looking.asked.today and isinstance(
        measure, Flow
    )  # half a year says nothing beside a whole one
    if not running and before is not None and now.counted and now.value is not None and before.value is not None:
        change, rising = _change(measure, now.value, before.value)
        if rising is not None and measure.better:
            better = rising == (measure.better == "up")
    value = written(measure, now) if now.counted else None
    share = isinstance(measure, Share)
    return Figure(
        name=said(measure),
        value=value.removesuffix("%") if value is not None else None,
        unit="%" if share else unit_of(measure),
        href=looking.address(f"/measures/{measure.code}/") if link else "",
        events_href=looking.address(f"/measures/{measure.code}/events/"),
        count=now.count,
        before=figuring.written(measure, before) if before else "",
        change=change,
        rising=rising,
        better=better,
        spark=Spark.of([float(cell.value) if cell.counted and cell.value is not None else None for cell in cells]),
        marks=figuring.marks_of(now, read),
        tone="late" if measure.better == "down" and measure.timely and now.counted and now.value else "",
    )


def _change(measure: Measure, now: int | Decimal, before: int | Decimal) -> tuple[str, bool | None]:
    difference = Decimal(now) - Decimal(before)
    if not difference:
        return _("không đổi"), None
    rising = difference > 0
    if isinstance(measure, Share):
        text = _("tăng %(by)s điểm") if rising else _("giảm %(by)s điểm")
        return text % {"by": words.number(abs(difference), 1)}, rising
    text = _("tăng %(by)s") if rising else _("giảm %(by)s")
    return text % {"by": words.number(abs(difference))}, rising


def _trend(looking: Look, measure: Measure, spots: tuple[measures.Spot, ...]) -> Chart | None:
    if not any(spot.cell.counted for spot in spots):
        return None
    share = isinstance(measure, Share)
    drawn = [
        ChartSpot(
            short(spot.period),
            float(spot.cell.value) if spot.cell.counted and spot.cell.value is not None else None,
            ChartStatus.PARTIAL if spot.cell.partial else ChartStatus.COUNTED,
        )
        for spot in spots
    ]
    frame = charts.frame(unit_of(measure), decimals=1 if share else 0, suffix="%" if share else "", width=760, height=260)
    rows = [(Cell(period_name(spot.period)), Cell(written(measure, spot.cell))) for spot in spots]
    table = Table.of(said(measure), (Column(_("Kỳ"), head=True), Column(unit_of(measure), number=True)), rows)
    title = _("%(measure)s, %(unit)s") % {"measure": said(measure), "unit": name_of(looking.unit)}
    return charts.chart("trend", title, trend_spec([ChartLine(said(measure), drawn)], frame), table)


def short(period: Period) -> str:
    return period.name.code.replace("-Q", " Q").replace("-H", " H") if period.name else period_name(period)


def _by_unit(looking: Look, measure: Measure, below: measures.ByUnit) -> Table:
    share = isinstance(measure, Share)
    top = max((float(one.cell.value or 0) for one in below.below if one.cell.counted), default=0) or 1
    rows = []
    apart = told_apart([found.unit for found in below.below])
    for found in below.below:
        cell = found.cell
        stays = "" if found.period == looking.period else period_name(found.period)
        stays = " · ".join(filter(None, (apart.get(found.unit.id), stays)))
        part = None
        if cell.counted and cell.value is not None:
            part = round(float(cell.value) if share else 100 * float(cell.value) / top, 1)
        rows.append(
            (
                Cell(
                    name_of(found.unit),
                    looking.address(f"/measures/{measure.code}/", unit=found.unit.code, line=looking.line.value),
                    note=stays,
                ),
                Cell(written(measure, cell), share=part),
                Cell(
                    words.number(cell.count) if cell.count else "",
                    looking.address(f"/measures/{measure.code}/events/", unit=found.unit.code, line=looking.line.value)
                    if cell.count
                    else "",
                ),
                Cell(mark=MARKS["partial"] if cell.partial else None),
            )
        )
    columns = (
        Column(_("Đơn vị"), head=True),
        Column(said(measure), number=True),
        Column(_("Lượt ghi nhận"), number=True),
        Column(_("Ghi chú")),
    )
    empty = State(
        _("Không có đơn vị trực thuộc trong kỳ này"),
        _("Số liệu của đơn vị cấp cuối mở thẳng ra các lượt ghi nhận."),
        icon="sitemap",
    )
    caption = _("%(measure)s theo đơn vị trực thuộc, %(period)s") % {
        "measure": said(measure),
        "period": period_name(looking.period),
    }
    table = Table.of(caption, columns, rows, empty=empty, tall=len(rows) > 30)
    if rows and below.rest:
        table = table.with_total((Cell(_("Tại chính đơn vị")), Cell(words.number(below.rest)), Cell(), Cell()))
    if rows and below.total.counted:
        total = below.total
        table = table.with_total((Cell(_("Toàn đơn vị")), Cell(written(measure, total)), Cell(words.number(total.count)), Cell()))
    return table


def _parts(measure: Measure, facet: str, parts: tuple[measures.FacetFigure, ...]) -> Table | None:
    if not parts:
        return None
    top = max(part.total for part in parts) or 1
    rows = [
        (
            Cell(facets.value(facet, part.value) or _("không ghi")),
            Cell(words.number(part.total), share=round(100 * max(part.total, 0) / top, 1)),
        )
        for part in parts
    ]
    columns = (Column(facets.name(facet), head=True), Column(unit_of(measure), number=True))
    return Table.of(_("%(measure)s theo %(facet)s") % {"measure": said(measure), "facet": facets.name(facet)}, columns, rows)


# Whose figures


def unit_asked(request: SignedIn, asked: Asked) -> organisations.UnitRow | None:
    code = asked.text("unit")
    return organisations.row(organisations.unit_id(code)) if code else my_unit(request)


def may_see(request: SignedIn, unit: organisations.UnitRow) -> None:
    organisations.require(Right.READ_FIGURES, by=request.user, unit=organisations.unit(unit.code), on=localdate())


def nowhere(request: HttpRequest) -> HttpResponse:
    return errors.no_right(request)
