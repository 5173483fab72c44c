"""The tables of a report: by year under each heading, by unit, and what the measures mean. Paper and workbook share them."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.rules import Annex, Cell, Column, Level, Row, Status, Table
from gandan.ground.vietnam.numbers import date_vi, number_vi
from gandan.results.measures.rules import Status as FigureStatus
from gandan.results.reports.queries.linking import Link
from gandan.results.reports.rules import Sheet, SheetCell, SheetMeasure, remark

# What an annex on paper shows of each unit; the workbook has all.
SHOWN = (
    "dossiers-received",
    "dossiers-finished",
    "dossiers-finished-late",
    "dossiers-on-time-share",
    "dossiers-honest-on-time-share",
    "dossiers-overdue-open",
    "letters-owed",
    "letters-sent",
    "deliveries-delivered",
)
NOTHING = "–"


def year_label(year: Period) -> str:
    """Return what a column is called: 2025, or for a part of a year what part it is."""
    if year.name is not None:
        return year.name.code
    if (year.start.day, year.start.month) != (1, 1):
        return f"từ {year.start.month}/{year.start.year}" if year.start.day == 1 else f"từ {date_vi(year.start)}"
    return f"đến {year.last.month}/{year.last.year}" if year.end.day == 1 else f"đến {date_vi(year.last)}"


def figure(one: SheetCell | None, measure: SheetMeasure, link: Link) -> Cell:
    """Return a figure for a table, with its mark and its link."""
    if one is None:
        return Cell(NOTHING)
    if one.stated:
        return Cell(one.value, Status.STATED, measure.decimals, measure.suffix)
    if one.cell.status is FigureStatus.NO_DATA or one.cell.status is FigureStatus.NOT_ADDITIVE:
        return Cell(status=Status.NO_DATA)
    if one.cell.value is None:
        return Cell(NOTHING)
    status = Status.PARTIAL if one.cell.partial else Status.COUNTED
    return Cell(one.cell.value, status, measure.decimals, measure.suffix, link(one))


def by_heading(sheet: Sheet, link: Link) -> Iterator[tuple[str, Table]]:
    """Yield a table for each heading of the report: its measures by year, and over all."""
    headings: dict[str, list[SheetMeasure]] = {}
    for measure in sheet.table():
        headings.setdefault(measure.heading, []).append(measure)
    caption = "Chỉ tiêu theo năm" if sheet.years else "Chỉ tiêu trong kỳ"
    for heading, measures in headings.items():
        yield heading, Table(caption, year_columns(sheet), list(year_rows(sheet, measures, link)))


def year_columns(sheet: Sheet) -> list[Column]:
    return [
        Column("TT", centred=True),
        Column("Chỉ tiêu", figures=False, width=1),
        *(Column(year_label(year), "Năm") for year in sheet.years),
        Column("Cả kỳ"),
    ]


def year_rows(sheet: Sheet, measures: Iterable[SheetMeasure], link: Link) -> Iterator[Row]:
    for nth, measure in enumerate(measures, start=1):
        columns = [sheet.at(measure.code, period) for period in (*sheet.years, sheet.period)]
        cells = [figure(one, measure, link) for one in columns]
        yield Row([str(nth), titled(measure), *cells], note=_notes(sheet, measure))


def _notes(sheet: Sheet, measure: SheetMeasure) -> str:
    """Return what is said below a row: for which day it speaks, what is stated of it, which work was done elsewhere."""
    said = [_through(sheet.at(measure.code, sheet.period))]
    by_remark: dict[str, list[str]] = {}
    for period in (*sheet.years, sheet.period):
        one = sheet.at(measure.code, period)
        if one is not None and (text := remark(one.outside, one.cell, measure.decimals, measure.suffix)):
            by_remark.setdefault(text, []).append("cả kỳ" if period == sheet.period else year_label(period))
    several = bool(sheet.years)
    said += [
        f"{', '.join(columns)}: {text}." if several else f"{text[0].upper()}{text[1:]}." for text, columns in by_remark.items()
    ]
    return " ".join(one for one in said if one)


def titled(measure: SheetMeasure) -> str:
    """Return a measure's name with what it is measured in."""
    return measure.name.vi if measure.suffix else f"{measure.name.vi} ({measure.unit.vi})"


def _through(one: SheetCell | None) -> str:
    """A stock says for which day it speaks, where that is not the last of the period."""
    if one is None or one.cell.through is None or one.cell.through == one.period.last:
        return ""
    return f"Tính đến hết ngày {date_vi(one.cell.through)}."


def units_annex(sheet: Sheet, link: Link) -> Iterator[Annex]:
    """Yield the annex of the units right below, if there are any with work to show."""
    standing = {measure.code: measure for measure in sheet.table()}
    shown = [standing[code] for code in SHOWN if code in standing]
    rows, silent = unit_rows(sheet, shown, link)
    if len(rows) <= 1:
        return
    columns = [Column("TT", centred=True), Column("Đơn vị", figures=False, width=5), *_measure_columns(shown)]
    notes = [f"{number_vi(silent)} đơn vị không có lượt ghi nhận nào trong kỳ thì không liệt kê."] if silent else []
    yield Annex("Kết quả theo đơn vị trực thuộc", [Table("", columns, rows, notes=notes, small=True)], landscape=True)


def _measure_columns(measures: Sequence[SheetMeasure]) -> list[Column]:
    return [Column(titled(measure), width=1.4) for measure in measures]


def unit_rows(sheet: Sheet, measures: Sequence[SheetMeasure], link: Link) -> tuple[list[Row], int]:
    """Return a row for each unit below that has anything to show, then the whole; and how many have nothing."""
    rows: list[Row] = []
    silent = 0
    for several in sheet.below().values():
        by_code = {one.key.code: one for one in several}
        if not any(one.cell.count or one.stated for one in several):
            silent += 1
            continue
        first = several[0]
        note = "" if first.period == sheet.period else f"Trực thuộc {first.period.label_vi}."
        systems = sorted({one.outside.systems for one in several if one.outside.systems})
        note += f"{' ' if note else ''}Có việc làm ở hệ thống khác, nhập bằng tệp: {', '.join(systems)}." if systems else ""
        cells = [figure(by_code.get(measure.code), measure, link) for measure in measures]
        rows.append(Row([str(len(rows) + 1), first.unit_name, *cells], note=note))
    total = [figure(sheet.at(measure.code, sheet.period), measure, link) for measure in measures]
    rows.append(Row(["", "Toàn đơn vị", *total], Level.TOTAL))
    return rows, silent


def definitions(sheet: Sheet) -> Annex:
    """Return what each measure meant when the report was made."""
    return Annex(
        "Định nghĩa các chỉ tiêu", [Table("", definition_columns(), list(definition_rows(sheet)), small=True)], landscape=True
    )


def definition_columns() -> list[Column]:
    return [
        Column("TT", centred=True),
        Column("Chỉ tiêu", figures=False, width=3),
        Column("Đơn vị tính", figures=False, width=1),
        Column("Định nghĩa", figures=False, width=6),
        Column("Nguồn", figures=False, width=4),
    ]


def definition_rows(sheet: Sheet, told: Collection[str] | None = None) -> Iterator[Row]:
    named = [*sheet.table(), *(measure for measure in sheet.measures if measure.position is None)]
    wanted = [measure for measure in named if told is None or measure.code in told]
    for nth, measure in enumerate(wanted, start=1):
        yield Row([str(nth), measure.name.vi, measure.unit.vi, measure.definition.vi, measure.source])
