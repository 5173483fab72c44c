"""What people bring, for other programs: the inbox of the viewer's units, taken down, answered, passed on."""

import secrets
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.timezone import localdate, now
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.flow import Channel, Outcome, State
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.rules.brought import Brought
from gandan.work.voice.rules.receipts import DIGITS

router = Router(tags=["voice"])
Kind = Literal["report", "crime", "handover", "conduct", "complaint", "denunciation", "compliment", "question"]
Number = Annotated[asked.Text, Path(min_length=1, description="The number of a case, such as `PA-1204`.")]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=8000)]
Short = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=400)]


class VoiceCase(BaseModel):
    """What one person brought. Who sent it is never in a list."""

    number: str
    kind: Kind
    service: str = Field(description="The code of the service, of a report of a problem.")
    unit: UnitName = Field(description="Where it is now.")
    ward: UnitName | None
    channel: str
    source: str = Field(description="The other channel it came by; empty if it was brought here.")
    source_number: str = Field(description="Its number there.")
    text: str = Field(description="Its first words.")
    place: str
    state: Literal["new", "working", "answered", "withdrawn"]
    outcome: Literal["done", "explained", "passed_out", "refused"] | None
    received_on: date
    due_on: date = Field(description="The last day on which the answer is in time.")
    ended_on: date | None = Field(description="The day on which it was answered or withdrawn; null while it is open.")
    overdue: bool
    merged: int = Field(description="How many doubles were merged into it.")
    merged_into: str = Field(description="The case it was merged into; empty if none.")
    version: int = Field(description="It rises by one with each change; `seen` names it.")

    @classmethod
    def of(cls, row: queries.CaseRow) -> "VoiceCase":
        return cls(
            number=row.number, kind=row.kind.value, service=row.service, unit=UnitName.of(row.unit),
            ward=UnitName.of(row.ward) if row.ward else None, channel=row.channel.value, source=row.source,
            source_number=row.source_number, text=row.excerpt, place=row.place, state=row.state.value,
            outcome=row.outcome.value if row.outcome else None, received_on=row.received_on, due_on=row.due_on,
            ended_on=row.ended_on, overdue=row.overdue, merged=row.merged, merged_into=row.merged_into, version=row.version,
        )  # fmt: skip


class VoicePage(BaseModel):
    items: list[VoiceCase] = Field(description="The newest first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class VoiceReply(BaseModel):
    """What a unit said to the sender."""

    on: date
    answer: bool = Field(description="False: a word on the way.")
    text: str
    seen_on: date | None = Field(description="When the sender first opened it.")


class VoiceRead(VoiceCase):
    """A case in full. Notes among officers and the sender's name stay on the pages."""

    whole_text: str
    replies: list[VoiceReply]


class Receipt(BaseModel):
    """What the sender takes home."""

    number: str
    code: str = Field(description="The receipt's sixteen digits. Only this answer has them; give them to the sender.")
    due_on: date


class TakenDown(BaseModel):
    """What somebody said by telephone, at the desk, or by another channel."""

    kind: Kind
    text: Words
    channel: Literal["counter", "phone", "post", "reception", "other"] = "phone"
    source: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$|^$", max_length=30)] = Field(
        "", description="The other channel's code; with `source_number` a case comes once, however often it is sent."
    )
    source_number: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=80)] = ""
    service: asked.Slug | None = None
    answers: dict[str, str] = Field({}, description="To the questions of the service, by their codes.")
    place: Short = ""
    latitude: float | None = Field(None, ge=-90, le=90, description="Degrees north (WGS 84).")
    longitude: float | None = Field(None, ge=-180, le=180, description="Degrees east (WGS 84).")
    ward: asked.Code | None = None
    concerned: asked.Code | None = Field(None, description="The unit it speaks of.")
    name: Short = ""
    phone: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=30)] = ""
    email: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=254)] = ""
    language: Literal["vi", "en"] = "vi"
    public: bool = False


class Answered(BaseModel):
    text: Words
    outcome: Literal["done", "explained", "passed_out", "refused"]
    seen: int | None = Field(None, ge=0, le=2_000_000_000, description="The `version` that you looked at.")


class PassedOn(BaseModel):
    unit: asked.Code
    text: Words = Field("", description="Why; the sender reads it.")


@router.get("/voice", response=answers(VoicePage), summary="Cases")
def cases(
    request: HttpRequest,
    text: Annotated[asked.Text | None, Query(description="Words of it or of its place, or its number.")] = None,
    unit: Annotated[list[asked.Code], Query(max_length=400, description="Only those at these units. May be repeated.")] = [],
    kind: Annotated[Kind | None, Query(description="Only cases of this kind.")] = None,
    state: Annotated[
        Literal["new", "working", "answered", "withdrawn"] | None, Query(description="Only cases in this state.")
    ] = None,
    overdue: Annotated[bool, Query(description="Only those open past their day.")] = False,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> VoicePage:
    """Cases, the newest first; of other units' there is no trace.

    Who may: who reads what people bring (`read_voice`), complaints the inspectorate alone (`handle_complaints`).
    """
    filters = queries.Filters(
        units=frozenset(asked.units(unit)) if unit else None,
        kind=CaseKind(kind) if kind else None,
        state=State(state) if state else None,
        overdue=overdue,
        text=text or "",
    )
    after = asked.read(cursor)
    page = queries.cases(asked.viewer(request), asked.today(), filters, after=after[1] if after else None, limit=limit)
    following = asked.written((page.rows[-1].received_on, page.next)) if page.next else None
    return VoicePage(items=[VoiceCase.of(row) for row in page.rows], next=following)


@router.get("/voice/{number}", response=answers(VoiceRead), summary="One case")
def one(request: HttpRequest, number: Number) -> VoiceRead:
    """A case in full, with what was said to its sender.

    Who may: who reads such cases at the unit where it is; to others it doesn't exist (404).
    """
    found = queries.case(number, asked.viewer(request), asked.today())
    replies = [VoiceReply(on=one.on, answer=one.is_answer, text=one.words, seen_on=one.seen_on) for one in found.replies]
    return VoiceRead(**VoiceCase.of(found.row).model_dump(), whole_text=found.text, replies=replies)


@router.post("/voice", response={201: Receipt, **SAYS_NO}, summary="Take down a case")
def take_down(request: HttpRequest, body: TakenDown) -> Status[Receipt]:
    """Take down what somebody said, or bring what came by another channel.

    Who may: who answers what people bring, at one unit or another (`answer_voice`).
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    given = body.model_dump(exclude={"channel", "source", "source_number", "kind"})
    given = {name: "" if value is None and name in {"service", "ward", "concerned"} else value for name, value in given.items()}
    case = operations.receive(
        brought=Brought(kind=CaseKind(body.kind), **given),
        channel=Channel(body.channel),
        code=code,
        source=body.source,
        source_number=body.source_number,
        by=asked.viewer(request),
        on=localdate(),
        at=now(),
    )
    return Status(201, Receipt(number=case.number, code=code, due_on=case.due_on))


class ChannelAnswer(BaseModel):
    """An answer to a case that another channel brought, by that channel's own number."""

    id: int = Field(description="`after` names it to go on from here.")
    source_number: str
    number: str
    outcome: str
    text: str


class ChannelAnswers(BaseModel):
    items: list[ChannelAnswer] = Field(description="The oldest first, those of at most five hundred replies.")


@router.get("/voice/channels/{code}/answers", response=answers(ChannelAnswers), summary="Answers for another channel")
def channel_answers(
    request: HttpRequest,
    code: Annotated[asked.Slug, Path(description="The channel's code.")],
    after: Annotated[int, Query(ge=0, le=2**62, description="The `id` of the last answer that you have.")] = 0,
) -> ChannelAnswers:
    """Answers to the cases that a channel brought, from one on.

    Who may: who answers what people bring at the unit that looks after the channel (`answer_voice`).
    """
    found = queries.answers_of(code, asked.viewer(request), asked.today(), after=after)
    return ChannelAnswers(
        items=[
            ChannelAnswer(id=one.id, source_number=one.source_number, number=one.number, outcome=one.outcome, text=one.words)
            for one in found
        ]
    )


@router.post("/voice/{number}/answer", response=answers(VoiceCase), summary="Answer a case")
def answer(request: HttpRequest, number: Number, body: Answered) -> VoiceCase:
    """Answer a case, and with it all that were merged into it.

    Who may: who works on such cases at the unit where it is (`answer_voice`, `handle_complaints`).
    """
    viewer = asked.viewer(request)
    found = queries.case(number, viewer, asked.today())
    operations.answer(
        case=found.record.pk, words=body.text, outcome=Outcome(body.outcome), seen=body.seen, by=viewer, on=localdate(), at=now()
    )
    return VoiceCase.of(queries.case(number, viewer, asked.today()).row)


@router.post("/voice/{number}/pass", response=answers(VoiceCase), summary="Pass a case on")
def pass_on(request: HttpRequest, number: Number, body: PassedOn) -> VoiceCase:
    """Pass a case on to the unit it belongs to. Its day stays; its sender is told.

    Who may: who works on such cases at the unit where it is (`answer_voice`, `handle_complaints`).
    """
    viewer = asked.viewer(request)
    found = queries.case(number, viewer, asked.today())
    unit = organisations.unit(body.unit)
    moved = operations.hand_over(case=found.record.pk, to=unit, words=body.text, by=viewer, on=localdate(), at=now())
    return VoiceCase.of(queries.row_of(moved, asked.today()))
