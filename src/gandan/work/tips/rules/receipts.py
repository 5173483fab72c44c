"""The receipt: sixteen digits that are shown once, and what is drawn from them. The database alone tells nothing of it."""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from nacl import bindings as sodium

from gandan.work.tips.rules.sealing import digest

DIGITS = 16
NOT_DIGITS = re.compile(r"[^0-9]")
SALT = digest(b"gandan tip receipt", 16)


@dataclass(frozen=True)
class Costs:
    """What drawing from a receipt costs whoever guesses one: passes, and bytes of memory."""

    passes: int = 4
    memory: int = 64 * 2**20


@dataclass(frozen=True)
class Thread:
    """What a receipt opens: the place where its thread is kept, and the keys of the sender's side."""

    locator: bytes
    secret: bytes
    public: bytes
    seed: bytes
    verify: bytes


def new_receipt() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def grouped(receipt: str) -> str:
    return " ".join(receipt[at : at + 4] for at in range(0, len(receipt), 4))


def plain(typed: str) -> str:
    """Return what was typed as digits alone, whatever stands between them. What is none stays what it is: it opens nothing."""
    return NOT_DIGITS.sub("", unicodedata.normalize("NFKC", typed))[: 4 * DIGITS]


def draw(receipt: str, pepper: bytes, costs: Costs) -> Thread:
    """Draw the thread's place and keys; slow on purpose, and as slow for what was never a receipt."""
    peppered = digest(receipt.encode(), 64, key=pepper)
    drawn = sodium.crypto_pwhash_alg(96, peppered, SALT, costs.passes, costs.memory, sodium.crypto_pwhash_ALG_ARGON2ID13)
    locator, secret, seed = drawn[:32], drawn[32:64], drawn[64:]
    public = sodium.crypto_scalarmult_base(secret)
    verify, _ = sodium.crypto_sign_seed_keypair(seed)
    return Thread(locator, secret, public, seed, verify)


def claim_code(thread: Thread, tip: bytes) -> str:
    """Return the twelve digits that are shown where a reward is paid. They open nothing else."""
    drawn = digest(b"reward" + tip, 16, key=thread.seed)
    return f"{int.from_bytes(drawn, 'big') % 10**12:012}"
