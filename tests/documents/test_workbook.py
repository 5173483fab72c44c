"""The annex as XLSX, read again by another library."""

import time
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from gandan.ground.documents.rules import Cell, Column, Level, Row, Status
from gandan.ground.documents.workbook import Book, Sheet, TooManyLinks, sheet_name, workbook, write_workbook
from tests.documents.sample import sample

SITE = "https://gandan.example/chi-tieu"
COLUMNS = [Column("TT"), Column("Đơn vị", figures=False), Column("2021", "Hồ sơ"), Column("2022", "Hồ sơ"), Column("Tỷ lệ")]
ROWS = [
    Row(["Khối phường"], Level.GROUP),
    Row(
        [
            Cell(1),
            "Phường Bến Thành",
            Cell(1234, Status.PARTIAL, link=f"{SITE}/1/2021/"),
            Cell(5678),
            Cell(Decimal("96.25"), decimals=1, suffix="%"),
        ]
    ),
    Row([Cell(2), "Đặc khu Côn Đảo", Cell(status=Status.NO_DATA), Cell(0), Cell(None)], note="Tiếp nhận từ 01/7/2025"),
    Row(["", "Cộng", Cell(1234), Cell(5678), Cell(96)], Level.TOTAL),
]


def book(rows=ROWS, **changes) -> Book:
    sheet = Sheet(
        "Kết quả: phường/xã", "Kết quả theo phường & xã", COLUMNS, rows, unit="Đơn vị tính: hồ sơ", notes=["Nguồn: sổ cái"]
    )
    made_at = datetime(2022, 6, 3, 2, 30, tzinfo=UTC)
    return Book(
        **{
            "title": "Phụ lục",
            "author": "Công an Thành phố",
            "made_at": made_at,
            "sheets": [sheet],
            "ledger": sample(wards=1).ledger,
            "simulated": True,
            **changes,
        }
    )


def opened(made: Book):
    return openpyxl.load_workbook(BytesIO(workbook(made)))


def table(made: Book):
    return opened(made).worksheets[1]


def rows_of(paper) -> dict[str, tuple]:
    return {row[1].value or row[0].value: row for row in paper.iter_rows(min_row=5)}


def test_figures_are_numbers_that_open_their_pages():
    row = rows_of(table(book()))["Phường Bến Thành"]
    assert row[2].value == 1234
    assert row[2].data_type == "n"
    assert row[2].hyperlink.target == f"{SITE}/1/2021/"
    assert row[2].number_format == "#,##0"
    assert (row[4].value, row[4].number_format) == (96.25, '#,##0.0"%"')


def test_what_is_missing_or_marked_is_said_in_words():
    rows = rows_of(table(book()))
    assert [cell.value for cell in rows["Đặc khu Côn Đảo"]] == [
        *(2, "Đặc khu Côn Đảo", "chưa có số liệu", 0, "chưa có số liệu"),
        "Tiếp nhận từ 01/7/2025",
    ]
    assert rows["Phường Bến Thành"][5].value == "Hồ sơ 2021: chưa gồm một phần đơn vị cũ đã chia cho nhiều đơn vị mới"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula(text):
    made = workbook(book([Row([Cell(1), text, Cell(text), Cell(1), Cell(1)], note=text)]))
    row = next(row for row in openpyxl.load_workbook(BytesIO(made)).worksheets[1].iter_rows(min_row=5) if row[0].value == 1)
    for cell in (row[1], row[2], row[5]):
        assert cell.data_type != "f"
        assert cell.value.strip() == text.strip()
        assert cell.quotePrefix
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet2.xml")


def test_text_that_looks_like_a_number_or_address_stays_text():
    row = rows_of(table(book([Row([Cell(1), "079", Cell("https://x.vn"), Cell(1), Cell(1)])])))["079"]
    assert row[1].data_type == "s" or row[1].data_type == "inlineStr"
    assert row[2].hyperlink is None


def test_each_sheet_says_that_the_figures_are_simulated():
    for paper in opened(book()).worksheets:
        first = " ".join(str(cell.value) for cell in paper[1] if cell.value)
        assert "SỐ LIỆU MÔ PHỎNG" in first
        assert "SỐ LIỆU MÔ PHỎNG" in (paper.oddHeader.right.text or "")
    for paper in opened(book(simulated=False)).worksheets:
        assert not any("MÔ PHỎNG" in str(cell.value) for row in paper.iter_rows() for cell in row)


def test_the_sheet_is_ready_to_be_read_and_printed():
    paper = table(book())
    header = next(row[0].row for row in paper.iter_rows() if row[0].value == "TT")
    assert [cell.value for cell in paper[header]] == ["TT", "Đơn vị", "Hồ sơ - 2021", "Hồ sơ - 2022", "Tỷ lệ", "Ghi chú"]
    assert paper.freeze_panes == f"C{header + 1}"
    assert paper.print_title_rows == f"${header}:${header}"
    assert (paper.page_setup.paperSize, paper.page_setup.orientation) == (9, "landscape")
    assert paper.sheet_properties.pageSetUpPr.fitToPage
    assert paper.auto_filter.ref.startswith(f"A{header}:F")
    assert paper.column_dimensions["B"].width > paper.column_dimensions["C"].width
    assert "phường & xã" in paper.oddHeader.left.text.replace("&&", "&")


def test_the_file_names_the_posting_and_its_digest():
    made, ledger = opened(book()), sample(wards=1).ledger
    about = {row[0].value: row[1].value for row in made.worksheets[0].iter_rows()}
    assert about["Lần ghi sổ"] == "1.234"
    assert about["Mã đối chiếu (SHA-256)"].replace(" ", "") == ledger.digest
    assert {prop.name: prop.value for prop in made.custom_doc_props.props} == {"Lần ghi sổ": 1234, "Mã đối chiếu": ledger.digest}
    assert (made.properties.title, made.properties.creator) == ("Phụ lục", "Công an Thành phố")


def test_the_same_book_gives_the_same_bytes_to_memory_and_to_a_file(tmp_path):
    write_workbook(book(), tmp_path / "annex.xlsx")
    assert (tmp_path / "annex.xlsx").read_bytes() == workbook(book()) == workbook(book(iter(ROWS)))


def test_names_of_sheets_are_what_excel_accepts():
    taken: set[str] = set()
    long = "Kết quả giải quyết thủ tục hành chính theo phường"
    assert sheet_name("Hồ sơ: quý I/2022 [tạm]*?", taken) == "Hồ sơ quý I 2022 tạm"
    assert sheet_name("'trích'", taken) == "trích"
    assert sheet_name("TRÍCH", taken) == "TRÍCH (2)"
    names = [sheet_name(long, taken) for _ in range(12)]
    assert len({name.casefold() for name in names}) == 12
    assert all(0 < len(name) <= 31 for name in names)
    assert sheet_name(":*?", taken) == "Bảng"


def test_more_links_than_a_sheet_holds_are_refused():
    rows = (Row([Cell(nth), "x", *[Cell(1, link=f"{SITE}/{nth}/")] * 3]) for nth in range(21_845))
    with pytest.raises(TooManyLinks, match="divide it"):
        workbook(book(rows))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match=r"Row \d+ of “Kết quả: phường/xã” has 2 cells"):
        workbook(book([Row(["1", "hai"])]))


def test_all_indicators_of_all_wards_are_written_in_seconds():
    columns = [
        Column("TT"),
        Column("Đơn vị", figures=False),
        *(Column(str(2022 + n % 5), f"Chỉ tiêu {n // 5}") for n in range(300)),
    ]
    rows = (
        Row([Cell(ward), f"Phường số {ward}", *(Cell(ward * n, link=f"{SITE}/{n}/{ward}/") for n in range(300))])
        for ward in range(168)
    )
    began = time.process_time()
    made = workbook(book(sheets=[Sheet("Tất cả", "Tất cả", columns, rows)]))
    assert time.process_time() - began < 8
    assert len(made) < 3_000_000
