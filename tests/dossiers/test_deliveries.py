"""Results on their way by post."""

from datetime import date, timedelta

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.work.dossiers.models import Delivery
from gandan.work.dossiers.operations import (
    NoResultYet,
    WrongParcelStep,
    deliver,
    fail,
    finish,
    hand_to_post,
    receive,
    return_to_office,
)
from tests.dossiers.lived import told

MONDAY, DONE = date(2026, 11, 16), date(2026, 11, 20)
POST_DUE = date(2026, 11, 25)  # three working days


@pytest.fixture
def dossier(office):
    new = receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=MONDAY, by_post=True)
    return finish(dossier=new, by=office.alice, on=DONE)


@pytest.fixture
def parcel(office, dossier):
    return hand_to_post(dossier=dossier, by=office.alice, on=DONE, tracking=" EV123456785VN ")


def posted(dossier):
    return [(kind, day, facets.get("punctuality")) for kind, _, day, facets in told(dossier) if kind.startswith("delivery")]


def test_what_was_wanted_is_handed_over_with_the_post_s_own_term(office, dossier, parcel):
    assert Delivery.objects.get() == parcel
    assert (parcel.state, parcel.wanted_on, parcel.handed_on, parcel.due_on, parcel.tracking) == (
        "handed", MONDAY, DONE, POST_DUE, "EV123456785VN",
    )  # fmt: skip
    assert posted(dossier) == [("delivery.handed", DONE, None)]


@pytest.mark.parametrize(("on", "said"), [(POST_DUE, "in_time"), (POST_DUE + timedelta(days=1), "late")])
def test_the_post_is_in_time_or_late_by_itself(office, dossier, parcel, on, said):
    delivered = deliver(delivery=parcel, by=office.alice, on=on)

    assert (delivered.state, delivered.settled_on) == ("delivered", on)
    assert posted(dossier)[-1] == ("delivery.delivered", on, said)


def test_who_was_not_at_home_gets_it_after_all(office, dossier, parcel):
    fail(delivery=parcel, by=office.alice, on=DONE + timedelta(days=1))
    deliver(delivery=parcel, by=office.alice, on=DONE + timedelta(days=2))

    row = Delivery.objects.get()
    assert (row.state, row.failed_on, row.settled_on) == ("delivered", date(2026, 11, 21), date(2026, 11, 22))
    assert [kind for kind, *_ in posted(dossier)] == ["delivery.handed", "delivery.failed", "delivery.delivered"]


def test_what_came_back_goes_out_again_as_a_new_parcel(office, dossier, parcel):
    return_to_office(delivery=parcel, by=office.alice, on=DONE + timedelta(days=3))
    again = hand_to_post(dossier=dossier, by=office.alice, on=DONE + timedelta(days=4))

    assert again.pk != parcel.pk
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["returned", "handed"]


def test_what_found_nobody_comes_back_before_it_goes_out_again(office, dossier, parcel):
    fail(delivery=parcel, by=office.alice, on=DONE + timedelta(days=1))
    hand_to_post(dossier=dossier, by=office.alice, on=DONE + timedelta(days=4))

    assert [kind for kind, *_ in posted(dossier)] == [
        "delivery.handed",
        "delivery.failed",
        "delivery.returned",
        "delivery.handed",
    ]


def test_only_a_result_can_be_sent(office):
    waiting = receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=MONDAY)

    with pytest.raises(NoResultYet):
        hand_to_post(dossier=waiting, by=office.alice, on=DONE)


def test_a_parcel_takes_each_step_once(office, dossier, parcel):
    with pytest.raises(WrongParcelStep):
        hand_to_post(dossier=dossier, by=office.alice, on=DONE)
    with pytest.raises(WrongParcelStep):
        deliver(delivery=parcel, by=office.alice, on=DONE - timedelta(days=1))
    deliver(delivery=parcel, by=office.alice, on=POST_DUE)
    for step in (deliver, fail, return_to_office):
        with pytest.raises(WrongParcelStep):
            step(delivery=parcel, by=office.alice, on=POST_DUE)


def test_another_unit_sends_nothing(office, dossier, parcel):
    for step in (deliver, fail, return_to_office):
        with pytest.raises(NotAllowed):
            step(delivery=parcel, by=office.binh, on=POST_DUE)
    with pytest.raises(NotAllowed):
        hand_to_post(dossier=dossier, by=office.binh, on=DONE)


def test_a_parcel_of_a_unit_that_has_ended_is_told_at_its_heir(office):
    new = receive(procedure="identity-card", unit=office.unit("CAP-O1"), applicant="A", by=office.importer, on=date(2025, 6, 20))
    finish(dossier=new, by=office.importer, on=date(2025, 6, 27))
    parcel = hand_to_post(dossier=new, by=office.importer, on=date(2025, 6, 30))

    deliver(delivery=parcel, by=office.binh, on=date(2025, 7, 2))

    assert told(new)[-1][:3] == ("delivery.delivered", "CAP-W1", date(2025, 7, 2))
