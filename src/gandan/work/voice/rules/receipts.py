"""Receipts: sixteen digits, drawn at random, shown once; the database keeps a digest."""

import hashlib
import re

from gandan.ground.ledger.rules import Refused, gettext_noop

DIGITS = 16
NUMBER = re.compile(r"([A-ZĐ]{2})-?(\d{1,18})\Z")


class UnknownReceipt(Refused):
    """No case has this receipt: mistyped, erased or never given, all answered alike."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("Không mở được bằng mã này. Xin xem lại từng số; việc đã quá thời hạn lưu thì không còn."))


def code_of(typed: str) -> str:
    """Return a code as it is compared: its digits."""
    return re.sub(r"[^0-9]", "", typed)[:40]


def digest_of(code: str) -> str:
    return hashlib.sha256(f"voice {code_of(code)}".encode()).hexdigest()


def grouped(code: str) -> str:
    """Return a code in groups of four, as people copy it."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def id_of(number: str) -> int | None:
    """Return the id behind a case's number (`PA-1204`), or None."""
    found = NUMBER.match(number.strip().upper())
    return int(found[2]) if found else None
