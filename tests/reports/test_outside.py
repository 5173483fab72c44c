"""What is stated stands in a report as stated: beside what is counted, never in it, as frozen and on paper."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gandan.ground.calendar.rules import Period, parse_period
from gandan.ground.ledger.operations import post_all
from gandan.ground.organisations.rules import Line
from gandan.results.measures.queries import figures
from gandan.results.reports import operations, queries
from gandan.results.reports.models import FrozenCell
from gandan.results.statements.models import Statement
from gandan.results.statements.operations import answer_statement, declare, state
from gandan.results.statements.rules import StatementVerdict
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

OLD = Period(date(2016, 1, 1), date(2018, 1, 1))
CODES = ["dossiers-received", "dossiers-finished"]
MADE = {"base_url": "http://gandan.example", "made_at": datetime(2026, 11, 20, 2, tzinfo=UTC)}


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1), parse_period(str(number)))


def say(cast, code, period, value, **more):
    made = state(unit=cast.police, code=code, period=period, value=Decimal(value), source="Báo cáo 12/BC-CATP", evidence="x",
                 by=cast.giang, on=TODAY, **more)  # fmt: skip
    return answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)


@pytest.fixture
def frozen(cast):
    receive(cast, "PA08", date(2017, 5, 4), times=3)
    say(cast, "dossiers-received", year(2016), 120)
    say(cast, "dossiers-finished", year(2016), 110)
    declare(unit=cast.unit("PA08"), work="dossiers", system="Cổng quốc gia", since=date(2017, 1, 1), source="x", by=cast.giang,
            on=TODAY)  # fmt: skip
    report = operations.draft(unit=cast.police, period=OLD, measures=CODES, line=Line.POLICE, by=cast.dung, on=TODAY)
    return operations.freeze(report=written(report), by=cast.dung, on=TODAY)


def test_what_is_stated_stands_where_nothing_is_counted_and_beside_what_is(cast, frozen):
    sheet = queries.as_signed(frozen)
    first, second, whole = (sheet.at("dossiers-received", period) for period in (year(2016), year(2017), OLD))

    assert (first.stated, first.value, first.cell.value) == (True, 120, 0)
    assert (second.stated, second.value) == (False, 3)
    assert (whole.stated, whole.value, whole.outside.stated, whole.outside.whole) == (False, 3, 120, False)
    assert second.outside.systems == "Cổng quốc gia (1 đơn vị)"
    assert FrozenCell.objects.filter(measure__code="dossiers-received", stated=120).count() == 2
    assert queries.check(frozen) == ()


def test_the_share_of_counted_figures_is_a_measure_of_its_own(cast, frozen):
    post_all()
    this = year(2026)
    read = figures(["figures-counted", "figures-stated", "figures-counted-share"], [cast.police.pk], [this], line=Line.POLICE)

    assert [read.cell(code, cast.police.pk, this).value for code in ("figures-counted", "figures-stated")] == [1, 1]
    assert read.cell("figures-counted-share", cast.police.pk, this).value == 50


def test_a_correction_afterwards_is_a_difference_and_not_a_change(cast, frozen):
    (old,) = [one for one in _approved() if one.measure == "dossiers-received"]
    say(cast, "dossiers-received", year(2016), 130, corrects=old.pk, reason="Cộng thiếu.")

    assert queries.as_signed(frozen).at("dossiers-received", year(2016)).value == 120
    found = queries.differences(frozen)
    assert {(one.signed.outside.stated, one.now.outside.stated) for one in found.figures} == {(120, 130)}


def _approved():
    return Statement.objects.filter(status="approved")


def test_the_sheet_of_units_by_year_marks_it_as_it_stood_when_it_was_frozen(cast, frozen):
    say_of = {"unit": cast.unit("PA08"), "code": "dossiers-received", "source": "Sổ 3", "evidence": "x", "by": cast.giang}
    above = operations.draft(unit=cast.police, period=OLD, measures=CODES, line=Line.POLICE, by=cast.dung, on=TODAY)
    made = state(period=year(2016), value=Decimal(40), on=TODAY, **say_of)
    answer_statement(statement=made, answer=StatementVerdict.APPROVED, by=cast.hoa, on=TODAY)
    above = operations.freeze(report=written(above), by=cast.dung, on=TODAY)

    book = openpyxl.load_workbook(BytesIO(queries.xlsx(above, **MADE)))
    cells = [str(cell.value) for row in book["Đơn vị, 2016"].iter_rows() for cell in row if cell.value is not None]
    assert "40" in cells
    assert any("số nêu, theo Sổ 3" in cell for cell in cells)
    later = [str(cell.value) for row in book["Đơn vị, 2017"].iter_rows() for cell in row if cell.value]
    assert any("có việc làm ở hệ thống khác" in cell for cell in later)


def test_paper_and_workbook_mark_it(frozen):
    book = openpyxl.load_workbook(BytesIO(queries.xlsx(frozen, **MADE)))
    notes = [str(cell.value) for row in book["Theo năm"].iter_rows() for cell in row if cell.value]

    assert any("số nêu theo văn bản nguồn" in note for note in notes)
    assert any("2017: có việc làm ở hệ thống khác, nhập bằng tệp: Cổng quốc gia" in note for note in notes)
    assert any("cả kỳ: ngoài số đếm, nêu 120, chưa đủ cả kỳ, theo Báo cáo 12/BC-CATP" in note for note in notes)
    document = queries.document(frozen, **MADE)
    marked = [cell.status for section in document.sections for block in section.blocks for cell in _cells(block)]
    assert marked.count("stated") == 3
    assert b"%PDF-1.7" in queries.pdf(frozen, **MADE)[:10]


def _cells(block):
    for table in getattr(block, "blocks", ()):
        for row in getattr(table, "rows", ()):
            yield from (cell for cell in row.cells if hasattr(cell, "status"))
