"""Initiatives and commendations, a page of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Commendation, Copy, Initiative
from gandan.work.community.queries.activities import Key
from gandan.work.community.rules import Merit, Step


@dataclass(frozen=True)
class InitiativeRow:
    """An initiative with who has copied it."""

    id: int
    unit: UnitRow
    title: str
    summary: str
    result: str
    step: Step
    proposed_on: date
    tried_on: date | None
    decided_on: date | None
    decision: str
    copies: tuple[UnitRow, ...]


@dataclass(frozen=True)
class CommendationRow:
    id: int
    unit: UnitRow
    merit: Merit
    name: str
    reason: str
    decision: str
    decided_on: date


@dataclass(frozen=True)
class InitiativePage:
    rows: Sequence[InitiativeRow]
    next: Key | None


@dataclass(frozen=True)
class CommendationPage:
    rows: Sequence[CommendationRow]
    next: Key | None


def initiatives(
    viewer: Person, on: date, *, step: Step | None = None, after: Key | None = None, limit: int = 50
) -> InitiativePage:
    """Return a page of initiatives: those of the viewer's units, and every one that is recognised, to be copied."""
    units = visible_units(Right.READ_COMMUNITY, viewer, on)
    found = (
        Initiative.objects.filter(Q(unit__among=units) | Q(step=Step.RECOGNISED.value)) if units else Initiative.objects.none()
    )
    if step is not None:
        found = found.filter(step=step.value)
    if after is not None:
        found = found.filter(Q(proposed_on__lt=after[0]) | Q(proposed_on=after[0], pk__lt=after[1]))
    page = list(found.order_by("-proposed_on", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    copied: dict[int, list[int]] = {one.pk: [] for one in page}
    for initiative, unit in Copy.objects.filter(initiative__in=page).order_by("pk").values_list("initiative_id", "unit_id"):
        copied[initiative].append(unit)
    known = rows({one.unit_id for one in page} | {unit for several in copied.values() for unit in several})
    shown = [
        InitiativeRow(
            one.pk, known[one.unit_id], one.title, one.summary, one.result, Step(one.step), one.proposed_on, one.tried_on,
            one.decided_on, one.decision, tuple(known[unit] for unit in copied[one.pk]),
        )
        for one in page
    ]  # fmt: skip
    return InitiativePage(shown, (page[-1].proposed_on, page[-1].pk) if more else None)


def commendations(viewer: Person, on: date, *, after: Key | None = None, limit: int = 50) -> CommendationPage:
    """Return a page of commendations that the viewer's units decided, the last first."""
    found = Commendation.objects.visible_to(viewer, on)
    if after is not None:
        found = found.filter(Q(decided_on__lt=after[0]) | Q(decided_on=after[0], pk__lt=after[1]))
    page = list(found.order_by("-decided_on", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    known = rows({one.unit_id for one in page})
    shown = [
        CommendationRow(one.pk, known[one.unit_id], Merit(one.merit), one.name, one.reason, one.decision, one.decided_on)
        for one in page
    ]
    return CommendationPage(shown, (page[-1].decided_on, page[-1].pk) if more else None)
