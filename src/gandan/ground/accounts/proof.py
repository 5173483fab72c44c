"""Proof of work, so that a robot pays for each sending; and a token that ripens, for who has no scripts.

A page carries a token: what was asked for and when, signed, in the address of its form, so that a sending without a valid proof
is refused before its body is read. Whoever runs scripts finds, for each of 16 rounds, a number whose digest begins with so many
zero bits; many small rounds take about as long each time, where one large one may take five times as long.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

ROUNDS = 16
LEAST_BITS, MOST_BITS = 12, 17
RIPE, STALE = 45, 6 * 3600  # seconds
HONEST = 30  # sendings a minute that are nothing unusual
NUMBERS = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,10}){15}\Z")


class Unproven(Exception):
    """The token is not ours, too old, too young without a proof, or the proof is none."""


@dataclass(frozen=True)
class Token:
    """What a form was given: when, and how much work it asks for."""

    issued: int
    bits: int
    once: bytes

    @property
    def slow(self) -> bool:
        return self.bits == 0


def issue(secret: bytes, *, at: int, bits: int) -> str:
    body = at.to_bytes(5, "big") + bytes([bits]) + secrets.token_bytes(12)
    return base64.urlsafe_b64encode(body + _mac(secret, body)).decode()


def read(secret: bytes, text: str, *, at: int) -> Token:
    """:raises Unproven: if it is not one of ours, or too old"""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
    except (ValueError, UnicodeEncodeError) as wrong:
        raise Unproven("unreadable") from wrong
    body, mac = raw[:18], raw[18:]
    if len(raw) != 36 or not hmac.compare_digest(mac, _mac(secret, body)):
        raise Unproven("not ours")
    token = Token(int.from_bytes(body[:5], "big"), body[5], body[6:])
    if not 0 <= at - token.issued <= STALE:
        raise Unproven("too old")
    return token


def check(secret: bytes, text: str, proof: str, *, at: int) -> tuple[Token, bool]:
    """Return the token, and whether it came with work; without it must have ripened.

    :raises Unproven: if it has neither
    """
    token = read(secret, text, at=at)
    if not proof:
        if at - token.issued < RIPE:
            raise Unproven("too young")
        return token, False
    if not NUMBERS.match(proof) or not all(good(seed(text), nth, n, token.bits) for nth, n in enumerate(proof.split("."))):
        raise Unproven("no proof")
    return token, True


def seed(token: str) -> str:
    """Return what the rounds begin with: short, so that each try is one block of the digest."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def good(begins: str, nth: int, number: str, bits: int) -> bool:
    found = hashlib.sha256(f"{begins}:{nth}:{number}".encode()).digest()
    return int.from_bytes(found[:4], "big") >> (32 - bits) == 0


def solve(token: str, bits: int) -> str:
    """Find a proof, as the browser does. For the canary and for tests."""
    begins, found = seed(token), []
    for nth in range(ROUNDS):
        number = 0
        while not good(begins, nth, str(number), bits):
            number += 1
        found.append(str(number))
    return ".".join(found)


def bits_at(rate: float) -> int:
    """Return how much work is asked for at so many sendings a minute: twice as much for each doubling past what is usual."""
    return min(MOST_BITS, LEAST_BITS + max(0, int(rate / HONEST).bit_length()))


def _mac(secret: bytes, body: bytes) -> bytes:
    return hmac.digest(secret, b"gandan form token" + body, "sha256")[:18]
