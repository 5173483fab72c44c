"""Numbers and dates as Vietnamese readers expect them: 1.234,5 and 22/11/2026."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ROMAN = ("I", "II", "III", "IV")

_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


def number_vi(value: int | float | Decimal, places: int | None = None) -> str:
    """Write a number: 1234.5 as 1.234,5. With `places`, rounded half up and with exactly so many digits after the comma."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def percent_vi(part: int | float | Decimal, whole: int | float | Decimal, places: int = 1) -> str:
    """Write a share as 97,3%; "–" where there is nothing to divide by."""
    if not whole:
        return "–"
    return f"{number_vi(100 * Decimal(str(part)) / Decimal(str(whole)), places)}%"


def parse_number_vi(text: str) -> Decimal:
    """Read a number written in the Vietnamese way."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not a number in the Vietnamese way, such as 1.234,5.")
    return Decimal(text.strip().replace(".", "").replace(",", "."))


def date_vi(day: date) -> str:
    """Write a day as 22/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def long_date_vi(day: date) -> str:
    """Write a day as documents do (Decree 30/2020, appendix I): a zero before days below 10 and before months 1 and 2."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def weekday_vi(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def dated_weekday_vi(day: date) -> str:
    """Write a day with its name: thứ Ba, 24/11/2026."""
    return f"{weekday_vi(day)}, {date_vi(day)}"


def parse_date_vi(text: str) -> date:
    """Read 22/11/2026, 2-9-2026 or 22.11.2026."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date such as 22/11/2026.")
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text.strip()} is not in the calendar.") from None
