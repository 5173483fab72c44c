"""The tables of a report: its figures, what they are held against, and whose reports it cites."""

from decimal import Decimal

from django.utils.translation import gettext as _

from gandan.faces.pages import words
from gandan.faces.pages.figuring import period_name
from gandan.faces.pages.pieces import MARKS, Cell, Column, Mark, Table
from gandan.faces.pages.report_text import Report
from gandan.ground.calendar.rules import Period
from gandan.ground.organisations import queries as organisations
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Status
from gandan.results.programmes.rules import Standing, standing
from gandan.results.reports import queries as reports
from gandan.results.reports.queries import Link
from gandan.results.reports.rules import (
    Comparison,
    Sheet,
    SheetCell,
    SheetMeasure,
    change_vi,
    described,
    number,
    remark,
    written,
)


def stretched(period: Period) -> str:
    return f"{words.day(period.start)} – {words.day(period.last)}"


def within(period: Period, report: Period) -> str:
    """A period as a reader of the report calls it: the whole of it, a year of it, or its days."""
    if period == report:
        return _("cả kỳ")
    return period_name(period) if period.name else stretched(period)


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
    if all(found is None or (found.cell.status is Status.NO_DATA and not found.stated) for found in cells[:-1]):
        cells[:-1] = [None] * len(sheet.years)  # said once, not for every year
    return (
        Cell(words.said(measure.name), f"/measures/{measure.code}/", note="" if measure.suffix else words.said(measure.unit)),
        *(_figure(found, measure, link) if found else Cell("") for found in cells),
    )


def _figure(found: SheetCell, measure: SheetMeasure, link: Link) -> Cell:
    """A figure, opening to what stands behind it where anything is counted."""
    mark = MARKS["stated"] if found.outside.stated is not None else MARKS["elsewhere"] if found.outside.systems else None
    note = remark(found.outside, found.cell, measure.decimals, measure.suffix)
    if found.stated and found.value is not None:
        return Cell(number(found.value, measure, _language()), f"/statements/?measure={found.key.code}", note=note, mark=mark)
    return Cell(written(found.cell, measure, _language()), link(found) if found.cell.counted else "", note=note, mark=mark)


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


def compared(sheet: Sheet) -> Table | None:
    """Each figure of the whole period beside the period before, its target and the units like it."""
    rows = []
    for measure in sheet.table():
        held, own = sheet.comparisons.get(measure.code), sheet.at(measure.code, sheet.period)
        if held is None or own is None:
            continue
        change = change_vi(own.cell.value, held.before, share=measure.suffix == "%") if held.before is not None else ""
        met = held.target is not None and own.cell.value is not None
        rows.append(
            (
                Cell(words.said(measure.name), f"/measures/{measure.code}/"),
                Cell(written(own.cell, measure, _language())),
                Cell(_held(held.before, measure), note=held.before_label),
                Cell(change, mark=MARKS["unusual"] if held.unusual else None),
                Cell(_held(held.target, measure), mark=_against(own, held) if met else None),
                Cell(_held(held.sisters, measure)),
            )
        )
    columns = (
        Column(_("Chỉ tiêu"), head=True),
        Column(_("Kỳ này"), number=True),
        Column(_("Kỳ trước"), number=True),
        Column(_("Thay đổi")),
        Column(_("Mục tiêu"), number=True),
        Column(_("Đơn vị cùng cấp (số giữa)"), number=True),
    )
    return Table.of(_("So với kỳ trước, mục tiêu và đơn vị cùng cấp"), columns, rows) if rows else None


def _held(value: int | Decimal | None, measure: SheetMeasure) -> str:
    return "" if value is None else number(value, measure, _language())


def _against(own: SheetCell, held: Comparison) -> Mark:
    better = CATALOGUE[own.key.code].better if own.key.code in CATALOGUE else ""
    stands = standing(own.cell, held.target, better, running=False)
    return MARKS["met"] if stands is Standing.MET else MARKS["near"] if stands is Standing.AT_RISK else MARKS["missed"]


def cited(report: Report) -> Table | None:
    """The reports of the units below that a report rests on, and what of them is no longer so."""
    found = reports.cited(report)
    rows = [
        (
            Cell(one.code, f"/reports/{one.code}/"),
            Cell(organisations.row(one.unit_id, report.during.lower).name),
            Cell(words.number(one.posting or 0)),
            Cell("; ".join(_differs(diff) for diff in one.differences) or _("không có gì khác")),
        )
        for one in found
    ]
    columns = (
        Column(_("Báo cáo"), head=True, tight=True),
        Column(_("Đơn vị")),
        Column(_("Lần ghi sổ"), number=True),
        Column(_("Khác khi tổng hợp")),
    )
    return Table.of(_("Báo cáo cấp dưới được dùng"), columns, rows, tall=len(rows) > 30) if rows else None


def _differs(diff: reports.CitedDiff) -> str:
    said = described(CATALOGUE[diff.code]) if diff.code in CATALOGUE else None
    was, now = (number(one, said, _language()) if said and one is not None else "–" for one in (diff.cited, diff.now))
    return _("%(name)s: %(was)s → %(now)s (%(events)s lượt đến sau)") % {
        "name": measure_name(diff.code), "was": was, "now": now, "events": words.number(diff.events),
    }  # fmt: skip


def awaited(report: Report) -> Table | None:
    """The approved reports of units below that this one will cite."""
    found = reports.awaited(report)
    rows = [(Cell(one.code, f"/reports/{one.code}/"), Cell(words.short(one.unit))) for one in found]
    columns = (Column(_("Báo cáo"), head=True, tight=True), Column(_("Đơn vị")))
    return Table.of(_("Báo cáo cấp dưới đã duyệt"), columns, rows, tall=len(rows) > 30) if rows else None


def measure_name(code: str) -> str:
    found = CATALOGUE.get(code)
    return words.said(found.name) if found else code
