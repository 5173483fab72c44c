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


BROWSERS = (
    ("coc_coc", "Cốc Cốc"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_named(agent: str) -> str:
    """Return what a person calls the browser and the machine: "Firefox, Windows". One that isn't known is as it says itself."""
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or agent


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
