"""What stands before a form that anybody may send: tokens, proofs, two buckets. It counts sendings, never senders."""

import hmac
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from django.conf import settings

from gandan.ground.accounts import proof

PROVEN_A_MINUTE, SLOW_AN_HOUR = 240, 120  # of one process


class Full(Exception):
    """So many come at once that somebody has to wait a little."""


@dataclass
class Bucket:
    """So many at once, refilled evenly."""

    most: float
    a_second: float
    left: float = -1.0
    seen: float = 0.0

    def take(self, at: float) -> bool:
        self.left = self.most if self.left < 0 else min(self.most, self.left + (at - self.seen) * self.a_second)
        self.seen = at
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Gate:
    """Lets in who has worked or waited; asks more work of everybody while many come."""

    secret: bytes
    proven: Bucket = field(default_factory=lambda: Bucket(PROVEN_A_MINUTE, PROVEN_A_MINUTE / 60))
    slow: Bucket = field(default_factory=lambda: Bucket(SLOW_AN_HOUR / 4, SLOW_AN_HOUR / 3600))
    rate: float = 0.0  # sendings a minute of late, falling by half each minute
    seen: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def token(self, at: float) -> tuple[str, int]:
        """Return a token for a form, and how many bits of work it asks for."""
        with self.lock:
            bits = proof.bits_at(self._rate(at))
        return proof.issue(self.secret, at=int(at), bits=bits), bits

    def admit(self, token: str, proved: str, at: float) -> bytes:
        """Return by what a token is known once it is used.

        :raises Unproven: if it has neither work nor age
        :raises Full: if its bucket is empty
        """
        found, worked = proof.check(self.secret, token, proved, at=int(at))
        with self.lock:
            if not (self.proven if worked else self.slow).take(at):
                raise Full("bucket")
            self.rate, self.seen = self._rate(at) + 1, at
        return found.once

    def code_of(self, once: bytes) -> str:
        """Return sixteen digits for what a token sends: nobody guesses them, and the same token always gets the same."""
        return f"{int.from_bytes(hmac.digest(self.secret, b'code' + once, 'sha256')[:8], 'big') % 10**16:016}"

    def _rate(self, at: float) -> float:
        return float(self.rate * 0.5 ** (max(0.0, at - self.seen) / 60))


@lru_cache(maxsize=1)
def forms() -> Gate:
    """Return this process's gate of public forms, on pages and for programs; every process reads the tokens of the others."""
    return Gate(sha256(f"gandan forms {settings.SECRET_KEY}".encode()).digest())
