"""Parcels handed to the post and back by lists that both sides sign, and what the post says of them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, PostPartner, Scan
from gandan.work.dossiers.operations import (
    AlreadySigned,
    NobodySigned,
    NoResultYet,
    NothingToPack,
    NotThePost,
    Word,
    WrongParcelStep,
    collect,
    finish,
    give_secret,
    hand_to_post,
    pack,
    pack_back,
    receive,
    sign_for_office,
    sign_for_post,
    take_message,
    take_scans,
    unpack,
)
from gandan.work.dossiers.rules.parcels import BadSignature, Scanned, Way, signature
from tests.dossiers.lived import told

MONDAY, DONE = date(2026, 11, 16), date(2026, 11, 20)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBER = "EV123456785VN"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


@pytest.fixture
def post(office):
    """The post's clerk, and its office."""
    office.clerk = enrol(
        username="thu", name="Phan Thị Thu", unit=office.unit("BDTP"), role=Role.POST_PARTNER, line=Line.POST,
        by=office.importer, on=MONDAY,
    )  # fmt: skip
    return office


@pytest.fixture
def wanted(post):
    new = receive(procedure="passport", unit=post.unit("PA08"), applicant="Lê Thị An", by=post.alice, on=MONDAY, by_post=True)
    finish(dossier=new, by=post.alice, on=DONE)
    return Delivery.objects.get(dossier=new)


@pytest.fixture
def listed(post, wanted):
    return pack(
        unit=post.unit("PA08"), partner=post.unit("BDTP"), deliveries=[wanted.pk], trackings={wanted.pk: NUMBER},
        by=post.alice, on=DONE,
    )  # fmt: skip


@pytest.fixture
def handed(post, listed):
    sign_for_office(manifest=listed, by=post.alice, on=DONE, at=at(20))
    return sign_for_post(manifest=listed, by=post.clerk, on=DONE, at=at(20, 10))


def posted(parcel):
    return [(kind[9:], day.day, facets) for kind, _, day, facets in told(parcel.dossier) if kind.startswith("delivery")]


def said(post, *words, on=date(2026, 11, 30)):
    return take_scans(partner=post.unit("BDTP"), words=words, way=Way.PAGE, by=post.clerk, on=on, at=at(30))


def word(what, day, hour=9, reference="", tracking=NUMBER):
    return Word(reference or f"{what}-{day}-{hour}", tracking, Scanned(what), at(day, hour))


def test_both_sign_and_the_parcels_have_changed_hands(post, wanted, listed):
    assert listed.number == "BG.PA08.261120.01"
    assert Delivery.objects.get().state == "packed"

    sign_for_office(manifest=listed, by=post.alice, on=DONE, at=at(20))
    assert Delivery.objects.get().state == "packed"
    signed = sign_for_post(manifest=listed, by=post.clerk, on=DONE, at=at(20, 10))

    parcel = Delivery.objects.get()
    assert (signed.handed_on, parcel.state, parcel.handed_on, parcel.tracking) == (DONE, "handed", DONE, NUMBER)
    assert (parcel.recipient, parcel.due_on) == ("Lê Thị An", date(2026, 11, 25))
    assert [kind for kind, *_ in posted(wanted)] == ["packed", "handed"]


def test_paper_is_signed_by_somebody_with_a_name(post, listed):
    sign_for_office(manifest=listed, by=post.alice, on=DONE, at=at(20))
    with pytest.raises(NobodySigned):
        sign_for_post(manifest=listed, by=post.alice, on=DONE, at=at(20))

    signed = sign_for_post(manifest=listed, name=" Phan Thị  Thu ", by=post.alice, on=DONE, at=at(20))

    assert (signed.post_name, signed.post_by) == ("Phan Thị Thu", None)


def test_the_office_s_own_lateness_is_told_at_the_handing_over(post, wanted):

    hand_to_post(dossier=wanted.dossier, by=post.alice, on=date(2026, 11, 27))

    assert posted(wanted)[-1] == ("handed", 27, {"procedure": "passport", "handed": "late"})


@pytest.mark.parametrize(
    ("words", "punctuality", "party"),
    [
        ((("in_transit", 21), ("delivered", 25)), "in_time", "nobody"),
        ((("in_transit", 21), ("delivered", 26)), "late", "post"),
        ((("failed", 24), ("delivered", 26)), "late", "applicant"),
        ((("failed", 26), ("delivered", 27)), "late", "post"),
    ],
)
def test_who_was_late_is_told_apart(post, wanted, handed, words, punctuality, party):
    said(post, *(word(*one) for one in words))

    facets = posted(wanted)[-1][2]
    assert (facets["punctuality"], facets["late_by"]) == (punctuality, party)


def test_the_same_word_ten_times_counts_once(post, wanted, handed):
    outcomes = [said(post, word("failed", 24, reference="x-1"))[0].outcome for _ in range(10)]

    assert outcomes == ["applied"] + ["again"] * 9
    assert [kind for kind, *_ in posted(wanted)].count("failed") == 1
    assert Scan.objects.count() == 1


def test_words_that_come_in_the_wrong_order_end_in_the_right_place(post, wanted, handed):
    answers = [said(post, word(*one))[0].outcome for one in (("delivered", 26), ("failed", 24), ("in_transit", 21))]

    assert answers == ["applied", "noted", "noted"]
    parcel = Delivery.objects.get()
    assert (parcel.state, parcel.settled_on, parcel.failed_on) == ("delivered", date(2026, 11, 26), date(2026, 11, 24))
    live = [(kind, facets.get("late_by")) for kind, _, facets in posted(wanted) if kind == "delivered"]
    assert live == [("delivered", "post"), ("delivered", "post"), ("delivered", "applicant")]  # told, reversed, told anew


def test_rows_of_a_file_are_answered_one_by_one(post, wanted, handed):
    answers = said(
        post,
        word("in_transit", 21),
        word("delivered", 24, tracking="PC-99999999"),
        word("delivered", 10, reference="before it was handed over"),
        word("delivered", 24, tracking="<b>"),
        word("delivered", 24, 23),
    )

    assert [one.outcome for one in answers] == ["applied", "unknown", "refused", "refused", "applied"]
    assert "không hợp lý" in str(answers[2].refusal)


def test_what_came_back_is_signed_for_and_collected_after_all(post, wanted, handed):
    said(post, word("failed", 24))
    back = pack_back(
        unit=post.unit("PA08"), partner=post.unit("BDTP"), deliveries=[wanted.pk], by=post.clerk, on=date(2026, 11, 26)
    )
    sign_for_post(manifest=back, by=post.clerk, on=date(2026, 11, 26), at=at(26))
    sign_for_office(manifest=back, by=post.alice, on=date(2026, 11, 27), at=at(27))
    assert Delivery.objects.get().state == "returned"

    collect(delivery=wanted.pk, by=post.alice, on=date(2026, 11, 28))

    assert Delivery.objects.get().state == "collected"
    assert [kind for kind, *_ in posted(wanted)] == ["packed", "handed", "failed", "returned", "collected"]


def test_what_nobody_signed_can_be_taken_off_again(post, wanted, listed):
    unpack(manifest=listed, delivery=wanted.pk, by=post.alice, on=DONE)

    assert Delivery.objects.get().state == "wanted"
    assert not listed.items.exists()


def test_refused(post, wanted, listed):
    here = {"unit": post.unit("PA08"), "partner": post.unit("BDTP"), "by": post.alice, "on": DONE}
    with pytest.raises(WrongParcelStep):
        pack(**here, deliveries=[wanted.pk])
    with pytest.raises(NothingToPack):
        pack(**here, deliveries=[])
    with pytest.raises(NotThePost):
        pack(**(here | {"partner": post.unit("MTTQ")}), deliveries=[wanted.pk])
    with pytest.raises(NotAllowed):
        pack(**(here | {"by": post.clerk}), deliveries=[wanted.pk])
    with pytest.raises(WrongParcelStep):
        pack_back(**here, deliveries=[wanted.pk])
    with pytest.raises(WrongParcelStep):
        collect(delivery=wanted.pk, by=post.alice, on=DONE)
    sign_for_office(manifest=listed, by=post.alice, on=DONE, at=at(20))
    for again in (
        lambda: sign_for_office(manifest=listed, by=post.alice, on=DONE, at=at(20)),
        lambda: unpack(manifest=listed, delivery=wanted.pk, by=post.alice, on=DONE),
    ):
        with pytest.raises(AlreadySigned):
            again()
    open_one = receive(procedure="passport", unit=post.unit("PA08"), applicant="B", by=post.alice, on=DONE, by_post=True)
    with pytest.raises(NoResultYet):
        pack(**here, deliveries=[open_one.deliveries.get().pk])


def test_only_the_partner_s_people_scan_its_parcels(post, handed):
    with pytest.raises(NotAllowed):
        take_scans(partner=post.unit("BDTP"), words=[word("delivered", 24)], way=Way.PAGE, by=post.binh, on=DONE, at=at(30))


def test_another_partner_s_number_is_unknown(post, wanted):
    hand_to_post(dossier=wanted.dossier, tracking=NUMBER, by=post.alice, on=DONE)  # on no list

    assert said(post, word("delivered", 24))[0].outcome == "unknown"
    assert Delivery.objects.get().state == "handed"


def test_a_program_s_right_is_its_signature(post, wanted, handed):
    secret = give_secret(partner=post.unit("BDTP"), by=post.lan, on=DONE)
    body = b'{"scans": [...]}'
    moment = int(at(24).timestamp())
    header = f"t={moment},v1={signature(secret, moment, body)}"

    def message(header, body=body, day=24, minutes=0):
        now = at(day) + timedelta(minutes=minutes)
        return take_message(
            partner=PostPartner.objects.get(), header=header, body=body, words=[word("delivered", 24, 8, reference="m-1")],
            by=public(), on=now.date(), at=now,
        )  # fmt: skip

    assert [message(header)[0].outcome for _ in range(10)] == ["applied"] + ["again"] * 9
    with pytest.raises(BadSignature):
        message(header, body + b" ")
    with pytest.raises(BadSignature):
        message(header, minutes=6)

    give_secret(partner=post.unit("BDTP"), by=post.lan, on=DONE)  # the former one holds for a week
    assert message(header)[0].outcome == "again"
    with pytest.raises(BadSignature):
        take_message(
            partner=PostPartner.objects.get(), header=header, body=body, words=[], by=public(), on=date(2026, 12, 1), at=at(24)
        )
