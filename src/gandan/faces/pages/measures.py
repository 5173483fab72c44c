"""What we count: the list, a measure with its trend and its units, and the events behind a figure."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext as _

from gandan.faces.pages import charts, errors, facets, figuring, words
from gandan.faces.pages.asking import Asked
from gandan.faces.pages.figuring import Look, look, period_name, said, unit_of, written
from gandan.faces.pages.mine import SignedIn, my_unit
from gandan.faces.pages.pieces import MARKS, Cell, Chart, Column, Crumb, Figure, Pager, Spark, State, Table
from gandan.faces.pages.units import name_of
from gandan.ground.calendar.rules import Period
from gandan.ground.documents.charts import Line as ChartLine
from gandan.ground.documents.charts import Spot as ChartSpot
from gandan.ground.documents.charts import Status as ChartStatus
from gandan.ground.documents.charts import trend as trend_spec
from gandan.ground.ledger.rules import NotAllowed, Refused
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.results.measures import queries as measures
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.rules import Cell as FigureCell
from gandan.results.measures.rules import Flow, Measure, Share
from gandan.work.dossiers import queries as dossiers

PAGE = 50


@login_required
def catalogue(request: SignedIn) -> HttpResponse:
    """Every measure by group, with the figure of the reader's unit for the year."""
    asked = Asked(request)
    unit = _unit(request, asked)
    if unit is None:
        return _nowhere(request)
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
                Cell(written(one, cell, with_unit=True)),
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
def one(request: SignedIn, code: str) -> HttpResponse:
    """A measure: what it is, its trend, its units, its years."""
    asked = Asked(request)
    unit = _unit(request, asked)
    try:
        told = measures.explain(code)
        if unit is None:
            return _nowhere(request)
        _may_see(request, unit)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Mọi chỉ tiêu"), "/measures/"),))
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
        (_("Nguồn"), [(told.measure.source, "")]),
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
    difference = now - before
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
    for found in below.below:
        cell = found.cell
        stays = "" if found.period == looking.period else period_name(found.period)
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


# The events behind a figure


@login_required
def events(request: SignedIn, code: str) -> HttpResponse:
    """What was counted, newest first, down to the record for those who may see it."""
    asked = Asked(request)
    unit = _unit(request, asked)
    try:
        measure = measures.measure(code)
        if unit is None:
            return _nowhere(request)
        _may_see(request, unit)
        wanted, chosen = _filter(asked)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused)
    looking = look(asked, unit)
    found = measures.events(
        code, unit.id, looking.period, line=looking.line, view=looking.view, wanted=wanted, before=_cursor(asked), limit=PAGE + 1
    )
    shown = found[:PAGE]
    links = _records(request, shown)
    following = ""
    if len(found) > PAGE:
        day, number = measures.key(shown[-1])
        following = asked.address(cursor=f"{day.isoformat()}_{number}")
    told = measures.explain(code)
    return render(
        request,
        "measures/events.html",
        {
            "crumbs": (
                Crumb(_("Số liệu"), looking.address("/measures/")),
                Crumb(said(measure), looking.address(f"/measures/{code}/")),
                Crumb(_("Các lượt ghi nhận")),
            ),
            "name": said(measure),
            "sort": measure.sort,
            "unit": unit,
            "look": looking,
            "period_words": period_name(looking.period),
            "table": _events(looking, shown, links),
            "pager": Pager(len(shown), asked.address(cursor=None) if asked.text("cursor") else "", following),
            "period": figuring.period_picker(looking),
            "view": figuring.view_switch(looking),
            "chosen": chosen,
            "csv_href": "csv/" + asked.address(cursor=None),
            "facet_filters": _facet_filters(told, chosen),
            "kept": asked.kept("cursor", *(f"f.{name}" for name in told.facets)),
        },
    )


def _events(looking: Look, found: Iterable[measures.Behind], links: dict[int, str]) -> Table:
    rows = [
        (
            Cell(words.day(one.event.day)),
            Cell(words.said(one.sentence), mark=MARKS["correction"] if one.event.sign < 0 else None),
            Cell(name_of(one.unit), looking.address(f"/units/{one.unit.code}/", unit=None)),
            Cell(facets.written(one.event.facets)),
            Cell(f"{one.weight:+d}".replace("-", "−")),
            Cell(words.number(one.event.amount) if one.event.amount is not None else ""),
            Cell(_("Mở hồ sơ"), links[one.event.id]) if one.event.id in links else Cell(),
        )
        for one in found
    ]
    columns = (
        Column(_("Ngày"), number=True),
        Column(_("Việc"), head=True),
        Column(_("Đơn vị")),
        Column(_("Chi tiết")),
        Column(_("Tính"), number=True),
        Column(_("Số lượng"), number=True),
        Column(_("Bản ghi")),
    )
    empty = State(
        _("Không có lượt ghi nhận nào khớp"),
        _("Thử bỏ bớt điều kiện lọc, hoặc chọn kỳ dài hơn."),
        icon="inbox",
        actions=(Crumb(_("Bỏ mọi điều kiện"), looking.address("")),),
    )
    return Table.of(_("Các lượt ghi nhận, mới nhất trước"), columns, rows, empty=empty)


def _records(request: SignedIn, found: Iterable[measures.Behind]) -> dict[int, str]:
    """Return the addresses of the records behind these events, for those only that the reader's own list has."""
    about = {
        one.event.id: one.event.about_id for one in found if one.event.about_type == "dossiers.dossier" and one.event.about_id
    }
    numbers = dossiers.numbers(set(about.values()), viewer=request.user, on=localdate()) if about else {}
    return {event: f"/dossiers/{numbers[record]}/" for event, record in about.items() if record in numbers}


def _filter(asked: Asked) -> tuple[measures.Filter, dict[str, str]]:
    chosen = {name.removeprefix("f."): value for name, value in asked.kept() if name.startswith("f.") and value}
    at = asked.text("at_unit")
    return measures.Filter(kind=asked.text("kind"), facets=chosen, unit=organisations.unit_id(at) if at else None), chosen


def _facet_filters(told: measures.Explained, chosen: dict[str, str]) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    return [
        (
            name,
            facets.name(name),
            [(value, facets.value(name, value), chosen.get(name) == value) for value in facets.values(name)],
        )
        for name in told.facets
        if facets.values(name)
    ]


def _cursor(asked: Asked) -> tuple[date, int] | None:
    day, _under, number = asked.text("cursor").partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number else None
    except ValueError:
        return None


@login_required
def events_csv(request: SignedIn, code: str) -> HttpResponse | StreamingHttpResponse:
    """The same as a file, streamed; it opens in a spreadsheet with its accents."""
    asked = Asked(request)
    unit = _unit(request, asked)
    try:
        measures.measure(code)
        if unit is None:
            return _nowhere(request)
        _may_see(request, unit)
        wanted, _chosen = _filter(asked)
    except NotAllowed as refused:
        return errors.no_right(request, refused)
    except Refused as refused:
        return errors.refused(request, refused)
    looking = look(asked, unit)
    found = measures.all_events(code, unit.id, looking.period, line=looking.line, view=looking.view, wanted=wanted)
    response = StreamingHttpResponse(_csv(found, get_language() or "vi"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}_{unit.code}_{looking.period.label.replace("..", "_")}.csv"'
    return response


class _Line:
    """What csv.writer writes to: each line comes back from the call."""

    def write(self, text: str) -> str:
        return text


def _csv(found: Iterable[measures.Behind], language: str) -> Iterator[str]:
    with override(language):
        writer = csv.writer(_Line())
        head = [
            gettext("Số"),
            gettext("Ngày"),
            gettext("Việc"),
            gettext("Mã đơn vị"),
            gettext("Đơn vị"),
            gettext("Chi tiết"),
            gettext("Tính"),
            gettext("Số lượng"),
        ]
        rows = (
            [
                one.event.id,
                one.event.day.isoformat(),
                one.sentence(language),
                one.unit.code,
                one.unit.name,
                "; ".join(f"{name}={value}" for name, value in sorted(one.event.facets.items())),
                one.weight,
                "" if one.event.amount is None else one.event.amount,
            ]
            for one in found
        )
        yield "\ufeff"
        for row in chain([head], rows):
            yield writer.writerow(row)


# Whose figures


def _unit(request: SignedIn, asked: Asked) -> organisations.UnitRow | None:
    code = asked.text("unit")
    return organisations.row(organisations.unit_id(code)) if code else my_unit(request)


def _may_see(request: SignedIn, unit: organisations.UnitRow) -> None:
    organisations.require(Right.READ_FIGURES, by=request.user, unit=organisations.unit(unit.code), on=localdate())


def _nowhere(request: HttpRequest) -> HttpResponse:
    return errors.no_right(request)
