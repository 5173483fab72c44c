"""Who holds which key; what is still to be sealed to a new one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import names
from gandan.work.tips.models import Message
from gandan.work.tips.queries.desk import as_key, at_the_desk, current_keys, own_keys, vault
from gandan.work.tips.queries.threads import seal_for
from gandan.work.tips.rules import About, Direction, Seat, Side, readers_of, text_of


@dataclass(frozen=True)
class MemberRow:
    """A key in use, and how many messages are not sealed to it yet."""

    id: UUID
    holder: str
    name: str
    seat: Seat
    side: Side
    since: date
    until: date
    print: str  # what people compare, aloud
    behind: int
    mine: bool


def members(by: Person, on: date) -> list[MemberRow]:
    rows = current_keys(on)
    called = names(row.person for row in rows if row.person is not None)
    return [
        MemberRow(
            row.pk, row.holder, called.get(row.person or 0, ""), Seat(row.seat), Side(row.side), row.since, row.until,
            grouped(as_key(row).id), _behind(Seat(row.seat), as_key(row).id).count(), row.person == by.pk,
        )
        for row in rows
    ]  # fmt: skip


def grouped(name: bytes) -> str:
    text = name.hex().upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def to_reseal(key: UUID, by: Person, on: date, *, limit: int = 50) -> dict[str, Any]:
    """Return the next messages that are not sealed to a key, with what was sealed to a key of the reader's own.

    :raises NotAllowed: if `by` is not of the desk
    """
    at_the_desk(by, on)
    target = next((row for row in current_keys(on) if row.pk == key), None)
    mine = [as_key(row).id for row in own_keys(by, on) if row.pk != key]
    if target is None or not mine:
        return {"to": "", "messages": []}
    store = vault()
    wanted = _behind(Seat(target.seat), as_key(target).id).filter(seals__reader__in=mine).distinct().prefetch_related("seals")
    found = []
    for message in wanted.order_by("id")[:limit]:
        secret = store.secret(message.tip_id)
        if secret is not None:
            found.append(
                {
                    "id": str(message.pk), "tip": text_of(message.tip_id.bytes), "direction": message.direction,
                    "sequence": message.sequence, "seal": seal_for(message, mine, secret),
                }
            )  # fmt: skip
    return {"to": text_of(bytes(target.box)), "messages": found}


def recovery_seals(on: date) -> list[bytes]:
    """Return by what the keys of recovery are named beside what is sealed to them."""
    return [as_key(row).id for row in current_keys(on, [Seat.RECOVERY])]


def _behind(seat: Seat, reader: bytes) -> Any:
    abouts = [about.value for about in About if seat in readers_of(about)]
    found = Message.objects.filter(tip__about__in=abouts).exclude(direction=Direction.IDENTITY.value)
    return found.exclude(seals__reader=reader)
