"""Matters between people and authorities: places, issues and promises, without anybody's name."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.dossier_steps import Short
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.matters import operations, queries
from gandan.work.matters.flow import State
from gandan.work.matters.rules import Issue

router = Router(tags=["matters"])
IssueName = Literal["land", "compensation", "building", "environment", "services", "work", "trade", "order", "other"]
MatterState = Literal["open", "proposed", "settled"]


class Matter(BaseModel):
    """A matter: a place and an issue, owned by two units of the two sides."""

    number: int
    unit: UnitName = Field(description="Who leads.")
    partner: UnitName = Field(description="Who owns it with them, of the other side.")
    area: UnitName = Field(description="The ward where it is.")
    issue: IssueName
    title: str
    place: str
    latitude: float | None = Field(description="Degrees north (WGS 84), where the place was pointed out.")
    longitude: float | None = Field(description="Degrees east (WGS 84).")
    households: int = Field(description="About how many it concerns: a number, never a list.")
    state: MatterState = Field(description="proposed: one side calls it settled, the other has yet to agree.")
    opened_on: date = Field(description="The day it was taken up.")
    settle_by: date = Field(description="The day by which a settlement is owed.")
    settled_on: date | None = Field(description="The day both sides agreed that it is settled; null until then.")
    settled_in_time: bool | None = Field(description="Whether every dated promise was kept by the day that was named first.")
    reopened: int = Field(description="How often it was opened again.")
    late: bool = Field(description="Open, and past a promised day.")
    version: int = Field(description="It rises by one with each change.")


class MatterPage(BaseModel):
    items: list[Matter] = Field(description="The last opened first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class MatterPledge(BaseModel):
    """A promise to the people of a matter."""

    position: int
    words: str
    owner: UnitName
    due_on: date
    first_due_on: date = Field(description="The day that was named first; a later one doesn't excuse.")
    state: Literal["open", "kept", "broken"]
    result: str = Field(description="What was done, or why it was broken.")
    ended_on: date | None = Field(description="The day it was kept or broken; null while it is owed.")


class MatterDialogue(BaseModel):
    """A dialogue that was held: how many came, never who."""

    held_on: date = Field(description="The day it was held.")
    place: str
    host: UnitName
    heads: int = Field(description="How many people came: a head-count.")
    minutes: str


class MatterRead(Matter):
    asks: list[str] = Field(description="What people ask for, without who asks.")
    pledges: list[MatterPledge]
    dialogues: list[MatterDialogue] = Field(description="The last held first.")
    outcome: str


class MatterOpened(BaseModel):
    """A matter to be taken up."""

    unit: asked.Code
    partner: asked.Code
    area: asked.Code
    issue: IssueName
    title: Short
    place: Short
    latitude: float | None = Field(None, ge=-90, le=90, description="Degrees, WGS 84.")
    longitude: float | None = Field(None, ge=-180, le=180, description="Degrees, WGS 84.")
    households: int = Field(0, ge=0, le=1_000_000, description="How many households it touches.")
    asks: list[Short] = Field(default=[], max_length=50)
    settle_by: asked.Day = Field(description="The day by which it is to be settled.")


def _said(row: queries.MatterRow) -> dict[str, Any]:
    latitude, longitude = row.point or (None, None)
    return {
        "number": row.id, "unit": UnitName.of(row.unit), "partner": UnitName.of(row.partner), "area": UnitName.of(row.area),
        "issue": row.issue.value, "title": row.title, "place": row.place, "latitude": latitude, "longitude": longitude,
        "households": row.households, "state": row.state.value, "opened_on": row.opened_on, "settle_by": row.settle_by,
        "settled_on": row.settled_on, "settled_in_time": row.settled_in_time, "reopened": row.reopened, "late": row.late,
        "version": row.version,
    }  # fmt: skip


@router.get("/matters", response=answers(MatterPage), summary="Matters")
def catalogue(
    request: HttpRequest,
    unit: Annotated[asked.Code | None, Query(description="Only those that this unit owns.")] = None,
    area: Annotated[asked.Code | None, Query(description="Only those in this ward.")] = None,
    issue: Annotated[IssueName | None, Query(description="Only those about this.")] = None,
    state: Annotated[MatterState | None, Query(description="Only those that stand so.")] = None,
    late: Annotated[bool, Query(description="Only those past a promised day.")] = False,
    q: Annotated[str, Query(max_length=100, description="Words of title and place, with or without accents.")] = "",
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> MatterPage:
    """Matters, the last opened first; of other units' there is no trace.

    Who may: who reads matters (`read_matters`); they see those that their units own or promised something in.
    """
    filters = queries.Filters(
        unit=organisations.unit_id(unit) if unit else None,
        area=organisations.unit_id(area) if area else None,
        issue=Issue(issue) if issue else None,
        state=State(state) if state else None,
        late=late,
        text=q,
    )
    page = queries.matters(asked.viewer(request), asked.today(), filters, after=asked.read(cursor), limit=limit)
    return MatterPage(items=[Matter(**_said(row)) for row in page.rows], next=asked.written(page.next))


@router.get("/matters/{number}", response=answers(MatterRead), summary="One matter")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> MatterRead:
    """A matter with what is asked, said and promised.

    Who may: who reads matters (`read_matters`) at one of its owners, or at a unit that promised something in it.
    """
    found = queries.matter(number, asked.viewer(request), asked.today())
    pledges = [
        MatterPledge(
            position=one.position, words=one.words, owner=UnitName.of(one.owner), due_on=one.due_on,
            first_due_on=one.first_due_on, state=one.state.value, result=one.result, ended_on=one.ended_on,
        )
        for one in found.pledges
    ]  # fmt: skip
    dialogues = [
        MatterDialogue(held_on=one.held_on, place=one.place, host=UnitName.of(one.host), heads=one.heads, minutes=one.minutes)
        for one in found.dialogues
    ]
    asks = [one.words for one in found.asks]
    return MatterRead(**_said(found.row), asks=asks, pledges=pledges, dialogues=dialogues, outcome=found.outcome)


@router.post("/matters", response={201: Matter, **SAYS_NO}, summary="Take up a matter")
def take_up(request: HttpRequest, opened: MatterOpened) -> Status[Matter]:
    """Take up a matter for two units together.

    Who may: who works on matters (`write_matters`) at the unit that leads.
    """
    viewer, today = asked.viewer(request), asked.today()
    point = (opened.latitude, opened.longitude) if opened.latitude is not None and opened.longitude is not None else None
    told = operations.Told(
        issue=Issue(opened.issue), title=opened.title, place=opened.place, area=organisations.unit(opened.area), point=point,
        households=opened.households,
    )  # fmt: skip
    made = operations.open_matter(
        unit=organisations.unit(opened.unit), partner=organisations.unit(opened.partner), told=told, asks=opened.asks,
        settle_by=opened.settle_by, by=viewer, on=today,
    )  # fmt: skip
    return Status(201, Matter(**_said(queries.matter(made.pk, viewer, today).row)))
