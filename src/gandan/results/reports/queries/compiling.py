"""A report's figures as they are known now, or as of a posting."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from gandan.ground.calendar.queries import period as named_period
from gandan.ground.calendar.rules import Period, UnknownPeriod
from gandan.ground.ledger.queries import snapshot
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.queries import UnitRow, UnknownUnit, rows, tree, unit_id
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.queries import ByUnit, by_units, figures, recorded
from gandan.results.measures.rules import Cell
from gandan.results.programmes.queries import contents
from gandan.results.reports.models import FrozenCell, Report
from gandan.results.reports.queries.comparing import comparisons
from gandan.results.reports.queries.outside import with_outside
from gandan.results.reports.queries.periods import period_of, view_of, years_of
from gandan.results.reports.rules import (
    FROZEN_ONCE,
    Block,
    Bound,
    BrokenText,
    Key,
    Place,
    Sheet,
    SheetCell,
    SheetMeasure,
    TemplateRow,
    bound,
    described,
    in_words_of,
    read,
)


class BadReference(Refused):
    """A text binds a figure of a unit or a period that does not exist."""


KEPT = "_periods_as_frozen"
Asked = tuple[Bound, int, Period]


def headings(report: Report) -> dict[str, str]:
    """Return where each measure stands in the table: under a content of the programme, or under its group."""
    found = {row.measure: row.heading for row in rows_of(report).values() if row.heading}
    for content in contents(report.programme) if report.programme else ():
        for indicator in content.indicators.all():
            found.setdefault(indicator.measure, f"{content.number}. {content.title}")
    return {code: found.get(code) or GROUPS[CATALOGUE[code].group].vi for code in report.measures if code in CATALOGUE}


def rows_of(report: Report) -> dict[str, TemplateRow]:
    """Return the rows of the template that a report was begun by, by their measures."""
    return {row["measure"]: TemplateRow(**row) for row in report.rows}


def sheet_measures(report: Report, texts: Iterable[Block] = ()) -> tuple[SheetMeasure, ...]:
    """Return a report's measures as the catalogue has them now: those of the table, and those that the text alone names."""
    under, rows = headings(report), rows_of(report)
    standing = [in_words_of(described(CATALOGUE[code], under[code], nth), rows) for nth, code in enumerate(under, start=1)]
    named = dict.fromkeys(one.code for one in bound(list(texts)))
    return (*standing, *(described(CATALOGUE[code]) for code in named if code not in under))


def section_blocks(report: Report, *, strict: bool = True) -> dict[int, tuple[Block, ...]]:
    """Return the report's text, read, by the section's number.

    :param strict: else a section that can't be read is left out: somebody is in the middle of it
    :raises BrokenText: at the first line that can't be read
    """
    found = {}
    for section in report.sections.all():
        try:
            blocks = read(section.text, CATALOGUE)
            if not strict:
                list(resolved(report, bound(blocks)))
        except (BrokenText, BadReference):
            if strict:
                raise
            continue
        found[section.pk] = blocks
    return found


def compiled(report: Report, *, as_of: int | None = None, strict: bool = True) -> Sheet:
    """Read all figures of a report: the unit's by year, those right below it, and what its text binds.

    :param as_of: the number of a posting; without one, everything known now
    :param strict: else what can't be read of the text is left out
    :raises BadReference: if the text binds a unit or a period that does not exist
    """
    period, years, line, view = period_of(report), years_of(report), Line(report.line), view_of(report)
    blocks = [block for section in section_blocks(report, strict=strict).values() for block in section]
    measures = sheet_measures(report, blocks)
    table = [measure.code for measure in measures if measure.position is not None]
    with snapshot():
        asked = list(resolved(report, bound(blocks)))
        units = dict.fromkeys([report.unit_id, *(unit for _, unit, _ in asked)])
        periods = dict.fromkeys([period, *years, *(day for _, _, day in asked)])
        every = figures([m.code for m in measures], list(units), list(periods), line=line, view=view, as_of=as_of)
        counted = [code for code in table if recorded(CATALOGUE[code])]
        below = by_units(counted, report.unit_id, period, line=line, view=view, as_of=as_of) if counted else {}
        named = rows({*units, *(one.unit.id for found in below.values() for one in found.below)}, period.last)
        paths = Paths(line, period, named)
        own = {one.code: every.cell(one.code, report.unit_id, period) for one in measures}
        held = comparisons(report, measures, own, as_of=as_of)
    cells = {}
    for code in table:
        for column in (period, *years):
            one = paths.cell(code, report.unit_id, column, Place.YEARS, every.cell(code, report.unit_id, column))
            cells[one.key] = one
    for one in _below(below, paths):
        cells.setdefault(one.key, one)
    for reference, unit, column in asked:
        one = paths.cell(reference.code, unit, column, Place.TEXT, every.cell(reference.code, unit, column))
        cells.setdefault(one.key, one)
    return Sheet(measures, report.unit_id, period, years, with_outside(cells, line), held)


def resolved(report: Report, references: Iterable[Bound]) -> Iterator[Asked]:
    """Yield each figure that the text binds with its unit and period; of a frozen report, the period that was meant then.

    :raises BadReference: naming the line
    """
    known = {period.label: period for period in years_of(report)}
    stored = _stored(report) if report.status in FROZEN_ONCE else {}
    for one in references:
        try:
            unit = unit_id(one.unit) if one.unit else report.unit_id
            asker = report.unit_id if report.own_periods else None
            period = known.get(one.period) or named_period(asker, one.period) if one.period else period_of(report)
        except (UnknownUnit, UnknownPeriod) as refusal:
            raise BadReference(gettext_noop("Dòng {line}: {problem}"), line=one.line, problem=refusal) from None
        yield one, unit, stored.get((one.code, unit, period.label), period)


def _stored(report: Report) -> dict[tuple[str, int, str], Period]:
    """Return which days the cells of a frozen report cover, by the names of their periods."""
    known: dict[tuple[str, int, str], Period] | None = vars(report).get(KEPT)  # what was frozen never changes: it is read once
    if known is None:
        cells = FrozenCell.objects.filter(measure__report=report).exclude(place=Place.UNITS.value)
        found = cells.values_list("measure__code", "unit_id", "label", "during")
        known = {(code, unit, label): Period(during.lower, during.upper) for code, unit, label, during in found}
        vars(report)[KEPT] = known
    return known


def _below(found: dict[str, ByUnit], paths: "Paths") -> Iterator[SheetCell]:
    for code, by_unit in found.items():
        for one in by_unit.below:
            yield paths.cell(code, one.unit.id, one.period, Place.UNITS, one.cell)


class Paths:
    """Where the units of a report stood in the tree, written out."""

    def __init__(self, line: Line, period: Period, named: dict[int, UnitRow]) -> None:
        self.line, self.period, self.named = line, period, named
        self.tree = tree()
        self.written: dict[int, str] = {}

    def cell(self, code: str, unit: int, period: Period, place: Place, cell: Cell) -> SheetCell:
        row = self.named[unit]
        key = Key(code, unit, period.start, period.end)
        return SheetCell(key, period, row.code, row.name, self.path(unit), place, cell)

    def path(self, unit: int) -> str:
        """Return the names from the root down, on the last day of the period on which the unit stood."""
        if unit not in self.written:
            self.written[unit] = " › ".join(row.name for row in self._upwards(unit))
        return self.written[unit]

    def _upwards(self, unit: int) -> Sequence[UnitRow]:
        day = self._day(unit)
        path = self.tree.path(unit, self.line, day) or (unit,)
        unknown = set(path) - set(self.named)
        self.named.update(rows(unknown, day) if unknown else {})
        return [self.named[upper] for upper in path]

    def _day(self, unit: int) -> date:
        places = [place for place in self.tree.places(unit, self.line) if place.start < self.period.end]
        if not places:
            return self.period.last
        last = min(self.period.end, places[-1].end)
        return max(places[-1].start, Period(places[-1].start, last).last)
