"""Working days, terms reckoned day by day, and reporting periods."""

import re
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import get_current_timezone
from ninja import Path, Query, Router
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gandan.faces.api import asked
from gandan.faces.api.problems import answers
from gandan.faces.api.shapes import Period
from gandan.ground.calendar import queries as calendar
from gandan.ground.calendar.rules import (
    Grain,
    Pause,
    Reason,
    ReasonCode,
    Term,
    TermUnit,
    parse_period,
    periods,
    reckon,
    stretch,
    working_days_between,
)
from gandan.ground.calendar.rules import Period as RulePeriod
from gandan.ground.calendar.rules import ReckonedDay as RuleDay
from gandan.ground.ledger.rules import ONE_DAY, gettext_noop
from gandan.ground.organisations import queries as organisations

router = Router(tags=["calendar"])
LONGEST_COUNT = 3660  # days
LONGEST_TERM = {TermUnit.WORKING_DAYS: 1000, TermUnit.CALENDAR_DAYS: 1500, TermUnit.HOURS: 24 * 400, TermUnit.MONTHS: 48}
LAST_REPORTED = 2199

OfUnit = Annotated[
    asked.Code | None,
    Query(description="The unit whose calendar is meant: what is declared for everybody, for the units above it and for itself."),
]
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")


def moment(text: str) -> str:
    """Check a day, or a day with local time."""
    if not MOMENT.fullmatch(text):
        raise ValueError("a day is written YYYY-MM-DD, a moment YYYY-MM-DDTHH:MM")
    asked.known_day(datetime.fromisoformat(text).date())
    return text


def stretch_text(text: str) -> str:
    """Check FROM..TO, both days."""
    first, dots, last = text.partition("..")
    if not dots:
        raise ValueError("a pause is written FROM..TO")
    for end in (first, last):
        asked.iso_day(end)
        asked.known_day(date.fromisoformat(end))
    return text


Moment = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"),
    AfterValidator(moment),
    Query(description="The day of receipt, YYYY-MM-DD; for terms in hours also the local time, YYYY-MM-DDTHH:MM."),
]
PauseText = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$"), AfterValidator(stretch_text)]


class Why(BaseModel):
    """Why a day counts, or does not."""

    code: ReasonCode = Field(description="For programs.")
    name: str = Field(description="What the day is called (a holiday's name), in Vietnamese; mostly empty.")
    name_en: str
    other: date | None = Field(description="exchanged_off, exchanged_work: the day it was exchanged for.")

    @classmethod
    def of(cls, reason: Reason) -> "Why":
        return cls(code=reason.code, name=reason.name, name_en=reason.name_en, other=reason.other)


class Special(BaseModel):
    """A day that departs from the weekly pattern."""

    day: date
    worked: float = Field(description="1 for a whole working day, 0.5 for half a one, 0 for none.")
    reason: Why


class WorkingDays(BaseModel):
    """How many working days lie between two days."""

    first: date
    last: date
    working_days: float = Field(description="Working days after the first day up to and with the last; half days count 0.5.")
    days: int = Field(description="Calendar days, counted in the same way.")
    special: list[Special] = Field(description="Holidays, exchanged days and half days among them.")


class Reckoned(BaseModel):
    day: date
    counted: bool
    nth: int | None = Field(description="As which day of the term it counts; a half day may share its number with the next.")
    reason: Why

    @classmethod
    def of(cls, day: RuleDay) -> "Reckoned":
        return cls(day=day.day, counted=day.counted, nth=day.nth, reason=Why.of(day.reason))


class Reckoning(BaseModel):
    """How a due date comes about."""

    received_on: date = Field(description="The day of receipt, which does not count (of a term in hours it may).")
    amount: int
    unit: TermUnit
    roll: bool
    due_on: date = Field(description="The last day of the term.")
    due_at: datetime | None = Field(description="Of a term in hours received at a known moment: the moment it ends.")
    days: list[Reckoned] = Field(description="Every day from receipt to the due date.")


class PeriodList(BaseModel):
    grain: Grain
    items: list[Period]


@router.get("/calendar/working-days", response=answers(WorkingDays), summary="Working days between two days")
def working_days(
    request: HttpRequest,
    first: Annotated[asked.Day, Query(alias="from", description="The day after which counting begins; itself not counted.")],
    last: Annotated[asked.Day, Query(alias="to", description="The last day that is counted. At most 3,660 days later.")],
    unit: OfUnit = None,
) -> WorkingDays:
    """How many working days lie between two days, as a term counts them.

    Who may: anyone signed in.
    """
    period = stretch(first, last)
    if (last - first).days > LONGEST_COUNT:
        raise asked.TooMany(gettext_noop("Khoảng ngày quá dài: nhiều nhất {most} ngày."), most=LONGEST_COUNT)
    kept = calendar.working_calendar(_number(unit))
    specials = sorted(day for day in {*kept.closed, *kept.opened, *kept.halves} if day in period and day != first)
    return WorkingDays(
        first=first,
        last=last,
        working_days=working_days_between(first, last, kept),
        days=(last - first).days,
        special=[Special(day=day, worked=kept.halves_on(day) / 2, reason=Why.of(kept.reason(day))) for day in specials],
    )


@router.get("/calendar/reckoning", response=answers(Reckoning), summary="Reckon a term day by day")
def reckoning(
    request: HttpRequest,
    received: Moment,
    amount: Annotated[int, Query(ge=0, le=24 * 400, description="How long the term is; 0: due on the day of receipt.")],
    term_unit: Annotated[
        TermUnit, Query(description="working_days (at most 1,000), calendar_days (1,500), hours (9,600) or months (48).")
    ] = TermUnit.WORKING_DAYS,
    roll: Annotated[bool, Query(description="Whether an end on a day off moves to the next working day.")] = False,
    pause: Annotated[
        list[PauseText],
        Query(max_length=20, description="Days on which the clock stands still, FROM..TO, both included. May be repeated."),
    ] = [],
    unit: OfUnit = None,
) -> Reckoning:
    """A due date with the reason for every day on the way.

    Who may: anyone signed in.
    """
    if amount > LONGEST_TERM[term_unit]:
        raise asked.TooMany(gettext_noop("Thời hạn quá dài: nhiều nhất {most}."), most=LONGEST_TERM[term_unit])
    pauses = [_pause(text) for text in pause]
    if sum((one.end - one.start).days for one in pauses) > LONGEST_COUNT:
        raise asked.TooMany(gettext_noop("Khoảng ngày quá dài: nhiều nhất {most} ngày."), most=LONGEST_COUNT)
    start = datetime.fromisoformat(received)
    found = reckon(
        start if "T" in received and term_unit is TermUnit.HOURS else start.date(),
        Term(amount, term_unit, roll),
        calendar.working_calendar(_number(unit)),
        pauses,
    )
    return Reckoning(
        received_on=found.received,
        amount=amount,
        unit=term_unit,
        roll=roll,
        due_on=found.due,
        due_at=found.due_at.replace(tzinfo=get_current_timezone()) if found.due_at else None,
        days=[Reckoned.of(one) for one in found.days],
    )


@router.get("/calendar/periods", response=answers(PeriodList), summary="Reporting periods of a year")
def of_year(
    request: HttpRequest,
    year: Annotated[int, Query(ge=asked.FIRST_DAY.year + 1, le=LAST_REPORTED, description="The year in the periods' names.")],
    grain: Annotated[Grain, Query(description="month, quarter, half or year.")] = Grain.QUARTER,
    unit: OfUnit = None,
) -> PeriodList:
    """The reporting periods of a body that carry the year in their names, with the days they cover.

    Who may: anyone signed in.
    """
    found = periods(calendar.period_rule(_number(unit), grain), year)
    return PeriodList(grain=grain, items=[Period.of(one) for one in found])


@router.get("/calendar/periods/{name}", response=answers(Period), summary="One reporting period")
def period(
    request: HttpRequest, name: Annotated[asked.PeriodText, Path(description="The period's name.")], unit: OfUnit = None
) -> Period:
    """A period by its name: `2026`, `2026-H1`, `2026-Q3`, `2026-07`, also in Vietnamese words (“Quý III/2026”).

    Who may: anyone signed in.
    """
    called = parse_period(name)
    return Period.of(calendar.period_rule(_number(unit), called.grain).period(called))


def _number(unit: str | None) -> int | None:
    return organisations.unit_id(unit) if unit else None


def _pause(text: str) -> Pause:
    first, _, last = text.partition("..")
    days: RulePeriod = stretch(date.fromisoformat(first), date.fromisoformat(last))
    return Pause(days.start, days.last + ONE_DAY)
