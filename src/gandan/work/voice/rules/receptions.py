"""Times of a citizen reception."""

from datetime import date, datetime, time, timedelta

from gandan.ground.ledger.rules import Refused

NOTICE = timedelta(minutes=30)  # nobody books a time that is about to begin
MOST_DAYS = 24  # that are planned at once


class NotFree(Refused):
    """The time is taken, is over, or there is no such time."""


class NoReception(Refused):
    """There is no such session, or it was called off."""


class BadPlan(Refused):
    """A session that can't be. `field` says what."""

    def __init__(self, field: str, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field


def times(begins: time, ends: time, minutes: int) -> list[time]:
    """Return when each who comes is received."""
    day, step = date(2000, 1, 1), timedelta(minutes=minutes)
    at, end = datetime.combine(day, begins), datetime.combine(day, ends)
    found = []
    while at + step <= end:
        found.append(at.time())
        at += step
    return found


def free(day: date, begins: time, ends: time, minutes: int, taken: set[time], now: datetime) -> list[time]:
    """Return the times that can still be taken, by a clock of the place."""
    return [
        one for one in times(begins, ends, minutes) if one not in taken and datetime.combine(day, one, now.tzinfo) >= now + NOTICE
    ]
