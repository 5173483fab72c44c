"""Reporting periods: months, quarters, halves and years as a body cuts them, and their names in both directions.

Decree 09/2019 lets a state body's month run from the 15th of the month before to the 14th; others use calendar months.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.vietnam.numbers import ROMAN, date_vi
from gandan.ground.vietnam.text import fold

ONE_DAY = timedelta(days=1)


class UnknownPeriod(Refused):
    """No period has this name."""


class Grain(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}
_CODES = {
    Grain.YEAR: re.compile(r"(\d{4})"),
    Grain.QUARTER: re.compile(r"(\d{4})-q([1-4])"),
    Grain.HALF: re.compile(r"(\d{4})-h([12])"),
    Grain.MONTH: re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
}
_WORDS = {
    Grain.YEAR: re.compile(r"nam (?P<year>\d{4})"),
    Grain.QUARTER: re.compile(r"quy (?P<number>i{1,3}|iv|[1-4])\s*[/-]\s*(?P<year>\d{4})"),
    Grain.HALF: re.compile(r"(?:6|sau) thang (?P<number>dau|cuoi) nam (?P<year>\d{4})"),
    Grain.MONTH: re.compile(r"thang (?P<number>0?[1-9]|1[0-2])\s*[/-]\s*(?P<year>\d{4})"),
}
_NUMBERS = {"dau": 1, "cuoi": 2, **{roman.lower(): n for n, roman in enumerate(ROMAN, start=1)}}


@dataclass(frozen=True)
class PeriodName:
    """A period's name, whatever days it covers: quarter 3 of 2026."""

    year: int
    grain: Grain
    number: int = 1

    @property
    def code(self) -> str:
        """The name for programs: 2026, 2026-H1, 2026-Q3, 2026-07."""
        match self.grain:
            case Grain.YEAR:
                return f"{self.year:04}"
            case Grain.HALF:
                return f"{self.year:04}-H{self.number}"
            case Grain.QUARTER:
                return f"{self.year:04}-Q{self.number}"
            case Grain.MONTH:
                return f"{self.year:04}-{self.number:02}"

    @property
    def vi(self) -> str:
        match self.grain:
            case Grain.YEAR:
                return f"Năm {self.year}"
            case Grain.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case Grain.QUARTER:
                return f"Quý {ROMAN[self.number - 1]}/{self.year}"
            case Grain.MONTH:
                return f"Tháng {self.number}/{self.year}"

    @property
    def en(self) -> str:
        match self.grain:
            case Grain.YEAR:
                return f"{self.year}"
            case Grain.HALF:
                return f"{'First' if self.number == 1 else 'Second'} half of {self.year}"
            case Grain.QUARTER:
                return f"Q{self.number} {self.year}"
            case Grain.MONTH:
                return f"{_ENGLISH_MONTHS[self.number - 1]} {self.year}"

    @property
    def first(self) -> date:
        """The first day of the calendar period of this name."""
        return date(self.year, (self.number - 1) * MONTHS[self.grain] + 1, 1)

    def moved(self, by: int) -> "PeriodName":
        """Return the name so many periods later, or earlier if negative."""
        in_year = 12 // MONTHS[self.grain]
        year, index = divmod(self.year * in_year + self.number - 1 + by, in_year)
        return PeriodName(year, self.grain, index + 1)


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_period(text: str) -> PeriodName:
    """Read a period's name: 2026-Q3 or Quý III/2026, 2026-07 or Tháng 7/2026, 2026-H1 or 6 tháng đầu năm 2026, 2026.

    :raises UnknownPeriod: if it is none of these
    """
    key = fold(text)
    for grain, code in _CODES.items():
        if match := code.fullmatch(key):
            return _named(grain, match[1], match[2] if grain is not Grain.YEAR else "1", text)
    for grain, words in _WORDS.items():
        if match := words.fullmatch(key):
            return _named(grain, match["year"], match["number"] if grain is not Grain.YEAR else "1", text)
    raise unknown_period(text)


def _named(grain: Grain, year: str, number: str, text: str) -> PeriodName:
    if not 1900 <= int(year) <= 2200:
        raise unknown_period(text)
    return PeriodName(int(year), grain, _NUMBERS.get(number) or int(number))


def unknown_period(text: str) -> UnknownPeriod:
    return UnknownPeriod(gettext_noop("Không có kỳ “{text}”. Ví dụ: 2026-Q3, 2026-07, 2026-H1, 2026."), text=text)


@dataclass(frozen=True)
class Period:
    """The days from `start` until before `end`, with the name they go by (none for a stretch of days freely chosen)."""

    start: date
    end: date
    name: PeriodName | None = None

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    @property
    def label(self) -> str:
        """The period for programs: its name's code, or `2022-01-01..2026-06-30`."""
        return self.name.code if self.name else f"{self.start}..{self.last}"

    @property
    def label_vi(self) -> str:
        return self.name.vi if self.name else f"{date_vi(self.start)} – {date_vi(self.last)}"

    @property
    def label_en(self) -> str:
        return self.name.en if self.name else f"{date_vi(self.start)} – {date_vi(self.last)}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def stretch(first: date, last: date) -> Period:
    """Return the freely chosen period from `first` to `last`, both included."""
    if last < first:
        raise UnknownPeriod(
            gettext_noop("Kỳ kết thúc ngày {last}, trước khi bắt đầu ngày {first}."), first=date_vi(first), last=date_vi(last)
        )
    return Period(first, last + ONE_DAY)


@dataclass(frozen=True)
class CutOff:
    """From the period that begins in the calendar on or after `since`: the day of the month on which the next period begins."""

    since: date = date.min
    first_day: int = 1  # 1: with the calendar month; 15: on the 15th of the month before

    def __post_init__(self) -> None:
        if not 1 <= self.first_day <= 28:
            raise ValueError(f"A period begins on a day from 1 to 28, not {self.first_day}.")


@dataclass(frozen=True)
class PeriodRule:
    """How a body cuts its periods of one grain, through all its changes: without gaps, without overlaps."""

    grain: Grain
    cut_offs: tuple[CutOff, ...] = (CutOff(),)  # in the order of their beginnings

    def period(self, name: PeriodName) -> Period:
        if name.grain is not self.grain:
            raise ValueError(f"{name.code} is no {self.grain}.")
        return Period(self._end(name.moved(-1)), self._end(name), name)

    def _end(self, name: PeriodName) -> date:
        """Return the first day after a period. The next begins there, so a change of rule makes one long or short period."""
        at = bisect_right([cut_off.since for cut_off in self.cut_offs], name.first) - 1
        first_day = self.cut_offs[at].first_day if at >= 0 else 1
        following = name.moved(1).first
        return following if first_day == 1 else (following - ONE_DAY).replace(day=first_day)


CALENDAR_PERIODS: dict[Grain, PeriodRule] = {grain: PeriodRule(grain) for grain in Grain}


def period_of(rule: PeriodRule, day: date) -> Period:
    """Return the period in which `day` lies."""
    name = PeriodName(day.year, rule.grain, (day.month - 1) // MONTHS[rule.grain] + 1)
    while day < (period := rule.period(name)).start:
        name = name.moved(-1)
    while day >= (period := rule.period(name)).end:
        name = name.moved(1)
    return period


def periods(rule: PeriodRule, year: int) -> list[Period]:
    """Return the periods that carry the year in their names."""
    return [rule.period(PeriodName(year, rule.grain, number)) for number in range(1, 12 // MONTHS[rule.grain] + 1)]


def periods_between(rule: PeriodRule, start: date, end: date) -> list[Period]:
    """Return the periods that have a day from `start` until before `end`, in order."""
    return list(_from(rule, start, end)) if start < end else []


def _from(rule: PeriodRule, start: date, end: date) -> Iterator[Period]:
    period = period_of(rule, start)
    while period.start < end:
        yield period
        period = period_of(rule, period.end)
