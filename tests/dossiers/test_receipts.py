"""The receipt in somebody's hand, and what its holder may change."""

from datetime import date

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import public
from gandan.work.dossiers.models import Delivery, RatingTicket, ReceiptKey
from gandan.work.dossiers.operations import (
    NoAddress,
    NoCollector,
    TicketGone,
    TooLong,
    WrongParcelStep,
    authorise_collector,
    choose_counter,
    choose_post,
    finish,
    give_receipt,
    hand_to_post,
    note_contact,
    receive,
    replace_receipt,
    take_ticket,
)
from gandan.work.dossiers.rules.holders import BadPhone, Checked, digest_of, phone_of, tail_fits
from tests.dossiers.lived import told

MONDAY, DONE = date(2026, 11, 16), date(2026, 11, 20)
HERE = {"recipient": "Lê Thị An", "address": "12 Lê Lợi, phường Sài Gòn", "phone": "0903 123 456"}


@pytest.fixture
def dossier(office):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant="Lê Thị An", by=office.alice, on=MONDAY)


@pytest.fixture
def key(office, dossier):
    token = give_receipt(dossier=dossier, by=office.alice, on=MONDAY)
    return ReceiptKey.objects.get(digest=digest_of(token)).pk


def kinds(dossier):
    return [kind for kind, *_ in told(dossier)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0903 123 456", "0903123456"), ("+84 903.123.456", "0903123456"), ("(028) 3829-9999", "02838299999"), ("", "")],
)
def test_a_telephone_number_is_its_digits(typed, kept):
    assert phone_of(typed) == kept


@pytest.mark.parametrize("typed", ["12", "gọi tôi", "0903123456; DROP"])
def test_what_can_be_no_number_is_refused(typed):
    with pytest.raises(BadPhone):
        phone_of(typed)


@pytest.mark.parametrize(
    ("phone", "tail", "fits"),
    [("0903123456", "3456", True), ("0903123456", " 34 56 ", True), ("0903123456", "3457", False), ("0903123456", "", False),
     ("", "", False), ("", "xxxx", False), ("0903123456", "03456", False)],
)  # fmt: skip
def test_the_last_digits_fit_or_not(phone, tail, fits):
    assert tail_fits(phone, tail) is fits


def test_a_receipt_can_be_printed_again_and_no_table_holds_its_token(office, dossier):
    first, again = (give_receipt(dossier=dossier, by=office.alice, on=MONDAY) for _ in range(2))

    assert first == again
    assert len(first) == 40
    assert [row.digest for row in ReceiptKey.objects.all()] == [digest_of(first)]
    assert kinds(dossier).count("receipt.given") == 1


def test_a_lost_receipt_dies_with_its_replacement(office, dossier, key):
    new = replace_receipt(dossier=dossier, checked=Checked.IDENTITY_CARD, by=office.alice, on=DONE)

    assert ReceiptKey.objects.get(pk=key).ended_on == DONE
    assert ReceiptKey.objects.get(ended_on=None).digest == digest_of(new)
    with pytest.raises(NotAllowed):
        choose_post(dossier=dossier, **HERE, by=public(), on=DONE, receipt=key)
    event = Event.objects.get(facet_set__kind="receipt.replaced")
    assert event.reason == "identity_card"


def test_the_holder_chooses_the_post_changes_the_address_and_comes_to_the_counter_after_all(dossier, key):
    hand = {"by": public(), "on": MONDAY, "receipt": key}
    parcel = choose_post(dossier=dossier, **HERE, **hand)
    choose_post(dossier=dossier, **(HERE | {"address": "5 Nguyễn Huệ"}), **hand)
    assert Delivery.objects.get().address == "5 Nguyễn Huệ"
    choose_counter(dossier=dossier, **hand)

    parcel.refresh_from_db()
    assert parcel.state == "dropped"
    assert kinds(dossier)[-3:] == ["delivery.wanted", "delivery.redirected", "delivery.dropped"]
    again = choose_post(dossier=dossier, **HERE, **hand)
    assert again.pk != parcel.pk


def test_what_is_gone_can_t_be_changed(office, dossier, key):
    hand = {"by": public(), "on": DONE, "receipt": key}
    choose_post(dossier=dossier, **HERE, **hand)
    finish(dossier=dossier, by=office.alice, on=DONE)
    hand_to_post(dossier=dossier, by=office.alice, on=DONE)

    for change in (lambda: choose_post(dossier=dossier, **HERE, **hand), lambda: choose_counter(dossier=dossier, **hand)):
        with pytest.raises(WrongParcelStep, match="không đổi được"):
            change()


def test_nobody_changes_what_is_another_s(office, dossier, key):
    other = receive(procedure="passport", unit=office.unit("PA08"), applicant="B", by=office.alice, on=MONDAY)
    for hand in ({"by": public(), "receipt": key}, {"by": public()}, {"by": office.binh}):
        with pytest.raises(NotAllowed):
            choose_post(dossier=other, **HERE, **hand, on=MONDAY)
        with pytest.raises(NotAllowed):
            note_contact(dossier=other, phone="0903123456", **hand, on=MONDAY)


@pytest.mark.parametrize("lacking", [{"recipient": " "}, {"address": ""}, {"address": "x" * 401}])
def test_a_parcel_goes_to_somebody_somewhere(dossier, key, lacking):
    with pytest.raises(NoAddress):
        choose_post(dossier=dossier, **(HERE | lacking), by=public(), on=MONDAY, receipt=key)


def test_contact_is_noted_and_changed(office, dossier, key):
    note_contact(dossier=dossier, phone="+84903123456", email="an@example.org", by=office.alice, on=MONDAY)
    changed = note_contact(dossier=dossier, phone="0903123456", notices=False, by=public(), on=MONDAY, receipt=key)

    assert (changed.phone, changed.email, changed.notices) == ("0903123456", "", False)
    with pytest.raises(TooLong):
        note_contact(dossier=dossier, address="x" * 401, by=office.alice, on=MONDAY)


def test_a_collector_is_named_and_checked(office, dossier):
    first = authorise_collector(
        dossier=dossier, name="Trần An", checked=Checked.PASSPORT, paper_tail="C1234567", by=office.alice, on=MONDAY
    )
    authorise_collector(dossier=dossier, name="Trần Bình", checked=Checked.OTHER, paper_tail="9999", by=office.alice, on=DONE)

    first.refresh_from_db()
    assert (first.paper_tail, first.ended_on) == ("4567", DONE)
    with pytest.raises(NoCollector):
        authorise_collector(dossier=dossier, name="", checked=Checked.OTHER, paper_tail="9999", by=office.alice, on=DONE)


def test_one_dossier_has_one_ticket_and_nobody_knows_whose_it_was(office, dossier, key):
    hand = {"by": public(), "on": DONE, "receipt": key}
    with pytest.raises(TicketGone):
        take_ticket(dossier=dossier, token="early", **hand)
    finish(dossier=dossier, by=office.alice, on=DONE)
    take_ticket(dossier=dossier, token="drawn", **hand)
    with pytest.raises(TicketGone):
        take_ticket(dossier=dossier, token="again", **hand)

    ticket = RatingTicket.objects.get()
    assert (ticket.digest, ticket.unit_code, ticket.procedure) == (digest_of("drawn"), "PA08", "passport")
    assert "dossier" not in {field.name for field in RatingTicket._meta.get_fields()}
    assert Event.objects.get(facet_set__kind="ticket.issued").about_id is None
