"""Open results: what was promised and what became of it, for everyone, as released for each closed half-month."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from gandan.faces.pages import charts, errors, figuring, public, shelf, words
from gandan.faces.pages.dashboard import located
from gandan.faces.pages.marks import Words
from gandan.faces.pages.pieces import Cell, Chart, Column, Crumb, DotMap, Figure, Spark, State, Table
from gandan.faces.pages.programmes import STANDINGS
from gandan.faces.pages.public import there
from gandan.faces.pages.units import name_of
from gandan.ground.calendar.rules import Period
from gandan.ground.documents.charts import Frame, trend
from gandan.ground.documents.charts import Line as ChartLine
from gandan.ground.documents.charts import Spot as ChartSpot
from gandan.ground.ledger.rules import ONE_DAY, Refused
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.queries import explain
from gandan.results.measures.rules import Cell as FigureCell
from gandan.results.measures.rules import Measure, Share, Status
from gandan.results.programmes import queries as programmes
from gandan.results.programmes.rules import Standing, standing
from gandan.results.releases import queries as releases
from gandan.results.releases.queries import Place
from gandan.results.releases.rules import OPEN

ON_A_PHONE = 8  # half-months in a trend
FORMS: tuple[tuple[str, str], ...] = (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"))
HELD: Words = gettext_lazy("không nêu")


@require_safe
@shelf.keep(120)
def overview(request: HttpRequest) -> HttpResponse:
    """All open figures of the last closed half-month, and the programme's targets."""
    series = releases.series(list(OPEN), 12, places=False)
    last = max((found[-1].half for found in series.values() if found), default=None)
    shown = [found[-1] for found in series.values() if found and found[-1].half == last]
    groups: dict[str, list[Figure]] = {}
    for one in shown:
        groups.setdefault(one.measure.group, []).append(_figure(one, series[one.code]))
    empty = State(_("Chưa công khai số liệu nào"), _("Số liệu của một nửa tháng được công khai ba ngày sau khi hết nửa tháng."),
                  icon="chart-line", actions=(Crumb(_("Về trang đầu"), there("public-home")),))  # fmt: skip
    return public.page(
        request,
        "public/results.html",
        {
            "groups": [(words.said(GROUPS[code]), found) for code, found in groups.items()],
            "first": shown[0] if shown else None,
            "programmes": [_programme(one) for one in programmes.running()],
            "empty": None if shown else empty,
        },
    )


def _figure(one: releases.Figure, before: Sequence[releases.Figure]) -> Figure:
    share = isinstance(one.measure, Share)
    value = None if one.total is None else _written(one.measure, one.total).removesuffix("%")
    return Figure(
        name=words.said(one.measure.name),
        value=value,
        unit="%" if share else words.said(one.measure.unit),
        href=there("public-result", one.code),
        spark=Spark.of([None if each.total is None else float(each.total) for each in before]),
        none=HELD if one.held_back else "",
    )


def _written(measure: Measure, value: Decimal) -> str:
    return figuring.plain(measure, value if isinstance(measure, Share) else int(value))


def _programme(found: Any) -> dict[str, object]:
    """A programme that runs: its open indicators that have a target, this year; and what of its tasks is late."""
    today = localdate()
    year = Period(max(found.during.lower, today.replace(month=1, day=1)), today + ONE_DAY)
    aims = [one for one in programmes.aims(found, today.year) if one.measure in OPEN]
    reached = releases.all_through({one.measure for one in aims}, year) if aims else {}
    rows = [_row(CATALOGUE[one.measure], reached[one.measure], one.value, simulated=one.simulated) for one in aims]
    late = [(words.named(task.text, task.text_en), due) for task, due in programmes.late_tasks(found.code, today)]
    columns = (Column(_("Chỉ tiêu"), head=True), Column(_("Mục tiêu năm"), number=True), Column(_("Như đã công bố"), number=True),
               Column(_("Như nay biết"), number=True), Column(_("Tình trạng")))  # fmt: skip
    title = words.named(found.title, found.title_en)
    return {
        "title": title,
        "signed_on": found.signed_on,
        "table": Table.of(title, columns, rows) if rows else None,
        "late": late,
        "last": found.during.upper - ONE_DAY,
    }


def _row(measure: Measure, found: releases.Through, target: Decimal, *, simulated: bool) -> tuple[Cell, ...]:
    value = found.now
    told = FigureCell(Status.NO_DATA if value is None else Status.COUNTED, value)
    reached = standing(told, target, measure.better, running=True)
    tone, word = STANDINGS.get(reached, ("", HELD if found.held else _("chưa có số liệu")))
    left_out = ngettext("không gồm %(number)d nửa tháng không nêu", "không gồm %(number)d nửa tháng không nêu", found.held)
    note = left_out % {"number": found.held} if found.held and value is not None else ""
    return (
        Cell(words.said(measure.name), there("public-result", measure.code)),
        Cell(figuring.plain(measure, target), note=_("mô phỏng") if simulated else ""),
        *(Cell("–" if told is None else _written(measure, told), note=note) for told in (found.released, found.now)),
        Cell(word, tone=tone if reached is not Standing.NO_DATA else ""),
    )


@require_safe
@shelf.keep(120)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: through time, ward by ward, on the map; how it is counted, since when, and how to take it home."""
    try:
        (series,) = releases.series([code]).values()
    except Refused as refused:
        return errors.refused(request, refused, actions=(Crumb(_("Mọi kết quả"), there("public-results")),))
    measure = CATALOGUE[code]
    last = series[-1] if series else None
    places = releases.by_place(last) if last else []
    told = explain(code)
    return public.page(
        request,
        "public/result.html",
        {
            "name": words.said(measure.name),
            "definition": words.said(measure.definition),
            "last": last,
            "figure": _figure(last, series) if last else None,
            "chart": _trend(measure, series),
            "map": _map(measure, places),
            "table": _places(measure, places),
            "held": bool(last and last.held),
            "all_held": bool(places) and all(place.value is None for place in places),
            "revised": _revised(measure, series),
            "as_of": max((one.now.on for one in series if one.now), default=None),
            "counted": [words.said(each) for each in told.counted],
            "source": measure.source,
            "since": series[0].half if series else None,
            "downloads": [(there("public-result-file", code, form), said) for form, said in FORMS],
            "code": code,
            "empty": State(
                _("Chưa công khai số liệu này"), _("Số liệu có sau khi nửa tháng đầu tiên được chốt."), icon="chart-line"
            ),
        },
    )


def _trend(measure: Measure, series: Sequence[releases.Figure]) -> Chart | None:
    if len([one for one in series if one.total is not None]) < 2:
        return None
    share, unit = isinstance(measure, Share), words.said(measure.unit)
    frame = charts.frame(unit, decimals=1 if share else 0, suffix="%" if share else "", width=620, height=240)
    wide = _lines(series, (_("như đã công bố"), _("như nay biết")))
    narrow = _lines(series[-ON_A_PHONE:], (_("công bố"), _("nay")), day="%d/%m")
    rows = [
        (
            Cell(_("%(first)s đến %(last)s") % {"first": words.day(one.half), "last": words.day(one.last)}),
            Cell(str(HELD) if one.total is None else _written(measure, one.total)),
        )
        for one in reversed(series)
    ]
    name = words.said(measure.name)
    table = Table.of(name, (Column(_("Nửa tháng"), head=True), Column(unit, number=True)), rows)
    title = _("%(measure)s, toàn Thành phố") % {"measure": name}
    on_a_phone = _specified(narrow, replace(frame, width=184 if len(narrow) > 1 else 232))
    return charts.chart("trend", title, _specified(wide, frame), table, narrow=on_a_phone)


def _lines(series: Sequence[releases.Figure], names: tuple[str, str], *, day: str = "%d/%m/%y") -> tuple[ChartLine, ...]:
    """What was published, and what is known now where that is another."""
    published = ChartLine(names[0], _spots(series, [one.total for one in series], day))
    if not any(one.now for one in series):
        return (published,)
    return published, ChartLine(names[1], _spots(series, [one.known_now for one in series], day))


@lru_cache(maxsize=200)
def _specified(lines: tuple[ChartLine, ...], frame: Frame) -> dict[str, Any]:
    """The same lines are always the same chart: putting one together costs more than all else of its page."""
    return trend(lines, frame)


def _spots(series: Sequence[releases.Figure], values: Sequence[Decimal | None], day: str) -> tuple[ChartSpot, ...]:
    told = zip(series, values, strict=True)
    return tuple(ChartSpot(f"{one.half:{day}}", None if value is None else float(value)) for one, value in told)


def _revised(measure: Measure, series: Sequence[releases.Figure]) -> Table | None:
    """Half-months of which more is known by now: as released and as known now beside each other, and why they differ."""
    rows = [
        (
            Cell(_("%(first)s đến %(last)s") % {"first": words.day(one.half), "last": words.day(one.last)}),
            Cell(_written(measure, one.total), note=_("công bố %(day)s") % {"day": words.day(one.made_on)}),
            Cell(_written(measure, one.now.total), note=_("đến %(day)s") % {"day": words.day(one.now.on)}),
            Cell(_why(one.now)),
        )
        for one in reversed(series) if one.now and one.total is not None
    ]  # fmt: skip
    columns = (Column(_("Nửa tháng"), head=True), Column(_("Như đã công bố"), number=True),
               Column(_("Như nay biết"), number=True), Column(_("Vì sao khác")))  # fmt: skip
    return Table.of(_("Như đã công bố và như nay biết"), columns, rows) if rows else None


def _why(now: releases.Now) -> str:
    """Why a figure is not what was released: what came late, what was corrected, another way of counting."""
    said = [_("Cách đếm đã đổi.")] if now.redefined else []
    if now.added is None or now.taken_back is None:
        said.append(_("Có lượt ghi nhận đến sau hoặc đã đính chính; chia ra từng loại thì quá nhỏ để nêu."))
    else:
        came = ngettext("%(number)s lượt ghi nhận đến sau", "%(number)s lượt ghi nhận đến sau", now.added)
        went = ngettext("%(number)s lượt đã đính chính", "%(number)s lượt đã đính chính", now.taken_back)
        told = [text % {"number": words.number(count)} for text, count in ((came, now.added), (went, now.taken_back)) if count]
        said += [f"{', '.join(told)}."] if told else []
    return " ".join(said)


def told_of(measure: Measure, place: Place) -> str:
    """A place's figure in words: told, or that it is too small to be told."""
    return str(HELD) if place.value is None else _written(measure, place.value)


def _places(measure: Measure, places: Sequence[Place]) -> Table | None:
    if not places:
        return None
    share = isinstance(measure, Share)
    top = max((float(one.value) for one in places if one.value is not None and one.unit), default=0) or 1
    rows = []
    for one in places:
        bar = None if one.value is None else round(float(one.value) if share else min(100 * float(one.value) / top, 100), 1)
        name = name_of(one.unit) if one.unit else _("Các phòng, đơn vị của Thành phố")
        href = there("public-ward", one.unit.code) if one.unit else ""
        rows.append((Cell(name, href), Cell(told_of(measure, one), share=bar)))
    columns = (Column(_("Nơi"), head=True), Column(words.said(measure.unit), number=True))
    return Table.of(_("Theo phường, xã"), columns, rows, tall=len(rows) > 30)


def _map(measure: Measure, places: Sequence[Place]) -> DotMap | None:
    units = [one.unit for one in places if one.unit]
    at = located(units)
    dots = [
        charts.Place(
            name=one.unit.short_name or one.unit.name, latitude=at[one.unit.id][0], longitude=at[one.unit.id][1],
            size=None if one.value is None else float(one.value), href=there("public-ward", one.unit.code),
            words=f"{name_of(one.unit)}: {told_of(measure, one)}",
        )
        for one in places if one.unit and one.unit.id in at
    ]  # fmt: skip
    if len(dots) < 3:
        return None
    legend = (("", _("diện tích chấm theo số liệu")), ("none", _("không nêu")))
    return charts.dot_map(_("Theo vị trí phường, xã"), dots, missing=len(units) - len(dots), legend=legend)


@require_safe
@shelf.keep(600)
def dictionary(request: HttpRequest) -> HttpResponse:
    """What each column and each figure of the downloads means; the licence."""
    rows = [
        (words.said(one.name), code, words.said(one.definition), words.said(one.unit), entry.by_place)
        for code, entry in OPEN.items()
        if (one := CATALOGUE[code])
    ]
    return public.page(request, "public/dictionary.html", {"rows": rows})
