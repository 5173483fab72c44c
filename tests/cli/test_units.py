"""`gandan units`"""

import pytest
from django.core.management.base import CommandError

from gandan.ground.organisations.queries import unit


@pytest.mark.parametrize("day", ["2025-06-30", "30/06/2025"])
def test_a_unit_is_found_without_marks_on_a_day_written_either_way(cast, told, day):
    assert [one["code"] for one in told("units", "find", "phuong", "da", "kao", "--on", day)] == ["O2", "CAP-O2"]
    assert told("units", "find", "phuong", "da", "kao", "--on", "01/07/2025") == []


def test_what_is_found_is_a_table_and_what_is_not_is_a_sentence(cast, run):
    assert "Phường Đa Kao" in run("units", "find", "da kao")
    assert "Không tìm thấy" in run("units", "find", "nowhere")


def test_a_unit_is_shown_where_it_stood(cast, run, told):
    shown = told("units", "show", "cap-o1", "--on", "2025-02-28")

    assert [upper["code"] for upper in shown["places"]["police"]] == ["CATP", "CAQ-760", "CAP-O1"]
    said = run("units", "show", "O2")
    assert "không hoạt động" in said
    assert "Nay là: Phường Bến Thành (W2), Phường Sài Gòn (W1)" in said


def test_the_tree_is_that_of_the_day(cast, run, told):
    tree = told("units", "tree", "--on", "30/06/2025", "--line", "police", "--below", "CATP", "--depth", "2")

    assert [unit["code"] for unit in tree["units"][0]["units"]] == ["CAP-O1", "CAP-O4", "CAP-O2", "CAP-O3", "PC08", "PA08"]
    said = run("units", "tree", "--on", "30/06/2025")
    assert "   Quận 1  D760  (+" in said
    assert "Quận 1" not in run("units", "tree")
    assert "không có đơn vị nào" in run("units", "tree", "--below", "O1")


def test_a_history_is_told_with_its_acts(cast, run, told):
    assert [one["what"] for one in told("units", "history", "O2")["history"]] == ["founded", "placed", "passed_into"]
    said = run("units", "history", "O2")
    assert "một phần" in said
    assert "01/NQ-TEST" in said


def test_the_city_is_loaded_once(db, told, run):
    first = told("units", "load")

    assert first["units"] > 1000
    assert told("units", "load") == {"units": 0, "places": 0, "passages": 0}
    assert "Đã nạp 0 đơn vị" in run("units", "load")
    assert unit("W25747").name


@pytest.mark.parametrize("words", [("show", "NONE"), ("history", "NONE"), ("tree", "--below", "NONE")])
def test_an_unknown_unit_is_refused(cast, run, words):
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã NONE"):
        run("units", *words)


@pytest.mark.parametrize("words", [("find", "x", "--on", "31/02/2025"), ("tree", "--line", "army"), ("show",)])
def test_what_cannot_be_read_is_named(cast, run, words):
    with pytest.raises(CommandError):
        run("units", *words)


def test_a_unit_of_another_body_is_founded_by_its_act(cast, run):
    said = run("units", "found", "permits", "Phòng cấp phép", "--since", "2010-01-01", "--act", "01/QĐ")

    assert said.strip() == "Đã thành lập Phòng cấp phép (PERMITS) từ ngày 01/01/2010."
    assert unit("PERMITS").founded_on.year == 2010
    with pytest.raises(CommandError, match="PERMITS"):
        run("units", "found", "PERMITS", "Phòng cấp phép", "--act", "02/QĐ")
