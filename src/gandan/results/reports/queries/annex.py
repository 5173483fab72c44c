"""A report's figures as a workbook: every number a link to the page that opens it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.rules import Column, LedgerStamp, Level, Row
from gandan.ground.documents.workbook import Book, Sheet, workbook
from gandan.ground.organisations.queries import row
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import UnitFigure, by_units, recorded
from gandan.results.reports.models import Report
from gandan.results.reports.queries.document import sheet_of
from gandan.results.reports.queries.linking import Link, linking, report_address
from gandan.results.reports.queries.outside import outside
from gandan.results.reports.queries.periods import period_of, view_of
from gandan.results.reports.queries.tables import (
    definition_columns,
    definition_rows,
    figure,
    titled,
    unit_rows,
    year_columns,
    year_label,
    year_rows,
)
from gandan.results.reports.rules import NOTHING, Key, Outside, Place, SheetCell, SheetMeasure, remark
from gandan.results.reports.rules import Sheet as Figures

Beside = Mapping[tuple[str, int, Period], Outside]


def xlsx(report: Report, *, base_url: str, made_at: datetime) -> bytes:
    """Return a report's annex: by year, by unit, and what the measures mean."""
    figures, link = sheet_of(report), linking(report, base_url)
    stamp = None
    if report.posting is not None and report.through is not None:
        stamp = LedgerStamp(report.posting, report.digest, report.through, report_address(report, base_url))
    return workbook(
        Book(
            title=report.title,
            author=row(report.unit_id, period_of(report).last).name,
            made_at=report.frozen_at or made_at,
            sheets=list(_sheets(report, figures, link)),
            ledger=stamp,
            simulated=report.simulated,
        )
    )


def _sheets(report: Report, figures: Figures, link: Link) -> Iterator[Sheet]:
    period = period_of(report).label_vi
    yield Sheet("Theo năm", f"Chỉ tiêu theo năm, {period}", year_columns(figures), _by_year(figures, link))
    counted = [measure for measure in figures.table() if _is_recorded(measure)]
    rows, silent = unit_rows(figures, counted, link)
    if len(rows) > 1:
        notes = [f"{silent} đơn vị không có lượt ghi nhận nào trong kỳ thì không liệt kê."] if silent else []
        columns = [Column("TT", centred=True), Column("Đơn vị", figures=False)]
        columns += [Column(titled(measure)) for measure in counted]
        yield Sheet("Theo đơn vị", f"Chỉ tiêu theo đơn vị trực thuộc, {period}", columns, rows, notes=notes)
    yield from _by_unit_and_year(report, figures, counted, link)
    yield Sheet("Định nghĩa", "Định nghĩa các chỉ tiêu", definition_columns(), definition_rows(figures))


def _by_unit_and_year(report: Report, figures: Figures, counted: Sequence[SheetMeasure], link: Link) -> Iterator[Sheet]:
    """Yield a sheet for each year: each unit right below in that year, read at the posting at which the report was frozen."""
    known = [measure for measure in counted if measure.code in CATALOGUE]
    columns = [Column("TT", centred=True), Column("Đơn vị", figures=False), *(Column(titled(measure)) for measure in known)]
    for year in figures.years if known else ():
        found = by_units(
            [measure.code for measure in known], report.unit_id, year, line=Line(report.line), view=view_of(report),
            as_of=report.posting,
        )  # fmt: skip
        below = [*zip(*(found[measure.code].below for measure in known), strict=True)]
        units = {several[0].unit.id for several in below}
        beside = outside(found, units, [several[0].period for several in below], line=Line(report.line), until=report.frozen_on)
        told = [[*_cells(several, known, beside)] for several in below]
        rows = [
            Row([str(nth), several[0].unit_name, *map(partial(figure, link=link), several, known)], note=_note(several, known))
            for nth, several in enumerate((one for one in told if any(each.cell.count or each.stated for each in one)), start=1)
        ]
        if rows:
            yield Sheet(f"Đơn vị, {year_label(year)}", f"Chỉ tiêu theo đơn vị trực thuộc, {year.label_vi}", columns, rows)


def _cells(several: Sequence[UnitFigure], measures: Sequence[SheetMeasure], beside: Beside) -> Iterator[SheetCell]:
    for one, measure in zip(several, measures, strict=True):
        key = Key(measure.code, one.unit.id, one.period.start, one.period.end)
        known = beside.get((measure.code, one.unit.id, one.period), NOTHING)
        yield SheetCell(key, one.period, one.unit.code, one.unit.name, "", Place.UNITS, one.cell, known)


def _note(several: Sequence[SheetCell], measures: Sequence[SheetMeasure]) -> str:
    """Return what is said of a row: what is stated of it, which of its work was done elsewhere."""
    by_remark: dict[str, list[str]] = {}
    for one, measure in zip(several, measures, strict=True):
        if text := remark(one.outside, one.cell, measure.decimals, measure.suffix):
            by_remark.setdefault(text, []).append(measure.name.vi)
    return " ".join(f"{', '.join(names)}: {text}." for text, names in by_remark.items())


def _by_year(figures: Figures, link: Link) -> Iterator[Row]:
    heading = None
    for measure, line in zip(figures.table(), year_rows(figures, figures.table(), link), strict=True):
        if measure.heading != heading:
            heading = measure.heading
            yield Row([heading], Level.GROUP)
        yield line


def _is_recorded(measure: SheetMeasure) -> bool:
    found = CATALOGUE.get(measure.code)
    return found is None or recorded(found)
