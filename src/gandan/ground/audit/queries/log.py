"""Reading the log: who looked at what, when, as what. That somebody read it is a line of its own."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from gandan.ground.audit.models import Trace
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, require_anywhere, rows
from gandan.ground.organisations.rights import Right

Key = tuple[datetime, int]


@dataclass(frozen=True)
class TraceRow:
    """A line of the log, with the names that belong to its numbers."""

    id: int
    at: datetime
    what: What
    username: str
    person: str
    acting_for: str
    about_type: str
    about_id: int | None
    unit: UnitRow | None
    from_unit: UnitRow | None
    outside: bool
    detail: str
    channel: str
    key: int | None

    @property
    def after(self) -> Key:
        return self.at, self.id


@dataclass(frozen=True)
class Asking:
    """What is asked of the log; nothing set: everything one may see of it."""

    username: str = ""
    what: What | None = None
    about_type: str = ""
    about_id: int | None = None
    unit: int | None = None
    since: date | None = None
    until: date | None = None  # included

    @property
    def said(self) -> str:
        """What was asked, as the log keeps it."""
        parts: dict[str, object] = {"by": self.username, "what": self.what, "about": self.about_id, "unit": self.unit}
        parts |= {"from": self.since, "to": self.until}
        return " ".join(f"{name}={value}" for name, value in parts.items() if value)


def traces(
    viewer: Person, on: date, asking: Asking = Asking(), *, before: Key | None = None, limit: int = 50, exported: bool = False
) -> list[TraceRow]:
    """Return lines of the log, the newest first: of the viewer's units, and of the people appointed there.

    :param exported: whether they leave the house as a file
    :raises NotAllowed: if the viewer may read no log
    """
    require_anywhere(Right.READ_LOG, by=viewer, on=on)
    found = _narrowed(Trace.objects.visible_to(viewer, on), asking)
    if before is not None:
        found = found.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    page = list(found.order_by("-at", "-id")[:limit])
    note(What.EXPORTED if exported else What.LOG_READ, by=viewer, about_type="audit.trace", detail=asking.said)
    return _named(page)


@dataclass(frozen=True)
class Seen:
    """That a record was looked at: when, from which unit, and whether a reason had to be given. Never by whom."""

    at: datetime
    unit: UnitRow | None
    outside: bool


def seen(about_type: str, about_id: int, limit: int = 500) -> list[Seen]:
    """Return who saw a record, for the person it is about: units and moments, the newest first."""
    looks = [What.READ.value, What.EXPORTED.value, What.OPENED_OUTSIDE.value]
    found = list(Trace.objects.filter(about_type=about_type, about_id=about_id, what__in=looks).order_by("-at", "-id")[:limit])
    units = rows({unit for one in found if (unit := one.from_unit_id or one.unit_id)})
    return [Seen(one.at, units.get(one.from_unit_id or one.unit_id or 0), one.outside) for one in found]


def _narrowed(found: QuerySet[Trace], asking: Asking) -> QuerySet[Trace]:
    wanted: dict[str, Any] = {}
    if asking.username:
        wanted["by_id__in"] = Person.objects.filter(username=asking.username.lower()).values("pk")
    if asking.what:
        wanted["what"] = asking.what.value
    if asking.about_id is not None:
        wanted |= {"about_type": asking.about_type, "about_id": asking.about_id}
    if asking.unit is not None:
        wanted["unit_id"] = asking.unit
    if asking.since:
        wanted["at__gte"] = make_aware(datetime.combine(asking.since, time.min))
    if asking.until:
        wanted["at__lt"] = make_aware(datetime.combine(asking.until + timedelta(1), time.min))
    return found.filter(**wanted)


def _named(page: list[Trace]) -> list[TraceRow]:
    people = Person.objects.in_bulk({pk for one in page for pk in (one.by_id, one.acting_for_id) if pk})
    units = rows({pk for one in page for pk in (one.unit_id, one.from_unit_id) if pk})
    return [
        TraceRow(
            id=one.pk,
            at=one.at,
            what=What(one.what),
            username=people[one.by_id].username if one.by_id in people else "",
            person=people[one.by_id].name if one.by_id in people else "",
            acting_for=people[one.acting_for_id].name if one.acting_for_id in people else "",
            about_type=one.about_type,
            about_id=one.about_id,
            unit=units.get(one.unit_id) if one.unit_id else None,
            from_unit=units.get(one.from_unit_id) if one.from_unit_id else None,
            outside=one.outside,
            detail=one.detail,
            channel=one.channel,
            key=one.key_id,
        )
        for one in page
    ]
