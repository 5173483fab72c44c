"""Dossiers of the units at which the viewer may read them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.calendar import Reckoned
from gandan.faces.api.measures import Words
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName, said
from gandan.ground.calendar.rules import TermUnit
from gandan.ground.ledger.kinds import Kind
from gandan.work.dossiers import queries as dossiers

router = Router(tags=["dossiers"])
DossierStatus = Literal[
    "registered", "received", "refused", "processing", "supplement", "payment", "withdrawn", "stopped", "finished", "returned"
]  # fmt: skip


class Dossier(BaseModel):
    """A request under one procedure."""

    number: str = Field(description="Its number; it stands on the receipt.")
    source: str = Field(description="The system it came from; empty if it was received here.")
    source_number: str = Field(description="Its number there.")
    procedure: str = Field(description="The procedure's code.")
    procedure_name: str
    procedure_name_en: str
    unit: UnitName = Field(description="Where it is now.")
    channel: str = Field(description="counter, online or post.")
    applicant: str
    status: DossierStatus = Field(description="One of the ten states of the national portal.")
    version: int = Field(description="One more with every step. As `seen`, it keeps a step from passing over another's.")
    received_on: date
    due_on: date = Field(description="The day appointed: the last on which the result is in time.")
    ended_on: date | None = Field(description="The day on which it was finished or withdrawn.")
    overdue: bool = Field(description="Whether it is, or was finished, after the day appointed.")

    @classmethod
    def of(cls, row: dossiers.DossierRow) -> "Dossier":
        return cls.model_validate(_plain(row))


class DossierPage(BaseModel):
    items: list[Dossier] = Field(description="The last received first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class DueReckoning(BaseModel):
    """How the day appointed came about."""

    amount: int
    unit: TermUnit
    roll: bool = Field(description="Whether an end on a day off moves to the next working day.")
    due_on: date = Field(description="As reckoned by what is known of the calendar today.")
    days: list[Reckoned]


class Happening(BaseModel):
    """Something that happened, as the ledger has it."""

    event: int
    kind: Kind
    sentence: Words
    day: date
    unit: UnitName
    facets: dict[str, str]
    reversed: bool = Field(description="Taken back by a later correction, or such a correction itself.")


class Apology(BaseModel):
    """A letter of apology for one missed appointment."""

    appointed_on: date
    owed_on: date
    reason: str = Field(description="A code.")
    sent_on: date | None
    new_due_on: date | None


class Delivery(BaseModel):
    """A result on its way by post."""

    state: str = Field(description="wanted, handed, delivered, failed or returned.")
    wanted_on: date
    handed_on: date | None
    due_on: date | None
    settled_on: date | None = Field(description="The day it was delivered or came back.")
    failed_on: date | None = Field(description="The last attempt that found nobody.")
    tracking: str


class DossierRead(Dossier):
    reckoning: DueReckoning | None = Field(description="Null where the system it came from stated the day appointed.")
    timeline: list[Happening] = Field(description="All that happened to it, in the order in which it counts.")
    apologies: list[Apology]
    deliveries: list[Delivery]
    imported_from: str = Field(description="The file it was brought in with; empty if it was received here.")
    imported_line: int | None


def _plain(row: dossiers.DossierRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "source": row.source,
        "source_number": row.source_number,
        "procedure": row.procedure,
        "procedure_name": row.procedure_name,
        "procedure_name_en": row.procedure_name_en,
        "unit": UnitName.plain(row.unit),
        "channel": row.channel,
        "applicant": row.applicant,
        "status": row.status.value,
        "version": row.version,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "ended_on": row.ended_on,
        "overdue": row.overdue,
    }


@router.get("/dossiers", response=answers(DossierPage), summary="Dossiers")
def catalogue(
    request: HttpRequest,
    unit: Annotated[list[asked.Code], Query(max_length=400, description="Only those at these units. May be repeated.")] = [],
    procedure: Annotated[asked.Slug | None, Query(description="Only those of this procedure.")] = None,
    status: Annotated[DossierStatus | None, Query(description="One of the ten states of the national portal.")] = None,
    overdue: Annotated[bool, Query(description="Only those open past the day appointed.")] = False,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> HttpResponse:
    """Dossiers, the last received first; of other units' there is no trace.

    Who may: who reads dossiers (`read_dossiers`); they see those of their units. Anybody else gets an empty list.
    """
    filters = dossiers.Filters(
        units=frozenset(asked.units(unit)) if unit else None,
        procedure=procedure or "",
        status=dossiers.Status(status) if status else None,
        overdue=overdue,
    )
    return _page(request, filters, cursor, limit)


class Search(BaseModel):
    """What is looked for, and to what it is narrowed."""

    text: Annotated[asked.Text, StringConstraints(min_length=1, strip_whitespace=True)] = Field(
        description="Words of the applicant's name (with or without marks), the number or a part of it, a whole telephone number."
    )
    unit: list[asked.Code] = Field([], max_length=400, description="Only those at these units.")
    procedure: asked.Slug | None = None
    status: DossierStatus | None = None
    overdue: bool = Field(False, description="Only those open past the day appointed.")
    cursor: asked.Key | None = Field(None, description="Where the page begins: `next` of the page before.")
    limit: int = Field(50, ge=1, le=200, description="How many rows at most, 1 to 200.")


@router.post("/dossiers/search", response=answers(DossierPage), summary="Dossiers by name or number")
def search(request: HttpRequest, body: Search) -> HttpResponse:
    """Dossiers in which something is found, the last received first. It changes nothing; a name stands in no address.

    Who may: who reads dossiers (`read_dossiers`); they see those of their units. Anybody else gets an empty list.
    """
    filters = dossiers.Filters(
        units=frozenset(asked.units(body.unit)) if body.unit else None,
        procedure=body.procedure or "",
        status=dossiers.Status(body.status) if body.status else None,
        overdue=body.overdue,
        text=body.text,
    )
    return _page(request, filters, body.cursor, body.limit)


def _page(request: HttpRequest, filters: dossiers.Filters, cursor: str | None, limit: int) -> HttpResponse:
    page = dossiers.dossiers(asked.viewer(request), asked.today(), filters, after=asked.read(cursor), limit=limit)
    return said(DossierPage.model_validate({"items": list(map(_plain, page.rows)), "next": asked.written(page.next)}))


@router.get("/dossiers/{path:number}", response=answers(DossierRead), summary="One dossier")
def one(
    request: HttpRequest,
    number: Annotated[asked.Text, Path(min_length=1, description="Its number, or that which it had in the system it came from.")],
) -> HttpResponse:
    """A dossier with how its due date was reckoned and all that happened to it.

    Who may: who reads dossiers at the unit where it is (`read_dossiers`). Others are told the unit, to ask there (403).
    """
    found = dossiers.dossier(number, asked.viewer(request), asked.today())
    reckoning = found.reckoning
    answer = DossierRead(
        **_plain(found.row),
        reckoning=DueReckoning(
            amount=reckoning.term.amount,
            unit=reckoning.term.unit,
            roll=reckoning.term.roll,
            due_on=reckoning.due,
            days=[Reckoned.of(day) for day in reckoning.days],
        )
        if reckoning
        else None,
        timeline=[
            Happening(
                event=step.event,
                kind=step.kind,
                sentence=Words(vi=step.sentence, en=step.sentence_en),
                day=step.day,
                unit=UnitName.of(step.unit),
                facets=dict(step.facets),
                reversed=step.reversed,
            )
            for step in found.timeline
        ],
        apologies=[
            Apology(
                appointed_on=letter.appointed_on,
                owed_on=letter.owed_on,
                reason=letter.reason,
                sent_on=letter.sent_on,
                new_due_on=letter.new_due_on,
            )
            for letter in found.apologies
        ],
        deliveries=[
            Delivery(
                state=parcel.state,
                wanted_on=parcel.wanted_on,
                handed_on=parcel.handed_on,
                due_on=parcel.due_on,
                settled_on=parcel.settled_on,
                failed_on=parcel.failed_on,
                tracking=parcel.tracking,
            )
            for parcel in found.deliveries
        ],
        imported_from=found.imported_from,
        imported_line=found.imported_line,
    )
    return said(answer)
