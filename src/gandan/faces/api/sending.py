"""What anybody may send without an account, for other programs: ideas, comments. Who sends works a little, as on the pages."""

import time
from datetime import timedelta
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.ideas import CallNumber
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.ground.accounts import limits, proof
from gandan.ground.accounts.gate import Full, forms
from gandan.ground.accounts.rules import Limit, TooOften
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.work.notices import queries as notices
from gandan.work.voice import operations
from gandan.work.voice.queries import ideas as queries
from gandan.work.voice.rules.comments import About

router = Router(tags=["ideas"])
SENT = Limit("sent by programs without a key", 60, timedelta(hours=1))
Email = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=254)]
Phone = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=30)]


class SendingToken(BaseModel):
    """What a sending is checked by: either some work, or the time that writing takes."""

    token: str
    begins: str = Field(description="What is digested in each round: SHA-256 of `begins:round:number`.")
    bits: int = Field(description="So many zero bits each digest begins with.")
    rounds: int = Field(description="So many rounds, from 0 on; the proof is their numbers, joined by dots.")
    ripe: int = Field(description="Seconds after which the token is taken without a proof.")


class Sending(BaseModel):
    """What every sending without an account carries."""

    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-=]+$", max_length=64)]
    proof: Annotated[str, StringConstraints(pattern=r"^[0-9.]*$", max_length=200)] = ""


class SentReceipt(BaseModel):
    """By what the sender follows it. It is told to whoever holds the token, and kept as a digest only."""

    code: str = Field(description="Sixteen digits.")


class IdeaSent(Sending):
    """An idea, as somebody wrote it. There is no place for a name."""

    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)]
    public: bool = Field(True, description="Whether it may stand in public once somebody has looked at it.")
    phone: Phone = Field("", description="To be told when there is an answer. No officer can read it.")
    email: Email = ""
    language: Literal["vi", "en"] = "vi"


class CommentSent(Sending):
    """A comment under a notice or a call."""

    about: Literal["notice", "call"]
    number: asked.Number
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)]


class IdeaBegun(BaseModel):
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)]


class IdeaNear(BaseModel):
    """An idea that stands in public and says nearly the same."""

    number: int
    text: str
    group: int | None = Field(description="The group it is in.")


def let_in(request: HttpRequest, sent: Sending) -> str:
    """Return the code of what a token sends: the same token sends the same once.

    :raises TooOften: if it carries neither work nor age, or so many come at once that somebody has to wait
    """
    limits.take(SENT, limits.address_of(request.META), at=timezone.now())
    try:
        once = forms().admit(sent.token, sent.proof, time.time())
    except proof.Unproven:
        raise TooOften(
            gettext_noop("Để chặn máy gửi tự động, xin gửi kèm phép tính, hoặc chờ {seconds} giây."), seconds=proof.RIPE
        ) from None
    except Full:
        raise TooOften(gettext_noop("Lúc này rất nhiều người cùng gửi. Xin gửi lại sau {seconds} giây."), seconds=60) from None
    return forms().code_of(once)


@router.get("/sending", response=answers(SendingToken), auth=None, summary="A token for sending", url_name="sending-token")
def token(request: HttpRequest) -> SendingToken:
    """What a sending without an account is checked by. A token is good for six hours and for one sending.

    Who may: everyone.
    """
    made, bits = forms().token(time.time())
    return SendingToken(token=made, begins=proof.seed(made), bits=bits, rounds=proof.ROUNDS, ripe=proof.RIPE)


@router.post("/calls/{number}/near", response=answers(list[IdeaNear]), summary="Ideas near to what is being written")
def near(request: HttpRequest, number: CallNumber, begun: IdeaBegun) -> list[IdeaNear]:
    """At most five ideas that stand in public and say nearly this, the nearest first.

    Who may: anybody signed in. People see them while they write.
    """
    found = queries.call(number, asked.today())
    return [IdeaNear(number=one.id, text=one.words, group=one.group) for one in queries.near(found.id, begun.text)]


@router.post(
    "/calls/{number}/ideas", response={201: SentReceipt, **SAYS_NO}, auth=None, summary="Send an idea", url_name="sending-idea"
)
def send_idea(request: HttpRequest, number: CallNumber, sent: IdeaSent) -> Status[SentReceipt]:
    """Send an idea. Sent again with the same token, it is the same one.

    Who may: everyone, with a token from `GET /api/v1/sending`.
    """
    found, code = queries.call(number, asked.today()), let_in(request, sent)
    by, on = organisations.public(), localdate()
    idea = operations.write_idea(
        call=found.record, code=code, words=sent.text, public=sent.public, phone=sent.phone, email=sent.email,
        language=sent.language, by=by, on=on,
    )  # fmt: skip
    operations.send_idea(idea=idea, by=by, on=on)
    return Status(201, SentReceipt(code=code))


@router.post("/comments", response={201: SentReceipt, **SAYS_NO}, auth=None, summary="Send a comment", url_name="sending-comment")
def send_comment(request: HttpRequest, sent: CommentSent) -> Status[SentReceipt]:
    """Say something under a notice or a call; it stands there once somebody has looked. Sent again, it is the same one.

    Who may: everyone, with a token from `GET /api/v1/sending`.
    """
    about = About(sent.about)
    unit = queries.call(sent.number, asked.today()).unit if about is About.CALL else notices.shown(sent.number).unit
    code = let_in(request, sent)
    operations.say_under(
        about=about, number=sent.number, unit=organisations.unit(unit.code), words=sent.text, code=code,
        by=organisations.public(), on=localdate(),
    )  # fmt: skip
    return Status(201, SentReceipt(code=code))
