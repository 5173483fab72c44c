"""What has had its time ends, in batches, with a proof; what is held stays; figures don't move."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from gandan.faces.jobs import jobs
from gandan.faces.jobs.ends import ENDS
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import end_appointment
from gandan.ground.organisations.queries import appointments, clock
from gandan.ground.privacy.flow import Outcome, Wish
from gandan.ground.privacy.models import Erasure, Request
from gandan.ground.privacy.operations import AlreadyHeld, EndsTooLate, NotHeld, UnknownRule, answer, ask, erase, hold, release
from gandan.ground.privacy.queries import erasures, register
from gandan.work.dossiers.models import Collector, Contact, Delivery, Dossier, Import, ReceiptKey, RefusedRow
from gandan.work.dossiers.operations import (
    authorise_collector,
    finish,
    give_receipt,
    note_contact,
    receive,
    withdraw,
)
from gandan.work.dossiers.operations import erasing as erasing_dossiers
from gandan.work.dossiers.rules.holders import Checked
from tests.privacy.conftest import FRIDAY, MONDAY

FIVE_YEARS_LATER = date(2031, 11, 21)


def end(kind, on):
    told = ENDS[kind]
    return erase(kind=kind, of=told.of, about_type=told.about_type, by=clock(), on=on)


@pytest.fixture
def whole(office, dossier):
    """A dossier with everything that can be known of whoever handed it in."""
    token = give_receipt(dossier=dossier, by=office.alice, on=MONDAY)
    note_contact(dossier=dossier, phone="0903 123 456", email="an@example.org", address="12 Lê Lợi", by=office.alice, on=MONDAY)
    collector = {"name": "Trần Bình", "checked": Checked.PASSPORT, "paper_tail": "4567"}
    authorise_collector(dossier=dossier, **collector, by=office.alice, on=MONDAY)
    assert token
    finish(dossier=dossier, by=office.alice, on=FRIDAY)
    return Dossier.objects.get(pk=dossier.pk)


def test_a_dossier_whose_time_is_up_is_nobodys_any_more(office, whole):
    assert end("dossiers", FIVE_YEARS_LATER - timedelta(1)) == 0
    before = Event.objects.filter(facet_set__kind__startswith="dossier.").count()

    assert end("dossiers", FIVE_YEARS_LATER) == 1
    assert end("dossiers", FIVE_YEARS_LATER) == 0

    after = Dossier.objects.get(pk=whole.pk)
    assert (after.applicant, after.applicant_key) == ("", "")
    assert (after.number, after.received_on, after.finished_on) == (whole.number, MONDAY, FRIDAY)
    assert not any(table.objects.exists() for table in (Contact, Collector, ReceiptKey))
    assert not Delivery.objects.exclude(recipient="", address="", phone="").exists()
    assert Event.objects.filter(facet_set__kind__startswith="dossier.").count() == before


def test_the_proof_says_how_many_up_to_when_and_nothing_of_anybody(office, whole):
    end("dossiers", FIVE_YEARS_LATER)
    end("dossiers", FIVE_YEARS_LATER)

    (proof,) = erasures()
    assert (proof.kind, proof.how, proof.records, proof.before, proof.finished) == (
        "dossiers", "anonymise", 1, date(2026, 11, 21), True,
    )  # fmt: skip
    assert len(proof.digest) == 64
    event = Event.objects.get(facet_set__kind="privacy.erased")
    assert (event.amount, event.facets, event.about_id) == (1, {"records": "dossiers"}, None)


def test_it_goes_on_where_it_was_stopped(office, monkeypatch):
    for nth in range(5):
        withdraw(
            dossier=receive(procedure="passport", unit=office.unit("PA08"), applicant=f"Người {nth}", by=office.alice, on=MONDAY),
            by=office.alice, on=MONDAY,
        )  # fmt: skip
    monkeypatch.setattr(erasing_dossiers, "AT_ONCE", 2)

    assert [end("dossiers", FIVE_YEARS_LATER) for _ in range(4)] == [2, 2, 1, 0]
    proof = Erasure.objects.get()
    assert (proof.records, proof.finished) == (5, True)


def test_an_open_dossier_is_kept_however_old_it_is(office, dossier):
    assert end("dossiers", date(2040, 1, 1)) == 0
    assert not Erasure.objects.exists()


def test_what_is_held_is_kept_until_it_is_released_or_the_hold_ends(office, whole):
    on = FIVE_YEARS_LATER
    until = on + timedelta(100)
    hold(about=whole, unit=whole.unit, reason="complaint", until=until, by=office.alice, on=on)

    assert end("dossiers", on) == 0
    with pytest.raises(AlreadyHeld):
        hold(about=whole, unit=whole.unit, reason="complaint", until=until, by=office.alice, on=on)
    release(about=whole, unit=whole.unit, by=office.alice, on=on)
    with pytest.raises(NotHeld):
        release(about=whole, unit=whole.unit, by=office.alice, on=on)
    hold(about=whole, unit=whole.unit, reason="complaint", until=until, by=office.alice, on=on)
    assert end("dossiers", until) == 0
    assert end("dossiers", until + timedelta(1)) == 1


@pytest.mark.parametrize("days", [-1, 800])
def test_a_hold_ends_within_two_years(office, whole, days):
    with pytest.raises(EndsTooLate):
        hold(about=whole, unit=whole.unit, reason="x", until=FRIDAY + timedelta(days), by=office.alice, on=FRIDAY)


def test_nobody_holds_what_is_another_units(office, whole):
    with pytest.raises(NotAllowed):
        hold(about=whole, unit=whole.unit, reason="complaint", until=FRIDAY, by=office.binh, on=FRIDAY)


def test_rows_that_an_import_refused_end_after_three_months(office):
    one = Import.objects.create(
        source="old", file_name="a.csv", digest="0" * 64, mapping={}, encoding="utf-8", delimiter=",", go_live=MONDAY,
        by=office.importer, state="finished", finished_at=timezone.now(), refused=2,
    )  # fmt: skip
    for line in (2, 3):
        RefusedRow.objects.create(of=one, line=line, cells={"name": "Lê Thị An"}, problems=[])
    today = timezone.localdate()

    assert end("refused-rows", today + timedelta(80)) == 0
    assert end("refused-rows", today + timedelta(100)) == 2
    assert not RefusedRow.objects.exists()
    assert Import.objects.get().refused == 2  # how many there were is known


def test_a_request_loses_its_words_and_keeps_its_end(office, dossier):
    about = {"about": dossier, "label": dossier.number, "unit": dossier.unit}
    asked = ask(**about, wish=Wish.SEE, text="Cho tôi xem", reply_to="a@example.org", by=office.alice, on=MONDAY)
    answer(request=asked, outcome=Outcome.GRANTED, text="Đây.", by=office.alice, on=FRIDAY)

    assert end("requests", FIVE_YEARS_LATER) == 1
    kept = Request.objects.get()
    assert (kept.text, kept.reply_to, kept.answer, kept.outcome, kept.erased_on) == ("", "", "", "granted", FIVE_YEARS_LATER)
    assert end("requests", FIVE_YEARS_LATER) == 0


def test_sessions_that_have_run_out_end(cast):
    now = timezone.now()
    Session.objects.create(session_key="gone", session_data="x", expire_date=now - timedelta(3))
    Session.objects.create(session_key="here", session_data="x", expire_date=now + timedelta(3))

    assert end("sessions", timezone.localdate()) == 1
    assert [one.session_key for one in Session.objects.all()] == ["here"]


def test_somebody_who_left_long_ago_is_a_number(office):
    (held,) = appointments(office.alice, FRIDAY)
    end_appointment(appointment=held.id, by=office.lan, on=FRIDAY)

    assert end("staff", date(2036, 11, 19)) == 0
    assert end("staff", date(2036, 11, 21)) == 1
    alice = Person.objects.get(pk=office.alice.pk)
    assert (alice.username, alice.name, alice.is_active) == (f"former-{alice.pk}", f"#{alice.pk}", False)
    assert not alice.has_usable_password()
    assert Person.objects.get(pk=office.binh.pk).name == "Trần Văn Bình"


def test_the_job_ends_every_kind_and_finds_nothing_the_second_time(office, whole, monkeypatch):
    monkeypatch.setattr(jobs, "localdate", lambda: FIVE_YEARS_LATER)

    assert jobs.erase_due()["dossiers"] == 1
    assert set(jobs.erase_due().values()) == {0}


def test_only_who_looks_after_ends_may_end_anything(office):
    for person in (office.alice, office.dung, office.oanh):
        with pytest.raises(NotAllowed):
            erase(kind="dossiers", of=ENDS["dossiers"].of, by=person, on=FRIDAY)
    with pytest.raises(UnknownRule):
        erase(kind="opinions", of=ENDS["dossiers"].of, by=clock(), on=FRIDAY)


@pytest.mark.parametrize(
    ("months", "on", "before"), [(60, date(2031, 11, 21), date(2026, 11, 21)), (3, date(2026, 5, 31), date(2026, 2, 28))]
)
def test_a_rule_counts_months_back(months, on, before):
    keep = register().kinds["dossiers"].keep
    assert type(keep)(**{**vars(keep), "months": months}).ended_before(on) == before
