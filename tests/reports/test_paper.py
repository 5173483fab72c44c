"""A report on paper and in a workbook: its text says what its tables say, and every figure leads to its page."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from pypdf import PdfReader

from gandan.ground.calendar.operations import set_periods
from gandan.ground.calendar.rules import Grain, Period
from gandan.ground.documents.composition import figure as figure_on_paper
from gandan.ground.documents.rules import Cell, Clause, Paragraph, Run, Table
from gandan.ground.ledger.kinds import Kind
from gandan.ground.organisations.rules import Line
from gandan.results.reports import queries
from gandan.results.reports.operations import draft, freeze, write_section
from tests.cast import TODAY
from tests.measures.happening import happen, receive
from tests.reports.conftest import FIRST_HALF
from tests.reports.writing import written

MADE_AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "https://gandan.example"


@pytest.fixture
def frozen(cast, drafted):
    return freeze(report=written(drafted), by=cast.khanh, on=TODAY)


def paper(report):
    return queries.document(report, base_url=SITE, made_at=MADE_AT)


def runs(document):
    """Yield every run of the text."""
    for section in document.sections:
        ahead = list(section.blocks)
        while ahead:
            block = ahead.pop(0)
            if isinstance(block, Clause):
                ahead = [*block.blocks, *ahead]
            elif isinstance(block, Paragraph) and not isinstance(block.text, str):
                yield from block.text


def tables(document):
    ahead = [block for section in document.sections for block in section.blocks]
    while ahead:
        block = ahead.pop(0)
        if isinstance(block, Clause):
            ahead = [*block.blocks, *ahead]
        elif isinstance(block, Table):
            yield block


def test_the_text_can_not_say_another_number_than_the_table(frozen):
    document = paper(frozen)
    in_tables = {
        cell.link: figure_on_paper(cell)
        for table in tables(document)
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Cell) and cell.link
    }
    in_text = {run.link: run.text for run in runs(document) if run.link}

    shared = in_text.keys() & in_tables.keys()
    assert len(shared) >= 10
    assert {link: in_text[link] for link in shared} == {link: in_tables[link] for link in shared}


def test_a_late_event_changes_neither_text_nor_table_of_a_frozen_report(cast, frozen):
    before = paper(frozen)

    receive(cast, "PA08", FIRST_HALF.start, times=100)

    assert paper(frozen) == before


def test_a_figure_leads_to_its_page_looked_at_as_the_report_does(cast, drafted):
    document = paper(drafted)

    links = {run.text: run.link for run in runs(document) if run.link}
    assert links["21"] == f"{SITE}/measures/dossiers-received/?unit=79&from=2022-01-01&to=2026-06-30&line=administration"
    police = draft(unit=cast.police, period=FIRST_HALF, line=Line.POLICE, measures=["dossiers-received"], by=cast.dung, on=TODAY)
    assert any("&line=police" in run.link for run in runs(paper(police)))


def test_what_a_period_was_when_it_was_signed_it_stays(cast, drafted):
    text = "Quý một: {{ measure dossiers-received period=2022-Q1 }} hồ sơ."
    write_section(report=drafted, position=1, text=text, by=cast.giang, on=TODAY)
    frozen = freeze(report=written(drafted), by=cast.khanh, on=TODAY)
    before = [run.text for run in runs(paper(frozen))]

    set_periods(grain=Grain.QUARTER, first_day=15, since=date(2022, 1, 1), unit=None, source="tests", by=cast.lan, on=TODAY)

    assert [run.text for run in runs(paper(frozen))] == before


def test_what_nobody_records_says_so_in_the_text(cast, drafted):
    write_section(report=drafted, position=1, text="Thu {{ measure claims-asked }} vũ khí.", by=cast.giang, on=TODAY)

    assert "chưa có số liệu" in {run.text for run in runs(paper(drafted))}


def test_both_sides_issue_it_and_the_heir_stands_for_a_party_that_ended(frozen):
    document = paper(frozen)

    assert [head.body for head in document.letterheads] == ["Ban Tuyên giáo và Dân vận Thành ủy", "Công an Thành phố Mẫu"]
    assert [block.position for block in document.signatures] == ["Trưởng ban", "Giám đốc"]
    assert {block.name for block in document.signatures} == {""}  # nobody's name is put under a paper by a program
    assert document.place == "Thành phố Mẫu"
    assert document.ledger.posting == frozen.posting
    assert document.ledger.digest == frozen.digest


def test_a_frozen_report_is_the_same_file_each_time(frozen):
    first = queries.pdf(frozen, base_url=SITE, made_at=MADE_AT)

    assert queries.pdf(frozen, base_url=SITE, made_at=datetime(2030, 1, 1, tzinfo=UTC)) == first
    assert first.startswith(b"%PDF-")


@pytest.fixture
def simulated(cast):
    receive(cast, "PA08", FIRST_HALF.start, times=1234)
    happen(cast, Kind.LETTER_OWED, "PA08", FIRST_HALF.start, times=7, procedure="passport")
    measures = ["dossiers-received", "letters-owed", "claims-asked"]
    return draft(unit=cast.city, period=FIRST_HALF, measures=measures, simulated=True, by=cast.giang, on=TODAY)


def test_a_draft_of_simulated_figures_says_both_on_every_page(simulated):
    pages = PdfReader(io.BytesIO(queries.pdf(simulated, base_url=SITE, made_at=MADE_AT))).pages

    assert len(pages) >= 3
    for page in pages:
        said = page.extract_text()
        assert "MÔ PHỎNG" in said
        assert "DỰ THẢO" in said
    whole = "\n".join(page.extract_text() for page in pages)
    assert "tiếp nhận 1.234 hồ sơ" in " ".join(whole.split())
    assert "chưa có số liệu" in whole
    assert "Định nghĩa các chỉ tiêu".upper() in whole


def test_every_figure_of_the_workbook_is_a_number_with_a_link(simulated):
    book = openpyxl.load_workbook(io.BytesIO(queries.xlsx(simulated, base_url=SITE, made_at=MADE_AT)))

    numbers = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert {cell.value for cell in numbers} >= {1234, 7}
    assert all(cell.hyperlink and cell.hyperlink.target.startswith(f"{SITE}/measures/") for cell in numbers)
    assert book.sheetnames == ["Thông tin", "Theo năm", "Theo đơn vị", "Đơn vị, 2022", "Định nghĩa"]


def test_units_without_any_work_are_counted_and_not_listed(simulated):
    (annex, _) = paper(simulated).annexes
    (table,) = annex.blocks

    assert [row.cells[1] for row in table.rows] == ["Công an Thành phố Mẫu", "Toàn đơn vị"]
    assert "đơn vị không có lượt ghi nhận nào" in table.notes[0]


def test_a_year_that_is_cut_off_says_so(frozen):
    table = next(tables(paper(frozen)))

    assert [column.title for column in table.columns][2:] == ["2022", "2023", "2024", "2025", "đến 6/2026", "Cả kỳ"]


def test_a_report_within_one_year_has_no_columns_of_years(cast):
    receive(cast, "PA08", FIRST_HALF.start)
    month = Period(FIRST_HALF.start, FIRST_HALF.start.replace(month=2))
    report = draft(unit=cast.unit("PA08"), period=month, line=Line.POLICE, measures=["dossiers-received"], by=cast.dung, on=TODAY)

    document = paper(report)

    assert [column.title for column in next(tables(document)).columns][2:] == ["Cả kỳ"]
    assert document.profile.code == "police"
    assert Run(
        "1", bold=True, link=f"{SITE}/measures/dossiers-received/?unit=PA08&from=2022-01-01&to=2022-01-31&line=police"
    ) in list(runs(document))
