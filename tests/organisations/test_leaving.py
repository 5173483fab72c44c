"""Standing in for someone, leaving and coming back; nobody gives a right to themselves; the morning after a merger."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment
from gandan.ground.organisations.operations import (
    AlreadyLeft,
    BadEnd,
    GaveOneself,
    HasLeft,
    Incompatible,
    NothingToStandInFor,
    StillHere,
    appoint,
    end_appointment,
    enrol,
    leave,
    merge,
    reopen,
    stand_in,
)
from gandan.ground.organisations.queries import appointments, bearers, may, reaching, rights, tree, visible_units
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line
from tests.cast import ACT, TODAY

TOMORROW, NEXT_WEEK = TODAY + timedelta(1), TODAY + timedelta(7)
READ, WRITE = Right.READ_DOSSIERS, Right.WRITE_DOSSIERS


def test_who_stands_in_may_what_the_other_may_until_that_day(cast):
    (held,) = stand_in(absent=cast.dung, person=cast.alice, until=NEXT_WEEK, by=cast.dung, on=TODAY)

    assert (held.acting_for, held.role, held.during.upper) == (cast.dung, "unit_head", NEXT_WEEK)
    assert reaching(READ, by=cast.alice, unit=cast.unit("CAP-W2").pk, on=TODAY).acting_for == cast.dung.pk
    assert not may(READ, by=cast.alice, unit=cast.unit("CAP-W2"), on=NEXT_WEEK)
    assert may(READ, by=cast.dung, unit=cast.unit("CAP-W2"), on=TODAY)


def test_a_head_ends_a_stand_in_early(cast):
    (held,) = stand_in(absent=cast.dung, person=cast.alice, until=NEXT_WEEK, by=cast.dung, on=TODAY)
    end_appointment(appointment=held, by=cast.dung, on=TOMORROW)
    assert not may(READ, by=cast.alice, unit=cast.unit("CAP-W2"), on=TOMORROW)


@pytest.mark.parametrize("until", [TODAY, TODAY + timedelta(93)], ids=["at once", "for ever"])
def test_a_stand_in_ends_on_a_day(cast, until):
    with pytest.raises(BadEnd):
        stand_in(absent=cast.dung, person=cast.alice, until=until, by=cast.dung, on=TODAY)


def test_nobody_stands_in_by_their_own_will(cast):
    with pytest.raises(GaveOneself):
        stand_in(absent=cast.binh, person=cast.dung, until=NEXT_WEEK, by=cast.dung, on=TODAY)
    with pytest.raises(NotAllowed):
        stand_in(absent=cast.dung, person=cast.binh, until=NEXT_WEEK, by=cast.alice, on=TODAY)


def test_an_inspector_is_not_stood_in_for(cast):
    with pytest.raises(NothingToStandInFor):
        stand_in(absent=cast.minh, person=cast.alice, until=NEXT_WEEK, by=cast.lan, on=TODAY)


def test_leaving_ends_all_at_once(cast):
    stand_in(absent=cast.dung, person=cast.alice, until=NEXT_WEEK, by=cast.dung, on=TODAY)
    appoint(person=cast.dung, unit=cast.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.lan, on=TOMORROW)

    leave(person=cast.dung, by=cast.lan, on=TODAY)

    cast.dung.refresh_from_db()
    assert (cast.dung.is_active, rights(cast.dung, TODAY), appointments(cast.dung, TOMORROW)) == (False, frozenset(), ())
    assert not may(READ, by=cast.alice, unit=cast.unit("CAP-W2"), on=TODAY)
    assert Event.objects.filter(facet_set__kind="person.left", about_id=cast.dung.pk).count() == 1
    with pytest.raises(AlreadyLeft):
        leave(person=cast.dung, by=cast.lan, on=TODAY)


def test_who_has_left_is_given_nothing_until_the_account_is_opened(cast):
    leave(person=cast.alice, by=cast.lan, on=TODAY)
    role = {"person": cast.alice, "unit": cast.unit("PC08"), "role": Role.SPECIALIST, "line": Line.POLICE, "by": cast.lan}
    with pytest.raises(HasLeft):
        appoint(**role, on=TODAY)
    reopen(person=cast.alice, unit=cast.unit("PC08"), by=cast.lan, on=TOMORROW)
    appoint(**role, on=TOMORROW)
    assert may(READ, by=cast.alice, unit=cast.unit("PC08"), on=TOMORROW)
    with pytest.raises(StillHere):
        reopen(person=cast.alice, unit=cast.unit("PC08"), by=cast.lan, on=TOMORROW)


def test_nobody_gives_a_right_to_themselves(cast):
    with pytest.raises(GaveOneself):
        appoint(person=cast.lan, unit=cast.police, role=Role.UNIT_HEAD, line=Line.POLICE, by=cast.lan, on=TODAY)
    assert not may(READ, by=cast.lan, unit=cast.police, on=TODAY)


def test_who_keeps_accounts_opens_no_papers(cast):
    other = appoint(person=cast.quyen, unit=cast.city, role=Role.PUBLISHER, line=Line.ADMINISTRATION, by=cast.lan, on=TODAY)
    assert other.person == cast.quyen
    with pytest.raises(Incompatible):
        appoint(person=cast.quyen, unit=cast.city, role=Role.ADMINISTRATOR, line=Line.ADMINISTRATION, by=cast.lan, on=TODAY)


def test_moved_yesterday(cast):
    held = appointments(cast.binh, TODAY)[0]
    end_appointment(appointment=held.id, by=cast.lan, on=TODAY)
    appoint(person=cast.binh, unit=cast.unit("CAP-W2"), role=Role.DESK_OFFICER, line=Line.POLICE, by=cast.lan, on=TODAY)
    yesterday = TODAY - timedelta(1)

    for unit, before, after in (("CAP-W1", True, False), ("CAP-W2", False, True)):
        assert may(WRITE, by=cast.binh, unit=cast.unit(unit), on=yesterday) is before
        assert may(WRITE, by=cast.binh, unit=cast.unit(unit), on=TODAY) is after


def test_in_two_units_at_once(cast):
    appoint(person=cast.binh, unit=cast.unit("CAP-W2"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.lan, on=TODAY)
    assert {cast.unit("CAP-W1").pk, cast.unit("CAP-W2").pk} <= visible_units(READ, cast.binh, TODAY)


@pytest.fixture
def merged(cast):
    """The police of ward W2 passed into that of W1 last night."""
    merge(units=[cast.unit("CAP-W2")], into=cast.unit("CAP-W1"), act=ACT, by=cast.lan, on=TODAY)
    return cast


def test_after_a_merger_one_works_on_at_the_heir(merged):
    (held,) = appointments(merged.chi, TODAY)
    assert (held.unit, held.former) == (merged.unit("CAP-W1").pk, merged.unit("CAP-W2").pk)
    assert may(WRITE, by=merged.chi, unit=merged.unit("CAP-W1"), on=TODAY)
    assert may(WRITE, by=merged.chi, unit=merged.unit("CAP-W2"), on=TODAY)
    assert visible_units(READ, merged.chi, TODAY) == {merged.unit("CAP-W1").pk, merged.unit("CAP-W2").pk}
    assert not may(WRITE, by=merged.chi, unit=merged.unit("PA08"), on=TODAY)


def test_it_ends_with_a_new_appointment_and_after_a_month(merged):
    assert may(WRITE, by=merged.chi, unit=merged.unit("CAP-W1"), on=TODAY + timedelta(29))
    assert not may(WRITE, by=merged.chi, unit=merged.unit("CAP-W1"), on=TODAY + timedelta(30))
    appoint(person=merged.chi, unit=merged.unit("PA08"), role=Role.SPECIALIST, line=Line.POLICE, by=merged.lan, on=TODAY)
    assert not may(WRITE, by=merged.chi, unit=merged.unit("CAP-W1"), on=TODAY)


def test_who_may_sign_for_a_merged_unit_is_asked_at_once(cast, django_assert_num_queries):
    """Those of the ended unit are among them for a month, as `may` says; as many statements for one as for many."""
    since = TODAY - timedelta(60)
    given = {"unit": cast.unit("CAP-W2"), "role": Role.UNIT_HEAD, "line": Line.POLICE, "by": cast.importer, "on": since}
    heads = [enrol(username=f"head{nth}", name=f"Trưởng {nth}", **given) for nth in range(6)]
    merge(units=[cast.unit("CAP-W2")], into=cast.unit("CAP-W1"), act=ACT, by=cast.lan, on=TODAY)
    heir = cast.unit("CAP-W1").pk
    tree()

    with django_assert_num_queries(3):
        bearing = bearers(Right.SIGN_DOCUMENTS, unit=heir, on=TODAY)
    assert bearing == (*((one, heir) for one in heads), (cast.khanh, cast.city.pk), (cast.dung, cast.police.pk))
    assert all(may(Right.SIGN_DOCUMENTS, by=one, unit=cast.unit("CAP-W1"), on=TODAY) for one, _ in bearing)
    later = bearers(Right.SIGN_DOCUMENTS, unit=heir, on=TODAY + timedelta(30))
    assert [one for one, _ in later] == [cast.khanh, cast.dung]


def test_an_heir_above_is_not_opened_with_all_below_it(cast):
    """District police passed into the city's on 1 March 2025: their officers saw the city's own papers, not every ward's."""
    Appointment.objects.filter(person=cast.binh).delete()
    person, on = cast.binh, date(2025, 3, 1)
    role = {"unit": cast.unit("CAQ-760"), "role": Role.UNIT_HEAD, "line": Line.POLICE, "by": cast.importer}
    appoint(person=person, **role, on=date(2020, 1, 1), until=on)

    assert may(READ, by=person, unit=cast.unit("CAP-O1"), on=on - timedelta(1))
    assert visible_units(READ, person, on) == {cast.unit("CATP").pk, cast.unit("CAQ-760").pk}
