"""One promise given another date: a new appointment, an excuse, or a pause of its clock."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import correct, operation, record_many, unchanged
from gandan.ground.ledger.queries import EventRow, events_about
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations.noticing import check_due, forgive, new_event, notice, schedule, taken, tell
from gandan.ground.promises.rules import overdue_from, was


class AlreadyWaiting(Refused):
    """The clock stands still already."""


class NotWaiting(Refused):
    """The clock is running."""


class AlreadyOverdue(Refused):
    """A pause after the due date moves nothing."""


@operation
def move(*, promise: Promise | int, due_on: date, by: Person, on: date, excuse: bool = False) -> Promise:
    """Give a promise another due date.

    Without an excuse this is a new appointment: what was late until now stays counted as late. With it the rule says that
    it was due on that day all along (a holiday declared late): it never fell overdue before.

    :raises AlreadySettled: if it is no longer owed
    :raises DueBefore: if a new appointment is for a day before `on`, or an excuse would make it due earlier
    """
    promise = taken(promise, on)
    if due_on == promise.due_on:
        unchanged()
        return promise
    check_due(promise, due_on, earliest=promise.due_on if excuse else on)
    if excuse:
        _excuse(promise, due_on, by, on)
    else:
        notice(promise, by=by, on=on)
        tell(Kind.PROMISE_MOVED, promise, day=on, by=by, was=was(promise.overdue_on))
        promise.overdue_on = promise.overdue_event = None
        promise.due_on, promise.changed_on = due_on, on
    promise.reminded, promise.escalated = 0, promise.escalated if promise.overdue_on else 0
    schedule(promise)
    promise.save()
    return promise


def _excuse(promise: Promise, due_on: date, by: Person, on: date) -> None:
    """Have the ledger say what it would if the promise had been due on that day all along."""
    was_late, pairs = promise.overdue_on is not None, _handed_over_late(promise)
    forgive(promise, reason="excused", by=by)
    tell(Kind.PROMISE_MOVED, promise, day=on, by=by, was="open")
    promise.first_due_on = promise.due_on = due_on
    if not was_late:
        notice(promise, by=by, on=on)
        return
    holder = pairs[0][0].unit_id if pairs else promise.unit_id
    late_from = overdue_from(due_on) if due_on < (promise.waiting_since or on) else None
    for handed, taken_over in pairs:
        held = "overdue" if late_from and late_from <= handed.day else "open"
        holder = taken_over.unit_id if held == "open" else holder
        if held == "open":
            for event in (handed, taken_over):
                correct(event.id, reason="excused", by=by)
                kind = Kind(event.kind)
                record_many([new_event(kind, promise, day=event.day, by_id=by.pk, unit_id=event.unit_id, was=held)])
    if late_from:
        promise.overdue_on = late_from
        late = new_event(Kind.PROMISE_OVERDUE, promise, day=late_from, by_id=by.pk, unit_id=holder)
        (promise.overdue_event,) = record_many([late])


def _handed_over_late(promise: Promise) -> list[tuple[EventRow, EventRow]]:
    """Return the pairs by which the promise was handed over since it fell overdue."""
    if promise.overdue_event is None:
        return []
    told = events_about(promise.about_type, promise.about_id)
    reversed_ = {event.corrects_id for event in told}
    since = [
        event
        for event in sorted(told, key=lambda event: event.id)
        if event.id > promise.overdue_event and event.id not in reversed_ and event.facets.get("promise") == promise.kind
    ]
    handed = [event for event in since if event.kind == Kind.PROMISE_HANDED_OVER and event.sign == 1]
    taken_over = [event for event in since if event.kind == Kind.PROMISE_TAKEN_OVER and event.sign == 1]
    return list(zip(handed, taken_over, strict=True))


@operation
def pause(*, promise: Promise | int, by: Person, on: date) -> Promise:
    """Stop the clock of a promise from `on`: someone else has to do something first. What is overdue stays so.

    :raises AlreadySettled: if it is no longer owed
    :raises AlreadyWaiting: if its clock stands still already
    """
    promise = taken(promise, on)
    if promise.waiting_since is not None:
        raise AlreadyWaiting(gettext_noop("“{label}” đang tạm dừng tính hạn."), label=promise.label)
    notice(promise, by=by, on=on)
    promise.waiting_since = promise.changed_on = on
    schedule(promise)
    promise.save()
    tell(Kind.PROMISE_PAUSED, promise, day=on, by=by)
    return promise


@operation
def resume(*, promise: Promise | int, due_on: date, by: Person, on: date) -> Promise:
    """Let the clock run again from `on`; `due_on` is the due date as reckoned with the pause.

    :raises AlreadySettled: if it is no longer owed
    :raises NotWaiting: if its clock is running
    :raises AlreadyOverdue: if it was overdue before the pause, and is given another date
    :raises DueBefore: if it would be due before `on`: no term ends while its clock stands still
    """
    promise = taken(promise, on)
    if promise.waiting_since is None:
        raise NotWaiting(gettext_noop("“{label}” không tạm dừng tính hạn."), label=promise.label)
    if promise.overdue_on is None:
        check_due(promise, due_on, earliest=on)
    elif due_on != promise.due_on:
        raise AlreadyOverdue(
            gettext_noop("“{label}” đã quá hạn trước khi tạm dừng; muốn hẹn lại, hãy dời hẹn."), label=promise.label
        )
    promise.reminded = promise.reminded if due_on == promise.due_on else 0
    promise.due_on, promise.changed_on, promise.waiting_since = due_on, on, None
    schedule(promise)
    promise.save()
    tell(Kind.PROMISE_RESUMED, promise, day=on, by=by)
    return promise
