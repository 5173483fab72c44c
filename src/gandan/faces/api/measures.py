"""The catalogue of measures, their figures across units, periods and views, and the events behind each figure."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import MeasureName, Period, UnitName, Value, WithOutside, beside
from gandan.ground.calendar.rules import Grain, stretch
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.results.measures import queries as measures
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Measure, Worded
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import NOTHING
from gandan.work.dossiers import queries as dossiers

router = Router(tags=["measures"])
MOST_CELLS = 20_000
MOST_POINTS = 240
DOSSIER = "dossiers.dossier"

MeasureCode = Annotated[asked.Slug, Path(description="A measure's code, such as `dossiers-received`.")]


class Words(BaseModel):
    """The same words in both languages."""

    vi: str
    en: str

    @classmethod
    def of(cls, words: Worded) -> "Words":
        return cls(vi=words.vi, en=words.en)


class InCatalogue(MeasureName):
    """A measure with its definition."""

    group: Words
    definition: Words
    source: str = Field(description="The document or agreement that asks for it.")
    better: str = Field(description="`up` if more is better, `down` if less is, empty if neither.")
    recorded: bool = Field(description="Whether anything records it yet; if not, every figure is no_data.")


class Explained(InCatalogue):
    """A measure with how it is counted."""

    formula: str = Field(description="The selection over events, in one fixed spelling.")
    counts: list[Words] = Field(description="The events that add to it.")
    counts_off: list[Words] = Field(description="The events that take from it.")
    part: list[MeasureName] = Field(description="Of a share: the measures whose sum is divided …")
    whole: list[MeasureName] = Field(description="… by the sum of these.")
    reason: Words | None = Field(description="Of what can't be added up: why.")
    facets: list[str] = Field(description="By which properties of events it can be taken apart.")


class Catalogue(BaseModel):
    items: list[InCatalogue]


class Asked(BaseModel):
    """How the figures were asked for."""

    line: Line
    view: str
    as_of: int | None = Field(description="The posting as of which they are told; null: all that is known now.")
    simulated: bool = Field(description="True where the demonstration was loaded: then no figure is real.")


class Figure(WithOutside):
    """One figure."""

    measure: str = Field(description="The measure's code.")
    unit: str = Field(description="The unit's code.")
    period: str = Field(description="The period, as in `periods`.")
    events: str | None = Field(
        description="Where the events behind it are; null where there are none, or they can't be told as of."
    )


class Figures(Asked):
    """Figures of measures × units × periods, in this order."""

    swept_through: date | None = Field(description="The last day on which everything that fell overdue has been noticed.")
    doubtful: bool = Field(description="True while a recount of what stands behind these figures differs and is looked into.")
    measures: list[MeasureName]
    units: list[UnitName]
    periods: list[Period]
    figures: list[Figure]


class Point(Value):
    period: Period


class Trend(Asked):
    measure: MeasureName
    unit: UnitName
    points: list[Point] = Field(description="The earliest first; the first and last period are cut off where the stretch ends.")


class EventBehind(BaseModel):
    """One event behind a figure."""

    number: int = Field(description="Its number in the ledger.")
    kind: Kind
    sentence: Words
    day: date = Field(description="The day it counts for.")
    unit: UnitName
    facets: dict[str, str]
    weight: int = Field(description="How it counts in the figure: +1, or −1 for what takes from it (a correction, an outflow).")
    amount: int | None = Field(description="What it amounts to, where its kind has an amount.")
    corrects: int | None = Field(description="The event that this one takes back.")
    record: str | None = Field(description="Where its record is, for those who may read it; null for everybody else.")


class EventsBehind(Asked):
    measure: MeasureName
    unit: UnitName
    period: Period
    items: list[EventBehind] = Field(description="The newest first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


@router.get("/measures", response=answers(Catalogue), summary="The catalogue")
def catalogue(
    request: HttpRequest,
    group: Annotated[asked.Slug | None, Query(description="Only this group: dossiers, letters, post, promises, …")] = None,
    recorded: Annotated[
        bool | None, Query(description="Only those that something records already (true), or nothing yet.")
    ] = None,
) -> Catalogue:
    """Every measure with its definition.

    Who may: anyone signed in.
    """
    wanted = [one for one in CATALOGUE.values() if group is None or one.group == group]
    items = [_in_catalogue(one) for one in wanted if recorded is None or measures.recorded(one) is recorded]
    return Catalogue(items=items)


@router.get("/measures/{code}", response=answers(Explained), summary="One measure")
def one(request: HttpRequest, code: MeasureCode) -> Explained:
    """A measure with how it is counted.

    Who may: anyone signed in.
    """
    found = measures.explain(code)
    return Explained(
        **_in_catalogue(found.measure).model_dump(),
        formula=found.measure.formula(),
        counts=[Words.of(words) for words in found.counted],
        counts_off=[Words.of(words) for words in found.uncounted],
        part=[MeasureName.of(part) for part in found.part],
        whole=[MeasureName.of(part) for part in found.whole],
        reason=Words.of(found.reason) if found.reason else None,
        facets=list(found.facets),
    )


def _in_catalogue(one: Measure) -> InCatalogue:
    return InCatalogue(
        **MeasureName.of(one).model_dump(),
        group=Words.of(measures.explain(one.code).group),
        definition=Words.of(one.definition),
        source=one.source,
        better=one.better,
        recorded=measures.recorded(one),
    )


@router.get("/figures", response=answers(Figures), summary="Figures")
def figures(
    request: HttpRequest,
    measure: Annotated[list[asked.Slug], Query(min_length=1, max_length=400, description="Codes of measures. May be repeated.")],
    unit: Annotated[list[asked.Code], Query(min_length=1, max_length=400, description="Codes of units. May be repeated.")],
    period: asked.PeriodNames = [],
    first: asked.From = None,
    last: asked.To = None,
    cut: asked.How = asked.Cut.REPORTING,
    line: asked.OnLine = None,
    view: asked.AsView = "as-was",
    as_of: asked.AsOf = None,
) -> Figures:
    """Measures × units × periods, exact and fresh, each unit with all below it. At most 20,000 figures (422 if more).

    Who may: who reads figures at every unit asked for (`read_figures`).
    """
    codes, units = tuple(dict.fromkeys(measure)), asked.units(unit)
    asked.readable(units, request)
    asked_for = asked.periods(units[0], period, first, last, cut)
    if len(codes) * len(units) * len(asked_for) > MOST_CELLS:
        raise asked.TooMany(
            gettext_noop("Nhiều nhất {most} số liệu một lần. Hãy hỏi ít đơn vị, kỳ hoặc chỉ tiêu hơn."), most=MOST_CELLS
        )
    seen, along = asked.view(view), asked.own_line(units, line)
    read = measures.figures(codes, units, asked_for, line=along, view=seen, as_of=as_of)
    found = {code: list(read.cells(code)) for code in codes}
    outside = reports.outside(codes, units, asked_for, line=along)
    rows = organisations.rows({*units, *beside(cell for cells in found.values() for _, _, cell in cells)})
    return Figures(
        line=along,
        view=view,
        as_of=as_of,
        simulated=settings.SIMULATED,
        swept_through=read.swept,
        doubtful=read.doubtful,
        measures=[MeasureName.of(one) for one in read.measures],
        units=[UnitName.of(rows[number]) for number in units],
        periods=[Period.of(one) for one in asked_for],
        figures=[
            Figure(
                **Value.said(cell, rows),
                **WithOutside.beside(outside.get((code, number, within), NOTHING)),
                measure=code,
                unit=rows[number].code,
                period=within.label,
                events=_address(code, rows[number].code, within.start, within.last, along, view)
                if cell.count and as_of is None
                else None,
            )
            for code, cells in found.items()
            for number, within, cell in cells
        ],
    )


def _address(code: str, unit: str, first: date, last: date, line: Line, view: str) -> str:
    return f"/api/v1/measures/{code}/events?" + urlencode(
        {"unit": unit, "from": first, "to": last, "line": line.value, "view": view}, safe=":"
    )


OneUnit = Annotated[asked.Code, Query(description="The unit's code.")]


@router.get("/measures/{code}/trend", response=answers(Trend), summary="A measure through time")
def trend(
    request: HttpRequest,
    code: MeasureCode,
    unit: OneUnit,
    first: Annotated[asked.Day, Query(alias="from", description="The first day, included.")],
    last: Annotated[asked.Day, Query(alias="to", description="The last day, included.")],
    grain: Annotated[Grain, Query(description="month, quarter, half or year. At most 240 points (422 if more).")] = Grain.MONTH,
    cut: asked.How = asked.Cut.REPORTING,
    line: asked.OnLine = None,
    view: asked.AsView = "as-was",
    as_of: asked.AsOf = None,
) -> Trend:
    """A measure of a unit, period by period.

    Who may: who reads figures at the unit (`read_figures`).
    """
    number, wanted = organisations.unit_id(unit), measures.measure(code)
    asked.readable([number], request)
    points = measures.cut(stretch(first, last), asked.rule(number, grain, cut))
    if len(points) > MOST_POINTS:
        raise asked.TooMany(
            gettext_noop("Nhiều nhất {most} kỳ một lần. Hãy chọn khoảng ngắn hơn hoặc kỳ dài hơn."), most=MOST_POINTS
        )
    seen, along = asked.view(view), asked.own_line([number], line)
    spots = measures.trend(code, number, points, line=along, view=seen, as_of=as_of)
    rows = organisations.rows({number, *beside(spot.cell for spot in spots)})
    return Trend(
        line=along,
        view=view,
        as_of=as_of,
        simulated=settings.SIMULATED,
        measure=MeasureName.of(wanted),
        unit=UnitName.of(rows[number]),
        points=[Point(**Value.said(spot.cell, rows), period=Period.of(spot.period)) for spot in spots],
    )


@router.get("/measures/{code}/events", response=answers(EventsBehind), summary="The events behind a figure")
def events(
    request: HttpRequest,
    code: MeasureCode,
    unit: OneUnit,
    period: Annotated[asked.PeriodText | None, Query(description="A period by name, or `from` and `to` instead.")] = None,
    first: asked.From = None,
    last: asked.To = None,
    cut: asked.How = asked.Cut.REPORTING,
    line: asked.OnLine = None,
    view: asked.AsView = "as-was",
    kind: Annotated[Kind | None, Query(description="Only events of this kind.")] = None,
    at: Annotated[asked.Code | None, Query(description="Only events that happened at this unit itself.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> EventsBehind:
    """The events that make up a figure, the newest first. Of a stock: all that ever came in and went out, up to its day.

    Who may: who reads figures at the unit (`read_figures`). The record itself is named only to those who may read it.
    """
    number, wanted = organisations.unit_id(unit), measures.measure(code)
    asked.readable([number], request)
    within = asked.periods(number, [period] if period else [], first, last, cut)[0]
    only = measures.Filter(kind=kind.value if kind else "", unit=organisations.unit_id(at) if at else None)
    before, seen, along = asked.read(cursor), asked.view(view), asked.own_line([number], line)
    found = measures.events(code, number, within, line=along, view=seen, wanted=only, before=before, limit=limit + 1)
    page = found[:limit]
    records = _records(request, page)
    return EventsBehind(
        line=along,
        view=view,
        as_of=None,
        simulated=settings.SIMULATED,
        measure=MeasureName.of(wanted),
        unit=UnitName.of(organisations.row(number)),
        period=Period.of(within),
        items=[_event(one, records) for one in page],
        next=asked.written(measures.key(page[-1])) if len(found) > limit else None,
    )


def _records(request: HttpRequest, page: tuple[measures.Behind, ...]) -> Mapping[int, str]:
    """Return the numbers of those dossiers behind the events that the viewer may read."""
    about = {one.event.about_id for one in page if one.event.about_type == DOSSIER and one.event.about_id is not None}
    return dossiers.numbers(about, viewer=asked.viewer(request), on=asked.today()) if about else {}


def _event(one: measures.Behind, records: Mapping[int, str]) -> EventBehind:
    event = one.event
    record = records.get(event.about_id) if event.about_type == DOSSIER and event.about_id is not None else None
    return EventBehind(
        number=event.id,
        kind=Kind(event.kind),
        sentence=Words.of(one.sentence),
        day=event.day,
        unit=UnitName.of(one.unit),
        facets=dict(event.facets),
        weight=one.weight,
        amount=event.amount,
        corrects=event.corrects_id,
        record=f"/api/v1/dossiers/{record}" if record else None,
    )
