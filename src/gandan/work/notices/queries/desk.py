"""What a unit's own people see: drafts, what waits for a second person, the plan of a month."""

from datetime import date
from typing import Literal

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.notices.flow import State
from gandan.work.notices.models import Publication
from gandan.work.notices.queries.public import Shown, whole

Tab = Literal["draft", "submitted", "published", "withdrawn"]
MOST = 50


class UnknownDraft(Refused):
    """There is none, or it is another unit's."""


def at_desk(viewer: Person, on: date, state: State, *, before: int | None = None, limit: int = MOST) -> list[Shown]:
    """Return what the viewer's units have at a step, the last written first."""
    found = Publication.objects.filter(unit__among=visible_units(Right.WRITE_NOTICES, viewer, on), state=state.value)
    if before is not None:
        found = found.filter(pk__lt=before)
    records = list(found.order_by("-pk")[:limit])
    units = rows({one.unit_id for one in records} | {one.place_id for one in records if one.place_id})
    return [Shown(one, units[one.unit_id], units.get(one.place_id or 0)) for one in records]


def one_at_desk(number: int, viewer: Person, on: date) -> Shown:
    """:raises UnknownDraft: if there is none that the viewer may see"""
    record = Publication.objects.filter(pk=number, unit__among=visible_units(Right.WRITE_NOTICES, viewer, on)).first()
    if record is None:
        raise UnknownDraft(gettext_noop("Không có bài này, hoặc bài thuộc đơn vị khác."))
    return whole(record)


def plan_of_month(first: date, last: date, viewer: Person, on: date) -> list[Shown]:
    """Return what is planned from a day to a day by the viewer's units, day by day."""
    found = Publication.objects.filter(
        unit__among=visible_units(Right.WRITE_NOTICES, viewer, on), planned_on__gte=first, planned_on__lte=last
    )
    records = list(found.order_by("planned_on", "pk")[:500])
    units = rows({one.unit_id for one in records})
    return [Shown(one, units[one.unit_id], None) for one in records]
