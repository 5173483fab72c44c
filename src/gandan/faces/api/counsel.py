"""Advice to superiors and joint inspections, for other programs: of units, never of a person."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.dossier_steps import Short
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.counsel import operations, queries
from gandan.work.counsel.rules import Answer, Step

router = Router(tags=["counsel"])
AnswerName = Literal["none", "accepted", "in_part", "refused"]
StepName = Literal["planned", "held", "closed", "cancelled"]


class Advice(BaseModel):
    """What a unit advised a superior to do, and what became of it."""

    number: int
    unit: UnitName = Field(description="Who advised.")
    addressee: UnitName = Field(description="Whom; they owe an answer.")
    paper: str = Field(description="The number of the paper.")
    subject: str
    text: str
    given_on: date = Field(description="The day it was given.")
    due_on: date = Field(description="The day by which an answer is owed.")
    answer: AnswerName = Field(description="none: unanswered.")
    answer_words: str
    answered_on: date | None = Field(description="The day its receiver answered; null while it waits.")
    directive: str = Field(description="The number of the directive that came of it.")


class AdvicePage(BaseModel):
    items: list[Advice] = Field(description="The last given first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class AdviceGiven(BaseModel):
    """Advice to be given."""

    unit: asked.Code
    addressee: asked.Code
    paper: Short = ""
    subject: Short
    text: Annotated[str, Field(max_length=8000)] = ""
    due_on: asked.Day


class InspectionFinding(BaseModel):
    """What was found, and its remedy."""

    position: int
    unit: UnitName = Field(description="Who owes the remedy.")
    words: str
    remedy: str
    due_on: date
    result: str
    done_on: date | None = Field(description="The day the remedy was done; null until then.")


class Inspection(BaseModel):
    """An inspection that two sides hold together."""

    number: int
    unit: UnitName = Field(description="Who leads.")
    partner: UnitName = Field(description="Who holds it with them, of the other side.")
    place: UnitName = Field(description="Who is inspected.")
    plan: str = Field(description="The number of the plan.")
    title: str
    about: str
    planned_for: date = Field(description="The day for which it is planned.")
    held_on: date | None = Field(description="The day it was held; null until then.")
    conclusion: str
    step: StepName
    findings: list[InspectionFinding]


class InspectionPage(BaseModel):
    items: list[Inspection] = Field(description="The last planned first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


def _advice(row: queries.AdviceRow) -> Advice:
    return Advice(
        number=row.id, unit=UnitName.of(row.unit), addressee=UnitName.of(row.addressee), paper=row.number, subject=row.subject,
        text=row.text, given_on=row.given_on, due_on=row.due_on, answer=row.answer.value, answer_words=row.words,
        answered_on=row.answered_on, directive=row.directive,
    )  # fmt: skip


def _inspection(row: queries.InspectionRow) -> Inspection:
    findings = [
        InspectionFinding(
            position=one.position, unit=UnitName.of(one.unit), words=one.words, remedy=one.remedy, due_on=one.due_on,
            result=one.result, done_on=one.done_on,
        )
        for one in row.findings
    ]  # fmt: skip
    return Inspection(
        number=row.id, unit=UnitName.of(row.unit), partner=UnitName.of(row.partner), place=UnitName.of(row.place), plan=row.plan,
        title=row.title, about=row.about, planned_for=row.planned_for, held_on=row.held_on, conclusion=row.conclusion,
        step=row.step.value, findings=findings,
    )  # fmt: skip


@router.get("/advice", response=answers(AdvicePage), summary="Advice to superiors")
def advice(
    request: HttpRequest,
    answer: Annotated[AnswerName | None, Query(description="Only advice that was answered so.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> AdvicePage:
    """Advice, the last given first; of other units' there is no trace.

    Who may: who reads counsel (`read_counsel`); they see what their units gave or got.
    """
    chosen = Answer(answer) if answer else None
    page = queries.advice(asked.viewer(request), asked.today(), answer=chosen, after=asked.read(cursor), limit=limit)
    return AdvicePage(items=[_advice(row) for row in page.rows], next=asked.written(page.next))


@router.post("/advice", response={201: Advice, **SAYS_NO}, summary="Give advice")
def advise(request: HttpRequest, given: AdviceGiven) -> Status[Advice]:
    """Advise a superior, who owes an answer from now.

    Who may: who works on counsel (`write_counsel`) at the unit.
    """
    viewer, today = asked.viewer(request), asked.today()
    made = operations.advise(
        unit=organisations.unit(given.unit), addressee=organisations.unit(given.addressee), subject=given.subject,
        text=given.text, number=given.paper, due_on=given.due_on, by=viewer, on=today,
    )  # fmt: skip
    return Status(201, _advice(queries.one_advice(made.pk, viewer, today)))


@router.get("/inspections", response=answers(InspectionPage), summary="Joint inspections")
def inspections(
    request: HttpRequest,
    step: Annotated[StepName | None, Query(description="Only those that are so far.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> InspectionPage:
    """Inspections with their findings, the last planned first; of other units' there is no trace.

    Who may: who reads counsel (`read_counsel`); they see what their units hold or undergo.
    """
    chosen = Step(step) if step else None
    page = queries.inspections(asked.viewer(request), asked.today(), step=chosen, after=asked.read(cursor), limit=limit)
    return InspectionPage(items=[_inspection(row) for row in page.rows], next=asked.written(page.next))


@router.get("/inspections/{number}", response=answers(Inspection), summary="One inspection")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> Inspection:
    """An inspection with what was found.

    Who may: who reads counsel (`read_counsel`) at a unit that holds or undergoes it.
    """
    return _inspection(queries.inspection(number, asked.viewer(request), asked.today()))
