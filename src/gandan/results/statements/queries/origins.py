"""Where work is done, which figures come from elsewhere, and what differs from official totals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from gandan.ground.calendar.rules import Period
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, row, tree, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import figures
from gandan.results.measures.rules import Measure, Share
from gandan.results.statements.models import Declaration, Reconciliation
from gandan.results.statements.rules import value_of


@dataclass(frozen=True)
class DeclarationRow:
    """Where a unit does a kind of work, and since when. `system` is empty where that is here."""

    id: int
    unit: UnitRow
    work: str
    system: str
    since: date
    until: date | None  # the first day it no longer holds
    source: str
    declared_on: date
    declared_by: str


@dataclass(frozen=True)
class Elsewhere:
    """What of a figure comes from other systems: these units below it (or itself), these systems."""

    units: int
    systems: tuple[str, ...]


@dataclass(frozen=True)
class ReconciliationRow:
    """An official total, what was counted when it was held against it, and what is counted now."""

    id: int
    unit: UnitRow
    measure: Measure
    label: str
    official: Decimal
    counted: Decimal | None
    now: Decimal | None
    source: str
    explanation: str
    on: date
    by: str

    @property
    def differs(self) -> bool:
        return self.now != self.official


def declarations(viewer: Person, on: date, *, unit: int | None = None, limit: int = 400) -> list[DeclarationRow]:
    """Return what units whose figures the reader may see have declared, the newest of each kind of work first."""
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    found = Declaration.objects.filter(unit__among=seen if unit is None else seen & {unit})
    several = found.select_related("declared_by").order_by("unit__code", "work", "-during")[:limit]
    return [
        DeclarationRow(
            one.pk, row(one.unit_id, on), one.work, one.system, one.during.lower, one.during.upper, one.source, one.declared_on,
            one.declared_by.name,
        )
        for one in several
    ]  # fmt: skip


def elsewhere(
    codes: Iterable[str], units: Collection[int], period: Period, *, line: Line = Line.ADMINISTRATION
) -> dict[tuple[str, int], Elsewhere]:
    """Return, by measure and unit, which figures rest on work that was done in another system during the period."""
    return elsewhere_in(codes, units, [period], line=line)[period]


def elsewhere_in(
    codes: Iterable[str], units: Collection[int], periods: Iterable[Period], *, line: Line = Line.ADMINISTRATION
) -> dict[Period, dict[tuple[str, int], Elsewhere]]:
    """Return the same for several periods, asked for at once."""
    asked = list(dict.fromkeys(periods))
    groups = {code: _groups(CATALOGUE[code]) for code in dict.fromkeys(codes) if code in CATALOGUE}
    wanted = {group for found in groups.values() for group in found}
    if not asked or not wanted:
        return {one: {} for one in asked}
    span = (min(one.start for one in asked), max(one.end for one in asked))
    declared = list(Declaration.objects.exclude(system="").filter(work__in=wanted, during__overlap=span).order_by("pk"))
    return {one: _marked(groups, set(units), one, _within(declared, one), line) for one in asked}


def _within(declared: Iterable[Declaration], period: Period) -> list[Declaration]:
    return [
        one for one in declared if one.during.lower < period.end and (one.during.upper is None or one.during.upper > period.start)
    ]


def _marked(
    groups: Mapping[str, set[str]], units: set[int], period: Period, declared: Iterable[Declaration], line: Line
) -> dict[tuple[str, int], Elsewhere]:
    known = tree()
    told: dict[tuple[str, int], set[tuple[int, str]]] = {}
    for one in declared:
        day = min(period.last, one.during.upper or period.end)
        for unit in units & {one.unit_id, *known.path(one.unit_id, line, day)}:
            told.setdefault((one.work, unit), set()).add((one.unit_id, one.system))
    found = {}
    for code, of in groups.items():
        for unit in units if told else ():
            both = set().union(*(told.get((group, unit), set()) for group in of))
            if both:
                found[code, unit] = Elsewhere(len({one for one, _ in both}), tuple(sorted({system for _, system in both})))
    return found


def _groups(measure: Measure) -> set[str]:
    parts = measure.part + measure.whole if isinstance(measure, Share) else ()
    return {measure.group, *(CATALOGUE[code].group for code in parts)}


def reconciliations(viewer: Person, on: date, *, differing: bool = False, limit: int = 200) -> list[ReconciliationRow]:
    """Return the last total of each figure beside what is counted now, the newest first.

    :param differing: only those that differ
    """
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    latest = Reconciliation.objects.filter(unit__among=seen).values("unit", "measure", "during").annotate(last=Max("pk"))
    numbers = [one["last"] for one in latest]
    several = list(Reconciliation.objects.filter(pk__in=numbers).select_related("by").order_by("-pk")[:limit])
    if not several:
        return []
    periods = {one.pk: Period(one.during.lower, one.during.upper) for one in several}
    read = figures({one.measure for one in several}, [one.unit_id for one in several], list(periods.values()))
    rows = []
    for one in several:
        value = read.cell(one.measure, one.unit_id, periods[one.pk]).value
        rows.append(
            ReconciliationRow(
                one.pk, row(one.unit_id, periods[one.pk].last), CATALOGUE[one.measure], one.label,
                value_of(CATALOGUE[one.measure], one.official), one.counted,
                None if value is None else Decimal(value), one.source, one.explanation, one.on, one.by.name,
            )
        )  # fmt: skip
    return [one for one in rows if one.differs or not differing]
