"""Telephone numbers, and what is asked of somebody who holds a receipt or wants one anew."""

import hashlib
import hmac
import re
from datetime import timedelta
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop

TAIL = 4
FILES_KEPT = timedelta(days=5 * 365)  # what was given with a dossier


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


class Checked(StrEnum):
    """By which paper an officer has checked who somebody is."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    OTHER = "other"


class BadPhone(Refused):
    """This can't be a telephone number."""


def phone_of(text: str) -> str:
    """Return a telephone number as it is kept: its digits, the country's own without +84.

    :raises BadPhone: if it can't be one
    """
    digits = re.sub(r"[\s.()-]", "", text)
    digits = "0" + digits[3:] if digits.startswith("+84") else digits.removeprefix("+")
    if digits and not re.fullmatch(r"[0-9]{8,15}", digits):
        raise BadPhone(gettext_noop("“{phone}” không giống một số điện thoại. Xin kiểm tra lại."), phone=text.strip()[:30])
    return digits


def tail_fits(phone: str, tail: str) -> bool:
    """Say whether these are the last digits of a number, in the same time whether they are or not. Without a number: never."""
    given = re.sub(r"[^0-9]", "", tail)[:TAIL]
    return hmac.compare_digest(phone[-TAIL:].rjust(TAIL, "x"), given.rjust(TAIL, "y"))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
