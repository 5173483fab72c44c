"""What the clock does: missed days are told, the time of keeping ends, a day is counted for the city."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require_anywhere, tops
from gandan.ground.organisations.rights import Right
from gandan.work.tips.models import Spent, Tip
from gandan.work.tips.operations.members import DATABASE
from gandan.work.tips.queries.counting import received_on
from gandan.work.tips.queries.desk import home_of, vault
from gandan.work.tips.rules import About, State

BATCH = 500


class NothingToCount(Refused):
    """There is no city to count for on that day."""


@operation
def tell_late(*, by: Person, on: date) -> int:
    """Tell the inspectorate of every tip whose day has passed without word. Return how many were new."""
    unread = Q(acknowledged_on__isnull=True, acknowledge_by__lt=on)
    unanswered = Q(answered_on__isnull=True, answer_by__lt=on)
    late = Tip.objects.filter(unread | unanswered, told_on__isnull=True).exclude(state=State.CLOSED.value)
    unchanged()
    return late.exclude(about=About.CANARY.value).update(told_on=on)


@operation
def erase_ended(*, by: Person, on: date) -> int:
    """Erase what has had its time, and what the store of secrets knows to be erased: the secret first, which ends all."""
    ended = list(Tip.objects.filter(erase_on__lte=on).values_list("pk", flat=True)[:BATCH])
    store = vault()
    back = store.erased(Tip.objects.values_list("pk", flat=True))
    store.erase(ended)
    _remove({*ended, *back})
    unchanged()
    return len({*ended, *back})


@operation
def count_day(*, day: date, by: Person, on: date) -> int:
    """Record for the city how many tips came on a day that is over: the one number of them that the ledger has.

    :raises NothingToCount: if there is no city on that day, or the day isn't over
    """
    cities: list[Unit] = tops(day)
    if not cities or day >= on:
        raise NothingToCount(gettext_noop("Ngày này chưa đếm được."))
    found = received_on(day)
    if found == 0:
        unchanged()
        return 0
    record(Kind.TIP_COUNTED, unit=cities[0], day=day, by=by, amount=found)
    return found


@operation
def forget_spent(*, by: Person, on: date) -> int:
    """Remove the tokens of days past: they are too old to be used again."""
    unchanged()
    return Spent.objects.filter(day__lt=on - timedelta(days=1)).delete()[0]


@operation
def note_rehearsal(*, by: Person, on: date) -> None:
    """Note that two of the three parts gave back the key of recovery, in a rehearsal.

    :raises NotAllowed: if `by` is no custodian
    """
    require_anywhere(Right.KEEP_IDENTITIES, by=by, on=on)
    record(Kind.TIP_RECOVERY_REHEARSED, unit=home_of(by, on), day=on, by=by)


def _remove(tips: set[UUID]) -> None:
    with transaction.atomic(using=DATABASE):
        Tip.objects.filter(pk__in=tips).delete()
