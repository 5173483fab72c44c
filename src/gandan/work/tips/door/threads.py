"""Coming back by receipt: what was said, both ways. A receipt that never was, one erased and one mistyped take the same path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from gandan.work.tips.door.house import DATABASE, House, add, look_up, offered, read_key
from gandan.work.tips.door.taking import AlreadySent, Upload, WrongUpload, write
from gandan.work.tips.rules import About, Broken, Direction, Key, Place, Reward, State, Thread, claim_code, plain, sealing

MOST_A_DAY = 20  # messages of one thread
MOST_FILES = 5


class TooMany(Exception):
    """A thread takes so many messages a day."""


@dataclass(frozen=True)
class Said:
    """One message as its sender may read it. One that somebody else wrote in the desk's name has no words."""

    mine: bool
    day: date
    text: str
    files: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True)
class Followed:
    """A thread, opened by its receipt."""

    tip: UUID
    number: str
    state: State
    received_on: date
    acknowledge_by: date
    answer_by: date
    erase_on: date
    acknowledged_on: date | None
    answered_on: date | None
    said: tuple[Said, ...]
    reward: Reward
    reward_amount: int | None
    about: About


@dataclass(frozen=True)
class _Opened:
    thread: Thread
    secret: bytes
    found: dict[str, Any]
    followed: Followed


def follow(house: House, *, receipt: str, on: date) -> Followed | None:
    """Return the thread that a receipt opens, or None."""
    opened = _open(house, receipt)
    return opened.followed if opened else None


def reply(house: House, *, receipt: str, text: str, on: date, uploads: Sequence[Upload] = ()) -> Followed | None:
    """Add a message of the sender's, and return the thread; None if the receipt opens nothing.

    :raises TooMany: if the thread has had its share of today
    :raises AlreadySent: if two came at once
    """
    opened = _open(house, receipt)
    if opened is None:
        return None
    if len(uploads) > MOST_FILES:
        raise WrongUpload("files")
    mine = [message for message in opened.found["messages"] if message["direction"] == Direction.IN]
    if sum(message["day"] == on.isoformat() for message in mine) >= MOST_A_DAY:
        raise TooMany("messages")
    readers = offered(opened.found["keys"], house, on).readers(opened.followed.about)
    sequence = max((message["sequence"] for message in mine), default=0) + 1
    try:
        with transaction.atomic(using=DATABASE):
            write(opened.thread, opened.followed.tip, opened.secret, sequence, text, uploads, readers, on)
    except IntegrityError:
        raise AlreadySent("token") from None
    return follow(house, receipt=receipt, on=on)


def withdraw_code(house: House, *, receipt: str, on: date) -> str | None:
    """Return the code that is shown where a reward is paid, and keep its digest. None if there is nothing to be paid."""
    opened = _open(house, receipt)
    if opened is None or opened.followed.reward != Reward.GRANTED:
        return None
    tip = opened.followed.tip
    code = claim_code(opened.thread, tip.bytes)
    try:
        with transaction.atomic(using=DATABASE):
            add("tips_claim", [{"id": uuid4(), "tip_id": tip, "code": code_digest(code)}])
    except IntegrityError:  # it was shown before
        pass
    return code


def code_digest(code: str) -> bytes:
    """Return what is kept of a code of twelve digits, for as long as the reward waits."""
    return sealing.digest(b"claim" + code.encode())


def _open(house: House, receipt: str) -> _Opened | None:
    """Draw, look up, open. What is not there costs the drawing and the look-up like what is."""
    thread = house.draw(plain(receipt))
    found = look_up(thread.locator)
    row = found["thread"]
    secret = house.vault.secret(UUID(row["id"]) if row else UUID(bytes=thread.locator[:16]))
    if row is None or secret is None:
        return None
    tip = UUID(row["id"])
    keys = {key.id.hex(): key for key in map(read_key, found["keys"])}
    said = [_read(house, thread, tip, secret, message, keys) for message in found["messages"]]
    followed = Followed(
        tip=tip,
        number=row["number"],
        state=State(row["state"]),
        **{name: _day(row[name]) for name in ("received_on", "acknowledge_by", "answer_by", "erase_on")},
        acknowledged_on=row["acknowledged_on"] and _day(row["acknowledged_on"]),
        answered_on=row["answered_on"] and _day(row["answered_on"]),
        said=tuple(said),
        reward=Reward(row["reward"]),
        reward_amount=row["reward_amount"],
        about=About(row["about"]),
    )
    return _Opened(thread, secret, found, followed)


def _read(house: House, thread: Thread, tip: UUID, secret: bytes, message: dict[str, Any], keys: dict[str, Key]) -> Said:
    place = Place(tip.bytes, Direction(message["direction"]), message["sequence"])
    mine, day = place.direction == Direction.IN, _day(message["day"])
    content, signature = bytes.fromhex(message["content"]), bytes.fromhex(message["signature"])
    try:
        sealing.check_signature(_author(house, thread, message, keys), signature, content, place.bound)
        seal = sealing.unwrap(secret, bytes.fromhex(message["wrapped"]), b"", place.bound)
        envelope = sealing.open_message(place, content, seal, thread.public, thread.secret)
    except Broken:
        return Said(mine, day, "", broken=True)
    return Said(mine, day, envelope["text"], tuple(str(one.get("name", "")) for one in envelope["files"]))


def _author(house: House, thread: Thread, message: dict[str, Any], keys: dict[str, Key]) -> bytes:
    """Return by which key a message must be signed: the thread's own, or a member's behind whom the root stands."""
    if message["direction"] == Direction.IN:
        return thread.verify
    key = keys.get(message["signer"])
    if key is None or not key.good(house.root, _day(message["day"])):
        raise Broken("not of the desk")
    return key.verify


def _day(text: str) -> date:
    return date.fromisoformat(text)
