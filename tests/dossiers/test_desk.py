"""What the desk does beyond the steps: each request once, known applicants, search, many at a time."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import queries
from gandan.work.dossiers.flow import Step
from gandan.work.dossiers.models import Contact, Dossier
from gandan.work.dossiers.operations import (
    BadCard,
    BadIdentity,
    BadKey,
    Given,
    KeyUsedBefore,
    Many,
    NotOfTheUnit,
    TooManyDossiers,
    WrongStep,
    assign,
    load_procedures,
    reach,
    read_card,
    receive,
    step,
)
from gandan.work.dossiers.queries import Filters
from tests.cast import assemble

MONDAY = date(2026, 11, 16)
CARD = "079203001234|025123456|Nguyễn Thị Hoà|31121990|Nữ|12 Lê Lợi, Bến Nghé|01072021"


def hand_in(office, name="Nguyễn Thị Hoà", **more):
    return receive(procedure="passport", unit=office.unit("PA08"), applicant=name, by=office.alice, on=MONDAY, **more)


def test_the_same_request_twice_makes_one_dossier(office):
    first, again = hand_in(office, once="click-0001"), hand_in(office, once="click-0001")

    assert first.pk == again.pk
    assert Dossier.objects.count() == Event.objects.filter(facet_set__kind="dossier.received").count() == 1
    with pytest.raises(KeyUsedBefore):
        hand_in(office, "Trần Văn An", once="click-0001")
    with pytest.raises(BadKey):
        hand_in(office, once="no spaces, please")


def test_a_step_sent_twice_is_taken_once(office):
    dossier = hand_in(office)

    for _ in range(2):
        taken = step(dossier=dossier.pk, to=Step.START, by=office.alice, on=MONDAY, once="start-0001")

    assert (taken.status, taken.version) == ("processing", 1)
    with pytest.raises(WrongStep):
        step(dossier=dossier.pk, to=Step.START, by=office.alice, on=MONDAY)


def test_sixteen_counters_give_numbers_without_gap_or_twin(committed):
    cast = assemble()
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    made, ready = [], Barrier(16)

    def counter(nth):
        ready.wait()
        try:
            made.extend(hand_in(cast, f"Người {nth}.{turn}").number for turn in range(4))
        finally:
            connections.close_all()

    threads = [Thread(target=counter, args=(nth,)) for nth in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(int(number[-4:]) for number in made) == list(range(1, 65))


@pytest.mark.parametrize("born", ["31121990", "31/12/1990"])
def test_a_card_is_read(born):
    card = read_card(CARD.replace("31121990", born) + "|Nguyễn Văn Cha|Trần Thị Mẹ")

    assert (card.identity, card.name, card.born_on) == ("079203001234", "Nguyễn Thị Hoà", date(1990, 12, 31))
    assert card.address == "12 Lê Lợi, Bến Nghé"


@pytest.mark.parametrize(
    "scanned", ["", "079203001234", "1|2|3|4|5|6|7", CARD.replace("Nguyễn Thị Hoà", ""), "https://example.org/x"]
)
def test_anything_else_is_refused(scanned):
    with pytest.raises(BadCard):
        read_card(scanned)


@pytest.mark.parametrize("number", ["123", "000203001234", "07920300123x"])
def test_a_number_that_can_t_be_is_refused(number):
    with pytest.raises(BadIdentity):
        reach(identity=number)


def test_an_applicant_is_known_at_one_counter_and_for_one_procedure_only(office):
    earlier = hand_in(office, reach=reach(identity="079203001234", phone="0903 123 456", address="12 Lê Lợi"))
    pa08, w1 = (organisations.row(office.unit(code).pk) for code in ("PA08", "CAP-W1"))

    known = queries.been_here("079203001234", "passport", pa08, office.alice, MONDAY)

    assert known is not None
    assert (known.applicant, known.reach.phone) == ("Nguyễn Thị Hoà", "0903123456")
    assert [row.number for row in known.open] == [earlier.number]
    assert queries.been_here("079203001234", "passport-central", pa08, office.alice, MONDAY) is None
    assert queries.been_here("079203001234", "passport", w1, office.binh, MONDAY) is None
    with pytest.raises(NotAllowed):
        queries.been_here("079203001234", "passport", pa08, office.binh, MONDAY)


def test_what_is_sensitive_is_sealed(office):
    dossier = hand_in(office, reach=reach(identity="079203001234", phone="0903123456", email="hoa@example.org"))

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT phone || identity || email FROM dossiers_contact WHERE dossier_id = %s", [dossier.pk])
        kept = bytes(cursor.fetchone()[0])
    assert b"0903123456" not in kept
    assert b"079203001234" not in kept
    assert Contact.objects.get(dossier=dossier).email == "hoa@example.org"


@pytest.mark.parametrize(
    "text", ["nguyen hoa", "HÒA", "hoà nguyễn", "thi ho", "0903 123 456", "+84903123456", "261116-0001", "0001", "16-000"]
)
def test_search_forgives(office, text):
    wanted = hand_in(office, reach=reach(phone="0903123456"))
    receive(
        procedure="identity-card", unit=office.unit("CAP-W1"), applicant="Lê Văn Tám", by=office.binh, on=date(2026, 11, 17),
        reach=reach(phone="0903123457"),
    )  # fmt: skip

    assert [row.number for row in queries.dossiers(office.alice, MONDAY, Filters(text=text)).rows] == [wanted.number]
    assert queries.dossiers(office.binh, MONDAY, Filters(text=text)).rows in ([], [*queries.dossiers(office.binh, MONDAY).rows])


def test_nobody_is_found_by_a_number_of_their_own(office):
    hand_in(office, reach=reach(identity="079203001234"))

    assert queries.dossiers(office.alice, MONDAY, Filters(text="079203001234")).rows == []


def test_many_are_done_each_by_itself(office):
    first, second = hand_in(office), hand_in(office, "Trần An")
    step(dossier=second, to=Step.WITHDRAW, by=office.alice, on=MONDAY)

    outcomes = list(Many([first.pk, second.pk], office.alice, MONDAY).step(Step.FINISH, Given()))

    assert [(one.number, one.done) for one in outcomes] == [(first.number, True), (second.number, False)]
    assert isinstance(outcomes[1].refusal, WrongStep)
    with pytest.raises(TooManyDossiers):
        Many(range(501), office.alice, MONDAY)


def test_a_dossier_is_given_to_somebody_who_may(office):
    dossier = hand_in(office)

    assign(dossier=dossier, officer=office.alice, by=office.alice, on=MONDAY)

    mine = queries.queue(office.alice, MONDAY, queries.QueueAsked(officers=frozenset({office.alice.pk})))
    assert [(one.dossier.number, one.promise.officer_name) for one in mine] == [(dossier.number, office.alice.name)]
    with pytest.raises(NotOfTheUnit):
        assign(dossier=dossier, officer=office.binh, by=office.alice, on=MONDAY)
