"""Early, in time or late: said of a dossier when it is finished, by its own dates."""

from datetime import date, timedelta
from enum import StrEnum

from gandan.ground.calendar.rules import WorkingCalendar

ONE_DAY = timedelta(days=1)


class Punctuality(StrEnum):
    EARLY = "early"  # trước hạn
    IN_TIME = "in_time"  # đúng hạn: on the very day
    LATE = "late"  # trễ hạn


def punctuality(due_on: date, finished_on: date) -> Punctuality:
    if finished_on < due_on:
        return Punctuality.EARLY
    return Punctuality.LATE if finished_on > due_on else Punctuality.IN_TIME


def kept(due_on: date, on: date) -> str:
    """Return how a promise was kept: a promise knows in time or late, and no early."""
    return "late" if on > due_on else "in_time"


def overdue_on(due_on: date) -> date:
    """Return the day on which what was due on `due_on` fell overdue, however late anyone noticed."""
    return due_on + ONE_DAY


def shifted(due_on: date, since: date, until: date, calendar: WorkingCalendar) -> date:
    """Put a stated day off by the days for which the clock stood still, on to a working day."""
    later = due_on + (until - since)
    while until > since and not calendar.is_working(later):
        later += ONE_DAY
    return later
