"""Secrets of programs, and how often a thing may be done. No Django, no clock, no database."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from gandan.ground.ledger.rules import Refused

SECRET = re.compile(r"gd_([a-z0-9]{8})_[A-Za-z0-9_-]{43}\Z")
OPERATION = re.compile(r"[a-z][a-z_]*(\*)?\Z")
SEALED_AT = "mfa_authenticator.data"  # where secrets of second factors belong
LONGEST_LIFE = 400  # days that a key may hold
LONGEST_OVERLAP = 30  # days that a former key may hold beside its successor


@dataclass(frozen=True)
class Limit:
    """How often a thing may be done within a time, at once or one by one; what is used up comes back evenly."""

    what: str
    most: int
    within: timedelta

    @property
    def each(self) -> timedelta:
        """After what time one more is allowed."""
        return self.within / self.most


class TooOften(Refused):
    """It was asked for more often than is good for everyone."""

    def __init__(self, template: str, *, seconds: int) -> None:
        super().__init__(template, seconds=seconds)
        self.seconds = seconds


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret. It is random and long, so nothing slow is needed to keep it from being guessed."""
    return hashlib.sha256(secret.encode()).digest()


def opens(operations: tuple[str, ...], name: str) -> bool:
    """Say whether a key of these operations opens that one: by its name, by `dossiers_*`, or because it names none."""
    return not operations or any(one == name or (one.endswith("*") and name.startswith(one[:-1])) for one in operations)
