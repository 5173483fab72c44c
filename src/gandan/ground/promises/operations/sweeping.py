"""The sweep: notices what fell overdue, and says whom to remind and whom to tell, each once, however long nobody looked."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from gandan.ground.calendar.queries import working_calendars
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.ground.promises.models import OPEN, Promise, Sweep
from gandan.ground.promises.operations.noticing import new_event
from gandan.ground.promises.rules import Notice, Standing, overdue_from, steps, swept

BATCH = 2000
TOLD = {Notice.REMINDED: Kind.PROMISE_REMINDED, Notice.ESCALATED: Kind.PROMISE_ESCALATED}
_STORE = """
    UPDATE promises_promise p
    SET overdue_on = v.overdue_on, overdue_event = v.overdue_event, next_on = v.next_on,
        reminded = v.reminded, escalated = v.escalated
    FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::smallint[], %s::smallint[], %s::date[])
        AS v(id, overdue_on, overdue_event, reminded, escalated, next_on)
    WHERE p.id = v.id
"""


@dataclass(frozen=True)
class Told:
    """What is to be said of a promise: to its owner before the due date, level by level upwards after it."""

    notice: Notice
    level: int
    promise_id: int
    kind: str
    unit_id: int
    officer_id: int | None
    due_on: date


@dataclass(frozen=True)
class Swept:
    """What a sweep found. It is complete if nobody else was holding a promise of which the day has come."""

    overdue: int
    told: tuple[Told, ...]
    complete: bool


@operation
def sweep(*, by: Person, on: date, wait: bool = False, at_most: int | None = None) -> Swept:
    """Notice every promise that fell overdue before or on `on`, by its true day, and record what is to be said of any.

    :param wait: wait for promises that others are busy with, instead of leaving them to the next sweep
    :param at_most: leave what is more than so many promises to the next sweep, for short transactions after an outage
    """
    overdue, told, looked_at = 0, [], 0
    while at_most is None or looked_at < at_most:
        batch = list(_ripe(on, BATCH if at_most is None else min(BATCH, at_most - looked_at), wait))
        if not batch:
            break
        late, said = _sweep(batch, by, on)
        overdue, looked_at = overdue + late, looked_at + len(batch)
        told.extend(said)
    complete = not Promise.objects.filter(OPEN, next_on__lte=on).exists()
    if complete:
        _note_through(on)
    unchanged()
    return Swept(overdue, tuple(told), complete)


def _ripe(on: date, limit: int, wait: bool) -> QuerySet[Promise]:
    ripe = Promise.objects.select_for_update(skip_locked=not wait).filter(OPEN, next_on__lte=on)
    return ripe.order_by("next_on", "id")[:limit]


def _sweep(batch: list[Promise], by: Person, on: date) -> tuple[int, list[Told]]:
    calendars = working_calendars({promise.unit_id for promise in batch})
    fell: list[Promise] = []
    told: list[Told] = []
    events: list[NewEvent] = []
    for promise in batch:
        known = steps(PROMISE_KINDS[promise.kind], promise.made_on, promise.due_on, calendars[promise.unit_id])
        now, said = swept(known, Standing(promise.reminded, promise.escalated, promise.overdue_on is not None), on)
        if now.overdue and promise.overdue_on is None:
            promise.overdue_on = overdue_from(promise.due_on)
            fell.append(promise)
        promise.reminded, promise.escalated, promise.next_on = now.reminded, now.escalated, now.next_on
        for one in said:
            events.append(new_event(TOLD[one.notice], promise, day=on, by_id=by.pk, reason=f"level.{one.level}"))
            told.append(
                Told(one.notice, one.level, promise.pk, promise.kind, promise.unit_id, promise.officer_id, promise.due_on)
            )
    overdue = [new_event(Kind.PROMISE_OVERDUE, one, day=overdue_from(one.due_on), by_id=by.pk) for one in fell]
    for promise, number in zip(fell, record_many([*overdue, *events]), strict=False):
        promise.overdue_event = number
    _store(batch)
    return len(fell), told


def _store(batch: list[Promise]) -> None:
    columns = zip(*((p.pk, p.overdue_on, p.overdue_event, p.reminded, p.escalated, p.next_on) for p in batch), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [list(column) for column in columns])


def _note_through(on: date) -> None:
    Sweep.objects.filter(pk=1).exclude(through__gte=on).update(through=on)
