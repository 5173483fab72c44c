"""What is kept about people, for everyone; and what people ask of their data, for the officers who answer."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.measures import Words
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy import operations
from gandan.ground.privacy import queries as privacy
from gandan.ground.privacy.flow import Ground, Outcome, Step, Wish
from gandan.ground.privacy.rules import Category, How
from gandan.work.dossiers import queries as dossiers

router = Router(tags=["privacy"])
MOST = 4000
Number = Annotated[int, Path(ge=1, le=asked.LARGEST, description="The request's number.")]


class Processing(BaseModel):
    """One kind of record about people."""

    code: str
    name: Words
    purpose: Words
    basis: list[str] = Field(description="The laws it rests on, in Vietnamese.")
    what: list[Category] = Field(description="What it says of somebody.")
    after: Words = Field(description="From when on its time is counted.")
    months: int = Field(description="How long it is kept; 0: each record carries its own day.")
    then: How = Field(description="Whether it is then erased, or made anonymous.")
    verified: bool = Field(description="Whether somebody has held the time against the law.")
    who: Words = Field(description="Who may see it.")
    recipients: Words


class Register(BaseModel):
    dated: date = Field(description="The day from which it stands as it is.")
    kinds: list[Processing]


@router.get(
    "/privacy/register",
    response=answers(Register),
    auth=None,
    summary="The register of processing",
    url_name="privacy-register-json",
)
def register(request: HttpRequest) -> Register:
    """What is kept about people, why, for how long, and who may see it.

    Who may: everyone.
    """
    kinds = list(privacy.register().kinds.values())
    keeps = privacy.keeps(asked.today())
    return Register(
        dated=max(one.dated for one in kinds),
        kinds=[
            Processing(
                code=one.code,
                name=Words(vi=one.name, en=one.name_en),
                purpose=Words(vi=one.purpose, en=one.purpose_en),
                basis=list(one.basis),
                what=list(one.categories),
                after=Words(vi=one.keep.after, en=one.keep.after_en),
                months=keeps[one.code].months,
                then=one.keep.how,
                verified=keeps[one.code].verified,
                who=Words(vi=one.who, en=one.who_en),
                recipients=Words(vi=one.recipients, en=one.recipients_en),
            )
            for one in kinds
        ],
    )


class DataRequest(BaseModel):
    """What somebody asks of their data, without a word of what they wrote."""

    number: int = Field(description="By which it is asked for again.")
    about: str = Field(description="The number of the dossier in question.")
    unit: UnitName
    wish: Wish
    channel: str = Field(description="counter or online.")
    step: Step
    asked_on: date = Field(description="The day on which it came.")
    acknowledged_on: date | None = Field(description="The day on which the person was told that it came.")
    due_on: date = Field(description="The last day on which the answer is in time.")
    extended_on: date | None = Field(description="The day on which its term was extended, once.")
    answered_on: date | None = Field(description="The day on which it was answered or taken back.")
    outcome: Outcome | None
    reason: str = Field(description="Why it wasn't wholly granted: a code, or empty.")
    late: bool

    @classmethod
    def of(cls, row: privacy.RequestRow, on: date) -> "DataRequest":
        return cls(
            number=row.id,
            about=row.label,
            unit=UnitName.of(row.unit),
            wish=row.wish,
            channel=row.channel,
            step=row.step,
            asked_on=row.asked_on,
            acknowledged_on=row.acknowledged_on,
            due_on=row.due_on,
            extended_on=row.extended_on,
            answered_on=row.answered_on,
            outcome=row.outcome,
            reason=row.reason,
            late=row.late(on),
        )


class DataRequestRead(DataRequest):
    text: str = Field(description="What the person wrote; empty once its time is up.")
    answer: str


class DataRequests(BaseModel):
    items: list[DataRequest] = Field(description="The newest first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class Ask(BaseModel):
    dossier: str = Field(min_length=1, max_length=60, description="Its number.")
    wish: Wish
    text: str = Field(default="", max_length=MOST)
    reply_to: str = Field(default="", max_length=200, description="Where the answer goes, if not to where the dossier says.")


class Answer(BaseModel):
    outcome: Outcome
    text: str = Field(min_length=1, max_length=MOST)
    reason: Ground | None = Field(default=None, description="Needed unless it is wholly granted.")


@router.get("/privacy/requests", response=answers(DataRequests), summary="Requests about personal data")
def requests(request: HttpRequest, cursor: asked.Cursor = None, limit: asked.Limit = 50) -> DataRequests:
    """What people ask of the units whose requests the viewer answers.

    Who may: who handles requests somewhere (`handle_requests`).
    """
    who, on = asked.viewer(request), asked.today()
    organisations.require_anywhere(Right.HANDLE_REQUESTS, by=who, on=on)
    key = asked.read(cursor)
    found = privacy.requests(who, on, after=key[-1] if key else None, limit=limit + 1)
    page = found[:limit]
    following = asked.written((page[-1].asked_on, page[-1].id)) if len(found) > limit else None
    return DataRequests(items=[DataRequest.of(one, on) for one in page], next=following)


@router.post("/privacy/requests", response={201: DataRequestRead, **SAYS_NO}, summary="Take a request in")
def ask(request: HttpRequest, body: Ask) -> Status[DataRequestRead]:
    """Take in what somebody asks about their data in one dossier. Whoever sends this has seen that it is theirs.

    409 if the same has been asked and isn't answered (`already_open`).

    Who may: who handles requests at the dossier's unit (`handle_requests`) and may read the dossier.
    """
    who, on = asked.viewer(request), asked.today()
    record = dossiers.known_about(body.dossier, who, on).record
    taken = operations.ask(
        about=record, label=record.number, unit=record.unit, wish=body.wish, text=body.text, reply_to=body.reply_to, by=who, on=on
    )
    return Status(201, _read(request, taken.pk))


@router.get("/privacy/requests/{number}", response=answers(DataRequestRead), summary="One request about personal data")
def one(request: HttpRequest, number: Number) -> DataRequestRead:
    """Who may: who handles requests at its unit (`handle_requests`)."""
    return _read(request, number)


@router.post("/privacy/requests/{number}/acknowledge", response=answers(DataRequestRead), summary="Say that a request came")
def acknowledge(request: HttpRequest, number: Number) -> DataRequestRead:
    """Note that the person was told that their request came.

    Who may: who handles requests at its unit (`handle_requests`).
    """
    _read(request, number)
    operations.acknowledge(request=number, by=asked.viewer(request), on=asked.today())
    return _read(request, number)


@router.post("/privacy/requests/{number}/answer", response=answers(DataRequestRead), summary="Answer a request")
def answer(request: HttpRequest, number: Number, body: Answer) -> DataRequestRead:
    """Answer a request, with a reason unless it is wholly granted.

    Who may: who handles requests at its unit (`handle_requests`).
    """
    _read(request, number)
    operations.answer(
        request=number, outcome=body.outcome, text=body.text, reason=body.reason, by=asked.viewer(request), on=asked.today()
    )
    return _read(request, number)


def _read(request: HttpRequest, number: int) -> DataRequestRead:
    """:raises NotAllowed: if the viewer doesn't handle requests at its unit"""
    on = asked.today()
    row, record = privacy.request(number, asked.viewer(request), on)
    return DataRequestRead(**DataRequest.of(row, on).model_dump(), text=record.text, answer=record.answer)
