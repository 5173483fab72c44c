"""Promises brought in with what has become of them, by the thousand."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from gandan.ground.calendar.queries import working_calendars
from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record_many, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.ground.promises.rules import Life, Standing, State, events_of, overdue_on, steps, swept

COLUMNS = (
    "id", "kind", "subject", "about_type", "about_id", "label", "owed_to", "unit_id", "officer_id", "made_on", "due_on",
    "first_due_on", "changed_on", "state", "settled_on", "overdue_on", "overdue_event", "reminded", "escalated", "next_on",
    "waiting_since",
)  # fmt: skip
NOTHING_AHEAD = Standing()


@operation
def owe_many(*, lives: Iterable[Life], by: Person, on: date, go_live: date | None = None) -> list[int]:
    """Bring in promises with what has become of them up to `on`, and return their numbers, in their order.

    Their units must have existed on the days concerned: who brings them in has checked that. Reminders and escalations of
    which the day has passed are not made up for.

    :param go_live: events before it are history: they count, and nothing follows from them
    """
    lives = list(lives)
    if not lives:
        unchanged()
        return []
    events: list[NewEvent] = []
    overdue_at: list[int | None] = []  # for each life, where its event of falling overdue stands among `events`
    for life in lives:
        at = None
        for event in events_of(life, on):
            if event.kind is Kind.PROMISE_OVERDUE:
                at = len(events)
            events.append(NewEvent(event.kind, event.unit_id, event.day, by.pk, event.facets, life.about_type, life.about_id))
        overdue_at.append(at)
    numbers = record_many(events, go_live=go_live)
    calendars = working_calendars({life.last_unit_id for life in lives if life.state is State.OPEN})
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('promises_promise_id_seq') FROM generate_series(1, %s)", [len(lives)])
        ids = [number for (number,) in cursor.fetchall()]
        with cursor.copy(f"COPY promises_promise ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for pk, life, at in zip(ids, lives, overdue_at, strict=True):
                copy.write_row(_row(pk, life, None if at is None else numbers[at], calendars.get(life.last_unit_id), on))
    return ids


def _row(pk: int, life: Life, overdue_event: int | None, calendar: WorkingCalendar | None, on: date) -> tuple[object, ...]:
    standing = NOTHING_AHEAD
    if life.state is State.OPEN and calendar is not None:
        standing, _ = swept(steps(PROMISE_KINDS[life.kind], life.made_on, life.due_on, calendar), Standing(), on)
    waiting = life.waiting_since if life.state is State.OPEN else None
    return (
        pk, life.kind, life.subject, life.about_type, life.about_id, life.label, life.owed_to.value,
        life.last_unit_id, life.officer_id, life.made_on, life.due_on, life.first_due_on or life.due_on,
        life.changed_on, life.state.value,
        life.settled_on, overdue_on(life, on), overdue_event,
        standing.reminded, standing.escalated, None if waiting else standing.next_on, waiting,
    )  # fmt: skip
