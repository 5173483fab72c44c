"""Workbooks (XLSX), brought in as tables are."""

from datetime import date
from datetime import datetime as moment

import pytest
from openpyxl import Workbook

from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.rules import BrokenFile, records, shape
from tests.dossiers.files import COLUMNS, bring_in, refusals

ROW = {"Thủ tục": "hộ chiếu", "Đơn vị": "PA08", "Người nộp": "Trần Thị Hoa"}


def save(path, *rows, above=(), name="Hồ sơ"):
    book = Workbook()
    book.active.title = "Bìa"
    sheet = book.create_sheet(name)
    for line in (*above, COLUMNS, *rows):
        sheet.append(list(line))
    book.save(path)
    return path


def row(number, **cells):
    return [({"Số": number} | ROW | cells).get(column) for column in COLUMNS]


def test_a_workbook_becomes_dossiers(office, tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        row(10012345678, Nhận=moment.fromisoformat("2026-11-02"), Xong=date(2026, 11, 10)),
        row("HS-2", Nhận="02/11/2026", Xong=moment.fromisoformat("2026-11-10 09:30")),
        [],
        row("HS-3", Nhận="31/02/2026"),
        above=(["Danh sách hồ sơ"], []),
    )

    went = bring_in(office, path)

    assert (went.taken, went.refused) == (2, 1)
    assert sorted(Dossier.objects.values_list("source_number", "received_on", "finished_on")) == [
        ("10012345678", date(2026, 11, 2), date(2026, 11, 10)),
        ("HS-2", date(2026, 11, 2), date(2026, 11, 10)),
    ]
    assert refusals(went) == [(7, "Nhận", "not_in_the_calendar")]
    assert bring_in(office, path).known == 2


def test_reading_goes_on_after_a_line(tmp_path):
    path = save(tmp_path / "a.xlsx", *(row(f"HS-{n}") for n in range(5)))

    assert [record.line for record in records(path, shape(path), after_line=4)] == [5, 6]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b""], ids=["no zip", "empty"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)

    with pytest.raises(BrokenFile):
        shape(tmp_path / "a.xlsx")


def test_a_workbook_without_a_table_is_refused(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")

    with pytest.raises(BrokenFile, match="không có trang tính"):
        shape(tmp_path / "a.xlsx")
