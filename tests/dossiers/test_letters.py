"""The letter of apology: owed once for each lateness, sent with a new appointment."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.promises.models import Promise
from gandan.work.dossiers.operations import (
    AlreadyApologised,
    NoNewAppointment,
    WrongStep,
    finish,
    owe_apology,
    receive,
    send_apology,
)
from tests.dossiers.lived import told

MONDAY, DUE, AGAIN = date(2026, 11, 16), date(2026, 11, 26), date(2026, 12, 3)


@pytest.fixture
def dossier(office):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant="Trần Thị Hoa", by=office.alice, on=MONDAY)


def test_a_letter_is_owed_until_the_appointment_passes(office, dossier):
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE - timedelta(days=1), reason="archive")

    assert (letter.appointed_on, letter.owed_on, letter.sent_on, letter.reason) == (DUE, date(2026, 11, 25), None, "archive")
    promise = Promise.objects.get(kind="apology.letter")
    assert (promise.due_on, promise.label, promise.state) == (DUE, dossier.number, "open")
    assert told(dossier)[2] == ("letter.owed", "PA08", date(2026, 11, 25), {"procedure": "passport"})


def test_noticed_late_it_is_due_at_once(office, dossier):
    owe_apology(dossier=dossier, by=office.alice, on=DUE + timedelta(days=5))

    assert Promise.objects.get(kind="apology.letter").due_on == DUE + timedelta(days=5)


@pytest.mark.parametrize(("on", "said"), [(DUE, "in_time"), (DUE + timedelta(days=1), "late")])
def test_sending_names_a_new_appointment_and_late_stays_late(office, dossier, on, said):
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE)
    sent = send_apology(apology=letter, new_due_on=AGAIN, by=office.alice, on=on)

    assert (sent.sent_on, sent.new_due_on) == (on, AGAIN)
    events = {kind: facets for kind, _, _, facets in told(dossier)}
    assert events["letter.sent"] == {"procedure": "passport", "punctuality": said}
    assert Promise.objects.get(kind="apology.letter").state == "kept"
    assert Promise.objects.get(kind="dossier.result").due_on == DUE

    finish(dossier=dossier, by=office.alice, on=AGAIN)
    assert {kind: facets for kind, _, _, facets in told(dossier)}["dossier.finished"]["punctuality"] == "late"


def test_for_one_lateness_there_is_one_letter_and_for_the_next_another(office, dossier):
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE)
    with pytest.raises(AlreadyApologised, match="26/11/2026"):
        owe_apology(dossier=dossier, by=office.alice, on=DUE)
    send_apology(apology=letter, new_due_on=AGAIN, by=office.alice, on=DUE)
    with pytest.raises(AlreadyApologised, match="đã gửi ngày 26/11/2026"):
        send_apology(apology=letter, new_due_on=AGAIN, by=office.alice, on=DUE)

    second = owe_apology(dossier=dossier, by=office.alice, on=AGAIN)

    assert second.appointed_on == AGAIN
    assert [kind for kind, *_ in told(dossier)].count("letter.owed") == 2


def test_the_new_appointment_lies_ahead(office, dossier):
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE)

    with pytest.raises(NoNewAppointment):
        send_apology(apology=letter, new_due_on=DUE, by=office.alice, on=DUE)


def test_a_letter_nobody_needs_any_more_is_dropped(office, dossier):
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE)
    finish(dossier=dossier, by=office.alice, on=DUE + timedelta(days=1))

    assert Promise.objects.get(kind="apology.letter").state == "dropped"
    with pytest.raises(WrongStep):
        send_apology(apology=letter, new_due_on=AGAIN, by=office.alice, on=DUE + timedelta(days=2))


def test_another_unit_apologises_for_nobody(office, dossier):
    with pytest.raises(NotAllowed):
        owe_apology(dossier=dossier, by=office.binh, on=DUE)
    letter = owe_apology(dossier=dossier, by=office.alice, on=DUE)
    with pytest.raises(NotAllowed):
        send_apology(apology=letter, new_due_on=AGAIN, by=office.binh, on=DUE)
