"""Which days are worked, which are not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))
LONGEST_REST = 366  # days in a row; a calendar that rests longer is a mistake in the data
MOST_COUNTED = 20_000  # spans of days whose working days a calendar remembers


class ReasonCode(StrEnum):
    """Why a day counts or does not. Faces make sentences of these."""

    RECEIPT = "receipt"
    WORKING_DAY = "working_day"
    HALF_DAY = "half_day"
    WEEKLY_REST = "weekly_rest"
    HOLIDAY = "holiday"
    EXCHANGED_OFF = "exchanged_off"
    EXCHANGED_WORK = "exchanged_work"
    CALENDAR_DAY = "calendar_day"
    CLOCK = "clock"
    PAUSED = "paused"
    ROLLED = "rolled"


@dataclass(frozen=True)
class Reason:
    """A code with what a sentence needs: the holiday's name, or the day it was exchanged for."""

    code: ReasonCode
    name: str = ""
    name_en: str = ""
    other: date | None = None


WORKED = Reason(ReasonCode.WORKING_DAY)
HALF_WORKED = Reason(ReasonCode.HALF_DAY)
RESTED = Reason(ReasonCode.WEEKLY_REST)


@dataclass(frozen=True)
class Week:
    """From `since` on, the days of the week (Monday is 0) that are worked whole or half."""

    since: date = date.min
    full: frozenset[int] = MONDAY_TO_FRIDAY
    half: frozenset[int] = frozenset()


@dataclass(frozen=True)
class WorkingCalendar:
    """Weekly patterns of working days, and the dates that depart from them.

    A day worked in exchange is worked whatever else is said of it; a holiday comes before a half day.
    """

    weeks: tuple[Week, ...] = (Week(),)  # in the order of their beginnings
    closed: Mapping[date, Reason] = field(default_factory=dict)  # holidays, and days off in exchange
    opened: Mapping[date, Reason] = field(default_factory=dict)  # rest days worked in exchange
    halves: Mapping[date, Reason] = field(default_factory=dict)
    due_dates: dict[object, date] = field(default_factory=dict, init=False, repr=False, compare=False)  # found by `due_date`
    counted: dict[tuple[date, date], float] = field(default_factory=dict, init=False, repr=False, compare=False)  # see below

    def week(self, day: date) -> Week:
        """Return the weekly pattern of that day; Monday to Friday where none is known."""
        return next((week for week in reversed(self.weeks) if week.since <= day), Week())

    def halves_on(self, day: date) -> int:
        """Return how many halves of the day are worked: 0, 1 or 2."""
        if day in self.opened:
            return 2
        if day in self.closed:
            return 0
        if day in self.halves:
            return 1
        week, weekday = self.week(day), day.weekday()
        return 2 if weekday in week.full else int(weekday in week.half)

    def is_working(self, day: date) -> bool:
        return self.halves_on(day) > 0

    def reason(self, day: date) -> Reason:
        """Say why the day is worked or not."""
        special = self.opened.get(day) or self.closed.get(day) or self.halves.get(day)
        return special or (RESTED, HALF_WORKED, WORKED)[self.halves_on(day)]


def shift(day: date, working_days: int, calendar: WorkingCalendar) -> date:
    """Return the working day so many working days after `day`, or before it if negative; a half day is one too."""
    step = ONE_DAY if working_days > 0 else -ONE_DAY
    left, rest = abs(working_days), 0
    while left:
        day += step
        rest = 0 if calendar.is_working(day) else rest + 1
        left -= rest == 0
        if rest > LONGEST_REST:
            raise ValueError(f"The calendar has no working day near {day}.")
    return day


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> float:
    """Count the working days after `start` up to and with `end`, a half day as 0.5; negative if `end` comes first."""
    if end < start:
        return -working_days_between(end, start, calendar)
    known = calendar.counted.get((start, end))
    if known is None:
        known = sum(calendar.halves_on(start + ONE_DAY * n) for n in range(1, (end - start).days + 1)) / 2
        if len(calendar.counted) >= MOST_COUNTED:
            calendar.counted.clear()
        calendar.counted[start, end] = known
    return known


@dataclass(frozen=True)
class ChangedDay:
    """A day that one calendar counts otherwise than another."""

    day: date
    before: Reason
    after: Reason


def changed_days(before: WorkingCalendar, after: WorkingCalendar, start: date, end: date) -> list[ChangedDay]:
    """Return the days from `start` until before `end` that count differently in the two calendars."""
    days = (start + ONE_DAY * n for n in range((end - start).days))
    return [
        ChangedDay(day, before.reason(day), after.reason(day)) for day in days if before.halves_on(day) != after.halves_on(day)
    ]
