"""The working calendar and the reporting periods of a body, and what has changed in them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar, cast
from uuid import UUID

from gandan.ground.calendar.models import Declared, ExchangedDay, HalfDay, Holiday, PeriodCutOff, WeeklyPattern
from gandan.ground.calendar.rules import (
    ChangedDay,
    CutOff,
    Grain,
    Period,
    PeriodRule,
    Reason,
    ReasonCode,
    Week,
    WorkingCalendar,
    changed_days,
    parse_period,
    stretch,
)
from gandan.ground.calendar.rules.periods import UnknownPeriod, unknown_period
from gandan.ground.ledger.answering import forget, once
from gandan.ground.ledger.prepared import asked
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import Line, Tree

ONE_DAY = timedelta(days=1)
PATTERN_SHOWN = 366  # days for which a new weekly pattern is listed day by day
EVERYBODY = 1000  # farther than any unit above

Row = TypeVar("Row", bound=Declared)


@dataclass(frozen=True)
class _Rows:
    """Everything ever declared, as this version of the calendar has it."""

    holidays: tuple[Holiday, ...]
    exchanges: tuple[ExchangedDay, ...]
    halves: tuple[HalfDay, ...]
    weeks: tuple[WeeklyPattern, ...]
    cut_offs: tuple[PeriodCutOff, ...]

    def all(self) -> Iterator[Declared]:
        yield from (*self.holidays, *self.exchanges, *self.halves, *self.weeks, *self.cut_offs)

    @cached_property
    def someone_departs(self) -> bool:
        """Say whether any body's days differ from what holds for everybody."""
        return any(one.unit_id for one in (*self.holidays, *self.exchanges, *self.halves, *self.weeks))


@dataclass(frozen=True)
class _Known:
    token: UUID
    rows: _Rows
    answers: dict[object, object]  # what holds for everybody; what holds for one unit is kept with the tree


_kept: _Known | None = None


def _known() -> _Known:
    """Return the rows as this transaction sees them. One small statement if this process has them already."""
    global _kept
    kept, token = _kept, once("calendar", _token)
    while kept is None or kept.token != token:
        forget()  # which calendar this request had seen before
        read, before = _read(), token
        token = _token()
        if token == before:  # nobody changed the calendar between the first statement and the last
            kept = _kept = _Known(token, read, {})
    return kept


def _token() -> UUID:
    return cast(UUID, asked("SELECT token FROM calendar_calendarversion WHERE id = 1")[0][0])


def _read() -> _Rows:
    return _Rows(
        tuple(Holiday.objects.order_by("day", "pk")),
        tuple(ExchangedDay.objects.order_by("off_on", "pk")),
        tuple(HalfDay.objects.order_by("day", "pk")),
        tuple(WeeklyPattern.objects.order_by("since", "pk")),
        tuple(PeriodCutOff.objects.order_by("since", "pk")),
    )


def working_calendar(unit: Unit | int | None = None, *, known_on: date | None = None) -> WorkingCalendar:
    """Return the calendar of a body: what holds for everybody, for the units above it, and for itself.

    With `known_on`, as it was known at the end of that day. Ask once and keep it for a while: it remembers due dates.
    """
    known = _known()
    if known_on is not None:
        return _calendar(known.rows, _reach(_number(unit)), lambda declared: _stood(declared, known_on))
    return _working_calendar(known, _number(unit))


def working_calendars(units: Iterable[int]) -> dict[int, WorkingCalendar]:
    """Return the calendars of many bodies."""
    known = _known()
    standing = tree() if known.rows.someone_departs else None
    return {unit: _working_calendar(known, unit, standing) for unit in units}


def _working_calendar(known: _Known, unit: int | None, standing: Tree | None = None) -> WorkingCalendar:
    if unit is None or not known.rows.someone_departs:  # all share one calendar and its memory
        return _answer(known.answers, (known.token, "days"), lambda: _calendar(known.rows, _reach(None), _stands))
    standing = standing or tree()
    reach = _reach(unit, standing)
    return _answer(standing.memory, (known.token, "days", unit), lambda: _calendar(known.rows, reach, _stands))


def period_rule(unit: Unit | int | None, grain: Grain) -> PeriodRule:
    """Return how a body cuts its reporting periods of one grain. Calendar periods are `rules.CALENDAR_PERIODS`."""
    known, number = _known(), _number(unit)
    if number is None or not any(cut_off.unit_id for cut_off in known.rows.cut_offs):
        return _answer(known.answers, (known.token, grain), lambda: _period_rule(known.rows, grain, _reach(None)))
    standing = tree()
    reach = _reach(number, standing)
    return _answer(standing.memory, (known.token, grain, number), lambda: _period_rule(known.rows, grain, reach))


def period(unit: Unit | int | None, label: str) -> Period:
    """Return a body's period by its name (2024-Q3, Quý III/2024), or a stretch of days (2022-01-01..2026-06-30).

    :raises UnknownPeriod: if there is no such period
    """
    if ".." in label:
        try:
            first, last = (date.fromisoformat(end.strip()) for end in label.split(".."))
        except ValueError:
            raise unknown_period(label) from None
        return stretch(first, last)
    name = parse_period(label)
    return period_rule(unit, name.grain).period(name)


def days_changed(since: date, unit: Unit | int | None = None) -> list[ChangedDay]:
    """Return the days that count differently now from what was known at the end of `since`, as a new holiday makes them do.

    A new weekly pattern is listed for its first year.
    """
    touched: set[date] = set()
    for declared in _known().rows.all():
        if any(day is not None and day > since for day in (declared.declared_on, declared.withdrawn_on)):
            touched.update(_days_of(declared))
    before, now = working_calendar(unit, known_on=since), working_calendar(unit)
    return [changed for day in sorted(touched) for changed in changed_days(before, now, day, day + ONE_DAY)]


def declared(year: int) -> dict[type[Declared], list[Declared]]:
    """Return what has been declared for a year, withdrawn or not, by table; patterns and cut-offs of all years."""
    rows = _known().rows
    return {
        Holiday: [one for one in rows.holidays if one.day.year == year],
        ExchangedDay: [one for one in rows.exchanges if year in (one.off_on.year, one.worked_on.year)],
        HalfDay: [one for one in rows.halves if one.day.year == year],
        WeeklyPattern: list(rows.weeks),
        PeriodCutOff: list(rows.cut_offs),
    }


# How a calendar is put together

_Nearness = Callable[[Declared, date], int | None]


def _number(unit: Unit | int | None) -> int | None:
    return unit.pk if isinstance(unit, Unit) else unit


def _reach(unit: int | None, standing: Tree | None = None) -> _Nearness:
    """Return what says how near to the unit a row is that holds on a day: 1 for its own, more above, None if it isn't above."""
    if unit is None:
        return lambda declared, day: None if declared.unit_id else EVERYBODY
    known = standing or tree()
    lines = sorted(known.lines(unit), key=Line.ADMINISTRATION.__eq__)  # its own line before the one on which all stand
    begun = {line: known.places(unit, line)[0].start for line in lines}

    def nearness(declared: Declared, day: date) -> int | None:
        if declared.unit_id is None:
            return EVERYBODY
        for line in lines:
            path = known.path(unit, line, max(day, begun[line]))
            if declared.unit_id in path:
                return len(path) - path.index(declared.unit_id) + 100 * (line == Line.ADMINISTRATION)
        return None

    return nearness


Answer = TypeVar("Answer")


def _answer(kept: dict[object, object], key: object, make: Callable[[], Answer]) -> Answer:
    if key not in kept:
        kept[key] = make()
    return cast(Answer, kept[key])


def _stands(declared: Declared) -> bool:
    return declared.withdrawn_on is None


def _stood(declared: Declared, day: date) -> bool:
    return (declared.declared_on is None or declared.declared_on <= day) and (
        declared.withdrawn_on is None or declared.withdrawn_on > day
    )


def _calendar(rows: _Rows, reach: _Nearness, stands: Callable[[Declared], bool]) -> WorkingCalendar:
    closed: dict[date, Reason] = {}
    opened: dict[date, Reason] = {}
    for exchange in _reaching(rows.exchanges, reach, stands, lambda one: one.off_on):
        closed[exchange.off_on] = Reason(ReasonCode.EXCHANGED_OFF, other=exchange.worked_on)
        opened[exchange.worked_on] = Reason(ReasonCode.EXCHANGED_WORK, other=exchange.off_on)
    for holiday in _reaching(rows.holidays, reach, stands, lambda one: one.day):
        closed[holiday.day] = Reason(ReasonCode.HOLIDAY, holiday.name, holiday.name_en)
    return WorkingCalendar(
        weeks=_weeks(rows, reach, stands),
        closed=closed,
        opened=opened,
        halves={
            half.day: Reason(ReasonCode.HALF_DAY, half.name, half.name_en)
            for half in _reaching(rows.halves, reach, stands, lambda one: one.day)
        },
    )


def _reaching(
    rows: Iterable[Row], reach: _Nearness, stands: Callable[[Declared], bool], day: Callable[[Row], date]
) -> Iterator[Row]:
    return (one for one in rows if stands(one) and reach(one, day(one)) is not None)


def _weeks(rows: _Rows, reach: _Nearness, stands: Callable[[Declared], bool]) -> tuple[Week, ...]:
    patterns = [one for one in rows.weeks if stands(one)]
    chosen = ((since, _nearest(patterns, reach, since)) for since in sorted({one.since for one in patterns}))
    return tuple(Week(since, frozenset(one.full), frozenset(one.half)) for since, one in chosen if one)


def _period_rule(rows: _Rows, grain: Grain, reach: _Nearness) -> PeriodRule:
    cuts = [one for one in rows.cut_offs if one.grain == grain and one.withdrawn_on is None]
    chosen = ((since, _nearest(cuts, reach, since)) for since in sorted({one.since for one in cuts}))
    return PeriodRule(grain, (CutOff(), *(CutOff(since, one.first_day) for since, one in chosen if one)))


Dated = TypeVar("Dated", WeeklyPattern, PeriodCutOff)


def _nearest(rows: Iterable[Dated], reach: _Nearness, day: date) -> Dated | None:
    """Return the row in force on a day: that of the nearest body that has one, and of these the latest."""
    begun = [(near, -one.since.toordinal(), one) for one in rows if one.since <= day and (near := reach(one, day)) is not None]
    return min(begun, key=lambda found: found[:2])[2] if begun else None


def _days_of(declared: Declared) -> Iterable[date]:
    match declared:
        case ExchangedDay():
            return (declared.off_on, declared.worked_on)
        case Holiday() | HalfDay():
            return (declared.day,)
        case WeeklyPattern():
            return [declared.since + ONE_DAY * n for n in range(PATTERN_SHOWN)]
        case _:
            return ()


__all__ = ["UnknownPeriod", "days_changed", "declared", "period", "period_rule", "working_calendar", "working_calendars"]
