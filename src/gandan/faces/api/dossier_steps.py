"""Dossiers from the hands of other programs: handed in, taken step by step, given to an officer."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Router
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.dossiers import Dossier
from gandan.faces.api.dossiers import router as handing_in  # one address, two methods
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import said
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations
from gandan.work.dossiers import queries as dossiers
from gandan.work.dossiers.flow import Step

router = Router(tags=["dossiers"])
Number = Annotated[asked.Text, Path(min_length=1, description="A dossier's number.")]
Once = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:\-]{8,80}$")] | None,
    Header(
        alias="Idempotency-Key",
        description="A key of your own making. The same request sent again under it does nothing again and is answered with the "
        "dossier as it is; another request under it is refused (`key_used_before`).",
    ),
]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)]
Short = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)]
StepName = Literal[
    "receive", "refuse", "start", "ask_supplement", "supplemented", "ask_payment", "paid", "take_back", "withdraw", "stop",
    "finish", "return",
]  # fmt: skip


class Paper(BaseModel):
    """A paper, and how many of each sort."""

    code: Short = ""
    name: Short
    original: int = Field(0, ge=0, le=99, description="How many originals.")
    certified: int = Field(0, ge=0, le=99, description="How many certified copies.")
    copy_: int = Field(0, ge=0, le=99, alias="copy", description="How many plain copies.")

    def plain(self) -> dict[str, object]:
        return self.model_dump(by_alias=True)


class HandedIn(BaseModel):
    """What is received at a counter."""

    procedure: asked.Slug = Field(description="The procedure's code.")
    unit: asked.Code = Field(description="The unit that receives it.")
    applicant: Short = Field(description="Whose it is, as it will stand on the receipt.")
    channel: Literal["counter", "post"] = "counter"
    by_post: bool = Field(False, description="Whether the result is to be brought by the post.")
    papers: list[Paper] = Field([], max_length=40)
    identity: Short = Field("", description="Personal number (12 digits), old card (9) or passport. Kept sealed.")
    phone: Short = Field("", description="Kept sealed.")
    email: Short = Field("", description="Kept sealed.")
    address: Short = Field("", description="Kept sealed.")
    language: Literal["vi", "en"] = "vi"


class Taken(BaseModel):
    """A step to take, with what it needs: see `step`."""

    step: StepName = Field(
        description="`refuse` and `stop` need `why` and `words`; `ask_supplement` needs `papers` and `words`; `ask_payment` "
        "needs `amount` and `words`; `return` needs `how`. `supplemented` and `paid` let the clock run again."
    )
    words: Words = Field("", description="Why, in words for the applicant.")
    why: asked.Slug | None = Field(None, description="Why, as a code.")
    papers: list[Paper] = Field([], max_length=40)
    amount: int = Field(0, ge=0, le=2_000_000_000, description="In đồng.")
    how: Literal["counter", "collector", "post", "online"] | None = None
    answer_by: asked.Day | None = Field(None, description="Until when the applicant is asked to answer.")
    seen: int | None = Field(None, ge=0, le=2_000_000_000, description="The `version` that you looked at.")


class Undone(BaseModel):
    why: Literal["wrong_dossier", "wrong_step", "wrong_words", "too_soon"]
    seen: int | None = Field(None, ge=0, le=2_000_000_000, description="The `version` that you looked at.")


class Given(BaseModel):
    officer: Short | None = Field(None, description="Who is to work on it, by user name; null: nobody in particular.")
    seen: int | None = Field(None, ge=0, le=2_000_000_000, description="The `version` that you looked at.")


@handing_in.post("/dossiers", response={201: Dossier, **SAYS_NO}, summary="Receive a dossier")
def receive(request: HttpRequest, given: HandedIn, once: Once = None) -> HttpResponse:
    """Receive a dossier at a counter, give it its number and its appointment.

    Who may: who works on dossiers at the unit (`write_dossiers`).
    """
    made = operations.receive(
        procedure=given.procedure,
        unit=organisations.unit(given.unit),
        applicant=given.applicant,
        channel=operations.Channel(given.channel),
        by_post=given.by_post,
        papers=[paper.plain() for paper in given.papers],
        reach=operations.reach(
            identity=given.identity,
            phone=given.phone,
            email=given.email,
            address=given.address,
            language=operations.Language(given.language),
        ),
        by=asked.viewer(request),
        on=asked.today(),
        once=once or "",
    )
    return said(Dossier.of(dossiers.row_of(made, asked.today())), 201)


@router.post("/dossiers/{path:number}/steps", response=answers(Dossier), summary="Take a step")
def step(request: HttpRequest, number: Number, given: Taken, once: Once = None) -> HttpResponse:
    """Take a dossier one step further in the flow.

    Who may: who works on dossiers at the unit where it is (`write_dossiers`).
    """
    taken = operations.step(
        dossier=dossiers.pk_of(number),
        to=Step(given.step),
        given=operations.Given(
            given.words,
            given.why or "",
            [paper.plain() for paper in given.papers],
            given.amount,
            given.how or "",
            given.answer_by,
        ),
        by=asked.viewer(request),
        on=asked.today(),
        seen=given.seen,
        once=once or "",
    )
    return said(Dossier.of(dossiers.row_of(taken, asked.today())))


@router.post("/dossiers/{path:number}/undo", response=answers(Dossier), summary="Undo today's last step")
def undo(request: HttpRequest, number: Number, given: Undone) -> Dossier:
    """Undo the last step of a dossier on the day on which it was taken. Its events are reversed, not erased.

    Who may: who may take that step.
    """
    undone = operations.undo(
        dossier=dossiers.pk_of(number), why=given.why, by=asked.viewer(request), on=asked.today(), seen=given.seen
    )
    return Dossier.of(dossiers.row_of(undone, asked.today()))


@router.post("/dossiers/{path:number}/officer", response=answers(Dossier), summary="Give a dossier to an officer")
def assign(request: HttpRequest, number: Number, given: Given) -> Dossier:
    """Say who is to work on a dossier.

    Who may: who works on dossiers at the unit where it is (`write_dossiers`).
    """
    officer = organisations.person(given.officer) if given.officer else None
    done = operations.assign(
        dossier=dossiers.pk_of(number), officer=officer, by=asked.viewer(request), on=asked.today(), seen=given.seen
    )
    return Dossier.of(dossiers.row_of(done, asked.today()))
