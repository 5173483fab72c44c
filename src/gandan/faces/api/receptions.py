"""The calendar of citizen reception for other programs: read by anybody, kept by the unit, booked without an account."""

from datetime import date, time
from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import localdate, localtime
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.sending import Sending, SentReceipt, let_in
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries

router = Router(tags=["reception"])
ReceptionNumber = Annotated[asked.Number, Path(description="The number of a session.")]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=300)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class ReceptionSession(BaseModel):
    """One session of citizen reception."""

    number: int
    unit: UnitName
    receiver: str = Field(description="Who receives: position and name.")
    place: str
    day: date = Field(description="The day of the session.")
    begins: str = Field(description="HH:MM, by the clock of the place.")
    ends: str = Field(description="HH:MM.")
    source: str = Field(description="The paper that set the calendar.")
    called_off: str = Field(description="Why it does not take place; empty: it does.")
    free: list[str] = Field(description="Times that can still be taken, HH:MM.")
    booked: int = Field(description="How many times are taken.")

    @classmethod
    def of(cls, row: queries.ReceptionRow) -> "ReceptionSession":
        return cls(
            number=row.id, unit=UnitName.of(row.unit), receiver=row.receiver, place=row.place, day=row.day,
            begins=f"{row.begins:%H:%M}", ends=f"{row.ends:%H:%M}", source=row.source, called_off=row.called_off,
            free=[f"{one:%H:%M}" for one in row.free], booked=row.booked,
        )  # fmt: skip


class ReceptionPlan(BaseModel):
    """Sessions on one or several days."""

    unit: asked.Code
    receiver: Said
    place: Said
    days: Annotated[list[asked.Day], Field(min_length=1, max_length=60)]
    begins: Clock
    ends: Clock
    minutes: Annotated[int, Field(ge=5, le=240)] = Field(30, description="For each who comes.")
    source: Said = Field(description="The paper that sets the calendar.")


class ReceptionCalledOff(BaseModel):
    text: Said = Field(description="Why; who has booked reads it.")


class ReceptionBooking(Sending):
    """Who comes, and how to tell them if the calendar changes."""

    at: Clock
    name: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
    phone: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=30)]
    about: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=1000)] = ""


@router.get("/receptions", response=answers(list[ReceptionSession]), summary="The calendar of citizen reception")
def sessions(
    request: HttpRequest, unit: Annotated[asked.Code | None, Query(description="Only sessions of this unit.")] = None
) -> list[ReceptionSession]:
    """Sessions of the coming sixty days, also those that were called off, the next first, at most two hundred.

    Who may: anybody signed in. People find the same at /public/reception/.
    """
    found = queries.receptions(localtime(), organisations.unit_id(unit) if unit else None)
    return [ReceptionSession.of(row) for row in found]


@router.post("/receptions", response={201: list[ReceptionSession], **SAYS_NO}, summary="Plan sessions")
def plan(request: HttpRequest, body: ReceptionPlan) -> Status[list[ReceptionSession]]:
    """Put sessions into a unit's calendar; everybody sees them at once.

    Who may: who answers what people bring at the unit (`answer_voice`).
    """
    made = operations.plan_receptions(
        unit=organisations.unit(body.unit), receiver=body.receiver, place=body.place, days=body.days,
        begins=time.fromisoformat(body.begins), ends=time.fromisoformat(body.ends), minutes=body.minutes, source=body.source,
        by=asked.viewer(request), on=localdate(),
    )  # fmt: skip
    return Status(201, [ReceptionSession.of(queries.reception(one.pk, localtime())) for one in made])


@router.post("/receptions/{number}/call-off", response=answers(ReceptionSession), summary="Call a session off")
def call_off(request: HttpRequest, number: ReceptionNumber, body: ReceptionCalledOff) -> ReceptionSession:
    """Call a session off; whoever has booked is told.

    Who may: who answers what people bring at the unit (`answer_voice`).
    """
    operations.call_off(reception=number, why=body.text, by=asked.viewer(request), on=localdate())
    return ReceptionSession.of(queries.reception(number, localtime()))


@router.post(
    "/receptions/{number}/bookings",
    response={201: SentReceipt, **SAYS_NO},
    auth=None,
    summary="Book a time of a session",
    url_name="sending-booking",
)
def book(request: HttpRequest, number: ReceptionNumber, body: ReceptionBooking) -> Status[SentReceipt]:
    """Take a time. Its code gives it back at /public/reception/mine/. Sent again with the same token, it is the same time.

    Who may: everyone, with a token from `GET /api/v1/sending`.
    """
    code = let_in(request, body)
    operations.book_reception(
        reception=number, at=time.fromisoformat(body.at), name=body.name, phone=body.phone, about=body.about, code=code,
        by=organisations.public(), on=localdate(), now=localtime(),
    )  # fmt: skip
    return Status(201, SentReceipt(code=code))
