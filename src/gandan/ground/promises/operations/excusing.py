"""Many promises put off at once, because the rule by which they were due has changed for all of them."""

from collections.abc import Mapping
from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record_many, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.promises.models import OPEN, Promise
from gandan.ground.promises.operations.moving import move
from gandan.ground.promises.operations.noticing import new_event, schedule

FIELDS = ("due_on", "first_due_on", "reminded", "escalated", "next_on")


@operation
def excuse_many(*, moved: Mapping[int, date], by: Person, on: date) -> list[int]:
    """Give many promises a later due date, as if they had been due then all along (a holiday declared late).

    Those that are no longer owed, whose clock stands still, or that would not be due later, stay as they are.

    :param moved: by the number of a promise, when it is due
    :return: the numbers of those that were moved
    """
    owed = Promise.objects.select_for_update(of=("self",)).filter(OPEN, pk__in=moved, waiting_since=None, changed_on__lte=on)
    later = [one for one in owed.select_related("unit").order_by("pk") if moved[one.pk] > one.due_on]
    if not later:
        unchanged()
        return []
    ahead = [one for one in later if one.overdue_on is None and one.due_on >= on]
    calendars: dict[int, WorkingCalendar] = {}
    for one in ahead:
        if one.unit_id not in calendars:
            calendars[one.unit_id] = working_calendar(one.unit_id)
        one.first_due_on = one.due_on = moved[one.pk]
        one.reminded = one.escalated = 0
        schedule(one, calendars[one.unit_id])
    record_many([new_event(Kind.PROMISE_MOVED, one, day=on, by_id=by.pk, was="open") for one in ahead])
    Promise.objects.bulk_update(ahead, FIELDS, batch_size=500)
    late = {one.pk for one in later} - {one.pk for one in ahead}
    for number in sorted(late):
        move(promise=number, due_on=moved[number], by=by, on=on, excuse=True)
    return [one.pk for one in later]
