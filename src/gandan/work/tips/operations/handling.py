"""What the desk says and does in a thread. Words come sealed and signed from the browser; here they are held to their form."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.tips.models import Message, ReaderSeal, Tip
from gandan.work.tips.operations.members import DATABASE
from gandan.work.tips.queries.desk import as_key, at_the_desk, current_keys, own_keys, tip_for, vault
from gandan.work.tips.rules import About, Broken, Direction, NotThatStep, Place, Seat, State, UnknownTip, readers_of
from gandan.work.tips.rules.sealing import NONCE, SIZES, TAG, check_signature, wrap

LENGTHS = {NONCE + size + TAG for size in SIZES}
SEALED_KEY = 32 + 16 + 48  # a sealed box of the key and what it is bound to


class WrongSeals(Refused):
    """What was sent isn't sealed to exactly those who may read it, or not signed by its author."""


@operation
def say(
    *,
    tip: str,
    direction: Direction,
    sequence: int,
    content: bytes,
    signature: bytes,
    seals: Mapping[bytes, bytes],
    by: Person,
    on: date,
    final: bool = False,
) -> Message:
    """Keep an answer to the sender, or a note among members: sealed to all who may read it, signed by its author.

    :param seals: the message's key for each reader, by the reader's name; the sender is the empty one
    :param final: it is the answer that was owed
    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    :raises NotThatStep: if the thread is closed
    :raises WrongSeals: if it isn't sealed and signed as it must be, or something was said in between
    """
    at_the_desk(by, on)
    row = _held(tip, by, on)
    if direction not in {Direction.OUT, Direction.NOTE}:
        raise WrongSeals(gettext_noop("Nội dung gửi lên không đúng dạng. Xin tải lại trang."))
    _check(row, direction, sequence, content, signature, seals, by, on)
    message = _keep(row, Place(row.pk.bytes, direction, sequence), content, signature, seals, _signer(row, by, on), on)
    if direction == Direction.OUT:
        row.acknowledged_on = row.acknowledged_on or on
        if final or row.state == State.ANSWERED:
            row.state, row.answered_on = State.ANSWERED.value, row.answered_on or on
        else:
            row.state = State.ACKNOWLEDGED.value
        row.save(using=DATABASE, update_fields=["acknowledged_on", "answered_on", "state"])
    unchanged()  # nothing of a tip enters the ledger
    return message


@operation
def acknowledge(*, tip: str, by: Person, on: date) -> Tip:
    """Note that the desk has read a tip; its sender sees that by the receipt.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    :raises NotThatStep: if that was noted before
    """
    at_the_desk(by, on)
    row = _held(tip, by, on)
    if row.state != State.NEW:
        raise NotThatStep(gettext_noop("Tin này đã được xác nhận trước đó."))
    row.state, row.acknowledged_on = State.ACKNOWLEDGED.value, on
    row.save(using=DATABASE, update_fields=["state", "acknowledged_on"])
    unchanged()
    return row


@operation
def close_thread(*, tip: str, by: Person, on: date) -> Tip:
    """Close a thread that was answered: nothing is owed any more. It is erased on its day, not before.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if the tip isn't open to them
    :raises NotThatStep: if it wasn't answered
    """
    at_the_desk(by, on)
    row = _held(tip, by, on)
    if row.state != State.ANSWERED and row.about != About.CANARY:
        raise NotThatStep(gettext_noop("Tin này chưa được trả lời."))
    row.state = State.CLOSED.value
    row.save(using=DATABASE, update_fields=["state"])
    unchanged()
    return row


def _held(number: str, by: Person, on: date) -> Tip:
    row = tip_for(number, by, on)
    if row.state == State.CLOSED:
        raise NotThatStep(gettext_noop("Tin này đã khép lại."))
    return row


def _signer(row: Tip, by: Person, on: date) -> bytes:
    """Return by which of their keys somebody writes in a thread."""
    seats = readers_of(About(row.about))
    return next(as_key(one).id for one in own_keys(by, on) if Seat(one.seat) in seats)


def _check(
    row: Tip,
    direction: Direction,
    sequence: int,
    content: bytes,
    signature: bytes,
    seals: Mapping[bytes, bytes],
    by: Person,
    on: date,
) -> None:
    seats = readers_of(About(row.about))
    readers = {as_key(one).id for one in current_keys(on, seats)} | ({b""} if direction == Direction.OUT else set())
    if set(seals) != readers or len(content) not in LENGTHS or {len(one) for one in seals.values()} != {SEALED_KEY}:
        raise WrongSeals(gettext_noop("Danh sách người đọc đã thay đổi. Xin tải lại trang rồi gửi lại."))
    mine = next(as_key(one) for one in own_keys(by, on) if Seat(one.seat) in seats)
    try:
        check_signature(mine.verify, signature, content, Place(row.pk.bytes, direction, sequence).bound)
    except Broken:
        raise WrongSeals(gettext_noop("Nội dung gửi lên không đúng dạng. Xin tải lại trang.")) from None


def _keep(
    row: Tip, place: Place, content: bytes, signature: bytes, seals: Mapping[bytes, bytes], signer: bytes, on: date
) -> Message:
    secret = vault().secret(row.pk)
    if secret is None:
        raise UnknownTip(gettext_noop("Tin này đã xoá."))
    try:
        with transaction.atomic(using=DATABASE):
            message = Message.objects.create(
                tip=row, direction=place.direction.value, sequence=place.sequence, day=on, content=content,
                signature=signature, signer=signer,
            )  # fmt: skip
            ReaderSeal.objects.bulk_create(
                ReaderSeal(message=message, reader=reader, wrapped=wrap(secret, seal, reader, place.bound))
                for reader, seal in seals.items()
            )
    except IntegrityError:
        raise WrongSeals(gettext_noop("Có người vừa viết trước. Xin tải lại trang.")) from None
    return message
