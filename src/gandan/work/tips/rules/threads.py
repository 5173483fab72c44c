"""A tip as everybody may know it: its kind, its state, its days. Nothing finer than a day."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from gandan.ground.ledger.rules import Refused
from gandan.work.tips.rules.members import Seat

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER = re.compile(rf"TK-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\Z")


class Pledge(StrEnum):
    """What the sender is promised."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"


class About(StrEnum):
    """The broad kind, the only word of a tip that stands in the clear."""

    CRIME = "crime"
    WANTED = "wanted"
    DRUGS = "drugs"
    FRAUD = "fraud"
    CONDUCT = "conduct"
    OTHER = "other"
    CANARY = "canary"  # our own, to know that the channel works


class State(StrEnum):
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CLOSED = "closed"


class Reward(StrEnum):
    NONE = "none"
    GRANTED = "granted"
    PAID = "paid"


class Why(StrEnum):
    """On what ground a sealed identity is opened."""

    COURT = "court"  # a court or a procurator demands it in writing
    LIFE = "life"  # somebody's life is in danger
    CONSENT = "consent"  # the sender has agreed, in the thread
    PROTECTION = "protection"  # the sender has asked for protection


class NotThatStep(Refused):
    """The tip is not at the step where this is done."""


class UnknownTip(Refused):
    """There is no such tip for the one who asks."""


@dataclass(frozen=True)
class Terms:
    """What a sender is owed, in days of the calendar: the door knows no list of holidays."""

    acknowledge: int
    answer: int
    keep: int
    canary: int
    source: str

    def days(self, on: date, about: About) -> tuple[date, date, date]:
        """Return by when a tip is acknowledged, answered, erased."""
        keep = self.canary if about == About.CANARY else self.keep
        return on + timedelta(self.acknowledge), on + timedelta(self.answer), on + timedelta(keep)


def read_terms(rows: list[Mapping[str, Any]], on: date) -> Terms:
    """Return the terms in force on a day; the newest if several are."""
    valid = max((row for row in rows if row["from"] <= on), key=lambda row: row["from"])
    return Terms(**{name: valid[name] for name in ("acknowledge", "answer", "keep", "canary", "source")})


def new_number() -> str:
    """Return a number by which people speak of a tip. It tells nothing of when it came or how many there are."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"TK-{drawn[:4]}-{drawn[4:]}"


def readers_of(about: About) -> frozenset[Seat]:
    """Return the seats to which messages of a tip are sealed."""
    return frozenset({Seat.CONDUCT if about == About.CONDUCT else Seat.DESK, Seat.RECOVERY})
