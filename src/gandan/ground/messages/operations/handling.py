"""What people do with messages that got stuck, and what time does with those that have ended."""

from datetime import date

from django.db.models.functions import Now

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.models import Message
from gandan.ground.messages.rules import Channel, State, reachable
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import belongs_to_held

AT_ONCE = 1000


class NotInTrouble(Refused):
    """Only what has failed, or still waits, is a person's to decide on."""


@operation
def retry(*, message: Message | int, by: Person, on: date, to: str = "") -> Message:
    """Let a message that failed be tried again at once, to another address if the first was wrong.

    :param to: the right address; empty: the same as before
    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NotInTrouble: if it is not one that failed or waits
    :raises BadAddress: if nothing can be sent there
    """
    fresh = _take(message, by, on)
    if to:
        fresh.recipient = reachable(Channel(fresh.channel), to)
    fresh.state, fresh.tries = State.WAITING.value, 0
    fresh.save(update_fields=["recipient", "state", "tries"])
    Message.objects.filter(pk=fresh.pk).update(next_at=Now())
    record(Kind.MESSAGE_RETRIED, unit=fresh.unit, day=on, by=by, about=fresh, channel=fresh.channel)
    return fresh


@operation
def drop(*, message: Message | int, by: Person, on: date) -> Message:
    """Decide that a message is not sent: the receiver was told in another way, or the address is nobody's.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NotInTrouble: if it is not one that failed or waits
    """
    fresh = _take(message, by, on)
    fresh.state = State.DROPPED.value
    fresh.save(update_fields=["state"])
    record(Kind.MESSAGE_DROPPED, unit=fresh.unit, day=on, by=by, about=fresh, channel=fresh.channel)
    return fresh


def _take(message: Message | int, by: Person, on: date) -> Message:
    pk = message if isinstance(message, int) else message.pk
    fresh = Message.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
    if fresh.state not in {State.FAILED.value, State.WAITING.value} or fresh.erased_on is not None:
        raise NotInTrouble(gettext_noop("Tin này đang được gửi, đã gửi hoặc đã bỏ, nên không còn gì để quyết định."))
    return fresh


@operation
def erase_ended(*, by: Person, on: date) -> list[int]:
    """Erase receiver and text of messages whose time is up, and return their numbers; the rest comes at the next call.

    Those about a record that is held stay as long as it does.
    """
    unchanged()  # that there was a message, and its digest, stays
    ended = Message.objects.filter(~belongs_to_held(on), keep_until__lt=on, erased_on=None).exclude(state=State.HELD.value)
    numbers = list(ended.order_by("keep_until", "pk").values_list("pk", flat=True)[:AT_ONCE])
    waiting = Message.objects.filter(pk__in=numbers, state=State.WAITING.value)
    waiting.update(state=State.DROPPED.value)
    Message.objects.filter(pk__in=numbers).update(recipient="", content="", erased_on=on)
    return numbers
