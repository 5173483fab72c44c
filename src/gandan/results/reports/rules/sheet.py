"""The figures of a report: as they were signed, or as they are known now. One form for both, so that they can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gandan.ground.calendar.rules import Period, UnknownPeriod, parse_period
from gandan.ground.vietnam.numbers import number_vi
from gandan.results.measures.rules import Cell, Status, Worded
from gandan.results.reports.rules.comparing import Comparison, said_of
from gandan.results.reports.rules.described import SheetMeasure
from gandan.results.reports.rules.outside import NOTHING, Outside
from gandan.results.reports.rules.text import COMPARED, Bound

WORDS = {
    Status.NO_DATA: Worded("chưa có số liệu", "no data yet"),
    Status.ABSENT: Worded("chưa có hoặc không còn đơn vị", "unit does not exist"),
    Status.UNDEFINED: Worded("không phát sinh", "none arose"),
    Status.HIDDEN: Worded("dưới 5, không hiện", "fewer than 5, not shown"),
    Status.NOT_ADDITIVE: Worded("không cộng được", "can't be added up"),
}


class Place(StrEnum):
    """In which table of the report a figure stands."""

    YEARS = "years"  # the unit itself: the whole period, and its years
    UNITS = "units"  # a unit right below
    TEXT = "text"  # bound in the text alone


@dataclass(frozen=True)
class Key:
    """Which figure: of which measure, unit and days."""

    code: str
    unit: int
    start: date
    end: date


@dataclass(frozen=True)
class SheetCell:
    """A figure with where it stands, and the unit's path as it was."""

    key: Key
    period: Period
    unit_code: str
    unit_name: str
    unit_path: str
    place: Place
    cell: Cell
    outside: Outside = NOTHING

    @property
    def stated(self) -> bool:
        """Whether what stands here is stated, not counted."""
        return self.outside.stands(self.cell)

    @property
    def value(self) -> int | Decimal | None:
        return self.outside.stated if self.stated else self.cell.value


@dataclass(frozen=True)
class Sheet:
    """All figures of a report."""

    measures: tuple[SheetMeasure, ...]
    unit: int
    period: Period
    years: tuple[Period, ...]
    cells: dict[Key, SheetCell]
    comparisons: dict[str, Comparison] = field(default_factory=dict)  # of the unit's own figures over the whole period

    def at(self, code: str, period: Period, unit: int | None = None) -> SheetCell | None:
        return self.cells.get(Key(code, self.unit if unit is None else unit, period.start, period.end))

    def measure(self, code: str) -> SheetMeasure:
        return next(measure for measure in self.measures if measure.code == code)

    def table(self) -> tuple[SheetMeasure, ...]:
        """Return the measures of the tables, in their order."""
        standing = [measure for measure in self.measures if measure.position is not None]
        return tuple(sorted(standing, key=lambda measure: measure.position or 0))

    def below(self) -> dict[tuple[str, date], list[SheetCell]]:
        """Return the figures of the units right below, by unit and beginning of its stay, in the order of their names."""
        found: dict[tuple[str, date], list[SheetCell]] = {}
        for one in self.cells.values():
            if one.place is Place.UNITS:
                found.setdefault((one.unit_code, one.key.start), []).append(one)
        return found


def written(cell: Cell, measure: SheetMeasure, language: str = "vi") -> str:
    """Write a figure; the tables, the text and the pages all write it so."""
    if cell.value is None:
        return WORDS[cell.status](language)
    return number(cell.value, measure, language)


def told_of(one: SheetCell, measure: SheetMeasure, language: str = "vi") -> str:
    """Write what stands in the table: what is counted, or what is stated where nothing is, and then says so."""
    if not one.stated or one.outside.stated is None:
        return written(one.cell, measure, language)
    mark = "stated" if language.startswith("en") else "số nêu"
    return f"{number(one.outside.stated, measure, language)} ({mark})"


def number(value: int | Decimal, measure: SheetMeasure, language: str = "vi") -> str:
    if language.startswith("en"):
        return f"{value:,.{measure.decimals}f}{measure.suffix}"
    return number_vi(value, measure.decimals) + measure.suffix


def told(bound: Bound, one: SheetCell, sheet: Sheet) -> str:
    """Write what a text asks of a figure."""
    measure = sheet.measure(bound.code)
    match bound.show:
        case show if show in COMPARED:
            return said_of(show, measure, one.cell.value, sheet.comparisons.get(bound.code))
        case "unit":
            return measure.unit.vi
        case "part" | "whole" as which:
            value = one.cell.part if which == "part" else one.cell.whole
            return number_vi(value) if value is not None else written(one.cell, measure)
        case _:
            return told_of(one, measure)


def period_of_label(label: str, start: date, end: date) -> Period:
    """Return a period again from what was stored of it."""
    try:
        return Period(start, end, parse_period(label))
    except UnknownPeriod:
        return Period(start, end)


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what was signed."""

    key: Key
    signed: SheetCell | None
    now: SheetCell | None


@dataclass(frozen=True)
class Redefined:
    """A measure that no longer means what it meant when the report was signed."""

    code: str
    signed: SheetMeasure
    now: SheetMeasure | None


def changes(signed: Sheet, now: Sheet) -> tuple[Change, ...]:
    """Return the figures that differ, and those that only one of the two has."""
    keys = dict.fromkeys([*signed.cells, *now.cells])
    return tuple(
        Change(key, signed.cells.get(key), now.cells.get(key))
        for key in keys
        if _said(signed.cells.get(key)) != _said(now.cells.get(key))
    )


def redefined(signed: Sheet, now: Iterable[SheetMeasure]) -> tuple[Redefined, ...]:
    """Return the measures whose words or formula have changed."""
    today = {measure.code: measure for measure in now}
    return tuple(
        Redefined(was.code, was, today.get(was.code))
        for was in signed.measures
        if was.code not in today or _meaning(was) != _meaning(today[was.code])
    )


def _said(one: SheetCell | None) -> object:
    """What of a figure can't change without being told: not how many events stand behind it."""
    if one is None:
        return None
    cell = one.cell
    return (cell.status, cell.value, cell.part, cell.whole, cell.through, cell.later, cell.partial, one.outside)


def _meaning(measure: SheetMeasure) -> object:
    return (measure.name, measure.definition, measure.unit, measure.formula)
