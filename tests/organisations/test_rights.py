"""Who may do what, and how far down."""

from datetime import date

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.queries import clock, importer, may, public, require, require_anywhere, rights, visible_units
from gandan.ground.organisations.rights import ABOUT_PEOPLE, OWN_HANDS, RIGHTS, Right, Role
from gandan.ground.organisations.rules import Line
from tests.cast import TODAY, TWO_LEVELS


def codes(units):
    return set(Unit.objects.filter(pk__in=units).values_list("code", flat=True))


def test_every_right_is_carried_by_a_role_and_every_role_carries_one():
    assert set(RIGHTS) == set(Right)
    assert frozenset[Role]().union(*RIGHTS.values()) == set(Role)
    assert all(RIGHTS.values())


def test_an_administrator_sees_nobody_s_papers():
    assert all(Role.ADMINISTRATOR not in RIGHTS[right] for right in ABOUT_PEOPLE)


@pytest.mark.parametrize(
    ("who", "right", "unit", "yes"),
    [
        pytest.param("alice", Right.WRITE_DOSSIERS, "PA08", True, id="at home"),
        pytest.param("alice", Right.WRITE_DOSSIERS, "PC08", False, id="not sideways"),
        pytest.param("alice", Right.WRITE_DOSSIERS, "CATP", False, id="not upwards"),
        pytest.param("dung", Right.READ_DOSSIERS, "CAP-W2", True, id="down the line"),
        pytest.param("dung", Right.READ_DOSSIERS, "BXDD-W2", False, id="not on another line"),
        pytest.param("binh", Right.READ_DOSSIERS, "CAP-O1", True, id="what a unit inherited whole"),
        pytest.param("binh", Right.READ_DOSSIERS, "CAP-O2", True, id="what it inherited as the main heir"),
        pytest.param("chi", Right.READ_DOSSIERS, "CAP-O2", False, id="not what another is the main heir of"),
        pytest.param("dung", Right.READ_DOSSIERS, "CAQ-760", True, id="what the district police left"),
        pytest.param("giang", Right.READ_FIGURES, "CAP-W1", True, id="figures of the whole city"),
        pytest.param("giang", Right.READ_DOSSIERS, "CAP-W1", False, id="but no dossiers"),
        pytest.param("lan", Right.MANAGE_UNITS, "BXDD-W1", True, id="an administrator of the city, everywhere in it"),
        pytest.param("lan", Right.READ_DOSSIERS, "CAP-W1", False, id="but no dossiers either"),
        pytest.param("oanh", Right.VERIFY_LEDGER, "79", True, id="an auditor"),
        pytest.param("oanh", Right.WRITE_REPORTS, "79", False, id="who writes nothing"),
        pytest.param("khanh", Right.FREEZE_REPORTS, "W1", True, id="a signatory, down the tree"),
        pytest.param("hoa", Right.FREEZE_REPORTS, "79", False, id="the officer writes, another signs"),
    ],
)
def test_may(cast, who, right, unit, yes):
    person = getattr(cast, who)
    assert may(right, by=person, unit=cast.unit(unit), on=TODAY) is yes
    assert (cast.unit(unit).pk in visible_units(right, person, TODAY)) is yes


def test_what_one_may_and_what_one_sees_agree_everywhere(cast):
    for day in (date(2025, 6, 30), TODAY):
        for person in (cast.binh, cast.dung, cast.lan):
            for right in (Right.READ_DOSSIERS, Right.READ_FIGURES, Right.MANAGE_UNITS):
                visible = visible_units(right, person, day)
                told = {unit.pk for unit in cast.units.values() if may(right, by=person, unit=unit, on=day)}
                assert visible <= told, (person.username, right, day)
                assert all(unit.founded_on > day for unit in cast.units.values() if unit.pk in told - visible)


def test_the_day_decides(cast):
    assert not may(Right.READ_DOSSIERS, by=cast.binh, unit=cast.unit("CAP-O1"), on=date(2025, 6, 30))
    assert may(Right.READ_DOSSIERS, by=cast.binh, unit=cast.unit("CAP-O1"), on=TWO_LEVELS)


def test_rights_on_papers_do_not_leave_the_line_by_the_administration(cast):
    appoint(person=cast.oanh, unit=cast.unit("W1"), role=Role.UNIT_HEAD, line=Line.ADMINISTRATION, by=cast.lan, on=TODAY)
    assert codes(visible_units(Right.WRITE_DOSSIERS, cast.oanh, TODAY)) == {"W1", "O1", "O2"}
    assert not codes(visible_units(Right.READ_DOSSIERS, cast.oanh, TODAY)) & {"CAP-W1", "BXDD-W1"}  # an auditor of the city
    assert codes(visible_units(Right.WRITE_REPORTS, cast.oanh, TODAY)) >= {"W1", "CAP-W1", "BXDD-W1", "CAP-O1"}


def test_whoever_has_left_may_nothing(cast):
    cast.dung.is_active = False
    cast.dung.save()
    assert not may(Right.READ_DOSSIERS, by=cast.dung, unit=cast.unit("PA08"), on=TODAY)
    assert (visible_units(Right.READ_DOSSIERS, cast.dung, TODAY), rights(cast.dung, TODAY)) == (frozenset(), frozenset())


def test_the_products_own_hands(cast):
    assert may(Right.IMPORT, by=importer(), unit=cast.city, on=TODAY)
    assert not may(Right.READ_DOSSIERS, by=importer(), unit=cast.city, on=TODAY)
    assert may(Right.WRITE_DOSSIERS, by=clock(), unit=cast.unit("CAP-O1"), on=TODAY)
    assert visible_units(Right.READ_DOSSIERS, public(), TODAY) == frozenset()
    assert visible_units(Right.IMPORT, importer(), TODAY) == {unit.pk for unit in cast.units.values()}
    assert rights(public(), TODAY) == OWN_HANDS["public"] == frozenset()


def test_require_says_who_and_where(cast):
    require(Right.READ_DOSSIERS, by=cast.alice, unit=cast.unit("PA08"), on=TODAY)
    with pytest.raises(NotAllowed, match="Nguyễn Thị Alice không có quyền này tại Công an Thành phố Mẫu"):
        require(Right.READ_DOSSIERS, by=cast.alice, unit=cast.police, on=TODAY)
    require_anywhere(Right.MANAGE_UNITS, by=cast.lan, on=TODAY)
    with pytest.raises(NotAllowed):
        require_anywhere(Right.MANAGE_UNITS, by=cast.alice, on=TODAY)


def test_rights_for_a_menu(cast):
    assert rights(cast.khanh, TODAY) == {
        Right.READ_FIGURES, Right.FREEZE_REPORTS, Right.REAPPOINT_AGAIN, Right.SIGN_DOCUMENTS, Right.PUBLISH_REPORTS,
        Right.READ_COMMUNITY, Right.RECOGNISE_MODELS, Right.READ_MEETINGS, Right.READ_MATTERS, Right.READ_COUNSEL,
        Right.WRITE_COUNSEL, Right.OPEN_EMERGENCIES,
    }  # fmt: skip


def test_one_statement_however_large_the_tree(cast, django_assert_num_queries):
    may(Right.READ_DOSSIERS, by=cast.dung, unit=cast.police, on=TODAY)
    with django_assert_num_queries(1):
        may(Right.READ_DOSSIERS, by=cast.dung, unit=cast.police, on=TODAY)
    with django_assert_num_queries(1):
        visible_units(Right.READ_DOSSIERS, cast.dung, TODAY)
