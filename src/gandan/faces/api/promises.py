"""The one queue: what the viewer and their units owe, whatever package it comes from."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import UnitName
from gandan.ground.organisations import queries as organisations
from gandan.ground.promises import queries as promises
from gandan.ground.promises.kinds import PROMISE_KINDS

router = Router(tags=["promises"])


class Promise(BaseModel):
    """Something owed that is not settled."""

    kind: str = Field(description="dossier.result, apology.letter, task.programme, report.due, duty.publish or voice.answer.")
    kind_name: str = Field(description="The kind in Vietnamese.")
    kind_name_en: str
    label: str = Field(description="How the record is called, such as a dossier's number.")
    owed_to: str = Field(description="A kind of receiver, never a name: citizen, organisation, public, superior, partner.")
    unit: UnitName = Field(description="Who owes it.")
    officer: str | None = Field(description="The name of the officer it is assigned to; null if nobody is.")
    mine: bool = Field(description="Whether it is assigned to the viewer.")
    made_on: date
    due_on: date = Field(description="The last day on which it is kept in time.")
    first_due_on: date = Field(description="The day as first promised.")
    waiting_since: date | None = Field(description="Since when its clock stands still, if it does.")
    group: promises.Group = Field(description="overdue, today, at_risk (due within two working days), waiting or later.")


class Counts(BaseModel):
    """How many stand in each group, of everything the filters leave."""

    overdue: int
    today: int
    at_risk: int
    waiting: int
    later: int
    open: int


class Queue(BaseModel):
    counts: Counts
    items: list[Promise] = Field(description="By due date, the most pressing first.")
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


@router.get("/promises", response=answers(Queue), summary="My queue")
def queue(
    request: HttpRequest,
    of: Annotated[
        Literal["all", "mine"],
        Query(description="`all` that the viewer may see, or only what is assigned to them (`mine`)."),
    ] = "all",
    unit: Annotated[list[asked.Code], Query(max_length=400, description="Only what these units owe. May be repeated.")] = [],
    kind: Annotated[list[asked.Slug], Query(max_length=10, description="Only these kinds. May be repeated.")] = [],
    group: Annotated[promises.Group | None, Query(description="Only one group.")] = None,
    cursor: asked.Cursor = None,
    limit: asked.Limit = 50,
) -> Queue:
    """What is owed and open, of what the viewer may see; a unit or kind they may not see leaves the list empty.

    Who may: anyone signed in. Each kind is seen by its own right at the unit that owes (`read_dossiers` or `read_figures`).
    """
    who, day = asked.viewer(request), asked.today()
    units = frozenset(asked.units(unit)) if unit else None
    officer, kinds = (who if of == "mine" else None), (kind or None)
    found = promises.queue(
        who, day, units=units, officer=officer, kinds=kinds, group=group, after=asked.read(cursor), limit=limit + 1
    )
    counts = promises.counts(who, day, units=units, officer=officer, kinds=kinds)
    page = found[:limit]
    rows = organisations.rows({one.unit_id for one in page})
    return Queue(
        counts=Counts(
            overdue=counts.overdue,
            today=counts.today,
            at_risk=counts.at_risk,
            waiting=counts.waiting,
            later=counts.later,
            open=counts.open,
        ),
        items=[_promise(one, rows[one.unit_id], who.pk) for one in page],
        next=asked.written(page[-1].after) if len(found) > limit else None,
    )


def _promise(one: promises.QueueRow, unit: organisations.UnitRow, viewer: int) -> Promise:
    kind = PROMISE_KINDS[one.kind]
    return Promise(
        kind=one.kind,
        kind_name=kind.name_vi,
        kind_name_en=kind.name_en,
        label=one.label,
        owed_to=one.owed_to,
        unit=UnitName.of(unit),
        officer=one.officer_name or None,
        mine=one.officer_id == viewer,
        made_on=one.made_on,
        due_on=one.due_on,
        first_due_on=one.first_due_on,
        waiting_since=one.waiting_since,
        group=one.group,
    )
