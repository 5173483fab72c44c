"""Activities with residents, from other programs and for them: counted by heads, without a name."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.dossier_steps import Once, Short
from gandan.faces.api.problems import SAYS_NO, answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.work.community import operations, queries
from gandan.work.community.rules import Form, Noting, Topic

router = Router(tags=["activities"])
FormName = Literal["meeting", "visit", "forum", "campaign", "support"]
TopicName = Literal["law", "fraud", "fire", "traffic", "drugs", "papers", "safety", "welfare", "other"]


class Activity(BaseModel):
    """An activity that was held with residents."""

    number: int
    unit: UnitName = Field(description="Who noted it.")
    area: UnitName = Field(description="The ward where it was held.")
    partner: UnitName | None = Field(description="The organiser of the other side.")
    form: FormName
    topic: TopicName
    day: date
    place: str
    heads: int = Field(description="How many came: attendance, never distinct people.")
    households: int = Field(description="Of support: how many households it reached. There is no list of them.")
    value: int | None = Field(description="Of support: what was given, in đồng.")
    model: int | None = Field(description="The number of the community model it was for; null if none.")
    version: int = Field(description="It rises by one with each change.")

    @classmethod
    def of(cls, row: queries.ActivityRow) -> "Activity":
        return cls(**_said(row))


class ActivityPage(BaseModel):
    items: list[Activity] = Field(description="The last held first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


class ActivityPoint(BaseModel):
    """What was raised, without who raised it."""

    position: int
    words: str
    owed: bool = Field(description="Whether an answer is owed.")
    due_on: date | None
    owner: UnitName | None
    answer: str
    answered_on: date | None = Field(description="The day on which it was answered; null while it is not.")


class ActivityRead(Activity):
    gone: str = Field(description="`withdrawn`, or the number of the activity it was made one with; else empty.")
    points: list[ActivityPoint]


class Held(BaseModel):
    """An activity to be noted."""

    unit: asked.Code
    form: FormName
    topic: TopicName
    day: asked.Day
    place: Short
    partner: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9.\-]*)?$", max_length=30)] = ""
    count: int = Field(ge=0, le=1_000_000, description="Heads that came; with `support`, households reached.")
    model: int | None = Field(None, ge=1, description="The number of the community model it was for.")


def _said(row: queries.ActivityRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "unit": UnitName.of(row.unit),
        "area": UnitName.of(row.area),
        "partner": UnitName.of(row.partner) if row.partner else None,
        "form": row.form.value,
        "topic": row.topic.value,
        "day": row.day,
        "place": row.place,
        "heads": row.heads,
        "households": row.households,
        "value": row.value,
        "model": row.model,
        "version": row.version,
    }


@router.get("/activities", response=answers(ActivityPage), summary="Activities")
def catalogue(
    request: HttpRequest,
    unit: Annotated[asked.Code | None, Query(description="Only those that this unit noted.")] = None,
    area: Annotated[asked.Code | None, Query(description="Only those held in this ward.")] = None,
    form: Annotated[FormName | None, Query(description="Only those of this form.")] = None,
    topic: Annotated[TopicName | None, Query(description="Only those of this topic.")] = None,
    since: asked.From = None,
    until: asked.To = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> ActivityPage:
    """Activities, the last held first; of other units' there is no trace.

    Who may: who reads the work with people (`read_community`); they see those of their units.
    """
    filters = queries.Filters(
        unit=organisations.unit_id(unit) if unit else None,
        area=organisations.unit_id(area) if area else None,
        form=Form(form) if form else None,
        topic=Topic(topic) if topic else None,
        since=since,
        until=until,
    )
    page = queries.activities(asked.viewer(request), asked.today(), filters, after=asked.read(cursor), limit=limit)
    return ActivityPage(items=[Activity.of(row) for row in page.rows], next=asked.written(page.next))


@router.get("/activities/{number}", response=answers(ActivityRead), summary="One activity")
def one(request: HttpRequest, number: Annotated[asked.Number, Path(description="Its number.")]) -> ActivityRead:
    """An activity with what was raised there.

    Who may: who reads the work with people (`read_community`) at the unit that noted it, or at its partner.
    """
    found = queries.activity(number, asked.viewer(request), asked.today())
    points = [
        ActivityPoint(
            position=point.position, words=point.words, owed=point.owed, due_on=point.due_on,
            owner=UnitName.of(point.owner) if point.owner else None, answer=point.answer, answered_on=point.answered_on,
        )
        for point in found.points
    ]  # fmt: skip
    return ActivityRead(**_said(found.row), gone=found.gone, points=points)


@router.post("/activities", response={201: Activity, **SAYS_NO}, summary="Note an activity")
def note(request: HttpRequest, held: Held, key: Once = None) -> Status[Activity]:
    """Note an activity that was held. Sent again under its key, it is the same one.

    Who may: who writes the work with people (`write_community`) at the unit.
    """
    viewer, today = asked.viewer(request), asked.today()
    noting = Noting(Form(held.form), held.day, held.place, Topic(held.topic), held.partner, held.count, held.model)
    made = operations.note(unit=organisations.unit(held.unit), noting=noting, by=viewer, on=today, key=key or "")
    return Status(201, Activity.of(queries.activity(made.pk, viewer, today).row))
