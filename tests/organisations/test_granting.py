"""Weighty roles take two administrators; who gives one to themselves is refused, and the inspectorate hears of it."""

from datetime import timedelta

import pytest

from gandan.faces.jobs.changes import CHANGES, note_change
from gandan.ground.audit import noting
from gandan.ground.audit.models import Alert, Trace
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Appointment, Grant
from gandan.ground.organisations.operations import (
    AlreadyAsked,
    GaveOneself,
    Incompatible,
    NeedsTwo,
    UnknownGrant,
    appoint,
    ask_grant,
    decline_grant,
    enrol,
    give_grant,
    stand_in,
)
from gandan.ground.organisations.queries import appointments, grants_asked
from gandan.ground.organisations.rights import FOUR_EYES, RIGHTS, Right, Role
from gandan.ground.organisations.rules import Line
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock


@pytest.fixture
def second(cast):
    return enrol(username="son", name="Lê Sơn", unit=cast.city, role=Role.ADMINISTRATOR, line=Line.ADMINISTRATION,
                 by=cast.importer, on=TODAY - timedelta(30))  # fmt: skip


def asked(cast, person=None, role=Role.AUDITOR, by=None):
    return ask_grant(person=person or cast.hoa, unit=cast.city, role=role, line=Line.ADMINISTRATION, by=by or cast.lan, on=TODAY)


def test_one_alone_gives_no_weighty_role(cast):
    for role in FOUR_EYES - {Role.TIP_DESK, Role.ADMINISTRATOR}:
        with pytest.raises(NeedsTwo):
            appoint(person=cast.hoa, unit=cast.city, role=role, line=Line.ADMINISTRATION, by=cast.lan, on=TODAY)
    assert {Role.INSPECTORATE, Role.CUSTODIAN, Role.AUDITOR, Role.ADMINISTRATOR, Role.TIP_DESK} <= FOUR_EYES


def test_one_asks_and_another_gives(cast, second):
    grant = asked(cast)
    assert Role.AUDITOR not in {held.role for held in appointments(cast.hoa, TODAY)}
    with pytest.raises(NeedsTwo):
        give_grant(grant=grant.pk, by=cast.lan, on=TODAY)
    with pytest.raises(AlreadyAsked):
        asked(cast, by=second)
    assert [(row.username, row.mine) for row in grants_asked(second, TODAY)] == [("hoa", False)]
    assert [row.mine for row in grants_asked(cast.lan, TODAY)] == [True]
    assert not grants_asked(cast.dung, TODAY)

    given = give_grant(grant=grant.pk, by=second, on=TODAY)

    assert (given.person, given.role) == (cast.hoa, "auditor")
    assert Role.AUDITOR in {held.role for held in appointments(cast.hoa, TODAY)}
    with pytest.raises(UnknownGrant):
        give_grant(grant=grant.pk, by=second, on=TODAY)
    told = Event.objects.filter(facet_set__kind__startswith="appointment.", by=second).values_list("facet_set__kind", flat=True)
    assert list(told) == ["appointment.begun"]


def test_it_is_declined_or_taken_back(cast, second):
    decline_grant(grant=asked(cast).pk, by=second, on=TODAY)
    decline_grant(grant=asked(cast).pk, by=cast.lan, on=TODAY)

    assert Grant.objects.filter(given=None, decided_on=TODAY).count() == 2
    assert not Appointment.objects.filter(person=cast.hoa, role="auditor").exists()


def test_nobody_gives_it_to_themselves_and_who_may_not_neither(cast, second):
    grant = asked(cast, person=second, role=Role.CUSTODIAN)
    with pytest.raises(GaveOneself):
        give_grant(grant=grant.pk, by=second, on=TODAY)
    with pytest.raises(NotAllowed):
        give_grant(grant=grant.pk, by=cast.dung, on=TODAY)
    with pytest.raises(Incompatible):
        asked(cast, person=second, role=Role.AUDITOR)  # who keeps accounts reads no dossiers


def test_an_administrator_stands_in_for_nobody_who_reads_dossiers(cast):
    with pytest.raises(Incompatible):
        stand_in(absent=cast.alice, person=cast.lan, until=TODAY + timedelta(7), by=cast.dung, on=TODAY)


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.AUDITOR, Role.INSPECTORATE])
def test_an_administrator_who_takes_the_right_to_dossiers_is_refused_and_the_inspectorate_told(cast, held_clock, role):
    typed = {"username": "lan", "role": role.value, "line": "administration"}
    answer = signed_in(cast.lan).post("/units/79/people/", typed)

    assert answer.status_code == 403
    assert "báo cho thanh tra" in answer.content.decode()
    assert {held.role for held in appointments(cast.lan, TODAY)} == {Role.ADMINISTRATOR}
    (alert,) = Alert.objects.all()
    assert (alert.what, alert.person, alert.detail) == ("gave_oneself", cast.lan, role.value)
    inspector = enrol(username="insp", name="Thanh tra", unit=cast.city, role=Role.INSPECTORATE, line=Line.ADMINISTRATION,
                      by=cast.importer, on=TODAY - timedelta(9))  # fmt: skip
    assert f'id="a{alert.pk}"' in signed_in(inspector).get("/alerts/").content.decode()
    assert Role.ADMINISTRATOR not in RIGHTS[Right.READ_DOSSIERS]


def test_on_pages_one_asks_the_other_agrees(cast, held_clock, second):
    lan, son = signed_in(cast.lan), signed_in(second)

    assert lan.post("/units/79/people/", {"username": "hoa", "role": "custodian", "line": "administration"}).status_code == 302
    grant = Grant.objects.get()
    address = f"/units/79/people/asked/{grant.pk}/"
    assert "Rút đề nghị" in lan.get("/units/79/people/").content.decode()
    assert "Đồng ý giao" in son.get("/units/79/people/").content.decode()
    lan.post(address, {"step": "give"})
    assert Grant.objects.get().decided_on is None
    assert son.post(address, {"step": "give"}).status_code == 302
    assert Role.CUSTODIAN in {held.role for held in appointments(cast.hoa, TODAY)}


def test_a_change_of_a_right_is_a_line_of_the_log(cast, second):
    appoint(person=cast.hoa, unit=cast.city, role=Role.PUBLISHER, line=Line.ADMINISTRATION, by=cast.lan, on=TODAY)
    event = Event.objects.filter(facet_set__kind=Kind.APPOINTMENT_BEGUN.value).latest("pk")

    note_change(event.pk)
    noting.flush()

    line = Trace.objects.get()
    assert (line.what, line.by_id, line.unit_id, line.detail) == ("right_given", cast.lan.pk, cast.city.pk, "appointment.begun")


def test_every_kind_of_change_is_told_to_the_log():
    changes = {
        kind for kind in Kind if kind.startswith(("appointment.", "key.", "unit.", "calendar.", "procedure.", "privacy.rul"))
    }

    assert changes <= set(CHANGES)
