"""Storing what a report was when it was frozen."""

from collections import Counter
from datetime import date

from django.db import connection

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import record
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import standing_heir
from gandan.results.reports.models import FrozenComparison, FrozenMeasure, Report
from gandan.results.reports.queries.signed import CELL_COLUMNS
from gandan.results.reports.rules import Sheet


def store(report: Report, sheet: Sheet) -> None:
    measures = FrozenMeasure.objects.bulk_create(
        FrozenMeasure(
            report=report, position=one.position, heading=one.heading, code=one.code,
            name_vi=one.name.vi, name_en=one.name.en, definition_vi=one.definition.vi, definition_en=one.definition.en,
            unit_vi=one.unit.vi, unit_en=one.unit.en, source=one.source, formula=one.formula,
        )
        for one in sheet.measures
    )  # fmt: skip
    ids = {one.code: one.pk for one in measures}
    with connection.cursor() as cursor, cursor.copy(f"COPY reports_frozencell ({', '.join(CELL_COLUMNS)}) FROM STDIN") as copy:
        for key, one in sheet.cells.items():
            cell, outside = one.cell, one.outside
            copy.write_row(
                (
                    ids[key.code], key.unit, one.unit_path, f"[{key.start},{key.end})", one.period.label, one.place.value,
                    cell.status.value, cell.value, cell.part, cell.whole, cell.count, cell.through,
                    f"{{{','.join(map(str, cell.partial))}}}", cell.later, outside.stated, outside.whole, outside.source,
                    outside.systems,
                )
            )  # fmt: skip
    FrozenComparison.objects.bulk_create(
        FrozenComparison(
            measure_id=ids[code], before=one.before, before_label=one.before_label, target=one.target, sisters=one.sisters,
            sisters_count=one.sisters_count, unusual=one.unusual,
        )
        for code, one in sheet.comparisons.items()
    )  # fmt: skip


def tell_origins(report: Report, sheet: Sheet, by: Person, on: date) -> None:
    """Tell the ledger how many figures of the report's tables are counted, how many are stated, how many there are none of."""
    told: Counter[str] = Counter()
    for measure in sheet.table():
        one = sheet.at(measure.code, sheet.period)
        if one is not None:
            told["stated" if one.stated else "counted" if one.cell.counted else "none"] += 1
    for how, many in sorted(told.items()):
        unit = standing_heir(report.unit, on)
        record(Kind.FIGURES_REPORTED, about=report, unit=unit, day=on, by=by, amount=many, how=how)
