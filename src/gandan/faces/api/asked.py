"""What a program may put into a request: days, codes, periods, views, keys of pages. What can't be read is 422, never guessed."""

import base64
import re
from binascii import Error as NotBase64
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, cast

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Path, Query
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, PeriodRule, parse_period, stretch
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import AsAt, Line, View
from gandan.results.measures.rules import BadView, view_named

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST = 2**63 - 1
FEW = 3  # units that are looked up one by one
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class BadCursor(Refused):
    """The key of a page was not given out by us."""


class PeriodMissing(Refused):
    """Neither a period's name nor both ends of a stretch of days, or both."""


class LinesDiffer(Refused):
    """The units asked for belong to different lines."""


class TooMany(Refused):
    """More is asked for at once than one answer may hold."""


def iso_day(given: object) -> object:
    """Let nothing through but YYYY-MM-DD: other readers take 20250630 for a number of seconds."""
    if isinstance(given, str) and not ISO_DAY.fullmatch(given):
        raise ValueError("a day is written YYYY-MM-DD")
    return given


def known_day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"a day lies between {FIRST_DAY} and {LAST_DAY}")
    return day


Day = Annotated[
    date,
    BeforeValidator(iso_day),
    AfterValidator(known_day),
    Field(json_schema_extra={"pattern": r"^(19|20|21)\d{2}-\d{2}-\d{2}$|^2200-\d{2}-\d{2}$"}),
]
CODE = r"^[A-Za-z0-9][A-Za-z0-9.\-]*$"
SLUG = r"^[a-z0-9][a-z0-9._\-]*$"
Code = Annotated[str, StringConstraints(pattern=CODE, max_length=30)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)]
PeriodText = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=4, max_length=40)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]

UnitCode = Annotated[Code, Path(description="A unit's code, such as `W26740`. Large and small letters are the same.")]
OnDay = Annotated[
    Day | None, Query(description="The day whose tree and names are meant, YYYY-MM-DD. By default today (Asia/Ho_Chi_Minh).")
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many rows at most, 1 to 200.")]
Key = Annotated[str, StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_\-]+$")]
Cursor = Annotated[
    Key | None,
    Query(description="Where the page begins: `next` of the page before, with the same other parameters. Opaque."),
]


def today() -> date:
    return localdate()


def viewer(request: HttpRequest) -> organisations.Person:
    """Return who asks. Every operation that calls this stands behind the session's door."""
    return cast(organisations.Person, request.user)


# Keys of pages


def written(key: tuple[date, int] | None) -> str | None:
    """Return a page's key as a `next` that means nothing to anyone but us."""
    if key is None:
        return None
    return base64.urlsafe_b64encode(f"{key[0]}~{key[1]}".encode()).decode().rstrip("=")


def read(cursor: str | None) -> tuple[date, int] | None:
    """:raises BadCursor: if it isn't one of ours"""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        day, _, number = text.partition("~")
        if re.fullmatch(r"\d{1,18}", number) and ISO_DAY.fullmatch(day):
            return date.fromisoformat(day), int(number)
    except (NotBase64, ValueError):
        pass
    raise BadCursor(gettext_noop("Không đọc được “cursor”. Hãy dùng nguyên giá trị “next” của trang trước."))


# Units, and the right to their figures


def unit(code: str) -> organisations.UnitRow:
    """:raises UnknownUnit: if no unit has this code"""
    return organisations.row(organisations.unit_id(code))


def units(codes: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of units, each once.

    :raises UnknownUnit: naming the first code that no unit has
    """
    if len(codes) <= FEW:
        return tuple(dict.fromkeys(map(organisations.unit_id, codes)))
    known = organisations.tree()
    rows = organisations.rows({unit for line in Line for unit in known.units(line)})
    ids = {row.code: number for number, row in rows.items()}
    return tuple(dict.fromkeys(ids.get(code.upper()) or organisations.unit_id(code) for code in codes))


def readable(units: Collection[int], request: HttpRequest) -> None:
    """:raises NotAllowed: naming the first of these units whose figures the viewer may not read"""
    who = viewer(request)
    allowed = organisations.visible_units(Right.READ_FIGURES, who, today())
    closed = next((number for number in units if number not in allowed), None)
    if closed is not None:
        name = organisations.row(closed).name
        raise NotAllowed(gettext_noop("{person} không có quyền này tại {unit}."), person=who.name, unit=name)


# Periods and views


class Cut(StrEnum):
    """Where named periods begin and end."""

    CALENDAR = "calendar"
    REPORTING = "reporting"


def rule(body: int, grain: Grain, how: Cut) -> PeriodRule:
    return CALENDAR_PERIODS[grain] if how is Cut.CALENDAR else calendar.period_rule(body, grain)


def periods(body: int, names: Iterable[str], first: date | None, last: date | None, how: Cut) -> tuple[Period, ...]:
    """Return the periods asked for, named ones as this body's.

    :raises PeriodMissing: if nothing is asked for, or only one end
    """
    named = [parse_period(name) for name in dict.fromkeys(names)]
    if bool(named) == bool(first or last) or (first is None) != (last is None):
        raise PeriodMissing(gettext_noop("Cần “period” (ví dụ 2026-Q3) hoặc cả “from” và “to” (YYYY-MM-DD), không cả hai."))
    if first and last:
        return (stretch(first, last),)
    rules = {name.grain: rule(body, name.grain, how) for name in named}
    return tuple(dict.fromkeys(rules[name.grain].period(name) for name in named))


PeriodNames = Annotated[
    list[PeriodText],
    Query(
        max_length=60,
        description="Periods by name: `2026` (a year), `2026-H1`, `2026-Q3`, `2026-07`. May be repeated. Not with `from`, `to`.",
    ),
]
From = Annotated[Day | None, Query(alias="from", description="The first day of a freely chosen stretch, included.")]
To = Annotated[Day | None, Query(alias="to", description="The last day of that stretch, included.")]
How = Annotated[
    Cut,
    Query(
        description="Where named periods begin and end: by the `reporting` calendar of the (first) unit asked for, which mostly "
        "runs from the 15th to the 14th, as on the pages; or by `calendar` months. The answer says which days they are."
    ),
]
OnLine = Annotated[
    Line | None,
    Query(
        description="The hierarchy along which units below are summed: police, civil, front, post, or administration, on which "
        "every unit stands. By default the units' own, administration if they have no other."
    ),
]


def own_line(units: Sequence[int], named: Line | None) -> Line:
    """Return the line along which to look at these units.

    :raises LinesDiffer: if none is named and they belong to different ones
    """
    if named is not None:
        return named
    known = organisations.tree()
    own = {next((line for line in known.lines(unit) if line is not Line.ADMINISTRATION), Line.ADMINISTRATION) for unit in units}
    if len(own) > 1:
        raise LinesDiffer(gettext_noop("Các đơn vị này thuộc nhiều hệ khác nhau. Hãy nêu “line”."))
    return own.pop()


VIEW = r"^(as-was|as-is|as-at:\d{4}-\d{2}-\d{2})$"
AsView = Annotated[
    str,
    Query(
        pattern=VIEW,
        description="How history is told across a reorganised tree: `as-was` (each day by its own tree), `as-is` (by today's: it "
        "follows the successors), `as-at:2025-06-30` (by that day's; what happened in units founded later stands apart).",
    ),
]


def view(text: str) -> View:
    """:raises BadView: if its day is none, or none of ours"""
    found = view_named(text, today=today())
    if isinstance(found, AsAt) and not FIRST_DAY <= found.on <= LAST_DAY:
        raise BadView(gettext_noop("Không hiểu cách nhìn “{text}”. Chọn as-was, as-is hoặc as-at:2025-06-30."), text=text)
    return found


AsOf = Annotated[
    Number | None,
    Query(description="The number of a posting: figures as they were known when it was made. By default all that is known now."),
]
