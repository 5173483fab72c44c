"""What happens to a dossier is written to its applicant: once, in their language, and only if they want it."""

from datetime import date, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from gandan.faces.jobs.reactions import react
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.operations import post_all
from gandan.ground.ledger.queries import event
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock
from gandan.work.dossiers import operations
from gandan.work.dossiers.queries import to_be_told
from gandan.work.dossiers.rules.holders import Language

MONDAY = date(2026, 11, 16)
SITE = "https://example.org"


@pytest.fixture
def dossier(office):
    return operations.receive(
        procedure="passport", unit=office.unit("PA08"), applicant="Nguyễn Thị Hoà", by_post=True, by=office.alice, on=MONDAY,
        reach=operations.reach(phone="0903123456", email="hoa@example.org"),
    )  # fmt: skip


def told(on=MONDAY):
    rows = [event(number) for number in Event.objects.order_by("id").values_list("id", flat=True)]
    operations.tell_applicants(events=rows, site=SITE, by=clock(), on=on)
    return [row.template for row in Message.objects.order_by("id")]


def test_each_step_after_the_receipt_is_told_once(office, dossier):
    by = {"by": office.alice, "dossier": dossier}
    operations.give_receipt(on=MONDAY, **by)
    operations.ask_supplement(on=MONDAY, papers=[{"name": "Ảnh"}], words="Ảnh bị mờ.", **by)
    operations.supplemented(on=MONDAY + timedelta(2), **by)
    operations.ask_payment(on=MONDAY + timedelta(2), amount=200_000, words="Lệ phí.", **by)
    operations.paid(on=MONDAY + timedelta(3), **by)
    operations.finish(on=MONDAY + timedelta(4), **by)
    parcel = operations.hand_to_post(dossier=dossier, tracking="EV123456785VN", by=office.alice, on=MONDAY + timedelta(4))
    operations.fail(delivery=parcel, by=office.alice, on=MONDAY + timedelta(5))
    operations.deliver(delivery=parcel, by=office.alice, on=MONDAY + timedelta(7))

    assert told() == told() == [
        "dossier-receipt", "dossier-supplement", "dossier-goes-on", "dossier-payment", "dossier-goes-on", "dossier-finished",
        "parcel-handed", "parcel-failed", "dossier-ended",
    ]  # fmt: skip


def test_what_is_written_says_why_and_until_when(office, dossier):
    operations.ask_supplement(
        dossier=dossier, papers=[{"name": "Ảnh"}], words="Ảnh bị mờ.", answer_by=date(2026, 11, 30), by=office.alice, on=MONDAY
    )
    told()

    message = Message.objects.get(template="dossier-supplement")
    assert message.recipient == "hoa@example.org"
    for part in ("Nguyễn Thị Hoà", "Ảnh bị mờ.", "30/11/2026", f"{SITE}/public/lookup/", "Phòng Quản lý xuất nhập cảnh"):
        assert part in message.content


def test_in_english_for_who_asked_for_it(office, dossier):
    operations.note_contact(dossier=dossier, email="hoa@example.org", language=Language.ENGLISH, by=office.alice, on=MONDAY)
    operations.stop(dossier=dossier, why="not_eligible", words="Not eligible.", by=office.alice, on=MONDAY)
    told()

    message = Message.objects.get(template="dossier-stopped")
    assert (message.language, "You have the right to complain" in message.content) == ("en", True)


def test_nobody_is_told_who_does_not_want_it_or_left_no_address(office, dossier):
    operations.note_contact(dossier=dossier, email="hoa@example.org", notices=False, by=office.alice, on=MONDAY)
    operations.finish(dossier=dossier, by=office.alice, on=MONDAY)
    assert told() == []
    operations.note_contact(dossier=dossier, phone="0903123456", by=office.alice, on=MONDAY)
    assert told() == []


def test_a_step_that_was_undone_meanwhile_is_told_to_nobody(office, dossier):
    operations.finish(dossier=dossier, by=office.alice, on=MONDAY)
    operations.undo(dossier=dossier, why="wrong_dossier", by=office.alice, on=MONDAY)

    assert told() == ["dossier-receipt"]


def test_the_walker_defers_one_job_for_those_who_want_it(office, dossier):
    other = operations.receive(procedure="passport", unit=office.unit("PA08"), applicant="B", by=office.alice, on=MONDAY)
    post_all()
    while react():
        pass

    jobs = ProcrastinateJob.objects.filter(task_name="tell_applicants")
    numbers = [number for job in jobs for number in job.args["events"]]
    received = Event.objects.get(facet_set__kind="dossier.received", about_id=dossier.pk)
    assert numbers == [received.pk]
    assert to_be_told([event(received.pk)]) == [received.pk]
    assert other.pk
