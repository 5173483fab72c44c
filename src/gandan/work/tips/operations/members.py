"""Keys of members: brought with the root's signature, taken away, and what was sealed to one sealed anew to another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.work.tips.models import MemberKey, Message, ReaderSeal
from gandan.work.tips.queries.desk import NEEDED, as_key, at_the_desk, current_keys, home_of, own_keys, vault
from gandan.work.tips.rules import About, Direction, Key, Place, Seat, readers_id, readers_of
from gandan.work.tips.rules.sealing import unwrap, wrap

DATABASE = "tips"


class BadKey(Refused):
    """The root has not signed it, it is somebody else's, or it is here already."""


@dataclass(frozen=True)
class NewSeal:
    """The key of a message, sealed by one member to another's key."""

    message: UUID
    seal: bytes


@operation
def add_key(*, key: Key, by: Person, on: date) -> MemberKey:
    """Bring a key that the root has signed: one's own, or that of recovery. From now on what comes is sealed to it too.

    :raises NotAllowed: if no role of `by` entitles to that seat
    :raises BadKey: if the root has not signed it, or it is in another's name, or here already
    """
    require_anywhere(NEEDED[key.seat], by=by, on=on)
    if not key.good(settings.TIPS_ROOT, on):
        raise BadKey(gettext_noop("Khoá này chưa được khoá gốc của Thành phố ký, hoặc đã hết hạn."))
    if key.seat != Seat.RECOVERY and key.holder != by.username:
        raise BadKey(gettext_noop("Khoá này mang tên người khác. Mỗi người tự nạp khoá của mình."))
    try:
        with transaction.atomic(using=DATABASE):
            row = MemberKey.objects.create(
                person=None if key.seat == Seat.RECOVERY else by.pk, seat=key.seat.value, side=key.side.value, holder=key.holder,
                box=key.box, verify=key.verify, since=key.since, until=key.until, signature=key.signature,
            )  # fmt: skip
    except IntegrityError:
        raise BadKey(gettext_noop("Khoá này đã có ở đây.")) from None
    record(Kind.TIP_KEY_ADDED, unit=home_of(by, on), day=on, by=by, seat=key.seat.value)
    return row


@operation
def remove_key(*, key: UUID, by: Person, on: date) -> int:
    """Take a key away: nothing more is sealed to it, and what was is removed. Return how many seals went.

    :raises NotAllowed: if `by` sits at neither that seat nor among the custodians
    :raises BadKey: if there is no such key
    """
    row = MemberKey.objects.filter(pk=key, removed_on__isnull=True).first()
    if row is None:
        raise BadKey(gettext_noop("Không có khoá này, hoặc đã thôi dùng."))
    mine = {Seat(one.seat) for one in own_keys(by, on)}
    if not mine & {Seat(row.seat), Seat.CUSTODIAN}:
        raise NotAllowed(gettext_noop("{person} không có quyền này."), person=by.name)
    with transaction.atomic(using=DATABASE):
        row.removed_on = on
        row.save(update_fields=["removed_on"])
        went, _ = ReaderSeal.objects.filter(reader=readers_id(bytes(row.box))).delete()
    record(Kind.TIP_KEY_REMOVED, unit=home_of(by, on), day=on, by=by, seat=row.seat)
    return went


@operation
def reseal(*, to: UUID, seals: Sequence[NewSeal], by: Person, on: date) -> int:
    """Keep what a member's browser has sealed to another key of the same seat. Return how many were new.

    :raises NotAllowed: if `by` is not of the desk
    :raises BadKey: if the other key isn't trusted, or sits elsewhere than `by`
    """
    at_the_desk(by, on)
    target = next((row for row in current_keys(on) if row.pk == to), None)
    mine = {Seat(one.seat) for one in own_keys(by, on)}
    if target is None or not mine & {Seat(target.seat), *({Seat.DESK, Seat.CONDUCT} if target.seat == Seat.RECOVERY else ())}:
        raise BadKey(gettext_noop("Không có khoá này, hoặc đã thôi dùng."))
    unchanged()  # a member was added before, which the ledger was told
    given = {one.message: one.seal for one in seals}
    return _keep(as_key(target), lambda message: given.get(message.pk), list(given))


@operation
def reseal_all(*, to: UUID, again: Callable[[Message, bytes], bytes | None], source: bytes, by: Person, on: date) -> int:
    """Seal everything anew from the key of recovery to a member's, by whoever holds two of its three parts. Return how many.

    :param again: gives the seal for the new reader, from that for `source`
    :raises NotAllowed: if `by` is no custodian
    :raises BadKey: if the new key isn't trusted
    """
    require_anywhere(NEEDED[Seat.RECOVERY], by=by, on=on)
    target = next((row for row in current_keys(on) if row.pk == to), None)
    if target is None:
        raise BadKey(gettext_noop("Không có khoá này, hoặc đã thôi dùng."))
    store, key = vault(), as_key(target)

    def sealed(message: Message) -> bytes | None:
        held = ReaderSeal.objects.filter(message=message, reader=source).first()
        secret = store.secret(message.tip_id)
        if held is None or secret is None:
            return None
        return again(message, unwrap(secret, bytes(held.wrapped), source, place_of(message).bound))

    abouts = [about.value for about in About if key.seat in readers_of(about)]
    messages = Message.objects.filter(tip__about__in=abouts).exclude(direction=Direction.IDENTITY.value)
    made = _keep(key, sealed, list(messages.values_list("pk", flat=True)))
    record(Kind.TIP_KEYS_RECOVERED, unit=home_of(by, on), day=on, by=by)
    return made


def _keep(key: Key, seal_for: Callable[[Message], bytes | None], messages: list[UUID]) -> int:
    store, made = vault(), 0
    abouts = [about.value for about in About if readers_of(about) & {key.seat}]
    with transaction.atomic(using=DATABASE):
        rows = Message.objects.filter(pk__in=messages, tip__about__in=abouts).exclude(seals__reader=key.id)
        for message in rows.exclude(direction=Direction.IDENTITY.value):
            seal, secret = seal_for(message), store.secret(message.tip_id)
            if seal is None or secret is None:
                continue
            wrapped = wrap(secret, seal, key.id, place_of(message).bound)
            ReaderSeal.objects.create(message=message, reader=key.id, wrapped=wrapped)
            made += 1
    return made


def place_of(message: Message) -> Place:
    return Place(message.tip_id.bytes, Direction(message.direction), message.sequence)
