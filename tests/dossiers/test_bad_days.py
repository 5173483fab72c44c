"""A clock that was set back, a unit that is gone in the morning: no number twice, no letter twice, nobody without work."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.operations import merge
from gandan.ground.organisations.queries import clock, unit
from gandan.ground.promises.operations import sweep
from gandan.work.dossiers.models import Apology, Dossier
from gandan.work.dossiers.operations import follow_succession, raise_letters, receive
from tests.accounts.proving import signed_in
from tests.cast import ACT, TODAY
from tests.clock import held_clock as held_clock
from tests.dossiers.conftest import MONDAY

LATER = date(2026, 12, 21)
EVENING = TODAY - timedelta(1)


def told(kind):
    return Event.objects.filter(facet_set__kind=kind)


def taken(office, on, at="PA08", procedure="passport"):
    return receive(procedure=procedure, unit=office.unit(at), applicant="Lê Hoa", by=office.importer, on=on)


def test_a_clock_set_back_gives_no_number_twice(office):
    made = [taken(office, on) for on in (TODAY, MONDAY, TODAY, MONDAY)]

    assert len({one.number for one in made}) == 4
    assert sorted(one.number.rpartition("-")[2] for one in made if one.received_on == MONDAY) == ["0001", "0002"]
    assert sorted(one.number.rpartition("-")[2] for one in made if one.received_on == TODAY) == ["0001", "0002"]
    assert all(one.due_on > one.received_on for one in made)


def test_a_clock_that_goes_back_and_on_notices_a_lateness_once_and_owes_one_letter(office):
    taken(office, MONDAY)
    for on in (LATER, MONDAY, LATER, LATER + timedelta(1)):
        sweep(by=clock(), on=on, wait=True)
        raise_letters(by=clock(), on=on, after=0)

    assert told("promise.overdue").filter(facet_set__facets__promise="dossier.result").count() == 1
    assert Apology.objects.count() == told("letter.owed").count() == 1


@pytest.fixture
def morning(office):
    """The police of ward W2 passed into that of W1 at midnight; Chi has been signed in since yesterday, with a dossier open."""
    client = signed_in(office.chi)
    assert client.get("/").status_code == 200
    left = taken(office, EVENING, "CAP-W2", "identity-card")
    merge(units=[office.unit("CAP-W2")], into=office.unit("CAP-W1"), act=ACT, by=office.lan, on=TODAY)
    follow_succession(unit=unit("CAP-W2"), by=clock(), on=TODAY)
    return client, left


def test_the_officers_of_a_unit_that_was_merged_last_night_work_this_morning(office, morning):
    client, left = morning

    assert client.get("/").status_code == 200
    assert client.get("/queue/").status_code == 200
    assert left.number in client.get("/dossiers/").content.decode()
    finished = client.post(f"/api/v1/dossiers/{left.number}/steps", {"step": "finish"}, content_type="application/json")
    assert finished.status_code == 200, finished.content
    new = {"unit": "CAP-W1", "procedure": "identity-card", "applicant": "Trần An"}
    assert client.post("/api/v1/dossiers", new, content_type="application/json").status_code == 201
    assert set(Dossier.objects.values_list("unit__code", "status")) == {("CAP-W1", "finished"), ("CAP-W1", "received")}
    assert client.post("/api/v1/dossiers", new | {"unit": "CAP-W2"}, content_type="application/json").status_code == 409
