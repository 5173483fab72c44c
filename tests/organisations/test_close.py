from datetime import date

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.operations import OutOfOrder, StillHasUnits, appoint, close, found
from gandan.ground.organisations.queries import NotStanding, appointments, history, unit_on
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line, UnitKind
from tests.organisations.conftest import NEXT_YEAR


def test_a_unit_ends_with_nobody_to_succeed_it(acts):
    close(unit=acts.cast.unit("BDTP"), **acts.common)

    assert Unit.objects.get(code="BDTP").closed_on == NEXT_YEAR
    assert acts.path("BDTP", line=Line.POST) == []
    assert acts.told("BDTP") == [("unit.closed", {})]
    assert history(acts.cast.unit("BDTP").pk)[-1].what == "closed"
    with pytest.raises(NotStanding, match=r"đã kết thúc từ 01/01/2027\.$"):
        unit_on("BDTP", NEXT_YEAR)


def test_not_with_others_below_it(acts):
    with pytest.raises(StillHasUnits, match="còn 2 đơn vị"):
        close(unit=acts.cast.unit("W1"), **acts.common)


def test_a_role_that_would_have_begun_later_falls_away(acts):
    until = date(2028, 1, 1)
    appoint(person=acts.cast.alice, unit=acts.cast.unit("PC08"), role=Role.SPECIALIST, line=Line.POLICE,
            by=acts.cast.lan, on=date(2027, 5, 1))  # fmt: skip
    appoint(person=acts.cast.binh, unit=acts.cast.unit("PC08"), role=Role.SPECIALIST, line=Line.POLICE,
            by=acts.cast.lan, on=date(2026, 5, 1), until=until)  # fmt: skip
    close(unit=acts.cast.unit("PC08"), **acts.common)
    assert [held.unit for held in appointments(acts.cast.alice, date(2027, 6, 1))] == [acts.cast.unit("PA08").pk]
    assert [held.unit for held in appointments(acts.cast.binh, NEXT_YEAR)] == [acts.cast.unit("CAP-W1").pk]


def test_not_on_the_day_it_is_founded(acts):
    unit = found(code="X", name="Tổ", kind=UnitKind.PARTNER, places={Line.ADMINISTRATION: acts.cast.city}, **acts.common)
    with pytest.raises(OutOfOrder, match="thành lập"):
        close(unit=unit, **acts.common)


def test_not_twice(acts):
    close(unit=acts.cast.unit("BDTP"), **acts.common)
    with pytest.raises(NotStanding):
        close(unit=acts.cast.unit("BDTP"), **acts.common)


def test_only_an_administrator_closes(acts):
    with pytest.raises(NotAllowed):
        close(unit=acts.cast.unit("BDTP"), **acts.common | {"by": acts.cast.oanh})
