"""Hand-overs for other programs: appointed, written down, signed by a second officer, given on and taken."""

from datetime import datetime, time
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.timezone import localdate, now
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.faces.api.voice import Number, Short, VoiceCase, Words
from gandan.ground.organisations import queries as organisations
from gandan.work.voice import operations, queries
from gandan.work.voice.rules.handovers.things import Thing

router = Router(tags=["hand-overs"])
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
Where = Literal["held", "on_way", "stored"]
Condition = Literal["intact", "worn", "rusted", "broken", "part", "unknown"]
LinkId = Annotated[int, Path(ge=1, le=2**62, description="The `id` of a link.")]


class HandedItem(BaseModel):
    """One thing, or one lot of the same things."""

    record: str = Field(description="The number of the record of hand-over it stands in; empty before it has one.")
    nth: int = Field(description="Its place there.")
    kind: str
    group: str = Field(description="The law's own group: military, crude, explosive, …")
    name: str
    mark: str = Field(description="Numbers and signs on it.")
    quantity: int = Field(description="Pieces.")
    measure: str
    condition: Condition
    seal: str
    holder: UnitName = Field(description="The unit that last took it.")
    where: Where

    @classmethod
    def of(cls, row: queries.ItemRow) -> "HandedItem":
        return cls(
            record=row.protocol, nth=row.nth, kind=row.kind, group=row.group, name=row.name, mark=row.mark,
            quantity=row.quantity, measure=row.measure, condition=row.condition.value, seal=row.seal,
            holder=UnitName.of(row.holder), where=row.where.value,
        )  # fmt: skip


class HandedItems(BaseModel):
    items: list[HandedItem] = Field(description="The newest first, at most fifty.")


class HandLink(BaseModel):
    """Items went from one unit to another: one person gave them, another takes them."""

    id: int = Field(description="What a signature under this link names.")
    from_unit: UnitName
    to_unit: UnitName
    to_depot: bool
    given_by: str
    given_at: datetime = Field(description="When the giving side signed.")
    taken_by: str = Field(description="Empty while they are on their way.")
    taken_at: datetime | None = Field(description="When the taking side signed; null until then.")
    items: list[HandedItem]

    @classmethod
    def of(cls, row: queries.LinkRow) -> "HandLink":
        return cls(
            id=row.id, from_unit=UnitName.of(row.from_unit), to_unit=UnitName.of(row.to_unit), to_depot=row.to_depot,
            given_by=row.given_by, given_at=row.given_at, taken_by=row.taken_by, taken_at=row.taken_at,
            items=[HandedItem.of(one) for one in row.items],
        )  # fmt: skip


class HandLinks(BaseModel):
    items: list[HandLink] = Field(description="The oldest first, at most fifty.")


class HandRecord(BaseModel):
    """What was taken in of a case. The giver's name stays on the pages."""

    number: str = Field(description="Empty until a second officer has signed.")
    unit: UnitName
    taken_at: datetime = Field(description="When the items were taken in.")
    taken_by: str
    second_by: str
    items: list[HandedItem]
    links: list[HandLink]
    holds: bool = Field(description="False: the chain is not as it was signed.")


class Appointment(BaseModel):
    collected: bool = Field(description="Somebody comes; false: it is brought, never what may explode.")
    day: asked.Day
    begins: Clock = Field(description="HH:MM, by the clock of the place.")
    ends: Clock = Field(description="HH:MM.")
    place: Short
    text: Words = Field("", description="Who comes, what to do until then; the giver reads it.")


class HandedThing(BaseModel):
    kind: asked.Slug
    name: Line = ""
    mark: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=120)] = ""
    quantity: int = Field(1, ge=1, le=100_000, description="Pieces.")
    condition: Condition = "unknown"
    seal: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=60)] = ""


class TakenIn(BaseModel):
    things: list[HandedThing] = Field(min_length=1, max_length=60)
    ground: Literal["not_entitled", "found", "war", "inherited", "other"]
    place: Short
    giver: Line = Field("", description="Empty, if they leave no name.")
    giver_address: Short = ""
    circumstances: Words = ""


class GivenOn(BaseModel):
    items: list[int] = Field(min_length=1, max_length=60, description="Their places in the record.")
    unit: asked.Code
    to_depot: bool = False
    text: Short = ""


class LinkSignature(BaseModel):
    text: Short = Field("", description="What was looked at: seals, numbers.")


@router.get("/hand-overs/items", response=answers(HandedItems), summary="Items handed over")
def items(
    request: HttpRequest, stored: Annotated[bool, Query(description="Those in the depot, not those that are held.")] = False
) -> HandedItems:
    """Items that the viewer's units hold, or that lie in their depot.

    Who may: who reads what people bring (`read_voice`), at the units that took them in or hold them.
    """
    found = queries.held_items(asked.viewer(request), asked.today(), stored=stored)
    return HandedItems(items=[HandedItem.of(row) for row in found[:50]])


@router.get("/hand-overs/links", response=answers(HandLinks), summary="Items on their way")
def links(request: HttpRequest) -> HandLinks:
    """What was given and waits for a signature.

    Who may: who reads what people bring (`read_voice`), at either end.
    """
    return HandLinks(items=[HandLink.of(row) for row in queries.on_the_way(asked.viewer(request), asked.today())])


@router.post("/hand-overs/links/{link}/take", response=answers(HandedItems), summary="Sign for items")
def take(request: HttpRequest, link: LinkId, body: LinkSignature) -> HandedItems:
    """Sign that items have come.

    Who may: who answers what people bring at the unit they were given to (`answer_voice`), but not who gave them.
    """
    operations.take(link=link, remarks=body.text, by=asked.viewer(request), on=localdate(), at=now())
    found = queries.held_items(asked.viewer(request), asked.today())
    return HandedItems(items=[HandedItem.of(row) for row in found[:50]])


@router.get("/hand-overs/{number}", response=answers(HandRecord | None), summary="What was taken in")
def one(request: HttpRequest, number: Number) -> HandRecord | None:
    """What was taken in of a case, and through whose hands it went; null if nothing was yet.

    Who may: who reads the case at the unit where it is (`read_voice`).
    """
    viewer = asked.viewer(request)
    row = queries.protocol_of(queries.case(number, viewer, asked.today()).record, viewer, asked.today())
    if row is None:
        return None
    return HandRecord(
        number=row.number, unit=UnitName.of(row.unit), taken_at=row.taken_at, taken_by=row.taken_by, second_by=row.second_by,
        items=[HandedItem.of(one) for one in row.items], links=[HandLink.of(one) for one in row.links], holds=row.holds,
    )  # fmt: skip


@router.post("/hand-overs/{number}/visit", response=answers(VoiceCase), summary="Appoint a hand-over")
def visit(request: HttpRequest, number: Number, body: Appointment) -> VoiceCase:
    """Appoint when something is brought, or when somebody comes for it; its giver is told.

    Who may: who works on such cases at the unit where it is (`answer_voice`).
    """
    viewer, found = asked.viewer(request), queries.case(number, asked.viewer(request), asked.today())
    operations.arrange(
        case=found.record.pk, collected=body.collected, day=body.day, begins=time.fromisoformat(body.begins),
        ends=time.fromisoformat(body.ends), place=body.place, words=body.text, by=viewer, on=localdate(), at=now(),
    )  # fmt: skip
    return VoiceCase.of(queries.case(number, viewer, asked.today()).row)


@router.post("/hand-overs/{number}/record", response=answers(HandRecord | None), summary="Write down what is taken in")
def take_in(request: HttpRequest, number: Number, body: TakenIn) -> HandRecord | None:
    """Write down what is taken in; it counts once a second officer has signed.

    Who may: who works on such cases at the unit where it is (`answer_voice`).
    """
    viewer, given = asked.viewer(request), body.model_dump(exclude={"things"})
    things = [Thing(**one.model_dump(exclude={"quantity"}), quantity=str(one.quantity)) for one in body.things]
    found = queries.case(number, viewer, asked.today())
    operations.take_in(case=found.record.pk, things=things, by=viewer, on=localdate(), at=now(), **given)
    return one(request, number)


@router.post("/hand-overs/{number}/sign", response=answers(HandRecord | None), summary="Sign as the second officer")
def sign(request: HttpRequest, number: Number) -> HandRecord | None:
    """Sign what another has written down: it is numbered and counted, and the giver is answered.

    Who may: who works on such cases at the unit where it is (`answer_voice`), but not who wrote it.
    """
    viewer = asked.viewer(request)
    operations.witness(case=queries.case(number, viewer, asked.today()).record.pk, by=viewer, on=localdate(), at=now())
    return one(request, number)


@router.post("/hand-overs/{number}/give", response=answers(HandRecord | None), summary="Give items on")
def give(request: HttpRequest, number: Number, body: GivenOn) -> HandRecord | None:
    """Give items to another unit, or into the depot; somebody there signs.

    Who may: who answers what people bring at the unit that holds them (`answer_voice`).
    """
    viewer = asked.viewer(request)
    row = queries.protocol_of(queries.case(number, viewer, asked.today()).record, viewer, asked.today())
    operations.give(
        protocol=row.id if row else 0, items=body.items, to=organisations.unit(body.unit), to_depot=body.to_depot,
        words=body.text, by=viewer, on=localdate(), at=now(),
    )  # fmt: skip
    return one(request, number)
