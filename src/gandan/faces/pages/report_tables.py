"""The tables of a report: its figures by year and by unit, and what differs between signed and known now."""

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.pieces import MARKS, Cell, Column, Table
from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Status
from gandan.results.reports.queries import Differences, Link
from gandan.results.reports.rules import Sheet, SheetCell, SheetMeasure, described, written


def stretched(period: Period) -> str:
    return f"{words.day(period.start)} – {words.day(period.last)}"


def _language() -> str:
    return "en" if words.english() else "vi"


def figures_of(sheet: Sheet, link: Link) -> list[tuple[str, Table]]:
    """The tables of the unit itself, one for each heading of the report."""
    headings: dict[str, list[SheetMeasure]] = {}
    for measure in sheet.table():
        headings.setdefault(measure.heading, []).append(measure)
    columns = (
        Column(_("Chỉ tiêu"), head=True),
        *(Column(_label(year), number=True) for year in sheet.years),
        Column(_("Cả kỳ"), number=True),
    )
    return [
        (heading, Table.of(heading, columns, [_row(sheet, measure, link) for measure in measures]))
        for heading, measures in headings.items()
    ]


def _row(sheet: Sheet, measure: SheetMeasure, link: Link) -> tuple[Cell, ...]:
    cells = [sheet.at(measure.code, period) for period in (*sheet.years, sheet.period)]
    if all(found is None or found.cell.status is Status.NO_DATA for found in cells[:-1]):
        cells[:-1] = [None] * len(sheet.years)  # said once, not for every year
    return (
        Cell(words.said(measure.name), f"/measures/{measure.code}/", note="" if measure.suffix else words.said(measure.unit)),
        *(_figure(found, measure, link) if found else Cell("") for found in cells),
    )


def _figure(found: SheetCell, measure: SheetMeasure, link: Link) -> Cell:
    """A figure, opening to what stands behind it where anything is counted."""
    return Cell(written(found.cell, measure, _language()), link(found) if found.cell.counted else "")


def _label(period: Period) -> str:
    return period.name.code if period.name else stretched(period)


def below(sheet: Sheet, link: Link) -> Table | None:
    """The units right below: one row each, the first measures as columns."""
    rows = sheet.below()
    if not rows:
        return None
    codes = list(dict.fromkeys(found.key.code for several in rows.values() for found in several))[:6]
    measures = [sheet.measure(code) for code in codes]
    table = []
    for several in rows.values():
        by_code = {found.key.code: found for found in several}
        first = several[0]
        note = "" if first.period == sheet.period else stretched(first.period)
        table.append(
            (
                Cell(first.unit_name, f"/units/{first.unit_code}/", note=note),
                *(
                    _figure(by_code[code], measure, link) if code in by_code else Cell("–")
                    for code, measure in zip(codes, measures, strict=True)
                ),
            )
        )
    columns = (Column(_("Đơn vị"), head=True), *(Column(words.said(measure.name), number=True) for measure in measures))
    return Table.of(_("Các đơn vị trực thuộc"), columns, table, tall=len(table) > 30)


def _measure_name(code: str) -> str:
    found = CATALOGUE.get(code)
    return words.said(found.name) if found else code


def _kind_name(kind: str) -> str:
    spec = KINDS[Kind(kind)]
    return words.named(spec.sentence_vi, spec.sentence_en)


def _value(found: SheetCell | None, code: str) -> str:
    measure = CATALOGUE.get(code)
    if found is None or measure is None:
        return "–"
    value, part, whole = written(found.cell, described(measure), _language()), found.cell.part, found.cell.whole
    if part is None or whole is None:
        return value
    return f"{value} ({words.number(part)}/{words.number(whole)})"  # these may differ where the rounded share doesn't


def differences_in(found: Differences) -> list[tuple[str, Table]]:
    """As signed beside as known now, and why: events, acts on the tree, definitions."""
    tables = []
    if found.figures:
        rows = []
        for change in found.figures:
            at = change.signed or change.now
            assert at is not None
            rows.append(
                (
                    Cell(_measure_name(change.key.code)),
                    Cell(at.unit_name),
                    Cell(stretched(at.period)),
                    Cell(_value(change.signed, change.key.code)),
                    Cell(_value(change.now, change.key.code)),
                )
            )
        columns = (
            Column(_("Chỉ tiêu"), head=True),
            Column(_("Đơn vị")),
            Column(_("Kỳ")),
            Column(_("Như đã ký"), number=True),
            Column(_("Như nay biết"), number=True),
        )
        tables.append((_("Số liệu khác"), Table.of(_("Số liệu khác"), columns, rows)))
    if found.events:
        rows = [
            (
                Cell(words.day(one.event.day)),
                Cell(_kind_name(one.event.kind), mark=MARKS["correction"] if one.event.sign < 0 else None),
                Cell(one.unit_name),
                Cell(", ".join(_measure_name(code) for code in one.measures)),
                Cell(words.moment(one.event.at)),
            )
            for one in found.events
        ]
        columns = (
            Column(_("Ngày tính"), number=True),
            Column(_("Việc"), head=True),
            Column(_("Đơn vị")),
            Column(_("Thuộc chỉ tiêu")),
            Column(_("Ghi vào sổ lúc"), number=True),
        )
        tables.append((_("Lượt ghi nhận đến sau"), Table.of(_("Lượt ghi nhận đến sau"), columns, rows, tall=len(rows) > 30)))
    if found.acts:
        acts = [(Cell(words.day(one.event.day)), Cell(_kind_name(one.event.kind)), Cell(one.unit_name)) for one in found.acts]
        heads = (Column(_("Ngày"), number=True), Column(_("Việc"), head=True), Column(_("Đơn vị")))
        tables.append((_("Thay đổi trên cây tổ chức"), Table.of(_("Thay đổi trên cây tổ chức"), heads, acts)))
    if found.definitions:
        meanings = [
            (
                Cell(words.said(one.signed.name)),
                Cell(words.said(one.signed.definition)),
                Cell(words.said(one.now.definition) if one.now else _("không còn")),
            )
            for one in found.definitions
        ]
        heads = (Column(_("Chỉ tiêu"), head=True), Column(_("Định nghĩa khi ký")), Column(_("Định nghĩa hiện nay")))
        tables.append((_("Định nghĩa đã đổi"), Table.of(_("Định nghĩa đã đổi"), heads, meanings)))
    return tables
