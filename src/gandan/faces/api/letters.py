"""Letters of apology: owed and sent, why each is late, the paper as it was signed. Signing stays with the head, in person."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import letters
from gandan.work.dossiers.queries.letters import LetterFilter

router = Router(tags=["letters"])
Number = Annotated[int, Path(ge=1, le=asked.LARGEST, description="A letter's number, as in the list.")]


class Letter(BaseModel):
    """A letter owed for one missed appointment."""

    id: int = Field(description="The number by which it is asked for.")
    dossier: str = Field(description="The dossier's number.")
    unit: UnitName
    procedure: str
    appointed_on: date = Field(description="The appointment that was, or is about to be, missed.")
    owed_on: date
    reason: str = Field(description="A code; empty while nobody has said why.")
    words: str = Field(description="The reason in words.")
    wanted_on: date | None = Field(description="The new appointment that an officer chose instead of the rule's.")
    sent_on: date | None
    new_due_on: date | None
    signed: bool = Field(description="Whether it was signed here, so that there is a PDF.")
    stuck: str = Field(description="unsigned or unprinted if it got stuck; else empty.")

    @classmethod
    def of(cls, row: letters.LetterRow) -> "Letter":
        return cls(
            id=row.id,
            dossier=row.dossier,
            unit=UnitName.of(row.unit),
            procedure=row.procedure,
            appointed_on=row.appointed_on,
            owed_on=row.owed_on,
            reason=row.reason,
            words=row.words,
            wanted_on=row.wanted_on,
            sent_on=row.sent_on,
            new_due_on=row.new_due_on,
            signed=row.signed,
            stuck=row.stuck,
        )


class Letters(BaseModel):
    items: list[Letter] = Field(description="The most pressing first; of those sent, the last.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class LetterReason(BaseModel):
    reason: asked.Slug = Field(description="A code of the list; `other` needs `words`.")
    words: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""
    wanted_on: asked.Day | None = Field(None, description="Another new appointment than the rule's.")


@router.get("/letters", response=answers(Letters), summary="Letters of apology")
def catalogue(
    request: HttpRequest,
    show: Annotated[
        Literal["owed", "signed", "print", "stuck"], Query(description="owed, signed, to be printed, or stuck.")
    ] = "owed",
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> Letters:
    """List letters of the units whose dossiers the viewer reads.

    Who may: who reads dossiers (`read_dossiers`); they see those of their units. Anybody else gets an empty list.
    """
    found = letters.letters(asked.viewer(request), asked.today(), LetterFilter(show), after=asked.read(cursor), limit=limit + 1)
    following = asked.written(found[limit - 1].after) if len(found) > limit else None
    return Letters(items=[Letter.of(row) for row in found[:limit]], next=following)


@router.get("/letters/{number}", response=answers(Letter), summary="One letter")
def one(request: HttpRequest, number: Number) -> Letter:
    """Return a letter.

    Who may: who reads dossiers at the unit where its dossier is (`read_dossiers`).
    """
    return Letter.of(letters.letter(number, asked.viewer(request), asked.today()).row)


@router.get("/letters/{number}/pdf", response={200: bytes, **SAYS_NO}, summary="A letter as it was sent")
def pdf(request: HttpRequest, number: Number) -> HttpResponse:
    """Return the PDF, byte by byte as it was signed (application/pdf).

    Who may: who reads dossiers at the unit where its dossier is (`read_dossiers`).
    """
    row, content = letters.letter_pdf(number, asked.viewer(request), asked.today())
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{row.file_name}"'}
    )


@router.post("/letters/{number}/reason", response=answers(Letter), summary="Say why it is late")
def reason(request: HttpRequest, number: Number, given: LetterReason) -> Letter:
    """Say why a result is late, and until when it is promised, if not by the rule.

    Who may: who works on dossiers at the unit (`write_dossiers`).
    """
    who, on = asked.viewer(request), asked.today()
    letters.letter(number, who, on)  # one that the viewer can't see isn't there
    operations.give_reason(letter=number, reason=given.reason, words=given.words, wanted_on=given.wanted_on, by=who, on=on)
    return Letter.of(letters.letter(number, who, on).row)
