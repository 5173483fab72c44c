"""Changing the calendar. Whoever owes something by it reckons anew: `queries.days_changed` says for which days."""

import csv
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from gandan.ground.calendar.models import CalendarVersion, Declared, ExchangedDay, HalfDay, Holiday, PeriodCutOff, WeeklyPattern
from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.answering import forget
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tops
from gandan.ground.organisations.rights import Right

DATA = Path(__file__).parent / "data"
WHAT: dict[type[Declared], str] = {
    Holiday: "holiday",
    ExchangedDay: "exchange",
    HalfDay: "half_day",
    WeeklyPattern: "week",
    PeriodCutOff: "period",
}
KEYS: dict[type[Declared], tuple[str, ...]] = {  # by what a row of the data files is known again
    Holiday: ("day",),
    ExchangedDay: ("off_on",),
    WeeklyPattern: ("since",),
    PeriodCutOff: ("grain", "since"),
}
Row = TypeVar("Row", bound=Declared)


class NobodyYet(Refused):
    """The calendar of everybody can't change before there is anybody."""


class AlreadyDeclared(Refused):
    """The day has been declared before."""


class NothingToExchange(Refused):
    """The day off is free already, or the day worked instead is a working day already."""


class AlreadyWithdrawn(Refused):
    """What is to be withdrawn has been withdrawn before."""


class BadWeek(Refused):
    """A week names a day twice, or a day that no week has."""


class BadCutOff(Refused):
    """Not every month has such a day."""


@operation
def declare_holiday(
    *,
    day: date,
    name: str,
    name_en: str = "",
    unit: Unit | None = None,
    source: str,
    verified: bool = False,
    by: Person,
    on: date,
) -> Holiday:
    """Declare a day free, for everybody or for a body and those below it; however late.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyDeclared: if that day is one already
    """
    _begin(unit, by, on)
    _check_new(Holiday, unit, day, day=day)
    return _enter(Holiday(day=day, name=name, name_en=name_en), unit, source, verified, by, on)


@operation
def exchange_days(
    *, off_on: date, worked_on: date, unit: Unit | None = None, source: str, verified: bool = False, by: Person, on: date
) -> ExchangedDay:
    """Give a working day free and have a rest day worked instead.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyDeclared: if either day has been exchanged
    :raises NothingToExchange: if the first is not worked, or the second is
    """
    _begin(unit, by, on)
    _check_new(ExchangedDay, unit, off_on, off_on=off_on)
    _check_new(ExchangedDay, unit, worked_on, worked_on=worked_on)
    calendar = working_calendar(unit)
    if not calendar.is_working(off_on) or calendar.halves_on(worked_on) == 2:
        raise NothingToExchange(
            gettext_noop("Không hoán đổi được ngày {off} lấy {worked}: ngày đầu phải là ngày làm việc, ngày sau là ngày nghỉ."),
            off=f"{off_on:%d/%m/%Y}", worked=f"{worked_on:%d/%m/%Y}",
        )  # fmt: skip
    return _enter(ExchangedDay(off_on=off_on, worked_on=worked_on), unit, source, verified, by, on)


@operation
def declare_half_day(
    *,
    day: date,
    name: str,
    name_en: str = "",
    unit: Unit | None = None,
    source: str,
    verified: bool = False,
    by: Person,
    on: date,
) -> HalfDay:
    """Declare that a day is worked half.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyDeclared: if it is so already
    """
    _begin(unit, by, on)
    _check_new(HalfDay, unit, day, day=day)
    return _enter(HalfDay(day=day, name=name, name_en=name_en), unit, source, verified, by, on)


@operation
def set_week(
    *,
    since: date,
    full: Iterable[int],
    half: Iterable[int] = (),
    unit: Unit | None = None,
    source: str,
    verified: bool = False,
    by: Person,
    on: date,
) -> WeeklyPattern:
    """Set which days of the week (Monday is 0) are worked from a day on.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyDeclared: if a pattern begins on that day already
    :raises BadWeek: if a day is named twice, or is none
    """
    full, half = sorted(full), sorted(half)
    if len({*full, *half}) != len(full) + len(half) or not {*full, *half} <= set(range(7)):
        raise BadWeek(gettext_noop("Lịch tuần có ngày trùng hoặc không hợp lệ."))
    _begin(unit, by, on)
    _check_new(WeeklyPattern, unit, since, since=since)
    return _enter(WeeklyPattern(since=since, full=full, half=half), unit, source, verified, by, on)


@operation
def set_periods(
    *,
    since: date,
    grain: Grain,
    first_day: int,
    unit: Unit | None = None,
    source: str,
    verified: bool = False,
    by: Person,
    on: date,
) -> PeriodCutOff:
    """Set from which day of the month a body's reporting periods of one grain run, from a day on; 1 is the calendar's.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyDeclared: if a rule begins on that day already
    :raises BadCutOff: if not every month has such a day
    """
    if not 1 <= first_day <= 28:
        raise BadCutOff(gettext_noop("Kỳ báo cáo phải bắt đầu từ ngày 1 đến ngày 28, không phải ngày {day}."), day=first_day)
    _begin(unit, by, on)
    _check_new(PeriodCutOff, unit, since, since=since, grain=grain.value)
    return _enter(PeriodCutOff(since=since, grain=grain.value, first_day=first_day), unit, source, verified, by, on)


@operation
def withdraw(*, declared: Declared, by: Person, on: date) -> None:
    """Take back something declared. It stays on record, so that what was reckoned by it can still be explained.

    :raises NotAllowed: if `by` may not keep the calendar there
    :raises AlreadyWithdrawn: if it does not stand any more
    """
    table = type(declared)
    _begin(declared.unit, by, on)
    if not table._default_manager.filter(pk=declared.pk, withdrawn_on__isnull=True).update(withdrawn_on=on):
        raise AlreadyWithdrawn(gettext_noop("Mục này đã được rút trước đó."))
    declared.withdrawn_on = on
    _tell(table, declared, "withdrawn", by, on)
    _finish()


@dataclass(frozen=True)
class Loaded:
    """How many rows of each table a load has added."""

    holidays: int
    exchanges: int
    weeks: int
    cut_offs: int

    @property
    def total(self) -> int:
        return self.holidays + self.exchanges + self.weeks + self.cut_offs


@operation
def load_defaults(*, by: Person, on: date) -> Loaded:
    """Load the product's own calendar: what is new in its data files is added, what is there already stays as it is.

    :raises NotAllowed: if `by` may not keep the calendar of everybody
    """
    _begin(None, by, on)
    added = {table: _add_new(table, rows, on) for table, rows in _defaults().items()}
    for table, count in added.items():
        if count:
            _tell(table, None, "declared", by, on)
    if any(added.values()):
        _finish()
    else:
        unchanged()
    return Loaded(added[Holiday], added[ExchangedDay], added[WeeklyPattern], added[PeriodCutOff])


def _add_new(table: type[Declared], rows: list[Declared], on: date) -> int:
    """Add the rows that were never there. Those that come with the very first load have been known from the beginning."""
    key = KEYS[table]
    known = set(table._default_manager.filter(unit__isnull=True).values_list(*key))
    new = [one for one in rows if tuple(getattr(one, field) for field in key) not in known]
    for one in new:
        one.declared_on = on if known else None
    table._default_manager.bulk_create(new)
    return len(new)


def _defaults() -> dict[type[Declared], list[Declared]]:
    days = _rows("public_days.csv")
    return {
        Holiday: [
            Holiday(day=_day(row["day"]), name=row["name"], name_en=row["name_en"], **_origin(row))
            for row in days
            if row["kind"] == "holiday"
        ],
        ExchangedDay: [
            ExchangedDay(off_on=_day(row["day"]), worked_on=_day(row["worked_on"]), **_origin(row))
            for row in days
            if row["kind"] == "exchange"
        ],
        WeeklyPattern: [
            WeeklyPattern(since=_day(row["since"]), full=_weekdays(row["full"]), half=_weekdays(row["half"]), **_origin(row))
            for row in _rows("weeks.csv")
        ],
        PeriodCutOff: [
            PeriodCutOff(since=_day(row["since"]), grain=row["grain"], first_day=int(row["first_day"]), **_origin(row))
            for row in _rows("periods.csv")
        ],
    }


def _rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


_day = date.fromisoformat


def _weekdays(text: str) -> list[int]:
    return [int(number) - 1 for number in text.split()]


def _origin(row: dict[str, str]) -> dict[str, Any]:
    return {"source": row["source"], "verified": row["verified"] == "yes"}


# The steps that all changes share


def _begin(unit: Unit | None, by: Person, on: date) -> None:
    """Check the right to it, and wait for whoever else is changing the calendar."""
    for body in _bodies(unit, on):
        require(Right.MANAGE_CALENDAR, by=by, unit=body, on=on)
    CalendarVersion.objects.select_for_update().get(pk=1)
    forget()  # what was asked before the wait


def _finish() -> None:
    CalendarVersion.objects.filter(pk=1).update(token=uuid.uuid4())
    forget()


def _bodies(unit: Unit | None, on: date) -> list[Unit]:
    """Return at which unit a change counts: its body, or for everybody those at the top of the administration."""
    if unit is not None:
        return [unit]
    top = tops(on)
    if not top:
        raise NobodyYet(gettext_noop("Chưa có đơn vị nào vào ngày {day}. Hãy nạp đơn vị trước."), day=f"{on:%d/%m/%Y}")
    return top


def _check_new(table: type[Declared], unit: Unit | None, first: date, **key: Any) -> None:
    if table._default_manager.filter(unit=unit, withdrawn_on__isnull=True, **key).exists():
        raise AlreadyDeclared(gettext_noop("Ngày {day} đã được khai báo trước đó."), day=f"{first:%d/%m/%Y}")


def _enter(declared: Row, unit: Unit | None, source: str, verified: bool, by: Person, on: date) -> Row:
    declared.unit, declared.source, declared.verified, declared.declared_on = unit, source, verified, on
    declared.save()
    _tell(type(declared), declared, "declared", by, on)
    _finish()
    return declared


def _tell(table: type[Declared], declared: Declared | None, change: str, by: Person, on: date) -> None:
    for body in _bodies(declared.unit if declared else None, on):
        record(Kind.CALENDAR_CHANGED, unit=body, day=on, by=by, about=declared, what=WHAT[table], change=change)
