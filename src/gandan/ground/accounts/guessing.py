"""Tries to sign in: slowed down so that nobody guesses for long, and so that nobody can shut anybody else out.

A try counts for the pair of name and address, never for the name alone. A browser in which somebody has signed in before
carries a signed mark and counts by itself: whatever others try in that name, its owner gets in from there.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

from gandan.ground.accounts.limits import refill, take
from gandan.ground.accounts.rules import Limit
from gandan.ground.ledger.rules import gettext_noop

PER_PAIR = Limit("sign in: name and address", 5, timedelta(minutes=5))
PER_ADDRESS = Limit("sign in: address", 100, timedelta(minutes=10))  # a whole office may stand behind one
PER_BROWSER = Limit("sign in: known browser", 10, timedelta(minutes=5))
PER_PERSON = Limit("second factor", 30, timedelta(hours=1))  # whoever comes here has the password
TRIED = gettext_noop("Đã thử sai nhiều lần liền nhau. Xin chờ {seconds} giây rồi thử lại; không ai bị khoá tài khoản.")
MARK, SALT = "known", "gandan.known-browser"
HELD = timedelta(days=180)
AT_MOST = 8


@dataclass(frozen=True)
class Browser:
    """What a browser's mark says: its own number, and digests of the names that signed in there."""

    number: str
    names: tuple[str, ...] = ()

    @classmethod
    def read(cls, mark: str) -> "Browser":
        """Return what a mark says; one that isn't ours, or is old, says nothing."""
        try:
            kept = signing.loads(mark, salt=SALT, max_age=HELD)
        except signing.BadSignature:
            return cls("")
        return cls(kept["number"], tuple(kept["names"]))

    def knows(self, username: str) -> bool:
        return bool(self.number) and _digest(username) in self.names

    def after(self, username: str) -> "Browser":
        """Return the mark's content once somebody has signed in."""
        others = tuple(name for name in self.names if name != _digest(username))
        return replace(self, number=self.number or get_random_string(16), names=(*others, _digest(username))[-AT_MOST:])

    def written(self) -> str:
        return signing.dumps({"number": self.number, "names": list(self.names)}, salt=SALT)


@dataclass(frozen=True)
class Try:
    """One try to sign in by a name, from an address, in a browser."""

    username: str
    address: str
    browser: Browser

    def count(self, at: datetime) -> None:
        """:raises TooOften: if there were too many of late"""
        if self.browser.knows(self.username):
            take(PER_BROWSER, self.username, self.browser.number, at=at, said=TRIED)
        else:
            take(PER_ADDRESS, self.address, at=at, said=TRIED)
            take(PER_PAIR, self.username, self.address, at=at, said=TRIED)

    def succeeded(self) -> None:
        """Forget the tries of this pair, or of this browser."""
        if self.browser.knows(self.username):
            refill(PER_BROWSER, self.username, self.browser.number)
        else:
            refill(PER_PAIR, self.username, self.address)


def _digest(username: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{SALT} {username}".encode(), "sha256").hex()[:16]
