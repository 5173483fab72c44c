"""Dates as people and systems write them: 31/12/2024, 31-12-2024, 2024-12-31, with or without a time and a zone."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\Z")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})\Z")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?\Z")  # the national portal's yyyyMMddHHmmss
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}")
YEARS = range(1945, 2101)


class NotADate(ValueError):
    """The text is no date in any form that is read here."""


class NotInTheCalendar(ValueError):
    """It looks like a date, but there is no such day: 31 February."""


def read_date(text: str, zone: tzinfo | None, opening: time | None = None) -> date:
    """Read a date, the day always before the month. A moment counts for the day that it falls on in `zone`,
    or, without one, for the day that is written.

    An appointment kept as a moment before the office opens is really the end of the day before: with `opening` it is read so.

    :raises NotADate: if it isn't one
    :raises NotInTheCalendar: if there is no such day
    """
    if match := DAY_FIRST.match(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        moment = time(int(match[4]), int(match[5])) if match[4] and int(match[4]) < 24 and int(match[5]) < 60 else None
        return _opened(_day(year, month, day), moment, opening)
    if match := YEAR_FIRST.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := COMPACT.match(text):
        day_read = _day(int(match[1]), int(match[2]), int(match[3]))
        moment = time(int(match[4]), int(match[5])) if match[4] and int(match[4]) < 24 and int(match[5]) < 60 else None
        return _opened(day_read, moment, opening)
    if not MOMENT.match(text):
        raise NotADate(text)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        _day(int(text[:4]), int(text[5:7]), int(text[8:10]))
        raise NotADate(text) from None
    if read.year not in YEARS:  # before it is reckoned into another zone, for which the first and last days leave no room
        raise NotInTheCalendar(text)
    if read.tzinfo is not None and zone is not None:
        read = read.astimezone(zone)
    return _opened(read.date(), read.time(), opening)


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise NotInTheCalendar(f"{year:04d}-{month:02d}-{day:02d}")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotInTheCalendar(f"{year:04d}-{month:02d}-{day:02d}") from None


def _opened(day: date, moment: time | None, opening: time | None) -> date:
    if opening is not None and moment is not None and moment < opening:
        return day - timedelta(days=1)
    return day
