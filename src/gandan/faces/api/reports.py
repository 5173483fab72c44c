"""Reports: drafted, frozen at a posting, as signed beside as known now, and what lies between."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field

from gandan.faces.api import asked
from gandan.faces.api.measures import Words
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import Period, UnitName, Value, WithOutside, beside
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.programmes import queries as programmes
from gandan.results.reports import operations
from gandan.results.reports import queries as reports
from gandan.results.reports.rules import Place, ReportKind, ReportStatus, Sheet, SheetCell, SheetMeasure
from gandan.work.dossiers import queries as dossiers

router = Router(tags=["reports"])
ReportCode = Annotated[asked.Slug, Path(description="A report's code, such as `2022-2026-79-1`.")]
ReportRow = Any  # a report as `reports.report` returns it; faces don't name records


class Report(BaseModel):
    code: str
    kind: ReportKind = Field(description="closing (tổng kết), interim (sơ kết) or periodic.")
    title: str
    programme: str | None = Field(description="The code of the programme it reports on.")
    unit: UnitName
    line: Line
    view: str = Field(description="How it tells history across a reorganised tree: as-was, as-is, as-at:2025-06-30.")
    first: date = Field(description="The first day of its period, included.")
    last: date = Field(description="The last day of its period, included.")
    own_periods: bool = Field(description="Whether its years are the unit's reporting years instead of calendar years.")
    status: ReportStatus = Field(description="draft, submitted, frozen (approved) or returned.")
    simulated: bool = Field(description="Whether its figures are simulated; then every document says so.")
    drafted_on: date
    frozen_on: date | None
    posting: int | None = Field(description="The posting at which it was frozen.")
    digest: str = Field(description="The digest of that posting, 64 hexadecimal digits; empty in a draft.")
    through: date | None = Field(description="The last day that is counted.")


class ReportList(BaseModel):
    items: list[Report] = Field(description="The latest first.")


class Section(BaseModel):
    position: int
    title: str
    text: str = Field(description="With its figures bound in: `{{ measure dossiers-received }}`.")
    to_write: bool = Field(description="Whether something of it is still to be written, where `{{ write … }}` stands.")


class ReportRead(Report):
    measures: list[str] = Field(description="Codes of the measures of its tables.")
    sections: list[Section]


class ReportMeasure(BaseModel):
    """A measure as the report understands it."""

    code: str
    name: Words
    definition: Words
    unit: Words
    source: str
    formula: str
    heading: str = Field(description="Under what it stands in the table; empty if only the text names it.")
    position: int | None = Field(description="Its place in the table; null if only the text names it.")


class ReportFigure(WithOutside):
    """One figure of a report."""

    measure: str
    unit: str = Field(description="The unit's code.")
    unit_path: str = Field(description="Where the unit stood, from the root down, as it was written.")
    period: Period
    place: Place = Field(description="years (the unit itself), units (one right below) or text (named in the text alone).")


class ReportFigures(BaseModel):
    report: str
    status: ReportStatus
    posting: int | None = Field(description="As signed: the posting as of which the figures stand; null for what is known now.")
    digest: str
    simulated: bool = Field(description="Whether the figures are simulated.")
    measures: list[ReportMeasure]
    figures: list[ReportFigure]


class Change(BaseModel):
    """A figure that is no longer what was signed."""

    signed: ReportFigure | None = Field(description="Null if it was not in the report.")
    now: ReportFigure | None = Field(description="Null if there is no such figure any more.")


class LaterEvent(BaseModel):
    """An event that the ledger has learnt of since."""

    event: int
    kind: Kind
    day: date
    unit: UnitName
    facets: dict[str, str]
    sign: int = Field(description="−1 for a reversal.")
    reason: str = Field(description="The code of the reason, of a reversal.")
    measures: list[str] = Field(description="In which measures of the report it counts.")


class Redefined(BaseModel):
    """A measure that no longer means what it meant."""

    code: str
    signed: ReportMeasure
    now: ReportMeasure | None


class Differences(BaseModel):
    """What lies between a report as signed and what is known now."""

    report: str
    none: bool = Field(description="True if nothing differs.")
    figures: list[Change]
    events: list[LaterEvent]
    more: bool = Field(description="Whether there are more events than are listed.")
    acts: list[LaterEvent] = Field(description="Acts on the tree since.")
    definitions: list[Redefined]


class Draft(BaseModel):
    """A report to begin."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    unit: asked.Code = Field(description="The code of the unit that reports.")
    period: asked.PeriodText | None = Field(default=None, description="A period by name, or `from` and `to` instead.")
    first: asked.Day | None = Field(default=None, alias="from", description="The first day, included.")
    last: asked.Day | None = Field(default=None, alias="to", description="The last day, included.")
    programme: asked.Code | None = Field(default=None, description="The programme it reports on; its period must lie within.")
    measures: list[asked.Slug] = Field(
        default=[], max_length=200, description="What its tables show; by default the programme's indicators, or all recorded."
    )
    title: Annotated[asked.Text, Field(default="", description="By default what such reports are called.")]
    line: Line | None = Field(default=None, description="By default the programme's, or the unit's own.")
    view: str = Field(pattern=asked.VIEW, default="as-was", description="as-was, as-is or as-at:2025-06-30.")
    own_periods: bool = Field(default=False, description="Cut periods by the unit's reporting calendar, not by calendar years.")


@router.get("/reports", response=answers(ReportList), summary="Reports")
def catalogue(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most, 1 to 500.")] = 200,
) -> ReportList:
    """The latest reports of the units whose figures the viewer may read.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    seen = organisations.visible_units(Right.READ_FIGURES, asked.viewer(request), asked.today())
    found = reports.reports(seen, limit=limit)
    rows = organisations.rows({one.unit_id for one in found})
    return ReportList(items=[Report(**_said(one, rows)) for one in found])


@router.get("/reports/{code}", response=answers(ReportRead), summary="One report")
def one(request: HttpRequest, code: ReportCode) -> ReportRead:
    """A report with its text.

    Who may: who reads figures at its unit (`read_figures`).
    """
    return _read(seen(request, code))


@router.get("/reports/{code}/as-signed", response=answers(ReportFigures), summary="A report's figures as signed")
def as_signed(request: HttpRequest, code: ReportCode) -> ReportFigures:
    """The figures stored when it was frozen; nothing is reckoned. 409 (`not_frozen`) for a draft.

    Who may: who reads figures at its unit (`read_figures`).
    """
    found = seen(request, code)
    return _figures(found, reports.as_signed(found), signed=True)


@router.get("/reports/{code}/as-known-now", response=answers(ReportFigures), summary="A report's figures as known now")
def as_known_now(request: HttpRequest, code: ReportCode) -> ReportFigures:
    """The same figures as the ledger gives them today. Of a draft, these are all there are.

    Who may: who reads figures at its unit (`read_figures`).
    """
    found = seen(request, code)
    return _figures(found, reports.as_known_now(found), signed=False)


@router.get("/reports/{code}/differences", response=answers(Differences), summary="What differs since a report was frozen")
def differences(
    request: HttpRequest,
    code: ReportCode,
    limit: Annotated[int, Query(ge=1, le=2000, description="How many events are listed at most, 1 to 2,000.")] = 500,
) -> Differences:
    """ReportFigures that differ, and why: events, acts on the tree, definitions. 409 (`not_frozen`) for a draft.

    Who may: who reads figures at its unit (`read_figures`).
    """
    found = seen(request, code)
    read = reports.differences(found, limit=limit)
    cells = [cell for change in read.figures for cell in (change.signed, change.now) if cell]
    rows = organisations.rows({*beside(cell.cell for cell in cells), *(one.event.unit_id for one in (*read.events, *read.acts))})
    return Differences(
        report=found.code,
        none=read.none,
        figures=[
            Change(
                signed=_cell(change.signed, rows) if change.signed else None,
                now=_cell(change.now, rows) if change.now else None,
            )
            for change in read.figures
        ],
        events=[_later(one, rows) for one in read.events],
        more=read.more,
        acts=[_later(one, rows) for one in read.acts],
        definitions=[
            Redefined(code=one.code, signed=_measure(one.signed), now=_measure(one.now) if one.now else None)
            for one in read.definitions
        ],
    )


@router.post("/reports", response={201: ReportRead, **SAYS_NO}, summary="Begin a report")
def draft(request: HttpRequest, body: Draft) -> Status[ReportRead]:
    """Begin a report with the text that such a report begins with.

    Who may: who writes reports at the unit (`write_reports`).
    """
    unit, today = organisations.unit(body.unit), asked.today()
    programme = programmes.programme(body.programme) if body.programme else None
    cut = asked.Cut.REPORTING if body.own_periods else asked.Cut.CALENDAR
    period = asked.periods(unit.pk, [body.period] if body.period else [], body.first, body.last, cut)[0]
    begun = operations.draft(
        unit=unit,
        period=period,
        programme=programme,
        measures=tuple(dict.fromkeys(body.measures)),
        title=body.title,
        line=body.line or (Line(programme.line) if programme else asked.own_line([unit.pk], None)),
        view=asked.view(body.view),
        own_periods=body.own_periods,
        simulated=settings.SIMULATED or dossiers.simulated(),
        by=asked.viewer(request),
        on=today,
    )
    return Status(201, _read(reports.report(begun.code)))


@router.post("/reports/{code}/freeze", response=answers(ReportRead), summary="Freeze a report")
def freeze(request: HttpRequest, code: ReportCode) -> ReportRead:
    """Notice all that is overdue, post all that waits, and store every figure as of that posting. It can't be undone.

    409 if it is frozen already (`already_frozen`), if a day of its period is not over (`period_not_over`), or if something of
    it is still to be written (`still_to_write`, naming the sections).

    Who may: who freezes reports at its unit (`freeze_reports`).
    """
    frozen = operations.freeze(report=seen(request, code), by=asked.viewer(request), on=asked.today())
    return _read(reports.report(frozen.code))


def seen(request: HttpRequest, code: str) -> ReportRow:
    """:raises NotAllowed: if the viewer may not read figures at the report's unit"""
    found = reports.report(code)
    if not reports.read_by_superior(found, asked.viewer(request), asked.today()):
        asked.readable([found.unit_id], request)
    return found


def _said(one: ReportRow, rows: Mapping[int, organisations.UnitRow]) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind,
        "title": one.title,
        "programme": one.programme.code if one.programme else None,
        "unit": UnitName.of(rows[one.unit_id]),
        "line": one.line,
        "view": one.view,
        "first": one.during.lower,
        "last": one.during.upper - ONE_DAY,
        "own_periods": one.own_periods,
        "status": one.status,
        "simulated": one.simulated,
        "drafted_on": one.drafted_on,
        "frozen_on": one.frozen_on,
        "posting": one.posting,
        "digest": one.digest,
        "through": one.through,
    }


def _read(one: ReportRow) -> ReportRead:
    owed = {part.position for part in reports.still_to_write(one)}
    sections = [
        Section(position=part.position, title=part.title, text=part.text, to_write=part.position in owed)
        for part in one.sections.all()
    ]
    return ReportRead(**_said(one, organisations.rows([one.unit_id])), measures=one.measures, sections=sections)


def _figures(one: ReportRow, sheet: Sheet, *, signed: bool) -> ReportFigures:
    rows = organisations.rows(beside(cell.cell for cell in sheet.cells.values()))
    return ReportFigures(
        report=one.code,
        status=one.status,
        posting=one.posting if signed else None,
        digest=one.digest if signed else "",
        simulated=one.simulated,
        measures=[_measure(measure) for measure in sheet.measures],
        figures=_cells(sheet.cells.values(), rows),
    )


def _cells(cells: Iterable[SheetCell], rows: Mapping[int, organisations.UnitRow]) -> list[ReportFigure]:
    return [_cell(cell, rows) for cell in cells]


def _cell(one: SheetCell, rows: Mapping[int, organisations.UnitRow]) -> ReportFigure:
    return ReportFigure(
        **Value.said(one.cell, rows),
        measure=one.key.code,
        unit=one.unit_code,
        unit_path=one.unit_path,
        period=Period.of(one.period),
        place=one.place,
        **WithOutside.beside(one.outside),
    )


def _measure(one: SheetMeasure) -> ReportMeasure:
    return ReportMeasure(
        code=one.code,
        name=Words.of(one.name),
        definition=Words.of(one.definition),
        unit=Words.of(one.unit),
        source=one.source,
        formula=one.formula,
        heading=one.heading,
        position=one.position,
    )


def _later(one: reports.Later, rows: Mapping[int, organisations.UnitRow]) -> LaterEvent:
    event = one.event
    return LaterEvent(
        event=event.id,
        kind=Kind(event.kind),
        day=event.day,
        unit=UnitName.of(rows[event.unit_id]),
        facets=dict(event.facets),
        sign=event.sign,
        reason=event.reason,
        measures=list(one.measures),
    )
