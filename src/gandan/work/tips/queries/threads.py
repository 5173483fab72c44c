"""One thread as it goes to a member's browser: sealed, with what was sealed to this member's key."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.tips.models import Extract, MemberKey, Message, Opening, Piece, Reading
from gandan.work.tips.queries.desk import as_key, at_the_desk, current_keys, own_keys, tip_for, vault
from gandan.work.tips.queries.lists import TipRow, as_row
from gandan.work.tips.rules import About, Broken, Direction, Key, Place, Seat, UnknownTip, readers_of, text_of
from gandan.work.tips.rules.sealing import unwrap


@dataclass(frozen=True)
class SealedThread:
    """A thread for the browser: `row` is in the clear, `sealed` goes through JSON."""

    row: TipRow
    sealed: dict[str, Any]


def thread(number: str, by: Person, on: date) -> SealedThread:
    """Return a thread, and note who has opened it today.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if there is none by that number that is open to them, or it was erased
    """
    at_the_desk(by, on)
    tip = tip_for(number, by, on)
    secret = vault().secret(tip.pk)
    if secret is None:
        raise UnknownTip(gettext_noop("Tin này đã xoá."))
    Reading.objects.get_or_create(tip=tip, person=by.pk, day=on)
    seats = readers_of(About(tip.about))
    mine = [as_key(one).id for one in own_keys(by, on) if Seat(one.seat) in seats]
    messages = list(tip.messages.exclude(direction=Direction.IDENTITY.value).prefetch_related("seals"))
    said = sum(message.direction in {"in", "out"} for message in messages)
    sealed = {
        "tip": text_of(tip.pk.bytes),
        "public": text_of(bytes(tip.public)),
        "verify": text_of(bytes(tip.verify)),
        "readers": [_public(as_key(one)) for one in current_keys(on, seats)],
        "messages": [_message(message, mine, secret) for message in sorted(messages, key=lambda m: (m.day, m.sequence))],
        "extracts": [_extract(one, by) for one in tip.extracts.order_by("written_on", "sequence")],
        "openings": [_opening(one, mine) for one in tip.openings.prefetch_related("halves").order_by("asked_on", "id")],
    }
    return SealedThread(as_row(tip, said), sealed)


def piece(number: str, file: UUID, nth: int, by: Person, on: date) -> bytes:
    """Return a sealed piece of a file.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if it isn't there for them
    """
    at_the_desk(by, on)
    found = Piece.objects.filter(tip=tip_for(number, by, on), file=file, nth=nth).first()
    if found is None:
        raise UnknownTip(gettext_noop("Không có tệp này."))
    return bytes(found.content)


def identity_for(opening: UUID, by: Person, on: date) -> dict[str, Any]:
    """Return the sealed identity and both halves, for whoever asked and was given them.

    :raises NotAllowed: if `by` is not of the desk
    :raises UnknownTip: if they didn't ask, or a half is missing
    """
    at_the_desk(by, on)
    found = Opening.objects.filter(pk=opening, asked_by=by.pk).prefetch_related("halves").first()
    halves = list(found.halves.all()) if found else []
    if found is None or len(halves) < 2:
        raise UnknownTip(gettext_noop("Chưa đủ hai bên đồng ý mở danh tính."))
    message = Message.objects.get(tip=found.tip_id, direction=Direction.IDENTITY.value)
    return {
        "tip": text_of(message.tip_id.bytes),
        "content": text_of(bytes(message.content)),
        "halves": [text_of(bytes(one.content)) for one in halves],
    }


def to_give(by: Person, on: date) -> list[dict[str, Any]]:
    """Return the requests for which a custodian's half is wanted, with what was sealed to them.

    :raises NotAllowed: if `by` is no custodian
    """
    require_anywhere(Right.KEEP_IDENTITIES, by=by, on=on)
    mine = next((one for one in own_keys(by, on) if one.seat == Seat.CUSTODIAN), None)
    if mine is None:
        return []
    asked = (
        Opening.objects.exclude(halves__side=mine.side).exclude(asked_by=by.pk).select_related("tip").order_by("asked_on", "id")
    )
    readers = {as_key(one).id: one for one in current_keys(on)}
    found = []
    for opening in asked:
        secret = vault().secret(opening.tip_id)
        message = Message.objects.filter(tip=opening.tip_id, direction=Direction.IDENTITY.value).first()
        reader = readers.get(bytes(opening.asked_key))
        if secret is None or message is None or reader is None:
            continue
        found.append(
            {
                "id": str(opening.pk), "why": opening.why, "asked_on": opening.asked_on, "asked_by": opening.asked_by,
                "tip": text_of(opening.tip_id.bytes), "number": opening.tip.number, "to": text_of(bytes(reader.box)),
                "seal": seal_for(message, [as_key(mine).id], secret),
            }
        )  # fmt: skip
    return found


def _message(message: Message, mine: list[bytes], secret: bytes) -> dict[str, Any]:
    return {
        "direction": message.direction,
        "sequence": message.sequence,
        "day": message.day.isoformat(),
        "content": text_of(bytes(message.content)),
        "signature": text_of(bytes(message.signature)),
        "signer": text_of(_signer(bytes(message.signer))),
        "seal": seal_for(message, mine, secret),
    }


def _signer(name: bytes) -> bytes:
    """Return the key that a member's message is signed with, also of one who has left; empty for the sender."""
    if not name:
        return b""
    return next((key.verify for key in map(as_key, MemberKey.objects.all()) if key.id == name), b"")


def seal_for(message: Message, mine: list[bytes], secret: bytes) -> str:
    """Return what was sealed to one of these readers, without the wrapping of the store. Empty if nothing was."""
    bound = Place(message.tip_id.bytes, Direction(message.direction), message.sequence).bound
    for seal in message.seals.all():
        if bytes(seal.reader) in mine:
            try:
                return text_of(unwrap(secret, bytes(seal.wrapped), bytes(seal.reader), bound))
            except Broken:
                return ""
    return ""


def _public(key: Key) -> dict[str, str]:
    return {"id": text_of(key.id), "box": text_of(key.box), "seat": key.seat.value, "holder": key.holder}


def _extract(one: Extract, by: Person) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "sequence": one.sequence,
        "unit": one.unit,
        "mine": one.written_by == by.pk,
        "checked": one.checked_by is not None,
        "refused": one.refused,
        "handed": one.handed_on is not None,
    }


def _opening(one: Opening, mine: list[bytes]) -> dict[str, Any]:
    return {"id": str(one.pk), "why": one.why, "halves": one.halves.count(), "mine": bytes(one.asked_key) in mine}
