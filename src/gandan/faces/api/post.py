"""The post's program: it tells us of parcels by signed messages. And what the holder of a receipt may read by it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router
from ninja.security import APIKeyHeader, HttpBearer
from pydantic import AwareDatetime, BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.measures import Words
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations, queries
from gandan.work.dossiers.operations import Answer, Word
from gandan.work.dossiers.rules.parcels import WRONG_SIGNATURE, BadSignature, Scanned

router = Router(tags=["post"])


class Signed(APIKeyHeader):
    """`X-GanDan-Signature: t=1764208800,v1=…`: HMAC-SHA256 of `t.body` with the partner's secret, in hexadecimal."""

    param_name = "X-GanDan-Signature"

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key or None


class Receipt(HttpBearer):
    """The token of a receipt, as its QR holds it."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        return token or None


class Scan(BaseModel):
    """Something that happened to one parcel."""

    id: str = Field(min_length=1, max_length=80, description="Your own number of it. The same one, sent again, counts once.")
    tracking: str = Field(min_length=1, max_length=40, description="The parcel's number, S10 or domestic.")
    what: Scanned = Field(description="in_transit, delivered, failed (found nobody; may happen several times) or returned.")
    at: AwareDatetime = Field(description="When it happened, with its zone. The order of arrival doesn't matter.")
    reason: str = Field(default="", max_length=40, description="Why it failed: a short code of yours.")


class Scans(BaseModel):
    scans: list[Scan] = Field(max_length=500)


class ScanAnswer(BaseModel):
    """What became of one scan."""

    id: str
    outcome: str = Field(
        description="applied; noted (a later one had come before); again (known); unknown (not on your lists); refused."
    )
    code: str = Field(default="", description="With `refused`: the reason for programs.")
    message: str = Field(default="", description="With `refused`: the reason for people.")

    @classmethod
    def of(cls, answer: Answer) -> "ScanAnswer":
        refusal = answer.refusal
        said = {"code": refusal.code, "message": str(refusal)} if refusal else {}
        return cls(id=answer.word.reference, outcome=answer.outcome, **said)


class TakenScans(BaseModel):
    scans: list[ScanAnswer] = Field(description="In the order of the request.")


@router.post("/post/{partner}/scans", response=answers(TakenScans), auth=Signed(), summary="What happened to parcels")
def scans(
    request: HttpRequest, partner: Annotated[asked.Code, Path(description="The code of your unit.")], message: Scans
) -> TakenScans:
    """Take up to 500 scans, each by itself, with an answer for each. Send the same message again as often as you like.

    Who may: the post's program that holds the partner's secret. A signature older than five minutes is refused (401).
    """
    now = timezone.now()
    try:
        known = queries.post_partner(partner)
    except queries.UnknownPartner:
        raise BadSignature(WRONG_SIGNATURE) from None
    taken = operations.take_message(
        partner=known,
        header=request.headers.get(Signed.param_name, ""),
        body=request.body,
        words=[Word(one.id, one.tracking, one.what, one.at, one.reason) for one in message.scans],
        by=organisations.public(),
        on=asked.today(),
        at=now,
    )
    return TakenScans(scans=[ScanAnswer.of(one) for one in taken])


class Happened(BaseModel):
    """Something that the applicant is told of."""

    sentence: Words
    day: date
    unit: UnitName


class ParcelRead(BaseModel):
    state: str = Field(description="wanted, packed, handed, in_transit, delivered, failed, returned, collected or dropped.")
    tracking: str
    due_on: date | None = Field(description="Until when the post has promised it.")
    failed_on: date | None = Field(description="The last attempt that found nobody.")


class ReceiptRead(BaseModel):
    """A dossier, as its applicant sees it. It names nobody."""

    number: str
    procedure: str
    procedure_name: str
    procedure_name_en: str
    unit: UnitName
    status: str
    received_on: date
    due_on: date
    ended_on: date | None = Field(description="The day on which it was finished, withdrawn or stopped.")
    timeline: list[Happened]
    parcel: ParcelRead | None


# What an applicant is told of; the rest happens inside the office.
TOLD = ("dossier.", "letter.sent", "delivery.")
INSIDE = ("delivery.packed", "delivery.unpacked", "delivery.scanned", "dossier.handed_over")


@router.get("/receipt", response=answers(ReceiptRead), auth=Receipt(), summary="A dossier by its receipt")
def receipt(request: HttpRequest) -> ReceiptRead:
    """What the holder of a receipt may know of their dossier.

    Who may: who holds the receipt (its token as a bearer token). A receipt that was replaced opens nothing (401).
    """
    auth: Any = request
    found = queries.held(queries.opened_by_token(auth.auth), asked.today())
    row, parcel = found.shown.row, found.parcel
    return ReceiptRead(
        number=row.number,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        procedure_name_en=row.procedure_name_en,
        unit=UnitName.of(row.unit),
        status=row.status,
        received_on=row.received_on,
        due_on=row.due_on,
        ended_on=row.ended_on,
        timeline=[
            Happened(sentence=Words(vi=step.sentence, en=step.sentence_en), day=step.day, unit=UnitName.of(step.unit))
            for step in found.shown.timeline
            if step.kind.startswith(TOLD) and step.kind not in INSIDE and not step.reversed
        ],
        parcel=ParcelRead(state=parcel.state, tracking=parcel.tracking, due_on=parcel.due_on, failed_on=parcel.failed_on)
        if parcel
        else None,
    )
