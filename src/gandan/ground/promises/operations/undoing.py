"""Putting the promises about a record back to where they were, when what moved them was a slip."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import correct, operation, record_many, unchanged
from gandan.ground.ledger.queries import events_about
from gandan.ground.organisations.models import Person
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations.noticing import new_event
from gandan.ground.promises.queries import DAYS, STANDING


@operation
def put_back(*, about: Model, before: Sequence[Mapping[str, Any]], since_event: int, reason: str, by: Person, on: date) -> int:
    """Reverse what the ledger was told of a record's promises from an event on, and have them stand as before; return how many.

    :param before: what `standing_of` said before that event
    :param reason: a code
    """
    about_type = about._meta.label_lower
    told = [
        event for event in events_about(about_type, about.pk) if event.id >= since_event and event.kind.startswith("promise.")
    ]
    reversed_ = {event.corrects_id for event in told if event.corrects_id}
    for event in told:
        if event.sign > 0 and event.id not in reversed_:
            correct(event.id, reason=reason, by=by)
    now = {each.pk: each for each in Promise.objects.select_for_update().filter(about_type=about_type, about_id=about.pk)}
    stood = {row["id"]: row for row in before}
    Promise.objects.filter(pk__in=now.keys() - stood.keys()).delete()
    for pk, row in stood.items():
        _stand(now[pk], row, reversed_, by)
    if not told:
        unchanged()
    return len(stood)


def _stand(promise: Promise, row: Mapping[str, Any], reversed_: set[int], by: Person) -> None:
    for field in STANDING:
        value = row[field]
        setattr(promise, field, date.fromisoformat(value) if value and field in DAYS else value)
    if promise.overdue_on is not None and promise.overdue_event in reversed_:  # it had been forgiven; a reversal stays one
        (promise.overdue_event,) = record_many([new_event(Kind.PROMISE_OVERDUE, promise, day=promise.overdue_on, by_id=by.pk)])
    promise.save()
