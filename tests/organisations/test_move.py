from datetime import date, timedelta

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import AlreadySo, Circle, NoPlace, OutOfOrder, move
from gandan.ground.organisations.queries import NotStanding
from gandan.ground.organisations.rules import Line
from tests.cast import ACT, TODAY
from tests.organisations.conftest import NEXT_YEAR

EVE = NEXT_YEAR - timedelta(days=1)


def test_a_unit_moves_with_all_below_it(acts):
    move(unit=acts.cast.unit("W1"), parent=acts.cast.unit("W2"), line=Line.ADMINISTRATION, **acts.common)

    assert acts.path("CAP-W1", EVE) == ["79", "W1", "CAP-W1"]
    assert acts.path("CAP-W1") == ["79", "W2", "W1", "CAP-W1"]
    assert acts.path("CAP-W1", line=Line.POLICE) == ["CATP", "CAP-W1"]
    assert acts.told("W1") == [("unit.moved", {"line": "administration"})]


def test_a_unit_gets_a_place_on_a_line_where_it_had_none(acts):
    move(unit=acts.cast.unit("BDTP"), parent=acts.cast.unit("MTTQ"), line=Line.FRONT, **acts.common)
    assert (acts.path("BDTP", EVE, Line.FRONT), acts.path("BDTP", line=Line.FRONT)) == ([], ["MTTQ", "BDTP"])


def test_a_unit_becomes_a_root(acts):
    move(unit=acts.cast.unit("PC08"), parent=None, line=Line.POLICE, **acts.common)
    assert acts.path("PC08", line=Line.POLICE) == ["PC08"]


def test_no_circle(acts):
    with pytest.raises(Circle):
        move(unit=acts.cast.unit("CATP"), parent=acts.cast.unit("PA08"), line=Line.POLICE, **acts.common)
    with pytest.raises(Circle):
        move(unit=acts.cast.unit("PA08"), parent=acts.cast.unit("PA08"), line=Line.POLICE, **acts.common)


def test_no_circle_that_closes_only_later(acts):
    later = acts.common | {"effective": date(2028, 1, 1)}
    move(unit=acts.cast.unit("PC08"), parent=acts.cast.unit("PA08"), line=Line.POLICE, **later)
    with pytest.raises(Circle):
        move(unit=acts.cast.unit("PA08"), parent=acts.cast.unit("PC08"), line=Line.POLICE, **acts.common)


def test_not_under_a_unit_that_is_not_on_the_line(acts):
    with pytest.raises(NoPlace):
        move(unit=acts.cast.unit("PA08"), parent=acts.cast.unit("MTTQ"), line=Line.POLICE, **acts.common)


def test_moves_follow_each_other_in_time(acts):
    move(unit=acts.cast.unit("W1"), parent=acts.cast.unit("W2"), line=Line.ADMINISTRATION, **acts.common)
    with pytest.raises(OutOfOrder, match="01/01/2027"):
        move(unit=acts.cast.unit("W1"), parent=acts.cast.city, line=Line.ADMINISTRATION, **acts.common)
    back = acts.common | {"effective": date(2027, 3, 1)}
    move(unit=acts.cast.unit("W1"), parent=acts.cast.city, line=Line.ADMINISTRATION, **back)
    assert acts.path("W1", date(2027, 3, 1)) == ["79", "W1"]


def test_not_to_where_it_is(acts):
    with pytest.raises(AlreadySo):
        move(unit=acts.cast.unit("W1"), parent=acts.cast.city, line=Line.ADMINISTRATION, **acts.common)


def test_not_before_it_was_founded(acts):
    with pytest.raises(NotStanding):
        move(
            unit=acts.cast.unit("W1"), parent=acts.cast.unit("W2"), line=Line.ADMINISTRATION,
            act=ACT, by=acts.cast.lan, on=TODAY, effective=date(2025, 6, 30),
        )  # fmt: skip


def test_only_an_administrator_moves(acts):
    away = acts.common | {"by": acts.cast.dung}
    with pytest.raises(NotAllowed):
        move(unit=acts.cast.unit("PA08"), parent=acts.cast.unit("PC08"), line=Line.POLICE, **away)
