"""A sender takes messages in hand for a while, says when it begins to tell the server, and notes what the server said.

Each of these is a short transaction of its own; nothing is locked while a server is being talked to. A sender that dies lets
go of what it had when the time is up. What it had not begun is simply sent; what it had begun is sent again under the same
Message-ID and idempotency key, and marked, because nobody can know whether the server had taken it.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.messages.models import TO_SEND, Message
from gandan.ground.messages.rules import Channel, Content, State, Trouble, next_try
from gandan.ground.organisations.models import Person, Unit

LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Held:
    """A message in the hands of one sender, until a moment."""

    id: int
    key: str
    channel: Channel
    recipient: str
    template: str
    language: str
    content: Content
    enclosed: int | None
    hand: str
    until: datetime


@operation
def claim(
    *,
    by: Person,
    on: date,
    at: datetime,
    channels: Collection[Channel] = tuple(Channel),
    limit: int = 20,
    lease: timedelta = LEASE,
) -> list[Held]:
    """Take what is due in hand, the oldest first, and return it. Others pass over it until the lease is up.

    :param channels: those that may be used now; the others wait for the end of their quiet hours
    """
    unchanged()
    due = Message.objects.filter(TO_SEND, channel__in=[channel.value for channel in channels], next_at__lte=at).filter(
        Q(not_before=None) | Q(not_before__lte=at), Q(held_until=None) | Q(held_until__lte=at)
    )
    taken = list(due.select_for_update(skip_locked=True).order_by("next_at", "id")[:limit])
    hand, until = secrets.token_hex(16), at + lease
    for message in taken:
        message.state, message.held_by, message.held_until = State.HELD.value, hand, until
        if message.begun_at is not None:  # whoever had it died while the server was being told
            message.perhaps_twice, message.begun_at = True, None
    Message.objects.bulk_update(taken, ["state", "held_by", "held_until", "perhaps_twice", "begun_at"])
    return [_held(message) for message in taken]


def _held(message: Message) -> Held:
    assert message.held_until is not None
    return Held(
        id=message.pk,
        key=message.key,
        channel=Channel(message.channel),
        recipient=message.recipient,
        template=message.template,
        language=message.language,
        content=Content.read(message.content),
        enclosed=message.enclosed,
        hand=message.held_by,
        until=message.held_until,
    )


@operation
def begin(*, held: Held, by: Person, on: date) -> bool:
    """Note that the server is about to be told. False if somebody else has the message by now: then it is theirs."""
    unchanged()
    return _mine(held).update(begun_at=Now()) == 1


@operation
def sent(*, held: Held, answer: str, by: Person, on: date) -> None:
    """Note that the server has taken it."""
    message = _mine(held).select_for_update().select_related("unit").first()
    if message is None:
        unchanged()
        return
    message.state, message.held_until, message.begun_at = State.SENT.value, None, None
    message.answer, message.tries = answer[:200], message.tries + 1
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT.value, held_until=None, begun_at=None, answer=message.answer, tries=message.tries, sent_at=Now()
    )
    record(Kind.MESSAGE_SENT, unit=message.unit, day=_day(message.unit, on), by=by, about=message, channel=message.channel)


@operation
def failed(*, held: Held, trouble: Trouble, answer: str, by: Person, on: date, at: datetime) -> None:
    """Note that a try did not succeed: it comes again later, or waits for a person."""
    message = _mine(held).select_for_update().select_related("unit").first()
    if message is None:
        unchanged()
        return
    message.tries += trouble is not Trouble.AWAY
    again = next_try(message.tries, at, trouble)
    message.state = State.FAILED.value if again is None else State.WAITING.value
    message.next_at = again or at
    message.answer, message.held_until, message.begun_at = answer[:200], None, None
    message.save(update_fields=["state", "tries", "next_at", "answer", "held_until", "begun_at"])
    if again is None:
        record(Kind.MESSAGE_FAILED, unit=message.unit, day=_day(message.unit, on), by=by, about=message, channel=message.channel)
    else:
        unchanged()


@operation
def release(*, held: Collection[Held], by: Person, on: date) -> None:
    """Let go of messages that were not begun, for whoever comes next."""
    unchanged()
    for one in held:
        _mine(one).filter(begun_at=None).update(state=State.WAITING.value, held_until=None)


def _mine(held: Held) -> QuerySet[Message]:
    return Message.objects.filter(pk=held.id, state=State.HELD.value, held_by=held.hand)


def _day(unit: Unit, on: date) -> date:
    """Return the day it counts for: the unit may have ended since the message was written."""
    return on if unit.closed_on is None else min(on, unit.closed_on - ONE_DAY)
