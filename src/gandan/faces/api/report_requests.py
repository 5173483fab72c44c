"""Requests for reports: asked of many units, answered by each at a posting, gathered."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Router
from ninja.responses import Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import Period, UnitName
from gandan.ground.calendar import queries as calendar
from gandan.ground.organisations import queries as organisations
from gandan.results.requests import operations, queries
from gandan.results.requests.rules import AnswerStage, FilledHow

router = Router(tags=["requests"])
Line1 = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=200)]
Lines = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=20_000)]
RequestCode = Annotated[asked.Slug, Path(description="A request's code, such as `yc-catp-1`.")]
OfUnit = Annotated[asked.Code, Path(description="The code of the unit that was asked.")]


class ReportAsked(BaseModel):
    """A request with how many of its units have answered."""

    code: str
    title: str
    paper: str = Field(description="Number and day of the official letter.")
    unit: UnitName = Field(description="Who asks.")
    period: Period
    due_on: date
    asked_on: date = Field(description="The day it was sent out.")
    gathered_on: date | None = Field(description="The day it was gathered; null until then.")
    units: int = Field(description="How many units were asked.")
    answered: int = Field(description="How many have answered.")
    excused: int = Field(description="How many need not answer.")


class ReportsAsked(BaseModel):
    items: list[ReportAsked] = Field(description="The last asked first.")


class AskedUnit(BaseModel):
    unit: UnitName
    stage: AnswerStage
    answered_on: date | None = Field(description="The day the unit answered; null while it is waited for.")


class AnnexRow(BaseModel):
    words: str
    measure: str = Field(description="The measure that fills it; empty where units state it.")
    unit: str
    counted: float | None = Field(description="What the answers come to that were counted.")
    stated: float | None = Field(description="What those come to that were stated. Never added to the others.")


class ReportAskedRead(ReportAsked):
    outline: list[str]
    annex: list[AnnexRow]
    answers: list[AskedUnit] = Field(description="As far as the viewer may see them; who asked sees all.")


class NewRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: asked.Code = Field(description="Who asks.")
    title: Line1
    paper: Line1
    period: asked.PeriodText
    due_on: asked.Day
    units: list[asked.Code] = Field(min_length=1, max_length=400)
    outline: Lines = Field(default="", description="A point to a line.")
    annex: Lines = Field(default="", description="A row to a line: `words | measure`, or `words | | unit of measure`.")


class AnsweredFigure(BaseModel):
    words: str
    measure: str
    how: FilledHow = Field(description="counted, stated or none.")
    value: float | None = Field(description="In the unit of the row; null where there is none.")
    source: str = Field(description="Of what is stated: the paper that says so.")
    systems: str = Field(description="Other systems from which its work came by file.")


class UnitAnswer(BaseModel):
    request: str
    unit: UnitName
    stage: AnswerStage
    answered_on: date | None = Field(description="The day it was given; null until then.")
    posting: int | None = Field(description="As of which the figures stand; null while they are as known now.")
    points: dict[str, str] = Field(description="By the number of the point, from 0.")
    figures: list[AnsweredFigure]


class TypedFigure(BaseModel):
    model_config = ConfigDict(extra="forbid")

    value: Decimal = Field(ge=0, lt=10**15, max_digits=16, decimal_places=1, description="At most one decimal.")
    source: Line1


class AnswerText(BaseModel):
    model_config = ConfigDict(extra="forbid")

    points: dict[Annotated[str, StringConstraints(pattern=r"^\d{1,2}$")], Lines] = Field(default={}, max_length=20)
    figures: dict[Annotated[str, StringConstraints(pattern=r"^\d{1,2}$")], TypedFigure] = Field(
        default={}, max_length=60, description="Only of rows that no measure fills."
    )


class WhyReturned(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Line1


@router.get("/requests", response=answers(ReportsAsked), summary="Requests for reports")
def requests(request: HttpRequest) -> ReportsAsked:
    """What units of the viewer asked, and what they were asked.

    Who may: anyone signed in; the list has what they may see (`read_figures`).
    """
    return ReportsAsked(
        items=[ReportAsked(**_said(one)) for one in queries.report_requests(asked.viewer(request), asked.today())]
    )


@router.post("/requests", response={201: ReportAskedRead, **SAYS_NO}, summary="Ask units for a report")
def ask(request: HttpRequest, body: NewRequest) -> Status[ReportAskedRead]:
    """Each unit owes an answer by the day, prefilled from the ledger.

    Who may: who writes reports at the unit that asks (`write_reports`).
    """
    unit = organisations.unit(body.unit)
    made = operations.ask(
        superior=unit, title=body.title, paper=body.paper, period=calendar.period(unit, body.period), outline=body.outline,
        annex=body.annex, units=[organisations.unit(code) for code in dict.fromkeys(body.units)], due_on=body.due_on,
        line=asked.own_line([unit.pk], None), simulated=settings.SIMULATED, by=asked.viewer(request), on=asked.today(),
    )  # fmt: skip
    return Status(201, _read(made, request))


@router.get("/requests/{code}", response=answers(ReportAskedRead), summary="One request")
def one(request: HttpRequest, code: RequestCode) -> ReportAskedRead:
    """What was asked, who has answered, what the answers come to.

    Who may: who reads figures at the unit that asked, or at one that was asked (`read_figures`).
    """
    return _read(queries.report_request(code, asked.viewer(request), asked.today()), request)


@router.post("/requests/{code}/gather", response=answers(ReportAskedRead), summary="Gather the answers")
def gather(request: HttpRequest, code: RequestCode) -> ReportAskedRead:
    """Who has not answered still owes, and is named.

    Who may: who writes reports at the unit that asked (`write_reports`).
    """
    found = queries.report_request(code, asked.viewer(request), asked.today())
    return _read(operations.gather(request=found, by=asked.viewer(request), on=asked.today()), request)


@router.get("/requests/{code}/answers/{unit}", response=answers(UnitAnswer), summary="One unit's answer")
def answer(request: HttpRequest, code: RequestCode, unit: OfUnit) -> UnitAnswer:
    """Its figures as they are known now, or once it is given as they were frozen.

    Who may: who reads figures at the unit, or at the one that asked (`read_figures`).
    """
    return _answer(queries.answer(code, unit, asked.viewer(request), asked.today()))


@router.put("/requests/{code}/answers/{unit}", response=answers(UnitAnswer), summary="Write an answer")
def write(request: HttpRequest, code: RequestCode, unit: OfUnit, body: AnswerText) -> UnitAnswer:
    """Words to its points, and figures of rows that no measure fills.

    Who may: who writes reports at the unit (`write_reports`).
    """
    found = queries.answer(code, unit, asked.viewer(request), asked.today())
    typed = {int(nth): (figure.value, figure.source) for nth, figure in body.figures.items()}
    said = {int(nth): text for nth, text in body.points.items()}
    return _answer(operations.write_answer(answer=found, words=said, typed=typed, by=asked.viewer(request), on=asked.today()))


@router.post("/requests/{code}/answers/{unit}/give", response=answers(UnitAnswer), summary="Give an answer")
def give(request: HttpRequest, code: RequestCode, unit: OfUnit) -> UnitAnswer:
    """Every figure is stored as of a posting.

    Who may: who approves reports at the unit (`freeze_reports`).
    """
    found = queries.answer(code, unit, asked.viewer(request), asked.today())
    return _answer(operations.answer_request(answer=found, by=asked.viewer(request), on=asked.today()))


@router.post("/requests/{code}/answers/{unit}/return", response=answers(UnitAnswer), summary="Send an answer back")
def give_back(request: HttpRequest, code: RequestCode, unit: OfUnit, body: WhyReturned) -> UnitAnswer:
    """With a reason. What was given stays on record; it is owed once more.

    Who may: who writes reports at the unit that asked (`write_reports`).
    """
    found = queries.answer(code, unit, asked.viewer(request), asked.today())
    return _answer(operations.return_answer(answer=found, reason=body.reason, by=asked.viewer(request), on=asked.today()))


def _said(one: queries.RequestRow) -> dict[str, Any]:
    return {
        "code": one.code, "title": one.title, "paper": one.paper,
        "unit": UnitName.of(one.superior), "period": Period.of(one.period),
        "due_on": one.due_on, "asked_on": one.asked_on, "gathered_on": one.gathered_on, "units": one.of, "answered": one.answered,
        "excused": one.excused,
    }  # fmt: skip


def _read(found: Any, request: HttpRequest) -> ReportAskedRead:
    viewer, today = asked.viewer(request), asked.today()
    row, whole = queries.request_row(found), queries.gathered(found)
    sums = zip(whole.asked, whole.totals, whole.stated, strict=True)
    return ReportAskedRead(
        **_said(row),
        outline=found.points,
        annex=[
            AnnexRow(words=one.words, measure=one.measure, unit=one.unit, counted=_number(counted), stated=_number(stated))
            for one, counted, stated in sums
        ],
        answers=[
            AskedUnit(unit=UnitName.of(one.unit), stage=one.stage, answered_on=one.answered_on)
            for one in queries.answers(found, viewer, today)
        ],
    )


def _answer(found: Any) -> UnitAnswer:
    given = found.stage == AnswerStage.ANSWERED
    return UnitAnswer(
        request=found.request.code, unit=UnitName.of(organisations.row(found.unit_id)), stage=found.stage,
        answered_on=found.answered_on if given else None, posting=found.posting if given else None, points=found.words,
        figures=[
            AnsweredFigure(words=one.words, measure=one.measure, how=one.how, value=_number(one.value), source=one.source,
                           systems=one.systems)
            for one in queries.figures_of(found)
        ],
    )  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
