"""What a unit's head or the inspectorate must be told, and what was opened for a reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.audit.models import Alert, Opening
from gandan.ground.audit.rules import What
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows


@dataclass(frozen=True)
class AlertRow:
    """Something that had to be told: what, by whom, about which record, and who has seen it."""

    id: int
    what: What
    at: datetime
    unit: UnitRow
    person: str
    from_unit: UnitRow | None
    about_type: str
    about_id: int | None
    reason: str
    detail: str
    seen_by: str
    seen_on: date | None


def alerts(viewer: Person, on: date, *, unseen: bool = False, before: int | None = None, limit: int = 50) -> list[AlertRow]:
    """Return what the viewer must be told, the newest first."""
    found = Alert.objects.visible_to(viewer, on)
    if unseen:
        found = found.filter(seen_on=None)
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.select_related("person", "opening", "seen_by").order_by("-pk")[:limit])
    units = rows({one.unit_id for one in page} | {one.opening.from_unit_id for one in page if one.opening})
    return [
        AlertRow(
            id=one.pk,
            what=What(one.what),
            at=one.at,
            unit=units[one.unit_id],
            person=one.person.name,
            from_unit=units[one.opening.from_unit_id] if one.opening else None,
            about_type=one.opening.about_type if one.opening else "",
            about_id=one.opening.about_id if one.opening else None,
            reason=one.opening.reason if one.opening else "",
            detail=one.detail,
            seen_by=one.seen_by.name if one.seen_by else "",
            seen_on=one.seen_on,
        )
        for one in page
    ]


def unseen_alerts(viewer: Person, on: date) -> int:
    """Return how many of them nobody has seen yet."""
    return Alert.objects.visible_to(viewer, on).filter(seen_on=None).count()


def opened(viewer: Person, about_type: str, ids: Collection[int], on: date) -> frozenset[int]:
    """Return which of these records the viewer has opened today for a reason."""
    found = Opening.objects.visible_to(viewer, on).filter(about_type=about_type, about_id__in=list(ids), on=on)
    return frozenset(found.values_list("about_id", flat=True))
