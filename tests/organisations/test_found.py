from datetime import date

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import LegalAct, Unit
from gandan.ground.organisations.operations import CodeTaken, NoPlace, Unfit, found
from gandan.ground.organisations.queries import NotStanding, find_units
from gandan.ground.organisations.rules import Line, UnitKind
from tests.cast import ACT, TODAY, TWO_LEVELS
from tests.organisations.conftest import NEXT_YEAR


def test_a_unit_is_founded_with_its_places_and_its_act(acts):
    post = found(
        code="DCA-1", name="Đồn Công an Bến Cảng", kind=UnitKind.POST,
        places={Line.ADMINISTRATION: acts.cast.city, Line.POLICE: acts.cast.police}, latitude=10.7, **acts.common,
    )  # fmt: skip

    assert (post.founded_on, post.closed_on, post.founding_act.number) == (NEXT_YEAR, None, ACT.number)
    assert acts.path("DCA-1") == ["79", "DCA-1"]
    assert acts.path("DCA-1", line=Line.POLICE) == ["CATP", "DCA-1"]
    assert acts.path("DCA-1", TODAY) == []
    assert acts.told("DCA-1") == [("unit.founded", {"type": "post"})]
    assert [row.code for row in find_units("don cong an ben cang")] == ["DCA-1"]


def test_the_same_act_is_entered_once(acts):
    before = LegalAct.objects.count()
    for code in ("X1", "X2"):
        found(code=code, name="Tổ", kind=UnitKind.PARTNER, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)
    assert LegalAct.objects.count() == before


def test_a_root_can_be_founded(acts):
    found(code="80", name="Tỉnh Long An", kind=UnitKind.PROVINCE, places={Line.ADMINISTRATION: None}, **acts.common)
    assert acts.path("80") == ["80"]


def test_a_unit_needs_a_place_on_the_administration_line(acts):
    with pytest.raises(NoPlace, match="hành chính"):
        found(code="X", name="Đội", kind=UnitKind.POST, places={Line.POLICE: acts.cast.police}, **acts.common)


def test_the_unit_above_must_stand_on_its_line(acts):
    places = {Line.ADMINISTRATION: acts.cast.city, Line.POLICE: acts.cast.city}
    with pytest.raises(NoPlace, match="hệ thống công an"):
        found(code="X", name="Đội", kind=UnitKind.POST, places=places, **acts.common)


def test_the_unit_above_must_not_have_ended(acts):
    with pytest.raises(NotStanding, match="nay là Thành phố Mẫu"):
        found(code="X", name="Đội", kind=UnitKind.POST, places={Line.ADMINISTRATION: acts.cast.unit("D760")}, **acts.common)


def test_the_unit_above_must_have_been_founded(acts):
    when = acts.common | {"effective": date(2025, 6, 1)}
    with pytest.raises(NotStanding, match=f"từ {TWO_LEVELS:%d/%m/%Y}"):
        found(code="X", name="Đội", kind=UnitKind.POST, places={Line.ADMINISTRATION: acts.cast.unit("W1")}, **when)


def test_a_code_is_never_used_again(acts):
    with pytest.raises(CodeTaken):
        found(code="CAQ-760", name="Đội", kind=UnitKind.POST, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)


def test_a_code_has_its_shape(acts):
    with pytest.raises(Unfit, match="code: "):
        found(code="đội 1", name="Đội", kind=UnitKind.POST, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)
    assert not Unit.objects.filter(name="Đội").exists()


def test_only_an_administrator_founds(acts):
    place = {Line.ADMINISTRATION: acts.cast.city}
    with pytest.raises(NotAllowed):
        found(code="X", name="Đội", kind=UnitKind.POST, places=place, **acts.common | {"by": acts.cast.dung})


def test_names_are_kept_in_one_form(acts):
    nfd = "Đo\u0302\u0323i tuần tra"
    post = found(code="X", name=nfd, kind=UnitKind.POST, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)
    assert post.name == "Đội tuần tra"
