"""Figures from outside the ledger: stated with evidence and answered by the other side; where work is done; official totals."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import MeasureName, Period, UnitName
from gandan.ground.calendar import queries as calendar
from gandan.ground.organisations import queries as organisations
from gandan.results.statements import operations, queries
from gandan.results.statements.rules import StatementStatus, StatementVerdict

router = Router(tags=["statements"])
Source = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=300)]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)]
StatementNumber = Annotated[asked.Number, Path(description="The number of a stated figure.")]


class StatedFigure(BaseModel):
    """A figure of work done outside the system. It stands beside what is counted and is never added to it."""

    number: int
    unit: UnitName
    measure: MeasureName
    period: Period
    value: float = Field(description="A whole number; of a share per cent with one decimal.")
    source: str = Field(description="The paper that says so: number, day, body.")
    evidence: str = Field(description="Its words, where no scanned page was given.")
    side: str = Field(description="The line of the side that states it: police or civil.")
    status: StatementStatus
    stated_on: date = Field(description="The day it was stated.")
    answered_on: date | None = Field(description="The day the other side answered; null while it waits.")
    reason: str = Field(description="Why it was refused, or why it corrects another.")
    corrects: int | None = Field(description="The number of the one whose place it takes.")
    simulated: bool


class StatedFigures(BaseModel):
    items: list[StatedFigure] = Field(description="The last stated first.")
    next: int | None = Field(description="`before` of the next page; null on the last.")


class NewStatement(BaseModel):
    """A figure to be stated. Scanned pages are put with it in the browser."""

    model_config = ConfigDict(extra="forbid")

    unit: asked.Code
    measure: asked.Slug
    period: asked.PeriodText
    value: Decimal = Field(ge=0, lt=10**15, max_digits=16, decimal_places=1, description="At most one decimal.")
    source: Source
    evidence: Said = Field(default="", description="The words of the paper.")
    corrects: int | None = Field(default=None, ge=1, le=asked.LARGEST, description="The approved one whose place it takes.")
    reason: Said = Field(default="", description="Why, if it corrects one.")


class StatementAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: StatementVerdict
    reason: Said = Field(default="", description="Why not, if it is refused.")


class WorkDeclared(BaseModel):
    """Where a unit does a kind of work, and since when."""

    unit: UnitName
    work: str = Field(description="A group of measures: dossiers, letters, post, voice, …")
    system: str = Field(description="The other system; empty: here.")
    since: date = Field(description="The first day on which it holds.")
    until: date | None = Field(description="The first day it no longer holds.")
    source: str


class WorksDeclared(BaseModel):
    items: list[WorkDeclared]


class WorkDeclaration(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: asked.Code
    work: asked.Slug
    system: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=120)] = ""
    since: asked.Day = Field(description="The first day on which it holds.")
    source: Source


class OfficialTotal(BaseModel):
    """A total of another system beside what is counted here."""

    number: int
    unit: UnitName
    measure: MeasureName
    period: str
    official: float = Field(description="The total as the other system published it.")
    counted: float | None = Field(description="When the two were held against each other; null if nothing recorded it.")
    now: float | None = Field(description="What is counted now.")
    differs: bool
    source: str
    explanation: str
    on: date


class OfficialTotals(BaseModel):
    items: list[OfficialTotal]


class Totals(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: Source = Field(description="Where the totals stand.")
    totals: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=400_000)] = Field(
        description="One to a line: unit; measure; period; total, written 1.234 or 98,5."
    )


@router.get("/statements", response=answers(StatedFigures), summary="Stated figures")
def statements(
    request: HttpRequest,
    unit: Annotated[asked.Code | None, Query(description="Only of this unit.")] = None,
    measure: Annotated[asked.Slug | None, Query(description="Only of this measure.")] = None,
    status: Annotated[StatementStatus | None, Query(description="Only those that stand so.")] = None,
    before: Annotated[asked.Number | None, Query(description="`next` of the page before.")] = None,
    limit: asked.Limit = 50,
) -> StatedFigures:
    """What is stated of units whose figures the viewer may read.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    found = queries.statements(
        asked.viewer(request),
        asked.today(),
        unit=unit or "",
        measure=measure or "",
        status=status or "",
        before=before,
        limit=limit,
    )
    return StatedFigures(items=[_said(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.post("/statements", response={201: StatedFigure, **SAYS_NO}, summary="State a figure")
def state(request: HttpRequest, body: NewStatement) -> Status[StatedFigure]:
    """State a figure of a period that is over. It counts for nothing until the other side approves it.

    Who may: who states figures of the unit (`state_figures`).
    """
    unit = organisations.unit(body.unit)
    made = operations.state(
        unit=unit, code=body.measure, period=calendar.period(unit, body.period), value=body.value, source=body.source,
        evidence=body.evidence, corrects=body.corrects, reason=body.reason, simulated=settings.SIMULATED,
        by=asked.viewer(request), on=asked.today(),
    )  # fmt: skip
    return Status(201, _said(queries.statement_row(made)))


@router.post("/statements/{number}/answer", response=answers(StatedFigure), summary="Answer a stated figure")
def answer(request: HttpRequest, number: StatementNumber, body: StatementAnswer) -> StatedFigure:
    """Approve it for the other side, or refuse it with a reason. 404 if there is none that the viewer may see.

    Who may: who speaks for the other side in the same place (`state_figures`).
    """
    found = queries.statement(number, asked.viewer(request), asked.today())
    done = operations.answer_statement(
        statement=found, answer=body.answer, reason=body.reason, by=asked.viewer(request), on=asked.today()
    )
    return _said(queries.statement_row(done))


@router.get("/works", response=answers(WorksDeclared), summary="Where work is done")
def works(request: HttpRequest) -> WorksDeclared:
    """Which kinds of work units do here, and which in other systems. What is not declared is done here.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    return WorksDeclared(items=[_declared(one) for one in queries.declarations(asked.viewer(request), asked.today())])


@router.post("/works", response={201: WorkDeclared, **SAYS_NO}, summary="Declare where a kind of work is done")
def declare(request: HttpRequest, body: WorkDeclaration) -> Status[WorkDeclared]:
    """From a day on, until something else is declared. Figures of such work are marked.

    Who may: who states figures of the unit (`state_figures`).
    """
    unit, viewer, today = organisations.unit(body.unit), asked.viewer(request), asked.today()
    made = operations.declare(
        unit=unit, work=body.work, system=body.system, since=body.since, source=body.source, by=viewer, on=today
    )
    found = next(one for one in queries.declarations(viewer, today, unit=unit.pk) if one.id == made.pk)
    return Status(201, _declared(found))


@router.get("/totals", response=answers(OfficialTotals), summary="Official totals")
def totals(
    request: HttpRequest,
    differing: Annotated[bool, Query(description="Only those that differ from what is counted now.")] = False,
) -> OfficialTotals:
    """The last official total of each figure beside what is counted here.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    found = queries.reconciliations(asked.viewer(request), asked.today(), differing=differing)
    return OfficialTotals(items=[_total(one) for one in found])


@router.post("/totals", response={201: OfficialTotals, **SAYS_NO}, summary="Hold official totals against what is counted")
def reconcile(request: HttpRequest, body: Totals) -> Status[OfficialTotals]:
    """Every line is kept; those that differ are to be explained.

    Who may: who states figures of every unit named (`state_figures`).
    """
    viewer, today = asked.viewer(request), asked.today()
    made = {one.pk for one in operations.reconcile(totals=body.totals, source=body.source, by=viewer, on=today)}
    found = [one for one in queries.reconciliations(viewer, today) if one.id in made]
    return Status(201, OfficialTotals(items=[_total(one) for one in found]))


def _said(one: queries.StatementRow) -> StatedFigure:
    return StatedFigure(
        number=one.id, unit=UnitName.of(one.unit), measure=MeasureName.of(one.measure), period=Period.of(one.period),
        value=float(one.value), source=one.source, evidence=one.evidence, side=one.side.value, status=one.status,
        stated_on=one.stated_on, answered_on=one.answered_on, reason=one.reason, corrects=one.corrects, simulated=one.simulated,
    )  # fmt: skip


def _declared(one: queries.DeclarationRow) -> WorkDeclared:
    return WorkDeclared(
        unit=UnitName.of(one.unit), work=one.work, system=one.system, since=one.since, until=one.until, source=one.source
    )


def _total(one: queries.ReconciliationRow) -> OfficialTotal:
    return OfficialTotal(
        number=one.id, unit=UnitName.of(one.unit), measure=MeasureName.of(one.measure), period=one.label,
        official=float(one.official), counted=None if one.counted is None else float(one.counted),
        now=None if one.now is None else float(one.now), differs=one.differs, source=one.source, explanation=one.explanation,
        on=one.on,
    )  # fmt: skip
