"""What stands beside the figures of a report on paper: what they are held against, and the reports of the units below."""

from collections.abc import Iterator, Mapping

from gandan.ground.documents.rules import Annex, Cell, Column, Row, Table
from gandan.ground.organisations.queries import rows as unit_rows
from gandan.ground.vietnam.numbers import number_vi
from gandan.results.reports.models import Report
from gandan.results.reports.queries.citations import cited
from gandan.results.reports.queries.tables import titled
from gandan.results.reports.rules import Sheet, SheetMeasure, change_vi, times_vi


def comparison_table(sheet: Sheet, explained: Mapping[str, str]) -> Table | None:
    """Return each figure of the whole period beside its target, the period before and the units like it."""
    made: list[Row] = []
    for measure in sheet.table():
        held, own = sheet.comparisons.get(measure.code), sheet.at(measure.code, sheet.period)
        if held is None or own is None or own.cell.value is None:
            continue
        share, note = measure.suffix == "%", ""
        if held.unusual:
            said = times_vi(own.cell.value, held.before, share=share)
            note = f"Bất thường, {said}. " + (
                f"Giải trình: {explained[measure.code]}" if measure.code in explained else "Chưa giải trình."
            )
        made.append(
            Row(
                [
                    str(len(made) + 1), titled(measure), _said(own.cell.value, measure), _said(held.before, measure),
                    change_vi(own.cell.value, held.before, share=share) if held.before is not None else "–",
                    _said(held.target, measure), _said(held.sisters, measure, half=not share),
                ],
                note=note,
            )
        )  # fmt: skip
    if not made:
        return None
    names = ("TT", "Chỉ tiêu", "Kỳ này", "Kỳ trước", "So với kỳ trước", "Mục tiêu", "Đơn vị cùng cấp")
    empty = {nth for nth in range(3, len(names)) if all(_is_empty(one.cells[nth]) for one in made)}  # nothing to hold against
    kept = [nth for nth in range(len(names)) if nth not in empty]
    columns = [Column(names[nth], figures=nth != 1, centred=nth == 0, width=1 if nth == 1 else 0) for nth in kept]
    rows = [Row([one.cells[nth] for nth in kept], note=one.note) for one in made]
    notes = ["“Đơn vị cùng cấp” là số đứng giữa của các đơn vị cùng loại, cùng cấp trên."] if 6 in kept else []
    return Table("Kết quả cả kỳ so với kỳ trước, mục tiêu và các đơn vị cùng cấp", columns, rows, notes=notes)


def _is_empty(cell: Cell | str) -> bool:
    return (cell.value if isinstance(cell, Cell) else cell) == "–"


def _said(value: object, measure: SheetMeasure, *, half: bool = False) -> Cell:
    return Cell("–") if value is None else Cell(value, decimals=1 if half else measure.decimals, suffix=measure.suffix)  # type: ignore[arg-type]


def cited_annex(report: Report, sheet: Sheet) -> Iterator[Annex]:
    """Yield the annex of the reports that this one rests on, with what of them is no longer so."""
    found = cited(report)
    if not found:
        return
    named = unit_rows({one.unit_id for one in found}, sheet.period.last)
    names = {measure.code: measure for measure in sheet.measures}
    made = []
    for nth, one in enumerate(found, start=1):
        said = "; ".join(
            f"{titled(names[diff.code])}: {_text(diff.cited, names[diff.code])} → {_text(diff.now, names[diff.code])}"
            f" ({diff.events} lượt ghi nhận đến sau)"
            for diff in one.differences
            if diff.code in names
        )
        made.append(Row([str(nth), named[one.unit_id].name, one.code, number_vi(one.posting or 0, 0), said or "không có"]))
    columns = [
        Column("TT", centred=True), Column("Đơn vị", figures=False, width=2), Column("Báo cáo", figures=False, width=1.4),
        Column("Lần ghi sổ"), Column("Khác với báo cáo của đơn vị", figures=False, width=4),
    ]  # fmt: skip
    yield Annex("Báo cáo của các đơn vị được dùng", [Table("", columns, made, small=True)], landscape=True)


def _text(value: object, measure: SheetMeasure) -> str:
    return "–" if value is None else number_vi(value, measure.decimals) + measure.suffix  # type: ignore[arg-type]
