"""Calls for ideas, for other programs: what stands in public, and answers in the name of the unit that decides."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.work.voice import operations
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.ideas.flow import Decision

router = Router(tags=["ideas"])
Decided = Literal["taken_up", "partly", "studied", "exists", "not_taken"]
CallNumber = Annotated[asked.Number, Path(description="The number of a call.")]
GroupNumber = Annotated[asked.Number, Path(description="The number of a group of ideas.")]


class IdeaCall(BaseModel):
    """A call for ideas."""

    number: int
    title: str
    title_en: str
    theme: str
    unit: UnitName = Field(description="Who calls.")
    decider: UnitName = Field(description="Who decides and answers.")
    decides: str = Field(description="Who decides, and how.")
    becomes: str = Field(description="What becomes of ideas.")
    opens_on: date = Field(description="The first day on which ideas are taken.")
    closes_on: date = Field(description="The last day.")
    state: Literal["draft", "open", "ended"]

    @classmethod
    def of(cls, one: queries.CallShown) -> "IdeaCall":
        record = one.record
        return cls(
            number=one.id, title=record.title, title_en=record.title_en, theme=record.theme, unit=UnitName.of(one.unit),
            decider=UnitName.of(one.decider), decides=record.decides, becomes=record.becomes, opens_on=record.opens_on,
            closes_on=record.closes_on, state=one.state.value,
        )  # fmt: skip


class IdeaMilestone(BaseModel):
    """One step of what becomes of a group."""

    text: str
    due_on: date
    reached_on: date | None = Field(description="The day it was reached; null until then.")
    dropped_on: date | None = Field(description="The day it was given up; null if it was not.")
    result: str = Field(description="What was done, or why it will not be.")


class IdeaGroupRead(BaseModel):
    """A group of ideas that say the same, as a person confirmed it."""

    number: int
    name: str
    ideas: int = Field(description="How many ideas are in it.")
    supports: int | None = Field(description="How often it was supported; null below five.")
    due_on: date | None = Field(description="The day by which an answer is owed.")
    answer: str
    decision: Decided | None
    answered_on: date | None = Field(description="The day of the public answer; null until then.")
    overdue: bool
    milestones: list[IdeaMilestone]

    @classmethod
    def of(cls, one: queries.GroupShown) -> "IdeaGroupRead":
        steps = [
            IdeaMilestone(
                text=step.words, due_on=step.due_on, reached_on=step.reached_on, dropped_on=step.dropped_on, result=step.result
            )
            for step in one.milestones
        ]
        return cls(
            number=one.id, name=one.name, ideas=one.ideas, supports=one.supports, due_on=one.due_on, answer=one.answer,
            decision=one.decision.value if one.decision else None, answered_on=one.answered_on, overdue=one.overdue,
            milestones=steps,
        )  # fmt: skip


class IdeaGroupAnswer(BaseModel):
    """The public answer to a group of ideas."""

    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=8000)]
    decision: Decided


@router.get("/calls", response=answers(list[IdeaCall]), summary="Calls for ideas")
def calls(request: HttpRequest) -> list[IdeaCall]:
    """The calls that stand in public, the newest first, at most a hundred.

    Who may: anybody signed in.
    """
    return [IdeaCall.of(one) for one in queries.calls(asked.today(), limit=100)]


@router.get("/calls/{number}/groups", response=answers(list[IdeaGroupRead]), summary="Groups of ideas")
def groups(request: HttpRequest, number: CallNumber) -> list[IdeaGroupRead]:
    """The groups of a call with their answers and milestones.

    Who may: anybody signed in.
    """
    found = queries.call(number, asked.today())
    return [IdeaGroupRead.of(one) for one in queries.groups_shown(found.id, asked.today())]


@router.post("/calls/{number}/groups/{group}/answer", response=answers(IdeaGroupRead), summary="Answer a group of ideas")
def answer_ideas(request: HttpRequest, number: CallNumber, group: GroupNumber, body: IdeaGroupAnswer) -> IdeaGroupRead:
    """Answer a group in public, once for all of its senders.

    Who may: who answers ideas for the unit that decides (`answer_ideas`).
    """
    viewer = asked.viewer(request)
    queries.group_to_answer(number, group, viewer, asked.today())
    operations.answer_group(group=group, words=body.text, decision=Decision(body.decision), by=viewer, on=localdate())
    return IdeaGroupRead.of(queries.group_shown(number, group, asked.today()))
