"""Numbers, days and our own sentences as the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, gettext_noop

from gandan.ground.calendar.rules import UnknownPeriod, parse_period
from gandan.ground.ledger.rules import Refused
from gandan.ground.vietnam.numbers import date_vi, number_vi

WEEKDAYS = (
    gettext_noop("thứ Hai"), gettext_noop("thứ Ba"), gettext_noop("thứ Tư"), gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"), gettext_noop("thứ Bảy"), gettext_noop("Chủ nhật"),
)  # fmt: skip

ENGLISH = "/en/"  # below it every page is in English


def english() -> bool:
    return (get_language() or "vi").startswith("en")


def number(value: int | float | Decimal, places: int | None = None) -> str:
    if places is None and value == int(value):  # a column may keep a digit after the comma that says nothing
        value = int(value)
    written = number_vi(value, places)
    return written.translate(str.maketrans(",.", ".,")) if english() else written


def day(value: date) -> str:
    return date_vi(value)


def weekday(value: date) -> str:
    """The day's name and date: thứ Ba, 24/11/2026."""
    return f"{gettext(WEEKDAYS[value.weekday()])}, {date_vi(value)}"


def weekday_name(number: int) -> str:
    """The name of a day of the week; 0 is Monday."""
    return gettext(WEEKDAYS[number])


def month(number: int) -> str:
    return str(MONTHS[number]) if english() else f"Tháng {number}"


def moment(value: datetime) -> str:
    return f"{value:%H:%M} {date_vi(value.date())}"


def refusal(refused: Refused) -> str:
    """What the rules said, in the reader's language."""
    return refused.said(gettext)


class Worded(Protocol):
    """The same words in both languages."""

    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


def said(both: Worded) -> str:
    return both.en if english() else both.vi


def named(vietnamese: str, in_english: str) -> str:
    """The name in the reader's language, the Vietnamese one where there is no other."""
    return in_english if english() and in_english else vietnamese


class Unit(Protocol):
    """A unit by its names."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def short_name(self) -> str: ...


def short(unit: Unit) -> str:
    """A unit's name where there is little room. Only the Vietnamese one has a short form."""
    return named(unit.short_name or unit.name, unit.name_en)


def period(label: str) -> str:
    """A period by its name, as it was stored by its code: Tháng 11/2026."""
    try:
        name = parse_period(label)
    except UnknownPeriod:
        return label
    return name.en if english() else name.vi
