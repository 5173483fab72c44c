"""Which times at the counter there are, and which are still free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gandan.ground.calendar.rules import WorkingCalendar

AHEAD = 30  # days
NOTICE = timedelta(minutes=30)  # nobody books a time that is about to begin


class BookingState(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class Hours:
    """When people are seen on a day of the week."""

    weekday: int
    opens: time
    closes: time
    minutes: int
    seats: int


@dataclass(frozen=True)
class Slot:
    """A time, and how many may still take it."""

    day: date
    time: time
    free: int


def slots(day: date, hours: Iterable[Hours], calendar: WorkingCalendar, taken: Mapping[time, int], now: datetime) -> list[Slot]:
    """Return the times of a day that can still be taken, by a clock of the place. On a day off there are none."""
    if not calendar.is_working(day):
        return []
    seats: dict[time, int] = {}
    for one in hours:
        if one.weekday == day.weekday():
            for begins in _times(day, one):
                if datetime.combine(day, begins, now.tzinfo) >= now + NOTICE:
                    seats[begins] = one.seats
    return [
        Slot(day, begins, seats[begins] - taken.get(begins, 0))
        for begins in sorted(seats)
        if seats[begins] > taken.get(begins, 0)
    ]


def _times(day: date, hours: Hours) -> Iterable[time]:
    begins, step = datetime.combine(day, hours.opens), timedelta(minutes=hours.minutes)
    while begins + step <= datetime.combine(day, hours.closes):
        yield begins.time()
        begins += step


def free_seat(seats: int, taken: Sequence[int]) -> int | None:
    """Return the first seat that nobody has, or None."""
    return next((seat for seat in range(1, seats + 1) if seat not in taken), None)
