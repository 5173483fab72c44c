"""Programmes for pages, programs and reports: what they say, and how their indicators stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db.models import F, Prefetch, Q

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.rules import AsWas, Line, View
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import Figures, cut, figures
from gandan.results.measures.rules import Better, Cell, Measure
from gandan.results.programmes.models import Content, Goal, Indicator, Programme, Target, Task
from gandan.results.programmes.rules import Standing, standing

DATA = Path(__file__).parent.parent / "data"
AS_WAS = AsWas()


class UnknownProgramme(Refused):
    """No programme has this code."""


def shipped() -> list[Path]:
    """Return the files of the programmes that come with the product, the earliest first."""
    return sorted(DATA.glob("*.yaml"))


def programmes() -> list[Programme]:
    """Return every programme with its parties, the latest first; units' own plans are `plans`, one by one."""
    found = Programme.objects.filter(upper=None).select_related("unit", "follows")
    return list(found.prefetch_related("parties__unit").order_by("-during", "code"))


def running() -> list[Programme]:
    """Return the programmes that are not closed, the latest first."""
    return list(Programme.objects.filter(upper=None, closed_on=None).order_by("-during", "code"))


def programme(code: str) -> Programme:
    """Return a programme, or a unit's plan, with its parties.

    :raises UnknownProgramme: if there is none of this code
    """
    known = Programme.objects.select_related("unit", "follows", "upper").prefetch_related("parties__unit")
    found = known.filter(code=code).first()
    if found is None:
        raise UnknownProgramme(gettext_noop("Không có chương trình {code}."), code=code)
    return found


def contents(programme: Programme) -> list[Content]:
    """Return a programme's contents in force with their goals, tasks and indicators, in few statements whatever their number."""
    indicators = Prefetch("indicators", Indicator.objects.prefetch_related("targets"))
    tasks = Prefetch("tasks", Task.objects.filter(left_on=None).prefetch_related("units", "points__directive"))
    goals = Prefetch("goals", Goal.objects.filter(left_on=None))
    return list(programme.contents.filter(left_on=None).prefetch_related(goals, tasks, indicators))


@dataclass(frozen=True)
class Aim:
    """What a measure of a programme is to reach in a year."""

    measure: str
    value: Decimal
    simulated: bool


def aims(programme: Programme, year: int) -> list[Aim]:
    """Return what the whole programme is to reach in a year, in the order of its contents: in one statement."""
    found = Target.objects.filter(
        indicator__content__programme=programme, indicator__content__left_on=None, year=year, unit=None
    ).order_by("indicator__content__number", "indicator__position", "pk")
    return [Aim(*row) for row in found.values_list("indicator__measure", "value", "simulated")]


def targets(programme: Programme, unit: int, year: int) -> dict[str, Decimal]:
    """Return what a unit is to reach in a year, by measure: its own target, else the whole programme's."""
    found = Target.objects.filter(indicator__content__programme=programme, year=year).filter(Q(unit=unit) | Q(unit=None))
    rows = found.order_by(F("unit").asc(nulls_first=True)).values_list("indicator__measure", "value")
    return dict(rows)


@dataclass(frozen=True)
class Year:
    """An indicator in one year of the programme, against its target."""

    period: Period
    cell: Cell
    target: Decimal | None
    simulated: bool
    standing: Standing


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator through the programme: all of it until now, and year by year."""

    measure: Measure
    whole: Cell
    years: tuple[Year, ...]


@dataclass(frozen=True)
class ContentRows:
    """A content with its indicators."""

    content: Content
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Progress:
    """A programme with its indicators against time."""

    programme: Programme
    period: Period
    years: tuple[Period, ...]
    contents: tuple[ContentRows, ...]
    figures: Figures


def progress(
    code: str, *, today: date, unit: int | None = None, line: Line | None = None, view: View = AS_WAS, as_of: int | None = None
) -> Progress:
    """Return how a programme's indicators stand, for the unit it covers or for one below.

    :raises UnknownProgramme: if there is none of this code
    """
    found = programme(code)
    parts = contents(found)
    start, end = found.during.lower, found.during.upper
    period = Period(start, end)
    years = tuple(cut(period, CALENDAR_PERIODS[Grain.YEAR]))
    at = unit if unit is not None else found.unit_id
    read = figures(
        [indicator.measure for content in parts for indicator in content.indicators.all()],
        [at],
        [period, *years],
        line=line or Line(found.line),
        view=view,
        as_of=as_of,
    )
    rows = tuple(
        ContentRows(content, tuple(_row(read, indicator, at, period, years, today) for indicator in content.indicators.all()))
        for content in parts
    )
    return Progress(found, period, years, rows, read)


def _row(read: Figures, indicator: Indicator, unit: int, period: Period, years: tuple[Period, ...], today: date) -> IndicatorRow:
    wanted = CATALOGUE[indicator.measure]
    ordered = sorted(indicator.targets.all(), key=lambda target: target.unit_id is not None)
    targets = {target.year: target for target in ordered if target.unit_id in (None, unit)}  # a unit's own, where it has one
    return IndicatorRow(
        wanted,
        read.cell(wanted.code, unit, period),
        tuple(
            _year(read.cell(wanted.code, unit, year), year, targets.get(year.last.year), wanted.better, today) for year in years
        ),
    )


def _year(cell: Cell, year: Period, target: Target | None, better: Better, today: date) -> Year:
    value = target.value if target else None
    running = today < year.end
    return Year(year, cell, value, bool(target and target.simulated), standing(cell, value, better, running=running))
