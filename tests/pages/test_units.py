"""Walking the tree at any date, finding a unit, and its history."""

import pytest


def names(answer) -> str:
    return answer.content.decode()


def test_the_tree_is_that_of_the_day(cast, desk):
    client = desk(cast.hoa)

    before, after = names(client.get("/units/?below=79&on=2025-06-30")), names(client.get("/units/?below=79&on=2025-07-01"))

    assert "Quận 1" in before
    assert "Phường Sài Gòn" not in before
    assert "Quận 1" not in after
    assert "Phường Sài Gòn" in after


def test_a_unit_is_found_without_accents(cast, desk):
    assert "Phường Bến Thành" in names(desk(cast.hoa).get("/units/?q=ben+thanh"))


def test_what_is_not_found_offers_another_day(cast, desk):
    text = names(desk(cast.hoa).get("/units/?q=ben+nghe"))

    assert "chỉ tồn tại trước hoặc sau ngày 01/07/2025" in text


def test_a_day_that_is_none_stands_beside_its_field(cast, desk):
    answer = desk(cast.hoa).get("/units/?on=31/02/2026")

    assert answer.status_code == 200
    assert "31/02/2026 không phải một ngày" in names(answer)


def test_a_unit_that_has_ended_says_where_it_went(cast, desk):
    text = names(desk(cast.hoa).get("/units/?below=D760&on=2026-01-01"))

    assert "không có chỗ trên hệ này" in text
    assert "Thành phố Mẫu" in text


def test_a_divided_unit_tells_its_heirs_and_the_act(cast, desk):
    text = names(desk(cast.hoa).get("/units/O2/history/"))

    assert "Kết thúc, chia cho Phường Sài Gòn, Phường Bến Thành." in text
    assert "01/NQ-TEST" in text
    assert "đã kết thúc" in text


def test_an_unknown_unit_is_said_plainly(cast, desk):
    answer = desk(cast.hoa).get("/units/NOPE/history/")

    assert answer.status_code == 404
    assert "Không có đơn vị nào mang mã NOPE." in names(answer)


@pytest.mark.parametrize("to", ["//elsewhere.example/CODE", "https://elsewhere.example/CODE", "javascript:CODE"])
def test_a_picker_leads_nowhere_else(cast, desk, to):
    text = names(desk(cast.hoa).get("/units/find/", {"q": "sai gon", "to": to}))

    assert 'href="/units/W1/"' in text
    assert "elsewhere" not in text
    assert "javascript" not in text
