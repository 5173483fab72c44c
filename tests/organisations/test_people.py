from datetime import date

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import (
    AlreadyEnded,
    AlreadyHeld,
    NameTaken,
    NoPlace,
    Unfit,
    WrongLine,
    appoint,
    end_appointment,
    enrol,
)
from gandan.ground.organisations.queries import (
    NotStanding,
    UnknownPerson,
    appointments,
    clock,
    importer,
    person,
    public,
    staff,
)
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from tests.cast import TODAY

TOMORROW = date(2026, 11, 21)


@pytest.fixture
def role(cast):
    """A role for Alice at PC08, to be varied."""
    return {
        "person": cast.alice, "unit": cast.unit("PC08"), "role": Role.SPECIALIST, "line": Line.POLICE,
        "by": cast.lan, "on": TODAY,
    }  # fmt: skip


def test_someone_new_is_enrolled_with_a_first_role(cast):
    son = enrol(
        username=" Son.Tung ", name="Nguyễn Sơn Tùng", unit=cast.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE,
        by=cast.lan, on=TODAY, password="a long enough secret",
    )  # fmt: skip

    assert person("son.tung") == son
    assert son.check_password("a long enough secret")
    assert [held.role for held in appointments(son, TODAY)] == [Role.SPECIALIST]
    assert Event.objects.filter(facet_set__kind="appointment.begun", day=TODAY).count() == 1


def test_without_a_password_nobody_signs_in(cast):
    assert not cast.alice.has_usable_password()
    for actor in (clock(), public(), importer()):
        assert not actor.check_password("")
        assert not actor.has_usable_password()


def test_a_name_is_taken_once(cast):
    with pytest.raises(NameTaken):
        enrol(
            username="ALICE", name="Khác", unit=cast.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.lan, on=TODAY
        )


@pytest.mark.parametrize("username", ["", "bình", "a b", ".x"])
def test_a_name_has_its_shape(cast, username):
    with pytest.raises(Unfit, match="username: "):
        enrol(
            username=username, name="Khác", unit=cast.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.lan, on=TODAY
        )
    assert not Person.objects.filter(name="Khác").exists()


def test_nobody_by_that_name(db):
    with pytest.raises(UnknownPerson):
        person("nobody")


def test_a_role_is_given_for_a_time(role):
    held = appoint(**role, until=TOMORROW)
    assert (held.during.lower, held.during.upper) == (TODAY, TOMORROW)
    assert [one.role for one in appointments(role["person"], TODAY)] == [Role.DESK_OFFICER, Role.SPECIALIST]
    assert [one.role for one in appointments(role["person"], TOMORROW)] == [Role.DESK_OFFICER]


def test_the_staff_of_a_unit(role, cast):
    appoint(**role)
    assert [(who.name, held.role) for who, held in staff(cast.unit("PC08").pk, TODAY)] == [
        ("Lý Hồng Phúc", Role.DESK_OFFICER), ("Nguyễn Thị Alice", Role.SPECIALIST),
    ]  # fmt: skip


def test_not_twice_at_a_time(role):
    appoint(**role, until=TOMORROW)
    with pytest.raises(AlreadyHeld):
        appoint(**role)
    appoint(**role | {"on": TOMORROW})


def test_not_at_a_unit_that_has_ended(role, cast):
    with pytest.raises(NotStanding):
        appoint(**role | {"unit": cast.unit("CAQ-760")})


def test_not_along_a_line_where_the_unit_has_no_place(role):
    with pytest.raises(NoPlace):
        appoint(**role | {"line": Line.CIVIL})


def test_not_a_role_of_the_other_side(role):
    with pytest.raises(WrongLine):
        appoint(**role | {"role": Role.PROGRAMME_OFFICER_CIVIL})


def test_only_an_administrator_appoints(role, cast):
    with pytest.raises(NotAllowed):
        appoint(**role | {"by": cast.dung})


def test_a_role_ends(role, cast):
    held = appoint(**role)
    end_appointment(appointment=held, by=cast.lan, on=TOMORROW)
    assert [one.role for one in appointments(cast.alice, TOMORROW)] == [Role.DESK_OFFICER]
    event = Event.objects.get(facet_set__kind="appointment.ended")
    assert (event.about_id, event.facets) == (held.pk, {"role": "specialist"})


def test_it_ends_once_and_not_before_it_began(role, cast):
    held = appoint(**role)
    with pytest.raises(AlreadyEnded):
        end_appointment(appointment=held.pk, by=cast.lan, on=TODAY)
    end_appointment(appointment=held.pk, by=cast.lan, on=TOMORROW)
    with pytest.raises(AlreadyEnded):
        end_appointment(appointment=held.pk, by=cast.lan, on=date(2027, 1, 1))
