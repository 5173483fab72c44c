import pytest

from gandan.ground.organisations.models import Succession, Unit
from gandan.ground.organisations.operations import NotAmongHeirs, divide
from gandan.ground.organisations.queries import NotStanding, history, tree
from gandan.ground.organisations.rules import Line
from tests.cast import TWO_LEVELS
from tests.organisations.conftest import NEXT_YEAR


def test_a_unit_is_divided_with_a_main_heir(acts):
    heirs = [acts.cast.unit("PC08"), acts.cast.unit("CAP-W1")]
    divide(unit=acts.cast.unit("PA08"), among=heirs, main=heirs[0], **acts.common)

    old = Unit.objects.get(code="PA08")
    assert old.closed_on == NEXT_YEAR
    parts = Succession.objects.filter(old=old).order_by("-main").values_list("new__code", "how", "main")
    assert list(parts) == [("PC08", "divided", True), ("CAP-W1", "divided", False)]
    assert acts.told("PA08")[0] == ("unit.succeeded", {"how": "divided"})
    assert tree().heirs(old.pk, NEXT_YEAR) == {heir.pk for heir in heirs}
    assert tree().main_heir(old.pk, NEXT_YEAR) == heirs[0].pk


def test_what_stood_below_goes_to_the_main_heir_or_where_it_is_sent(acts):
    city, w2 = acts.cast.city, acts.cast.unit("W2")
    board = acts.cast.unit("BXDD-W1")
    divide(unit=acts.cast.unit("W1"), among=[w2, city], main=w2, below={board.pk: city}, **acts.common)
    assert acts.path("CAP-W1") == ["79", "W2", "CAP-W1"]
    assert acts.path("BXDD-W1") == ["79", "BXDD-W1"]
    assert acts.path("BXDD-W1", line=Line.CIVIL) == ["BTGDVTU", "BXDD-W1"]


@pytest.mark.parametrize(
    ("among", "main"),
    [
        pytest.param(["PC08"], "PC08", id="one heir is a merger"),
        pytest.param(["PC08", "PC08"], "PC08", id="the same twice"),
        pytest.param(["PC08", "CATP"], "W1", id="a main heir that is none"),
        pytest.param(["PC08", "PA08"], "PC08", id="itself among them"),
    ],
)
def test_it_is_not_divided(acts, among, main):
    heirs = [acts.cast.unit(code) for code in among]
    with pytest.raises(NotAmongHeirs):
        divide(unit=acts.cast.unit("PA08"), among=heirs, main=acts.cast.unit(main), **acts.common)


def test_not_one_that_was_divided_before(acts):
    heirs = [acts.cast.unit("PC08"), acts.cast.unit("CATP")]
    with pytest.raises(NotStanding, match=r"nay là Công an phường Bến Thành \(CAP-W2\), Công an phường Sài Gòn"):
        divide(unit=acts.cast.unit("CAP-O2"), among=heirs, main=heirs[0], **acts.common)


def test_the_history_of_a_divided_ward_names_its_heirs_and_what_they_took(acts):
    passed = history(acts.cast.unit("O2").pk)[-1]
    assert (passed.day, passed.what) == (TWO_LEVELS, "passed_into")
    assert [(kin.unit.code, kin.wholly, kin.main) for kin in passed.kin] == [("W1", False, True), ("W2", False, False)]
    came = next(one for one in history(acts.cast.unit("W2").pk) if one.what == "came_from")
    assert {(kin.unit.code, kin.wholly) for kin in came.kin} == {("O2", False), ("O3", True), ("O4", True)}
