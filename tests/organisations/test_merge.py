from datetime import date, timedelta

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Succession, Unit
from gandan.ground.organisations.operations import Circle, NoPlace, NotAmongHeirs, OutOfOrder, found, merge, move, rename
from gandan.ground.organisations.queries import NotStanding, appointments, history, successors, tree
from gandan.ground.organisations.rules import Line, UnitKind
from tests.cast import ACT
from tests.organisations.conftest import NEXT_YEAR

EVE = NEXT_YEAR - timedelta(days=1)


def test_units_pass_whole_into_another(acts):
    merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)

    old = Unit.objects.get(code="PA08")
    assert (old.closed_on, old.closing_act.number) == (NEXT_YEAR, ACT.number)
    assert (acts.path("PA08", EVE, Line.POLICE), acts.path("PA08", line=Line.POLICE)) == (["CATP", "PA08"], [])
    assert [row.code for row in successors(old.pk, NEXT_YEAR)] == ["PC08"]
    assert acts.told("PA08") == [
        ("unit.succeeded", {"how": "whole"}),
        ("appointment.ended", {"role": "desk_officer"}),
        ("unit.closed", {}),
    ]


def test_the_roles_held_there_end(acts):
    merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)
    assert [held.end for held in appointments(acts.cast.alice, EVE)] == [NEXT_YEAR]
    assert [(held.unit, held.former) for held in appointments(acts.cast.alice, NEXT_YEAR)] == [
        (acts.cast.unit("PC08").pk, acts.cast.unit("PA08").pk)  # for some days, until there is a new one
    ]


def test_what_stood_below_comes_under_the_heir(acts):
    merge(units=[acts.cast.unit("W1")], into=acts.cast.unit("W2"), **acts.common)
    assert acts.path("CAP-W1") == ["79", "W2", "CAP-W1"]
    assert acts.told("CAP-W1") == [("unit.moved", {"line": "administration"})]


def test_several_at_once_into_a_new_one(acts):
    ward = found(code="W3", name="Phường Mới", kind=UnitKind.WARD, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)
    merge(units=[acts.cast.unit("W1"), acts.cast.unit("W2")], into=ward, **acts.common)
    assert acts.path("BXDD-W2") == ["79", "W3", "BXDD-W2"]
    assert Succession.objects.filter(new=ward, how="whole", main=True).count() == 2


def test_a_unit_and_one_below_it_end_together(acts):
    merge(units=[acts.cast.unit("W1"), acts.cast.unit("CAP-W1"), acts.cast.unit("BXDD-W1")], into=acts.cast.city, **acts.common)
    assert acts.told("CAP-W1")[0] == ("unit.succeeded", {"how": "whole"})
    assert Unit.objects.filter(closed_on=NEXT_YEAR).count() == 3


def test_an_heir_from_below_takes_the_place_of_the_one_that_ends(acts):
    merge(units=[acts.cast.unit("CATP")], into=acts.cast.unit("PA08"), **acts.common)
    assert acts.path("PA08", line=Line.POLICE) == ["PA08"]
    assert acts.path("PA08") == ["79", "PA08"]
    assert acts.path("CAP-W1", line=Line.POLICE) == ["PA08", "CAP-W1"]


def test_an_heir_from_far_below_would_make_a_circle(acts):
    move(unit=acts.cast.unit("PA08"), parent=acts.cast.unit("PC08"), line=Line.POLICE, **acts.common)
    later = acts.common | {"effective": date(2027, 2, 1)}
    with pytest.raises(Circle):
        merge(units=[acts.cast.unit("CATP")], into=acts.cast.unit("PA08"), **later)


def test_nothing_is_left_without_a_place(acts):
    with pytest.raises(NoPlace, match="hệ thống dân vận"):
        merge(units=[acts.cast.unit("BTGDVTU")], into=acts.cast.unit("MTTQ"), **acts.common)
    assert acts.path("BXDD-W1", line=Line.CIVIL) == ["BTGDVTU", "BXDD-W1"]


def test_not_into_itself(acts):
    with pytest.raises(NotAmongHeirs):
        merge(units=[acts.cast.unit("W1")], into=acts.cast.unit("W1"), **acts.common)


def test_not_twice(acts):
    merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)
    with pytest.raises(OutOfOrder, match="sẽ kết thúc từ 01/01/2027"):
        merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("CATP"), **acts.common | {"effective": EVE})
    with pytest.raises(NotStanding):
        merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("CATP"), **acts.common)


def test_not_into_a_unit_that_ends(acts):
    merge(units=[acts.cast.unit("PC08")], into=acts.cast.unit("CATP"), **acts.common | {"effective": date(2027, 6, 1)})
    with pytest.raises(OutOfOrder, match="sẽ kết thúc"):
        merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)


def test_not_on_the_day_it_took_over_another_or_got_its_name(acts):
    merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)
    with pytest.raises(OutOfOrder, match="tiếp nhận"):
        merge(units=[acts.cast.unit("PC08")], into=acts.cast.unit("CATP"), **acts.common)
    rename(unit=acts.cast.unit("W1"), name="Phường Khác", **acts.common)
    with pytest.raises(OutOfOrder, match="mang tên"):
        merge(units=[acts.cast.unit("W1")], into=acts.cast.unit("W2"), **acts.common)


def test_half_of_it_is_not_done(acts):
    with pytest.raises(NotStanding):
        merge(units=[acts.cast.unit("PA08"), acts.cast.unit("O1")], into=acts.cast.unit("PC08"), **acts.common)
    assert Unit.objects.get(code="PA08").closed_on is None
    assert tree().passed_into(acts.cast.unit("PA08").pk) == ()


def test_it_stands_in_the_history_of_both(acts):
    merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common)
    last = history(acts.cast.unit("PA08").pk)[-1]
    assert (last.what, last.day, [kin.unit.code for kin in last.kin]) == ("passed_into", NEXT_YEAR, ["PC08"])
    came = history(acts.cast.unit("PC08").pk)[-1]
    assert (came.what, [(kin.unit.code, kin.wholly) for kin in came.kin]) == ("came_from", [("PA08", True)])


def test_only_an_administrator_merges(acts):
    with pytest.raises(NotAllowed):
        merge(units=[acts.cast.unit("PA08")], into=acts.cast.unit("PC08"), **acts.common | {"by": acts.cast.dung})
