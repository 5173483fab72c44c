"""What a matter is about, and when it was settled in time. No Django, no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.distances import kilometres

REACH_KM = 30.0  # how far from the middle of its ward a place may lie: an island commune is wide


class Issue(StrEnum):
    """What people and authorities disagree about: never who."""

    LAND = "land"
    COMPENSATION = "compensation"
    BUILDING = "building"
    ENVIRONMENT = "environment"
    SERVICES = "services"
    WORK = "work"
    TRADE = "trade"
    ORDER = "order"
    OTHER = "other"


class Pledged(StrEnum):
    """What became of a promise to the people."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


class NothingSaid(Refused):
    """A matter has a title and a place, a dialogue its minutes, a promise its words."""


class BadPlace(Refused):
    """The point does not lie in the ward."""


class BadDay(Refused):
    """It would have been before the matter, or after today."""


def said(text: str, what: str) -> str:
    """:raises NothingSaid: if nothing is"""
    if not text.strip():
        raise NothingSaid(what)
    return text.strip()


def check_point(point: tuple[float, float] | None, middle: tuple[float, float] | None) -> None:
    """:raises BadPlace: if a point is none on the earth, or far from the middle of its ward"""
    if point is None:
        return
    latitude, longitude = point
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (
        middle is not None and kilometres(*point, *middle) > REACH_KM
    ):
        raise BadPlace(gettext_noop("Điểm trên bản đồ không nằm trong phường, xã đã chọn. Xin chỉ lại, hoặc bỏ điểm này."))


@dataclass(frozen=True)
class Fate:
    """What became of one dated promise of a matter: its own term, or one that was made to the people."""

    state: Pledged
    first_due_on: date
    settled_on: date | None


def in_time(fates: Iterable[Fate]) -> bool:
    """Say whether every dated promise was kept by the day that was named first. A day that was moved doesn't excuse."""
    return all(
        fate.state is Pledged.KEPT and fate.settled_on is not None and fate.settled_on <= fate.first_due_on for fate in fates
    )
