"""Relief while an emergency lasts: wards, depots and numbers for other programs, needs from a telephone line. Nobody by name."""

import secrets
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.dossier_steps import Once, Short
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.relief import operations, queries
from gandan.work.relief.rules import DIGITS, Channel, Item

router = Router(tags=["relief"])
ItemName = Literal["food", "water", "milk", "blankets", "clothes", "hygiene", "lamps", "shelter"]


class ReliefWard(BaseModel):
    """A ward of an emergency, in numbers."""

    ward: UnitName
    unit: UnitName = Field(description="Who takes needs there.")
    needs: int = Field(description="How many households asked.")
    waiting: int
    met: int = Field(description="How many were helped.")


class Emergency(BaseModel):
    """A disaster or an epidemic, opened by an act."""

    number: int
    unit: UnitName = Field(description="Who opened it.")
    disaster: Literal["flood", "storm", "fire", "epidemic", "other"]
    title: str
    act_number: str
    act_body: str
    act_day: date = Field(description="The day of the act that opened it.")
    opened_on: date = Field(description="Its first day.")
    ended_on: date | None = Field(description="Null while it goes on.")
    erase_on: date | None = Field(description="The day on which all that is known of anybody goes.")
    erased_on: date | None = Field(description="The day what named households was erased; null until then.")
    wards: list[ReliefWard]


class ReliefStock(BaseModel):
    item: ItemName
    amount: int = Field(description="How much lies there, what is set aside included.")
    set_aside: int = Field(description="How much is promised to households, in its own unit.")


class ReliefDepot(BaseModel):
    """A depot and what lies in it."""

    number: int
    name: str
    unit: UnitName
    ward: UnitName
    stock: list[ReliefStock]


class EmergencyRead(Emergency):
    depots: list[ReliefDepot]


class EmergencyList(BaseModel):
    items: list[Emergency] = Field(description="The last opened first.")


class HouseholdAsks(BaseModel):
    """What a household needs, as it telephoned. There is no place for anybody's health."""

    ward: asked.Code
    wanted: dict[ItemName, Annotated[int, Field(ge=1, le=1000)]] = Field(
        description="Of each kind of goods, how much; in its own unit."
    )
    name: Short = Field(description="Who speaks for the household.")
    phone: Short
    address: Short
    heads: int = Field(ge=1, le=40, description="People in the household.")


class NeedTaken(BaseModel):
    number: str
    receipt: str = Field(description="Sixteen digits, told once; empty where the request came before.")


def _said(row: queries.EmergencyRow) -> dict[str, object]:
    wards = [
        ReliefWard(ward=UnitName.of(one.ward), unit=UnitName.of(one.unit), needs=one.needs, waiting=one.waiting, met=one.met)
        for one in row.wards
    ]
    return {
        "number": row.id, "unit": UnitName.of(row.unit), "disaster": row.disaster.value, "title": row.title,
        "act_number": row.act_number, "act_body": row.act_body, "act_day": row.act_day, "opened_on": row.opened_on,
        "ended_on": row.ended_on, "erase_on": row.erase_on, "erased_on": row.erased_on, "wards": wards,
    }  # fmt: skip


@router.get("/relief", response=answers(EmergencyList), summary="Emergencies")
def catalogue(request: HttpRequest) -> EmergencyList:
    """Emergencies with their wards in numbers.

    Who may: who works on relief (`read_relief`) at one unit or another.
    """
    found = queries.emergencies(asked.viewer(request), asked.today())
    return EmergencyList(items=[Emergency.model_validate(_said(row)) for row in found])


@router.get("/relief/{number}", response=answers(EmergencyRead), summary="One emergency")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> EmergencyRead:
    """An emergency with its depots.

    Who may: who works on relief (`read_relief`) at one unit or another.
    """
    row = queries.emergency(number, asked.viewer(request), asked.today())
    depots = [
        ReliefDepot(
            number=one.id, name=one.name, unit=UnitName.of(one.unit), ward=UnitName.of(one.ward),
            stock=[ReliefStock(item=s.item.value, amount=s.amount, set_aside=s.set_aside) for s in one.stock],
        )
        for one in queries.depots(number)
    ]  # fmt: skip
    return EmergencyRead.model_validate({**_said(row), "depots": depots})


@router.post("/relief/{number}/needs", response={201: NeedTaken, **SAYS_NO}, summary="Take down a need")
def take_down(
    request: HttpRequest,
    number: Annotated[asked.Number, Path(description="The emergency.")],
    household: HouseholdAsks,
    key: Once = None,
) -> Status[NeedTaken]:
    """Take down what a household needs. Sent again under its key, it is the same one.

    Who may: who works on relief (`write_relief`) where the ward's needs are taken.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    made = operations.ask(
        emergency=number, ward=organisations.unit(household.ward),
        wanted={Item(item): amount for item, amount in household.wanted.items()}, name=household.name, phone=household.phone,
        address=household.address, heads=household.heads, code=code, channel=Channel.PHONE, by=asked.viewer(request),
        on=asked.today(), once=key or "",
    )  # fmt: skip
    return Status(201, NeedTaken(number=made.number, receipt=code if queries.opens(code) else ""))
