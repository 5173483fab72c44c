"""Who keeps a promise: an officer is given it, or another unit takes it over."""

from collections.abc import Mapping
from datetime import date

from gandan.ground.calendar.queries import working_calendars
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations.noticing import is_late, new_event, schedule, taken, tell
from gandan.ground.promises.rules import State, overdue_from, was

FIELDS = ["unit", "officer", "changed_on", "overdue_on", "overdue_event", "next_on"]


@operation
def reassign(*, promise: Promise | int, by: Person, on: date, unit: Unit | None = None, officer: Person | None = None) -> Promise:
    """Give a promise to an officer, or to another unit (and there to an officer, if one is named).

    :raises AlreadySettled: if it is no longer owed
    :raises NotStanding: if the other unit doesn't exist on the day
    """
    promise = taken(promise, on)
    if unit is None or unit.pk == promise.unit_id:
        if promise.officer_id == (officer.pk if officer else None):
            unchanged()
            return promise
        promise.officer = officer
        promise.save(update_fields=["officer"])
        tell(Kind.PROMISE_ASSIGNED, promise, day=on, by=by)
        return promise
    check_standing(unit, on)
    _hand_over([(promise, unit.pk)], by, on)
    promise.unit, promise.officer = unit, officer
    promise.save(update_fields=FIELDS)
    return promise


@operation
def hand_over(*, moves: Mapping[int, Unit], by: Person, on: date) -> int:
    """Hand many open promises over to other units, as when their unit has ended; return how many were.

    :param moves: for each promise its new unit
    :raises NotStanding: if one of the new units doesn't exist on the day
    """
    for unit in {unit.pk: unit for unit in moves.values()}.values():
        check_standing(unit, on)
    held = (
        Promise.objects.select_for_update().filter(pk__in=list(moves), state=State.OPEN.value, changed_on__lte=on).order_by("pk")
    )
    handed = [(promise, moves[promise.pk].pk) for promise in held if promise.unit_id != moves[promise.pk].pk]
    if not handed:
        unchanged()
        return 0
    _hand_over(handed, by, on)
    Promise.objects.bulk_update([promise for promise, _ in handed], FIELDS, batch_size=500)
    return len(handed)


def _hand_over(handed: list[tuple[Promise, int]], by: Person, on: date) -> None:
    """Notice what is late where it was late, then move the stock: a pair on one day, though the old unit may have ended on it."""
    late = [promise for promise, _ in handed if is_late(promise, on)]
    for promise in late:
        promise.overdue_on = overdue_from(promise.due_on)
    fell = record_many([new_event(Kind.PROMISE_OVERDUE, one, day=overdue_from(one.due_on), by_id=by.pk) for one in late])
    for promise, number in zip(late, fell, strict=True):
        promise.overdue_event = number
    record_many([event for promise, unit in handed for event in _pair(promise, unit, by, on)])
    calendars = working_calendars({unit for _, unit in handed})
    for promise, unit in handed:
        promise.unit_id, promise.officer, promise.changed_on = unit, None, on
        schedule(promise, calendars[unit])


def _pair(promise: Promise, unit: int, by: Person, on: date) -> tuple[NewEvent, NewEvent]:
    held = was(promise.overdue_on)
    return (
        new_event(Kind.PROMISE_HANDED_OVER, promise, day=on, by_id=by.pk, was=held),
        new_event(Kind.PROMISE_TAKEN_OVER, promise, day=on, by_id=by.pk, unit_id=unit, was=held),
    )
