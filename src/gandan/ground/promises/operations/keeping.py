"""One promise: made, kept or dropped."""

from collections.abc import Collection
from datetime import date

from django.db.models import Model
from django.db.utils import IntegrityError

from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record_many, unchanged
from gandan.ground.ledger.prepared import added, all_changed
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.promises.kinds import PROMISE_KINDS, Receiver
from gandan.ground.promises.models import OPEN, Promise
from gandan.ground.promises.operations.noticing import check_due, forgive, is_late, new_event, notice, schedule, taken, tell
from gandan.ground.promises.rules import State, overdue_from, was


class AlreadyOwed(Refused):
    """The record has an open promise of this kind."""


@operation
def owe(
    *,
    kind: str,
    about: Model,
    label: str,
    owed_to: Receiver,
    unit: Unit,
    due_on: date,
    by: Person,
    on: date,
    officer: Person | None = None,
    subject: str = "",
    calendar: WorkingCalendar | None = None,
) -> Promise:
    """Promise something about a record by a day. If that day is past, it is overdue from the start.

    :param calendar: the unit's, if the caller has it at hand
    :raises AlreadyOwed: if this is owed already
    :raises DueBefore: if it would be due before it is made
    """
    about_type = about._meta.label_lower
    if kind not in PROMISE_KINDS:
        raise ValueError(f"{kind} is no kind of promise.")
    promise = Promise(
        kind=kind, subject=subject, about_type=about_type, about_id=about.pk, label=label, owed_to=owed_to.value,
        unit=unit, officer=officer, made_on=on, due_on=due_on, first_due_on=due_on, changed_on=on,
    )  # fmt: skip
    check_due(promise, due_on, earliest=on)
    schedule(promise, calendar)
    try:
        added(promise)
    except IntegrityError as error:
        if "one_open_promise_of_a_kind_per_record" not in str(error):
            raise
        raise AlreadyOwed(gettext_noop("“{label}” đã có hẹn loại này."), label=label) from error
    tell(Kind.PROMISE_OWED, promise, day=on, by=by)
    return promise


@operation
def keep(*, promise: Promise | int, by: Person, on: date) -> Promise:
    """Say that a promise was kept on `on`, in time or late as the dates have it; entering it late makes nothing late.

    :raises AlreadySettled: if it is no longer owed
    :raises TooEarly: if it was made, moved, paused or handed over after that day
    """
    promise = _settled(promise, State.KEPT, by, on)
    tell(Kind.PROMISE_KEPT, promise, day=on, by=by, punctuality="late" if promise.overdue_on else "in_time")
    return promise


@operation
def keep_many(*, promises: Collection[int], by: Person, on: date) -> int:
    """Say that many promises were kept on one day by one act; return how many were. Those no longer owed stay as they are.

    :raises TooEarly: if one of them was made, moved, paused or handed over after that day
    """
    held = list(Promise.objects.select_for_update(of=("self",)).filter(OPEN, pk__in=list(promises)).order_by("pk"))
    if not held:
        unchanged()
        return 0
    one_by_one = [each for each in held if on < each.changed_on or (each.overdue_on is not None and on <= each.due_on)]
    for each in one_by_one:  # what is to be refused, or forgiven, is looked at alone
        keep(promise=each, by=by, on=on)
    alike = [each for each in held if each not in one_by_one]
    late = [each for each in alike if is_late(each, on)]
    fell = record_many([new_event(Kind.PROMISE_OVERDUE, one, day=overdue_from(one.due_on), by_id=by.pk) for one in late])
    for each, number in zip(late, fell, strict=True):
        each.overdue_on, each.overdue_event = overdue_from(each.due_on), number
    record_many(
        [
            new_event(Kind.PROMISE_KEPT, each, day=on, by_id=by.pk, punctuality="late" if each.overdue_on else "in_time")
            for each in alike
        ]
    )
    for each in alike:
        each.state, each.settled_on, each.waiting_since, each.next_on = State.KEPT.value, on, None, None
    all_changed(alike, ("state", "settled_on", "waiting_since", "next_on", "overdue_on", "overdue_event"))
    return len(held)


@operation
def drop(*, promise: Promise | int, by: Person, on: date) -> Promise:
    """Say that a promise is no longer owed from `on`: its ground fell away.

    :raises AlreadySettled: if it is no longer owed
    :raises TooEarly: if it was made, moved, paused or handed over after that day
    """
    promise = _settled(promise, State.DROPPED, by, on)
    tell(Kind.PROMISE_DROPPED, promise, day=on, by=by, was=was(promise.overdue_on))
    return promise


def _settled(promise: Promise | int, state: State, by: Person, on: date) -> Promise:
    promise = taken(promise, on)
    if on <= promise.due_on:
        forgive(promise, reason="settled_in_time", by=by)
    notice(promise, by=by, on=on)
    promise.state, promise.settled_on, promise.waiting_since = state.value, on, None
    schedule(promise)
    promise.save()
    return promise
