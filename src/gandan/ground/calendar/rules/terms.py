"""Terms: from the day of receipt to the day due, and how it was reckoned."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gandan.ground.calendar.rules.workdays import LONGEST_REST, ONE_DAY, Reason, ReasonCode, WorkingCalendar
from gandan.ground.ledger.rules import Refused, gettext_noop

RECEIPT = Reason(ReasonCode.RECEIPT)
PAUSED = Reason(ReasonCode.PAUSED)
COUNTED = Reason(ReasonCode.CALENDAR_DAY)
RAN = Reason(ReasonCode.CLOCK)
ROLLED = Reason(ReasonCode.ROLLED)


class BadTerm(Refused):
    """A term that says nothing one could reckon with."""


class Unreckonable(Refused):
    """From this day the calendar leads nowhere."""


class TermUnit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"  # by the clock, nights and holidays included
    MONTHS = "months"


LONGEST = {TermUnit.WORKING_DAYS: 3660, TermUnit.CALENDAR_DAYS: 3660, TermUnit.HOURS: 24 * 3660, TermUnit.MONTHS: 120}


@dataclass(frozen=True)
class Term:
    """How long something may take. 0 means at once: on the day of receipt.

    `roll`: where it would end on a day that is not worked, it ends on the next working day (Civil Code 2015, articles
    147-148); a term in working days always ends on one.
    """

    amount: int
    unit: TermUnit = TermUnit.WORKING_DAYS
    roll: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= LONGEST[self.unit]:
            raise BadTerm(gettext_noop("Thời hạn {amount} không hợp lệ."), amount=self.amount)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{' roll' if self.roll else ''}"


def parse_term(text: str) -> Term:
    """Read a term as data files write it: `8 working_days`, `30 calendar_days roll`, `24 hours`."""
    match = re.fullmatch(rf"\s*(\d{{1,6}})\s+({'|'.join(TermUnit)})(\s+roll)?\s*", text)
    if not match:
        raise BadTerm(gettext_noop("“{text}” không phải là thời hạn, ví dụ: 8 working_days."), text=text)
    return Term(int(match[1]), TermUnit(match[2]), roll=bool(match[3]))


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands still: from `start` until before `end`, on which it runs again."""

    start: date
    end: date


@dataclass(frozen=True)
class ReckonedDay:
    """One day of a reckoning: whether it counts, as which day of the term, and why."""

    day: date
    counted: bool
    nth: int | None
    reason: Reason


@dataclass(frozen=True)
class Reckoning:
    """How a due date came about: every day from receipt to `due`. `due_at` is the moment, for terms in hours."""

    received: date
    term: Term
    days: tuple[ReckonedDay, ...]
    due: date
    due_at: datetime | None = None


def due_date(received: date | datetime, term: Term, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> date:
    """Return the last day of a term; the same as `reckon(...).due`, found fast and remembered in the calendar."""
    if isinstance(received, datetime):
        if term.unit is TermUnit.HOURS:
            return reckon(received, term, calendar, pauses).due
        received = received.date()
    if pauses := tuple(pauses):
        return reckon(received, term, calendar, pauses).due
    known = calendar.due_dates.get((received, term))
    if known is None:
        try:
            known = _due(received, term, calendar)
        except OverflowError:
            raise _unreckonable(received) from None
        calendar.due_dates[received, term] = known
    return known


def _due(received: date, term: Term, calendar: WorkingCalendar) -> date:
    due = received
    match term.unit:
        case TermUnit.WORKING_DAYS:
            left, rest = 2 * term.amount, 0
            while left > 0:
                due += ONE_DAY
                worked = calendar.halves_on(due)
                left -= worked
                rest = 0 if worked else rest + 1
                if rest > LONGEST_REST:
                    raise _unreckonable(received)
            return due
        case TermUnit.CALENDAR_DAYS:
            due = received + timedelta(days=term.amount)
        case TermUnit.MONTHS:
            due = months_after(received, term.amount)
        case TermUnit.HOURS:
            due = received + timedelta(days=-(-term.amount // 24))
    rest = 0
    while term.roll and not calendar.is_working(due):
        due, rest = due + ONE_DAY, rest + 1
        if rest > LONGEST_REST:
            raise _unreckonable(received)
    return due


def reckon(received: date | datetime, term: Term, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> Reckoning:
    """Reckon a term day by day.

    The day of receipt does not count. Days of a pause don't count whatever they are, and no term ends on one. A half day
    counts half of a working day, so a term never gets shorter by one. Hours run from the moment of receipt in local time,
    or from the midnight after it where only the day is known.

    :raises Unreckonable: if the calendar leads nowhere from that day
    """
    paused = frozenset(pause.start + ONE_DAY * n for pause in pauses for n in range((pause.end - pause.start).days))
    try:
        return _Count(received, term, calendar, paused).reckoning()
    except OverflowError:
        raise _unreckonable(received) from None


class _Count:
    """A reckoning under way."""

    def __init__(self, received: date | datetime, term: Term, calendar: WorkingCalendar, paused: frozenset[date]) -> None:
        self.moment = received if isinstance(received, datetime) else None
        self.received = received.date() if isinstance(received, datetime) else received
        self.term, self.calendar, self.paused = term, calendar, paused
        self.days = [ReckonedDay(self.received, False, None, RECEIPT)]
        self.due = self.received
        self.rest = 0

    def reckoning(self) -> Reckoning:
        due_at: datetime | None = None
        match self.term.unit:
            case TermUnit.WORKING_DAYS:
                self._working_days()
            case TermUnit.CALENDAR_DAYS:
                self._calendar_days(self.term.amount)
            case TermUnit.MONTHS:
                self._calendar_days((months_after(self.received, self.term.amount) - self.received).days)
            case TermUnit.HOURS:
                due_at = self._hours()
        before = self.due
        if self.term.roll and self.term.unit is not TermUnit.WORKING_DAYS:
            self._roll()
        if due_at is not None:
            due_at += self.due - before
        return Reckoning(self.received, self.term, tuple(self.days), self.due, due_at)

    def _next(self) -> date:
        self.due += ONE_DAY
        return self.due

    def _add(self, reason: Reason, nth: int | None = None) -> None:
        self.days.append(ReckonedDay(self.due, nth is not None, nth, reason))

    def _working_days(self) -> None:
        done = 0
        while done < 2 * self.term.amount:
            day = self._next()
            if day in self.paused:
                self._add(PAUSED)
                continue
            worked = self.calendar.halves_on(day)
            done += worked
            self._add(self.calendar.reason(day), min((done + 1) // 2, self.term.amount) if worked else None)
            self._rested(worked == 0)

    def _calendar_days(self, amount: int) -> None:
        done = 0
        while done < amount:
            if self._next() in self.paused:
                self._add(PAUSED)
            else:
                done += 1
                self._add(COUNTED, done)

    def _hours(self) -> datetime | None:
        """Let the clock run; return the moment it runs out, if the moment of receipt is known."""
        left = timedelta(hours=self.term.amount)
        moment = self.moment or datetime.combine(self.received + ONE_DAY, time.min)
        while left:
            day, midnight = moment.date(), datetime.combine(moment.date() + ONE_DAY, time.min, moment.tzinfo)
            runs = timedelta(0) if day in self.paused else min(left, midnight - moment)
            moment, left = (moment + runs, left - runs) if runs else (midnight, left)
            self.due = day
            reason = RAN if runs else PAUSED
            if day == self.received:
                self.days[0] = ReckonedDay(day, bool(runs), 1 if runs else None, reason)
            else:
                self._add(reason, len([d for d in self.days if d.counted]) + 1 if runs else None)
        return moment if self.moment else None

    def _roll(self) -> None:
        while not self.calendar.is_working(self.due) or self.due in self.paused:
            self._next()
            ends = self.calendar.is_working(self.due) and self.due not in self.paused
            self._add(PAUSED if self.due in self.paused else ROLLED if ends else self.calendar.reason(self.due))
            self._rested(not ends and self.due not in self.paused)

    def _rested(self, rested: bool) -> None:
        self.rest = self.rest + 1 if rested else 0
        if self.rest > LONGEST_REST:
            raise _unreckonable(self.received)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _unreckonable(received: date) -> Unreckonable:
    return Unreckonable(gettext_noop("Không tính được hạn từ ngày {day}."), day=f"{received:%d/%m/%Y}")
