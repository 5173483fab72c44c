"""Initiatives and commendations: what was tried and found good, and the decisions by which somebody was commended."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.work.community import queries
from gandan.work.community.rules import Step

router = Router(tags=["initiatives"])
StepName = Literal["proposed", "tried", "recognised", "declined"]


class Initiative(BaseModel):
    """One way of doing something better."""

    number: int
    unit: UnitName = Field(description="Who proposed it.")
    title: str
    summary: str
    result: str = Field(description="What came of the trial; empty before it.")
    step: StepName
    proposed_on: date = Field(description="The day on which it was proposed.")
    tried_on: date | None = Field(description="The day on which its trial was told of; null before.")
    decided_on: date | None = Field(description="The day on which it was decided; null before.")
    decision: str = Field(description="The number by which it was recognised, or empty.")
    copied_by: list[UnitName] = Field(description="Who has taken it up.")


class InitiativeList(BaseModel):
    items: list[Initiative] = Field(description="The last proposed first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class Commendation(BaseModel):
    """One decision by which a collective or a person was commended."""

    number: int
    unit: UnitName = Field(description="Whose decision it is.")
    merit: Literal["collective", "individual"]
    name: str = Field(description="Who was commended; empty once it has had its time.")
    reason: str
    decision: str = Field(description="Its number.")
    decided_on: date = Field(description="The day of the decision.")


class CommendationList(BaseModel):
    items: list[Commendation] = Field(description="The last decided first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


@router.get("/initiatives", response=answers(InitiativeList), summary="Initiatives")
def initiatives(
    request: HttpRequest,
    step: Annotated[StepName | None, Query(description="Only those at this step.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> InitiativeList:
    """Initiatives, the last proposed first: those of the reader's units, and every one that is recognised, to be copied.

    Who may: who reads the work with people (`read_community`).
    """
    page = queries.initiatives(
        asked.viewer(request), asked.today(), step=Step(step) if step else None, after=asked.read(cursor), limit=limit
    )
    items = [
        Initiative(
            number=row.id, unit=UnitName.of(row.unit), title=row.title, summary=row.summary, result=row.result,
            step=row.step.value, proposed_on=row.proposed_on, tried_on=row.tried_on, decided_on=row.decided_on,
            decision=row.decision, copied_by=[UnitName.of(unit) for unit in row.copies],
        )
        for row in page.rows
    ]  # fmt: skip
    return InitiativeList(items=items, next=asked.written(page.next))


@router.get("/commendations", response=answers(CommendationList), summary="Commendations")
def commendations(request: HttpRequest, cursor: asked.Cursor = None, limit: asked.Limit = 50) -> CommendationList:
    """Commendations, the last decided first; of other units' there is no trace.

    Who may: who reads the work with people (`read_community`) at the unit whose decision it is.
    """
    page = queries.commendations(asked.viewer(request), asked.today(), after=asked.read(cursor), limit=limit)
    items = [
        Commendation(
            number=row.id, unit=UnitName.of(row.unit), merit=row.merit.value, name=row.name, reason=row.reason,
            decision=row.decision, decided_on=row.decided_on,
        )
        for row in page.rows
    ]  # fmt: skip
    return CommendationList(items=items, next=asked.written(page.next))
