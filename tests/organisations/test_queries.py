from datetime import date, timedelta

import pytest

from gandan.ground.organisations import queries
from gandan.ground.organisations.operations import rename
from gandan.ground.organisations.queries import NotStanding, Turn, UnknownUnit
from gandan.ground.organisations.queries import atlas as atlases
from gandan.ground.organisations.rules import Line
from tests.cast import ACT, COMMISSION_MERGED, DISTRICT_POLICE_ENDED, TODAY, TWO_LEVELS

EVE = TWO_LEVELS - timedelta(days=1)


def codes(rows):
    return [row.code for row in rows]


def test_a_unit_by_its_code(cast):
    assert queries.unit(" pa08 ") == cast.unit("PA08")
    assert queries.unit_id("PA08") == cast.unit("PA08").pk
    for ask in (queries.unit, queries.unit_id):
        with pytest.raises(UnknownUnit, match="X99"):
            ask("X99")


@pytest.mark.parametrize(
    ("code", "day", "says"),
    [
        ("W1", EVE, "chưa thành lập vào ngày 30/06/2025; đơn vị hoạt động từ 01/07/2025"),
        ("O1", TODAY, "đã kết thúc từ 01/07/2025; nay là Phường Sài Gòn"),
        ("O2", TODAY, "nay là Phường Bến Thành .W2., Phường Sài Gòn .W1."),
        ("CAQ-760", TODAY, "nay là Công an Thành phố Mẫu"),
    ],
)
def test_a_unit_that_does_not_stand_says_where_to_look(cast, code, day, says):
    with pytest.raises(NotStanding, match=says):
        queries.unit_on(code, day)


def test_the_way_down_on_a_day(cast):
    station = cast.unit("CAP-O1").pk
    assert codes(queries.path(station, Line.ADMINISTRATION, EVE)) == ["79", "D760", "O1", "CAP-O1"]
    assert codes(queries.path(station, Line.POLICE, DISTRICT_POLICE_ENDED)) == ["CATP", "CAP-O1"]
    assert queries.path(station, Line.POLICE, TODAY) == ()


def test_children_in_vietnamese_order(cast):
    assert codes(queries.children(None, Line.ADMINISTRATION, TODAY)) == ["79"]
    assert [row.name for row in queries.children(cast.city.pk, Line.ADMINISTRATION, TODAY)] == [
        "Ban Tuyên giáo và Dân vận Thành ủy", "Bưu điện Thành phố Mẫu", "Công an Thành phố Mẫu",
        "Phường Bến Thành", "Phường Sài Gòn", "Ủy ban Mặt trận Tổ quốc Thành phố Mẫu",
    ]  # fmt: skip


def test_descendants_over_a_period(cast):
    found = queries.descendants(cast.unit("CATP").pk, Line.POLICE, date(2025, 6, 1), date(2025, 8, 1))
    assert [(one.unit.code, one.start, one.end) for one in found if one.unit.code.startswith("CAP-O")] == [
        (code, date(2025, 6, 1), TWO_LEVELS) for code in ("CAP-O1", "CAP-O4", "CAP-O2", "CAP-O3")
    ]
    assert ("CAP-W1", TWO_LEVELS, date(2025, 8, 1)) in [(one.unit.code, one.start, one.end) for one in found]


def test_successors_and_predecessors(cast):
    assert codes(queries.successors(cast.unit("O2").pk, TODAY)) == ["W2", "W1"]
    assert queries.successors(cast.unit("O2").pk, EVE) == ()
    assert codes(queries.predecessors(cast.unit("W1").pk)) == ["O1", "O2"]


def test_a_history(cast):
    told = queries.history(cast.unit("BDV-760").pk)
    assert [(entry.day, entry.what, entry.line, entry.parent and entry.parent.code) for entry in told] == [
        (date(2015, 1, 1), Turn.FOUNDED, None, None),
        (date(2015, 1, 1), Turn.PLACED, Line.ADMINISTRATION, "D760"),
        (date(2015, 1, 1), Turn.PLACED, Line.CIVIL, "BDVTU"),
        (COMMISSION_MERGED, Turn.PLACED, Line.CIVIL, "BTGDVTU"),
        (TWO_LEVELS, Turn.PASSED_INTO, None, None),
    ]
    assert (told[-1].act.number, told[-1].act.source) == (ACT.number, "tests")
    assert told[0].name == "Ban Dân vận Quận ủy Quận 1"


def test_find(cast):
    assert codes(queries.find_units("da kao", EVE)) == ["O2", "CAP-O2"]
    assert codes(queries.find_units("ĐA KAO", TODAY)) == []
    assert codes(queries.find_units("da kao")) == ["O2", "CAP-O2"]
    assert codes(queries.find_units("cong an", TODAY, Line.POLICE, limit=2)) == ["CAP-W2", "CAP-W1"]
    assert codes(queries.find_units("pa08", TODAY)) == ["PA08"]
    assert codes(queries.find_units("thong giao phong", TODAY)) == ["PC08"]
    assert codes(queries.find_units("phường", TODAY, Line.POLICE)) == ["CAP-W2", "CAP-W1"]
    assert queries.find_units("  ", TODAY) == ()
    assert queries.find_units("khong co", TODAY) == ()


def test_rows_by_the_name_of_the_day(cast):
    unit = cast.unit("W1")
    rename(unit=unit, name="Phường Mới", act=ACT, by=cast.lan, on=TODAY)
    assert [queries.row(unit.pk, day).name for day in (None, TODAY, EVE)] == ["Phường Mới", "Phường Mới", "Phường Sài Gòn"]
    assert queries.rows([unit.pk, cast.city.pk], TWO_LEVELS)[unit.pk].name == "Phường Sài Gòn"


@pytest.mark.parametrize(
    ("ask", "statements"),
    [
        pytest.param(lambda cast: queries.tree(), 1, id="tree"),
        pytest.param(lambda cast: queries.path(cast.unit("PA08").pk, Line.POLICE, TODAY), 1, id="path"),
        pytest.param(lambda cast: queries.children(cast.city.pk, Line.ADMINISTRATION, TODAY), 1, id="children"),
        pytest.param(lambda cast: queries.descendants(cast.city.pk, Line.ADMINISTRATION, EVE, TODAY), 1, id="descendants"),
        pytest.param(lambda cast: queries.successors(cast.unit("O2").pk, TODAY), 1, id="successors"),
        pytest.param(lambda cast: queries.find_units("cong an"), 1, id="find"),
        pytest.param(lambda cast: queries.rows(unit.pk for unit in cast.units.values()), 1, id="rows"),
        pytest.param(lambda cast: queries.history(cast.unit("CAP-O1").pk), 5, id="history"),
        pytest.param(lambda cast: queries.history(cast.city.pk), 5, id="the longest history"),
        pytest.param(lambda cast: queries.unit_on("PA08", TODAY), 1, id="unit"),
    ],
)
def test_statements(cast, django_assert_num_queries, ask, statements):
    queries.tree()
    with django_assert_num_queries(statements):
        ask(cast)


def test_a_tree_never_seen_is_read_in_six_statements(cast, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(atlases, "_kept", None)
    with django_assert_num_queries(6):  # its version before and after, names, units, places, successions
        queries.tree()
