"""The end of the chain, to hold a database against a signed paper, and how much the ledger holds."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.ground.ledger import queries as ledger
from gandan.ground.ledger.queries.chain import Link
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right

router = Router(tags=["ledger"])


class Posting(BaseModel):
    """A posting: numbered 1, 2, 3 … without gaps, its digest covering all events up to it."""

    number: int
    digest: str = Field(description="SHA-256, 64 hexadecimal digits.")
    at: datetime


class Head(BaseModel):
    """Where the chain ends."""

    last: Posting | None = Field(description="Null before the first posting.")


class State(Head):
    """The ledger at a glance."""

    events: int = Field(description="How many events there are, those that wait included.")
    pending: int = Field(description="How many of them are not in a posting yet. Figures count them already.")


@router.get("/ledger/head", response=answers(Head), summary="The last posting")
def head(request: HttpRequest) -> Head:
    """The number and digest of the last posting. A report states those at which it was frozen.

    Who may: anyone signed in.
    """
    return Head(last=_posting(ledger.last_posting()))


@router.get("/ledger", response=answers(State), summary="How much the ledger holds")
def state(request: HttpRequest) -> State:
    """Events, those still waiting, and the end of the chain. Walking the whole chain is a command: `gandan ledger verify`.

    Who may: who verifies the ledger (auditor, inspectorate, administrator), at any unit.
    """
    organisations.require_anywhere(Right.VERIFY_LEDGER, by=asked.viewer(request), on=asked.today())
    found = ledger.state()
    return State(events=found.events, pending=found.pending, last=_posting(found.last))


def _posting(last: Link | None) -> Posting | None:
    return Posting(number=last.number, digest=last.digest.hex(), at=last.at) if last else None
