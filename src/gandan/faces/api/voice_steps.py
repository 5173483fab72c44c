"""Legal steps of crime reports and complaints, for other programs: by when each is due, done, refused, referred, lengthened."""

from datetime import datetime
from typing import Annotated, Any, Literal, assert_never

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.voice import Number, Words
from gandan.work.voice import operations, queries
from gandan.work.voice.rules.stages import Clock

router = Router(tags=["voice"])
ClockName = Literal["transfer", "file", "accept"]
Body = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]


class LegalStep(BaseModel):
    """What the law asks for beside the answer, by a clock of its own."""

    clock: ClockName = Field(description="Told to the investigators; its file handed over; accepted, refused or referred.")
    grade: str = Field(description="Which of the law's clocks: `normal`, or a longer one.")
    began_at: datetime = Field(description="From when on it runs.")
    due_at: datetime = Field(description="In time up to this moment.")
    done_at: datetime | None = Field(description="When it was done; null while it is open.")
    end: Literal["", "told", "filed", "accepted", "refused", "referred", "overtaken"] = Field(
        description="What it came to; empty while it is open."
    )
    late: bool
    body: str = Field(description="To whom it was told, handed over or referred.")
    text: str
    allowed_by: str = Field(description="Who allowed the longer clock.")

    @classmethod
    def of(cls, row: queries.StageRow) -> "LegalStep":
        return cls(
            clock=row.clock.value, grade=row.grade, began_at=row.began_at, due_at=row.due_at, done_at=row.done_at,
            end=row.end.value, late=row.late(timezone.now()), body=row.body,
            text=row.words, allowed_by=row.allowed_by,
        )  # fmt: skip


class LegalStepDone(BaseModel):
    """What was done, in the words of the paper about it."""

    step: Literal["tell", "file", "accept", "refuse", "refer"] = Field(
        description="`tell` and `file` for crime reports; the others for complaints and denunciations."
    )
    body: Body = Field("", description="To whom: needed by `tell`, `file` and `refer`.")
    text: Words = Field("", description="Needed by `refuse` and `refer`; the sender reads it.")


class LegalStepLengthened(BaseModel):
    clock: ClockName
    grade: asked.Slug = Field(description="As the law's list of terms names it, such as `remote`.")
    allowed_by: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=300)] = Field(
        description="Who allowed it, and the number of the decision."
    )


@router.get("/voice/{number}/steps", response=answers(list[LegalStep]), summary="Legal steps of a case")
def steps(request: HttpRequest, number: Number) -> list[LegalStep]:
    """The steps of a case, the first first; none of a kind for which the law asks for none.

    Who may: who reads such cases at the unit where it is; to others it doesn't exist (404).
    """
    return _steps(number, request)


@router.post("/voice/{number}/steps", response=answers(list[LegalStep]), summary="Do a legal step")
def do_step(request: HttpRequest, number: Number, done: LegalStepDone) -> list[LegalStep]:
    """Say that a step was done.

    Who may: who works on such cases at the unit where it is (`answer_voice`, `handle_complaints`).
    """
    hand = _hand(number, request)
    match done.step:
        case "tell":
            operations.tell_investigators(body=done.body, words=done.text, **hand)
        case "file":
            operations.hand_file(body=done.body, words=done.text, **hand)
        case "accept":
            operations.accept(words=done.text, **hand)
        case "refuse":
            operations.refuse(words=done.text, **hand)
        case "refer":
            operations.refer(body=done.body, words=done.text, **hand)
        case never:
            assert_never(never)
    return _steps(number, request)


@router.post("/voice/{number}/steps/lengthen", response=answers(list[LegalStep]), summary="Lengthen a legal step")
def lengthen_step(request: HttpRequest, number: Number, longer: LegalStepLengthened) -> list[LegalStep]:
    """Give a step the longer clock that the law has for it.

    Who may: who works on such cases at the unit where it is (`answer_voice`, `handle_complaints`).
    """
    hand = _hand(number, request)
    operations.lengthen(clock=Clock(longer.clock), grade=longer.grade, allowed_by=longer.allowed_by, **hand)
    return _steps(number, request)


def _hand(number: str, request: HttpRequest) -> dict[str, Any]:
    viewer = asked.viewer(request)
    found = queries.case(number, viewer, asked.today())
    return {"case": found.record.pk, "by": viewer, "on": localdate(), "at": timezone.now()}


def _steps(number: str, request: HttpRequest) -> list[LegalStep]:
    found = queries.case(number, asked.viewer(request), asked.today())
    return [LegalStep.of(row) for row in queries.stages_of(found.record)]
