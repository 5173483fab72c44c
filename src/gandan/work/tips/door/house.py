"""What the door has at hand: its secrets, what it trusts, and what it may offer on a day."""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import connections

from gandan.work.tips.rules import About, Costs, Key, Seat, Side, Terms, Thread, draw, read_terms, readers_of
from gandan.work.tips.vault import Vault

DATABASE = "door"
LOOK_UP = "tips_look_up"
TAKES = ("tips_tip", "tips_message", "tips_readerseal", "tips_piece", "tips_spent", "tips_claim")  # what it may add to


class Closed(Exception):
    """Nobody could open what would be sent, so nothing is taken."""


@dataclass(frozen=True)
class House:
    """The door's own: a pepper that lies in no backup, the root it trusts, the secrets of tips."""

    pepper: bytes
    root: bytes
    vault: Vault
    costs: Costs = field(default_factory=Costs)

    @property
    def token_secret(self) -> bytes:
        return hmac.digest(self.pepper, b"gandan tip tokens", "sha256")

    def draw(self, receipt: str) -> Thread:
        return draw(receipt, self.pepper, self.costs)


@dataclass(frozen=True)
class Offer:
    """Who can open on a day what is sent, as their signed keys say."""

    keys: tuple[Key, ...]

    def readers(self, about: About) -> list[Key]:
        """:raises Closed: if nobody could open it"""
        seats = readers_of(about)
        found = [key for key in self.keys if key.seat in seats]
        if not any(key.seat != Seat.RECOVERY for key in found):
            raise Closed(about)
        return found

    def custodians(self) -> dict[Side, list[Key]]:
        return {side: [key for key in self.keys if key.seat == Seat.CUSTODIAN and key.side == side] for side in Side}

    @property
    def confidential(self) -> bool:
        """Whether there is somebody on both sides to keep a half of an identity."""
        return all(self.custodians().values())

    @property
    def kinds(self) -> list[About]:
        seats = {key.seat for key in self.keys}
        return [about for about in About if about != About.CANARY and readers_of(about) & seats - {Seat.RECOVERY}]

    @property
    def recovery(self) -> bool:
        """Whether lost keys can be made up for, which senders are told."""
        return any(key.seat == Seat.RECOVERY for key in self.keys)


def offer(house: House, on: date) -> Offer:
    """Return who could open now what is sent."""
    return offered(look_up(b"")["keys"], house, on)


def offered(rows: Iterable[Mapping[str, Any]], house: House, on: date) -> Offer:
    return Offer(tuple(key for key in (read_key(row) for row in rows if not row["removed"]) if key.good(house.root, on)))


def read_key(row: Mapping[str, Any]) -> Key:
    return Key(
        seat=Seat(row["seat"]),
        side=Side(row["side"]),
        holder=row["holder"],
        box=bytes.fromhex(row["box"]),
        verify=bytes.fromhex(row["verify"]),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        signature=bytes.fromhex(row["signature"]),
    )


def look_up(locator: bytes) -> dict[str, Any]:
    """Return the public keys and, if there is one at that place, the thread: the one thing that the door can read."""
    with connections[DATABASE].cursor() as cursor:
        cursor.execute(f"SELECT {LOOK_UP}(%s)", [locator])
        found = cursor.fetchone()[0]
    said: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return said


def add(table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table of `TAKES`."""
    if not rows:
        return
    columns = list(rows[0])
    holes = ", ".join(["%s"] * len(columns))
    with connections[DATABASE].cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({holes})", [[row[name] for name in columns] for row in rows]
        )


@lru_cache(maxsize=1)
def _rows() -> list[Mapping[str, Any]]:
    text = files("gandan.work.tips").joinpath("data/terms.yaml").read_text(encoding="utf-8")
    rows: list[Mapping[str, Any]] = yaml.safe_load(text)
    return rows


def terms(on: date) -> Terms:
    return read_terms(_rows(), on)
