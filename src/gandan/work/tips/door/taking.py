"""Taking a tip: sealed to everybody who may open it before a byte of it leaves this process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from nacl.utils import random

from gandan.work.tips.door.house import DATABASE, Closed, House, Offer, add, offer, terms
from gandan.work.tips.rules import About, Direction, Key, Place, Pledge, Side, Thread, new_number, new_receipt, sealing, text_of
from gandan.work.tips.rules import files as file_rules

TRIES = 5
MOST_FILES = 5


class WrongUpload(Exception):
    """More files than are taken at once."""


class AlreadySent(Exception):
    """The token of the form was used before: the same sending came twice."""


@dataclass(frozen=True)
class Upload:
    """A file as it will be kept: cleaned, or untouched as evidence because its sender chose so."""

    name: str
    media_type: str
    content: bytes
    original: bool = False


@dataclass(frozen=True)
class Sent:
    """What the sender takes along. The receipt is nowhere else."""

    receipt: str
    number: str
    acknowledge_by: date
    answer_by: date
    erase_on: date


def send(
    house: House,
    *,
    about: About,
    pledge: Pledge,
    text: str,
    on: date,
    identity: str = "",
    uploads: Sequence[Upload] = (),
) -> Sent:
    """Take a tip.

    :raises Closed: if nobody could open it
    """
    open_now = offer(house, on)
    readers = open_now.readers(about)
    if pledge == Pledge.CONFIDENTIAL and not open_now.confidential:
        raise Closed("confidential")
    if len(uploads) > MOST_FILES:
        raise WrongUpload("files")
    for last in (False,) * TRIES + (True,):
        receipt = new_receipt()
        try:
            return _send(house, receipt, about, pledge, text, identity, uploads, readers, open_now, on)
        except IntegrityError:  # a locator or number that is somebody else's, once in a lifetime
            if last:
                raise
    raise AssertionError("not reached")


def _send(
    house: House,
    receipt: str,
    about: About,
    pledge: Pledge,
    text: str,
    identity: str,
    uploads: Sequence[Upload],
    readers: list[Key],
    open_now: Offer,
    on: date,
) -> Sent:
    thread, tip, number = house.draw(receipt), uuid4(), new_number()
    acknowledge_by, answer_by, erase_on = terms(on).days(on, about)
    secret = house.vault.new(tip)
    try:
        with transaction.atomic(using=DATABASE):
            row = {
                "id": tip, "number": number, "locator": thread.locator, "public": thread.public, "verify": thread.verify,
                "pledge": pledge.value, "about": about.value, "received_on": on, "acknowledge_by": acknowledge_by,
                "answer_by": answer_by, "erase_on": erase_on,
            }  # fmt: skip
            add("tips_tip", [row])
            write(thread, tip, secret, 1, text, uploads, readers, on)
            if pledge == Pledge.CONFIDENTIAL:
                _write_identity(thread, tip, secret, identity, open_now, on)
    except BaseException:
        house.vault.erase([tip])
        raise
    return Sent(receipt, number, acknowledge_by, answer_by, erase_on)


def use(once: bytes, on: date) -> None:
    """Use up the token of a form, before anything is done for it.

    :raises AlreadySent: if it was used before
    """
    try:
        with transaction.atomic(using=DATABASE):
            add("tips_spent", [{"once": once, "day": on}])
    except IntegrityError:
        raise AlreadySent("token") from None


def write(
    thread: Thread,
    tip: UUID,
    secret: bytes,
    sequence: int,
    text: str,
    uploads: Sequence[Upload],
    readers: Sequence[Key],
    on: date,
) -> None:
    """Add a message of the sender, its files, and its key sealed to each reader and to the thread itself."""
    place = Place(tip.bytes, Direction.IN, sequence)
    enclosed = [_enclose(tip, upload) for upload in uploads]
    key = random(sealing.KEY)
    content = sealing.seal(key, sealing.padded(sealing.envelope(text, enclosed)), place.bound)
    seals = [(one.id, sealing.to_reader(key, one.box, place.bound)) for one in readers]
    seals.append((b"", sealing.to_reader(key, thread.public, place.bound)))
    _add(thread, tip, secret, place, content, seals, on)


def _enclose(tip: UUID, upload: Upload) -> dict[str, object]:
    """Add the sealed pieces of a file, and return what the message says of it."""
    file, key = uuid4(), random(sealing.KEY)
    pieces = file_rules.pieces(key, tip.bytes, file.bytes, upload.content)
    rows = [{"id": uuid4(), "tip_id": tip, "file": file, "nth": nth, "content": piece} for nth, piece in enumerate(pieces)]
    add("tips_piece", rows)
    return {
        "id": str(file), "name": upload.name, "type": upload.media_type, "size": len(upload.content), "key": text_of(key),
        "pieces": len(rows), "original": upload.original,
    }  # fmt: skip


def _write_identity(thread: Thread, tip: UUID, secret: bytes, identity: str, open_now: Offer, on: date) -> None:
    """Seal who somebody is: one half of the key to each custodian of the police's side, the other to each of the other side."""
    place = Place(tip.bytes, Direction.IDENTITY, 0)
    key = random(sealing.KEY)
    content = sealing.seal(key, sealing.padded(sealing.envelope(identity)), place.bound)
    halves = dict(zip(Side, sealing.split(key), strict=True))
    _add(thread, tip, secret, place, content, list(_halves(halves, open_now, place)), on)


def _halves(halves: dict[Side, bytes], open_now: Offer, place: Place) -> Iterator[tuple[bytes, bytes]]:
    for side, keys in open_now.custodians().items():
        for one in keys:
            yield one.id, sealing.to_reader(halves[side], one.box, place.bound)


def _add(
    thread: Thread, tip: UUID, secret: bytes, place: Place, content: bytes, seals: Sequence[tuple[bytes, bytes]], on: date
) -> None:
    message = uuid4()
    signature = sealing.sign(thread.seed, content, place.bound)
    add(
        "tips_message",
        [
            {
                "id": message, "tip_id": tip, "direction": place.direction.value, "sequence": place.sequence, "day": on,
                "content": content, "signature": signature, "signer": b"",
            }
        ],
    )  # fmt: skip
    add(
        "tips_readerseal",
        [
            {"id": uuid4(), "message_id": message, "reader": reader, "wrapped": sealing.wrap(secret, seal, reader, place.bound)}
            for reader, seal in seals
        ],
    )
