"""What the operations on one promise share: taking hold of it, telling the ledger, noticing that it is late."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, correct, record, record_many
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.ground.promises.models import Promise
from gandan.ground.promises.rules import Standing, State, facets_of, overdue_from, steps


class AlreadySettled(Refused):
    """It is no longer owed."""


class TooEarly(Refused):
    """It was not owed yet on that day, or something has happened to it since that this would contradict."""


class DueBefore(Refused):
    """A promise can't be for a day that has passed."""


def check_due(promise: Promise, due_on: date, *, earliest: date) -> None:
    if due_on < earliest:
        raise DueBefore(
            gettext_noop("Không thể hẹn “{label}” vào ngày {due}, trước ngày {earliest}."),
            label=promise.label, due=f"{due_on:%d/%m/%Y}", earliest=f"{earliest:%d/%m/%Y}",
        )  # fmt: skip


def taken(promise: Promise | int, on: date) -> Promise:
    """Return the open promise as it is now, and keep others from it until our transaction ends.

    :raises AlreadySettled: if it has been kept or dropped
    :raises TooEarly: if it was made, moved, paused or handed over after `on`
    """
    pk = promise if isinstance(promise, int) else promise.pk
    fresh = Promise.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if fresh.state != State.OPEN:
        raise AlreadySettled(gettext_noop("“{label}” không còn là việc phải làm."), label=fresh.label)
    if on < fresh.changed_on:
        raise TooEarly(
            gettext_noop("“{label}” có thay đổi ngày {day}, nên không ghi được cho ngày trước đó."),
            label=fresh.label, day=f"{fresh.changed_on:%d/%m/%Y}",
        )  # fmt: skip
    return fresh


def tell(kind: Kind, promise: Promise, *, day: date, by: Person, **facets: str) -> int:
    """Record an event about the record that the promise is about."""
    named: dict[str, Any] = {**facets_of(promise.kind, promise.subject), **facets}
    return record(kind, unit=promise.unit, day=day, by=by, about=_record(promise), **named)


def new_event(
    kind: Kind, promise: Promise, *, day: date, by_id: int, unit_id: int | None = None, reason: str = "", **facets: str
) -> NewEvent:
    """Return an event to be recorded with others. It may be for a unit that has just ended: what it owed, it owed."""
    return NewEvent(
        kind=kind,
        unit_id=unit_id or promise.unit_id,
        day=day,
        by_id=by_id,
        facets={**facets_of(promise.kind, promise.subject), **facets},
        about_type=promise.about_type,
        about_id=promise.about_id,
        reason=reason,
    )


def _record(promise: Promise) -> Model:
    model: type[Model] = apps.get_model(promise.about_type)
    return model(pk=promise.about_id)


def is_late(promise: Promise, on: date) -> bool:
    """Say whether it has fallen overdue by `on` and nobody has noticed. While its clock stands still it can't."""
    return promise.overdue_on is None and promise.waiting_since is None and promise.due_on < on


def notice(promise: Promise, *, by: Person, on: date) -> None:
    """Record that the promise fell overdue, by the true day, if it has and nobody noticed."""
    if is_late(promise, on):
        promise.overdue_on = overdue_from(promise.due_on)
        (promise.overdue_event,) = record_many([new_event(Kind.PROMISE_OVERDUE, promise, day=promise.overdue_on, by_id=by.pk)])


def forgive(promise: Promise, *, reason: str, by: Person) -> None:
    """Reverse the event of falling overdue, if there is one: it never was."""
    if promise.overdue_on is not None and promise.overdue_event is not None:
        correct(promise.overdue_event, reason=reason, by=by)
        promise.overdue_on = promise.overdue_event = None


def schedule(promise: Promise, calendar: WorkingCalendar | None = None) -> None:
    """Note when the sweep is to look at the promise next. What is due to be said already is said by the next sweep."""
    if promise.state != State.OPEN or promise.waiting_since is not None:
        promise.next_on = None
        return
    calendar = calendar or working_calendar(promise.unit_id)
    known = steps(PROMISE_KINDS[promise.kind], promise.made_on, promise.due_on, calendar)
    standing = Standing(promise.reminded, promise.escalated, promise.overdue_on is not None)
    ahead = [*known.reminders[standing.reminded :], *known.escalations[standing.escalated :]]
    promise.next_on = min(ahead if standing.overdue else [*ahead, known.overdue], default=None)
