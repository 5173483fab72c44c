"""Weighty roles that were asked for and wait for a second administrator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.organisations.models import Grant, Person
from gandan.ground.organisations.queries.people import visible_units
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line


@dataclass(frozen=True)
class GrantRow:
    """What was asked for: which role, for whom, until when, by whom."""

    id: int
    person: str
    username: str
    unit: int
    role: Role
    line: Line
    until: date | None
    asked_by: str
    asked_on: date
    mine: bool  # the viewer asked for it, or it is about them: they don't give it


def grants_asked(viewer: Person, on: date, unit: int | None = None) -> Sequence[GrantRow]:
    """Return what waits at the units whose people the viewer manages, or at one of them; the longest waiting first."""
    seen = visible_units(Right.MANAGE_PEOPLE, viewer, on)
    found = Grant.objects.filter(decided_on=None, unit__among=seen if unit is None else seen & {unit})
    return [
        GrantRow(
            id=one.pk,
            person=one.person.name,
            username=one.person.username,
            unit=one.unit_id,
            role=Role(one.role),
            line=Line(one.line),
            until=one.until,
            asked_by=one.asked_by.name,
            asked_on=one.asked_on,
            mine=viewer.pk in (one.asked_by_id, one.person_id),
        )
        for one in found.select_related("person", "asked_by").order_by("pk")[:200]
    ]
