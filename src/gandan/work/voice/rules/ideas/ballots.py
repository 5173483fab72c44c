"""Ballots: a person once, and no list of persons. What is kept tells nothing once the call's secret is destroyed."""

import hashlib
import hmac
import secrets

CODE_DIGITS = 6


def new_secret() -> str:
    return secrets.token_hex(32)


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def voter_of(secret: str, phone: str) -> str:
    """Return what stands for a telephone within one call: nothing without the call's secret."""
    return hmac.new(secret.encode(), f"voter {phone}".encode(), hashlib.sha256).hexdigest()


def ballot_of(voter: str, target: str) -> str:
    """Return the ballot of a voter for one idea or group: two ballots of one voter have nothing in common."""
    return hmac.new(voter.encode(), f"ballot {target}".encode(), hashlib.sha256).hexdigest()


def sealed_code(secret: str, code: str, voter: str) -> str:
    """Return by what a code is recognised when it is typed: only for this voter of this call."""
    return hmac.new(secret.encode(), f"code {code} {voter}".encode(), hashlib.sha256).hexdigest()
