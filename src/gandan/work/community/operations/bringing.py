"""Activities that are brought in, many at once, as from an older book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Activity
from gandan.work.community.operations.activities import compare
from gandan.work.community.rules import Noting, check_day, check_heads, check_nameless

AT_ONCE = 1000


@dataclass(frozen=True)
class Held:
    """An activity as an older book has it, with its units by number."""

    unit: int
    area: int
    partner: int | None
    noting: Noting


@operation
def bring_in_activities(*, held: Sequence[Held], by: Person, on: date, go_live: date) -> list[int]:
    """Bring in activities, and return their numbers; nothing follows from those held before `go_live`.

    :raises NotAllowed: if `by` may not bring in files
    :raises NotYet: if one is for a day to come
    :raises TooMany: if a number is a slip
    :raises NamesSomebody: if a place names a person
    """
    require_anywhere(Right.IMPORT, by=by, on=on)
    if not held:
        unchanged()
        return []
    for one in held:
        check_day(one.noting.day, min(on, one.noting.day))  # however long ago; never ahead
        check_heads(one.noting.count)
        check_nameless(one.noting.place)
    made = Activity.objects.bulk_create([_row(one, by, on) for one in held], batch_size=AT_ONCE)
    events = record_many([_event(row) for row in made], go_live=go_live)
    for row, event in zip(made, events, strict=True):
        row.event = event
    support = [row for row in made if row.households]
    supported = [
        NewEvent(Kind.HOUSEHOLDS_SUPPORTED, row.unit_id, row.day, by.pk, {}, "community.activity", row.pk, row.households)
        for row in support
    ]
    for row, event in zip(support, record_many(supported, go_live=go_live), strict=True):
        row.support_event = event
    Activity.objects.bulk_update(made, ["event", "support_event"], batch_size=AT_ONCE)
    numbers = [row.pk for row in made]
    compare(numbers)
    return numbers


def _row(one: Held, by: Person, on: date) -> Activity:
    noting = one.noting
    return Activity(
        unit_id=one.unit, area_id=one.area, partner_id=one.partner, form=noting.form.value, topic=noting.topic.value,
        day=noting.day, place=noting.place, heads=noting.heads, households=noting.households, by=by, noted_on=on,
    )  # fmt: skip


def _event(row: Activity) -> NewEvent:
    facets = {"activity": row.form, "topic": row.topic, "sides": "both" if row.partner_id else "one"}
    return NewEvent(Kind.ACTIVITY_HELD, row.unit_id, row.day, row.by_id, facets, "community.activity", row.pk, row.heads)
