"""Extracts of denunciations, for other programs: passed on by the inspectorate, decided by the head the law names."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Path, Router, Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.faces.api.voice import Number, Words
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.work.voice import operations, queries

router = Router(tags=["voice"])
ExtractNumber = Annotated[asked.Number, Path(description="The number of an extract.")]


class Extract(BaseModel):
    """What was told of a denunciation to who decides it: no number of the case, nothing of who denounced."""

    number: int
    to: UnitName = Field(description="Whose head decides.")
    text: str
    given_on: date = Field(description="The day on which it was passed on.")
    due_on: date = Field(description="The day by which the inspectorate must answer.")
    conclusion: str = Field(description="Empty until it was decided.")
    concluded_on: date | None = Field(description="The day of the decision; none until then.")

    @classmethod
    def of(cls, row: queries.ExtractRow) -> "Extract":
        return cls(
            number=row.id, to=UnitName.of(row.to_unit), text=row.words, given_on=row.given_on, due_on=row.due_on,
            conclusion=row.conclusion, concluded_on=row.concluded_on,
        )  # fmt: skip


class ExtractPassed(BaseModel):
    to: asked.Code = Field(description="The unit whose head decides, by its code.")
    text: Words = Field(description="What is told; a text that names who denounced, or how to reach them, is refused.")


class ExtractConcluded(BaseModel):
    text: Words = Field(description="What was found and decided.")


@router.get("/voice/extracts", response=answers(list[Extract]), summary="Extracts to decide")
def extracts(request: HttpRequest) -> list[Extract]:
    """Those that were given to the reader's units, without a conclusion first, at most two hundred.

    Who may: heads of units (`resolve_extracts`), for their units.
    """
    viewer, on = asked.viewer(request), asked.today()
    organisations.require_anywhere(Right.RESOLVE_EXTRACTS, by=viewer, on=on)
    return [Extract.of(row) for row in queries.extracts(viewer, on)]


@router.post("/voice/extracts/{number}/conclude", response=answers(Extract), summary="Conclude an extract")
def conclude_extract(request: HttpRequest, number: ExtractNumber, concluded: ExtractConcluded) -> Extract:
    """Say what was found and decided, once: the inspectorate reads it and answers whoever denounced.

    Who may: the head of the unit it was given to (`resolve_extracts`); to others it doesn't exist (404).
    """
    viewer, on = asked.viewer(request), asked.today()
    seen = queries.extract(number, viewer, on)
    operations.conclude(extract=seen.id, words=concluded.text, by=viewer, on=localdate(), at=timezone.now())
    return Extract.of(queries.extract(number, viewer, on))


@router.get("/voice/{number}/extracts", response=answers(list[Extract]), summary="Extracts of a case")
def extracts_of_case(request: HttpRequest, number: Number) -> list[Extract]:
    """What was passed on of a denunciation, and what came back.

    Who may: who reads such cases at the unit where it is (`handle_complaints`); to others it doesn't exist (404).
    """
    return _of_case(number, request)


@router.post("/voice/{number}/extracts", response={201: list[Extract], **SAYS_NO}, summary="Pass an extract on")
def pass_extract(request: HttpRequest, number: Number, passed: ExtractPassed) -> Status[list[Extract]]:
    """Pass an extract of an accepted denunciation on to the unit whose head decides it; to each unit once.

    Who may: the inspectorate whose case it is (`handle_complaints`).
    """
    viewer, on = asked.viewer(request), asked.today()
    found = queries.case(number, viewer, on)
    to = organisations.unit(passed.to)
    operations.pass_extract(case=found.record.pk, to=to, words=passed.text, by=viewer, on=localdate(), at=timezone.now())
    return Status(201, _of_case(number, request))


def _of_case(number: str, request: HttpRequest) -> list[Extract]:
    viewer, on = asked.viewer(request), asked.today()
    found = queries.case(number, viewer, on)
    return [Extract.of(row) for row in queries.extracts_of(found.record, viewer, on)]
