"""A parcel's way by what was scanned of it, who was late, and what a number of the post says about itself."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.postal import PostalNumber, check_digit, parse_postal

SHAPED_AS_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
DOMESTIC = re.compile(r"[A-Z0-9][A-Z0-9-]{5,39}")
WRONG_SIGNATURE = gettext_noop("Chữ ký của thông điệp không đúng hoặc đã quá cũ.")
TOLERANCE = 300  # seconds between a partner's clock and ours


class Direction(StrEnum):
    OUT = "out"  # from the office to the post
    BACK = "back"  # from the post to the office


class Scanned(StrEnum):
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNED = "returned"


class Way(StrEnum):
    PAGE = "page"
    FILE = "file"
    WEBHOOK = "webhook"


class Outcome(StrEnum):
    """What became of a scan."""

    APPLIED = "applied"  # the parcel is now where it says
    NOTED = "noted"  # it came after a later one: kept, and nothing changed
    UNKNOWN = "unknown"  # no parcel of this partner has the number


class LateBy(StrEnum):
    """Who kept a parcel beyond the term of the post."""

    NOBODY = "nobody"
    POST = "post"
    APPLICANT = "applicant"


class BadTracking(Refused):
    """This can't be a number of the post."""


class BadSignature(Refused):
    """A message was not signed with the partner's secret, or too long ago."""


@dataclass(frozen=True)
class Sighting:
    """A scan as the rules see it."""

    what: Scanned
    at: datetime


def standing(scans: Sequence[Sighting]) -> Sighting | None:
    """Return the scan by which a parcel stands: the last by its own moment, in whatever order they came.

    What was delivered stays delivered, and what came back has left the post: later scans of the same way change nothing.
    """
    ordered = sorted(scans, key=lambda scan: scan.at)
    settled = next((scan for scan in ordered if scan.what in (Scanned.DELIVERED, Scanned.RETURNED)), None)
    return settled or (ordered[-1] if ordered else None)


def late_by(*, due_on: date | None, delivered_on: date, attempts: Sequence[date]) -> LateBy:
    """Say who kept a parcel too long. An attempt within the term that found nobody was the post's part well done."""
    if due_on is None or delivered_on <= due_on:
        return LateBy.NOBODY
    return LateBy.APPLICANT if any(attempt <= due_on for attempt in attempts) else LateBy.POST


def tracking_of(text: str) -> str:
    """Return a number of the post as it is kept: without blanks, in capitals.

    :raises BadTracking: if it can't be one
    """
    number = re.sub(r"\s", "", text).upper()
    if not DOMESTIC.fullmatch(number):
        raise BadTracking(gettext_noop("“{number}” không giống một mã bưu gửi. Xin quét hoặc gõ lại."), number=text.strip()[:40])
    return number


def tracking_doubt(number: str) -> PostalNumber | None:
    """Return what an international number should have been, if its check digit doesn't fit. That warns, and refuses nothing."""
    if not SHAPED_AS_S10.fullmatch(number):
        return None
    meant = PostalNumber(number[:2], number[2:10], check_digit(number[2:10]), number[11:])
    return None if str(meant) == number else meant


def is_international(number: str) -> bool:
    try:
        parse_postal(number)
    except ValueError:
        return False
    return True


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return the signature of a message: over its moment and its body, so that neither can be changed nor sent again later."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def check_signature(header: str, body: bytes, secrets: Sequence[str], now: datetime) -> None:
    """Hold a header `t=1764208800,v1=9f86…` against a message.

    :raises BadSignature: if no secret gives it, or its moment is too far from ours; which of the two, nobody is told
    """
    said = dict(part.split("=", 1) for part in header.replace(" ", "").split(",") if "=" in part)
    moment = int(said["t"]) if re.fullmatch(r"[0-9]{1,12}", said.get("t", "")) else 0
    given = said.get("v1", "")
    good = [hmac.compare_digest(signature(secret, moment, body).encode(), given.encode()) for secret in secrets]
    if not any(good) or abs(int(now.timestamp()) - moment) > TOLERANCE:
        raise BadSignature(WRONG_SIGNATURE)
