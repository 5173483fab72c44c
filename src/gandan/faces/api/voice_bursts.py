"""Events that many report at once, for other programs: grouped by place, time and kind, answered in one act."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.faces.api.voice import Words
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import Outcome

router = Router(tags=["voice"])


class Burst(BaseModel):
    """Open reports of one event."""

    service: str = Field(description="The name of the service.")
    unit: UnitName
    ward: UnitName | None
    first_at: datetime = Field(description="When the first of them came.")
    last_at: datetime = Field(description="When the last of them came.")
    many: int = Field(description="How many there are.")
    cases: list[int] = Field(description="Their numbers, the first first.")
    texts: list[str] = Field(description="The first words of the first three.")


class BurstAnswer(BaseModel):
    cases: Annotated[list[asked.Number], Field(min_length=1, max_length=5000)] = Field(description="As the group was seen.")
    text: Words
    outcome: Literal["done", "explained", "passed_out", "refused"]


class BurstAnswered(BaseModel):
    answered: int = Field(description="How many people got the answer.")


@router.get("/voice/bursts", response=answers(list[Burst]), summary="What many report at once")
def bursts(request: HttpRequest) -> list[Burst]:
    """Groups of the last three days that are still open, the largest first, at most fifty.

    Who may: who answers what people bring (`answer_voice`), for their units.
    """
    viewer, on = asked.viewer(request), asked.today()
    require_anywhere(Right.ANSWER_VOICE, by=viewer, on=on)
    return [
        Burst(
            service=one.service, unit=UnitName.of(one.unit), ward=UnitName.of(one.ward) if one.ward else None,
            first_at=one.first_at, last_at=one.last_at, many=one.many, cases=list(one.ids), texts=list(one.excerpts),
        )
        for one in queries.bursts_at(viewer, on, timezone.now())
    ]  # fmt: skip


@router.post("/voice/bursts/answer", response=answers(BurstAnswered), summary="Answer a whole group")
def answer_burst(request: HttpRequest, body: BurstAnswer) -> BurstAnswered:
    """Answer all reports of a group in one act. If one of them was answered meanwhile, nothing is done (409).

    Who may: who works on such cases at the unit where they are (`answer_voice`).
    """
    viewer = asked.viewer(request)
    numbers = queries.readable(body.cases, viewer, asked.today())
    operations.answer_together(
        cases=numbers, words=body.text, outcome=Outcome(body.outcome), by=viewer, on=localdate(), at=timezone.now()
    )  # fmt: skip
    return BurstAnswered(answered=len(numbers))
