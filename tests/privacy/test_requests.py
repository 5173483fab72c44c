"""Requests of people about their data: the legal terms as promises, the steps, and what the ledger tells of them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import public
from gandan.ground.privacy.flow import Ground, Outcome, Step, Wish
from gandan.ground.privacy.models import Request
from gandan.ground.privacy.operations import (
    AlreadyExtended,
    AlreadyOpen,
    NoWords,
    WrongStep,
    acknowledge,
    answer,
    ask,
    extend,
    take_back,
)
from gandan.ground.privacy.queries import UnknownRequest, request, requests, requests_about
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from tests.privacy.conftest import FRIDAY, MONDAY

WORDS = "Tôi muốn xem những gì đơn vị giữ về tôi."


@pytest.fixture
def asking(office, dossier):
    """Ask something about the dossier at its counter, on a Monday."""

    def at_the_counter(wish=Wish.SEE, **more):
        about = {"about": dossier, "label": dossier.number, "unit": dossier.unit}
        return ask(**{**about, "wish": wish, "text": WORDS, "by": office.alice, "on": MONDAY, **more})

    return at_the_counter


def owed(asked):
    return {p.kind: (p.due_on, p.state) for p in Promise.objects.filter(about_type="privacy.request", about_id=asked.pk)}


@pytest.mark.parametrize(
    ("wish", "due"),
    [(Wish.SEE, date(2026, 11, 26)), (Wish.OBJECT, date(2026, 12, 1)), (Wish.ERASE, date(2026, 12, 7))],
)
def test_the_legal_terms_are_promises(asking, wish, due):
    asked = asking(wish)

    assert asked.due_on == due  # 10, 15 and 20 days; the 6th of December is a Sunday
    assert owed(asked) == {"privacy.acknowledge": (date(2026, 11, 18), "open"), "privacy.answer": (due, "open")}


def test_the_ledger_tells_of_it_without_the_person(asking, office):
    asked = asking()
    acknowledge(request=asked, by=office.alice, on=FRIDAY)
    answer(request=asked, outcome=Outcome.GRANTED, text="Đã gửi bản trích.", by=office.alice, on=FRIDAY)

    told = {event.kind: event.facets for event in Event.objects.filter(facet_set__kind__startswith="privacy.")}
    assert told == {
        "privacy.requested": {"wish": "see", "channel": "counter"},
        "privacy.acknowledged": {"wish": "see"},
        "privacy.answered": {"wish": "see", "outcome": "granted", "punctuality": "in_time"},
    }
    assert owed(asked) == {
        "privacy.acknowledge": (date(2026, 11, 18), "kept"),
        "privacy.answer": (date(2026, 11, 26), "kept"),
    }


def test_a_missed_acknowledgement_is_overdue_like_anything_owed(asking, office):
    asked = asking()

    sweep(by=office.importer, on=FRIDAY)

    assert Promise.objects.get(kind="privacy.acknowledge", about_id=asked.pk).overdue_on == date(2026, 11, 19)


def test_the_term_is_moved_once_and_not_when_it_is_over(asking, office):
    asked = asking()

    moved = extend(request=asked, by=office.alice, on=FRIDAY)

    assert moved.due_on == date(2026, 12, 7)
    assert owed(asked)["privacy.answer"] == (date(2026, 12, 7), "open")
    with pytest.raises(AlreadyExtended):
        extend(request=asked, by=office.alice, on=FRIDAY)
    late = asking(Wish.CORRECT)
    with pytest.raises(AlreadyExtended):
        extend(request=late, by=office.alice, on=date(2026, 11, 27))


def test_what_is_not_granted_says_why(asking, office):
    asked = asking(Wish.ERASE)

    with pytest.raises(NoWords):
        answer(request=asked, outcome=Outcome.REFUSED, text="Không.", by=office.alice, on=FRIDAY)
    with pytest.raises(NoWords):
        answer(request=asked, outcome=Outcome.REFUSED, text=" ", reason=Ground.LAW_KEEPS, by=office.alice, on=FRIDAY)
    refused = answer(
        request=asked, outcome=Outcome.REFUSED, text="Luật buộc giữ.", reason=Ground.LAW_KEEPS, by=office.alice, on=FRIDAY
    )

    assert (refused.step, refused.outcome, refused.reason) == ("answered", "refused", "law_keeps")


def test_the_same_is_asked_once_until_it_is_answered(asking, office):
    first = asking()
    with pytest.raises(AlreadyOpen):
        asking()
    take_back(request=first, by=office.alice, on=FRIDAY)

    assert asking(on=FRIDAY).step == Step.RECEIVED
    assert owed(first) == {
        "privacy.acknowledge": (date(2026, 11, 18), "dropped"),
        "privacy.answer": (date(2026, 11, 26), "dropped"),
    }


def test_what_has_ended_takes_no_step(asking, office):
    asked = asking()
    answer(request=asked, outcome=Outcome.GRANTED, text="Xong.", by=office.alice, on=FRIDAY)

    for step in (acknowledge, extend, take_back):
        with pytest.raises(WrongStep):
            step(request=asked, by=office.alice, on=FRIDAY)


def test_the_public_asks_by_a_receipt_and_no_officer_of_another_unit_does(asking, office):
    asked = asking(by=public())

    assert asked.channel == "online"
    with pytest.raises(NotAllowed):
        asking(Wish.CORRECT, by=office.binh)
    with pytest.raises(NotAllowed):
        acknowledge(request=asked, by=office.binh, on=MONDAY)


def test_whoever_answers_for_the_unit_sees_it_and_nobody_else(asking, office):
    asked = asking()

    assert [row.id for row in requests(office.alice, FRIDAY)] == [asked.pk]
    assert request(asked.pk, office.alice, FRIDAY)[1].text == WORDS
    assert [row.id for row in requests(office.dung, FRIDAY, only_open=True)] == [asked.pk]  # the head of the city police
    for stranger in (office.binh, office.lan, office.giang, office.oanh, office.minh):
        assert requests(stranger, FRIDAY) == []
        with pytest.raises(NotAllowed):
            request(asked.pk, stranger, FRIDAY)
    with pytest.raises(UnknownRequest):
        request(10**6, office.alice, FRIDAY)


def test_a_list_reads_no_word_of_what_was_written(asking, office):
    for wish in (Wish.SEE, Wish.ERASE, Wish.OBJECT):
        asked = asking(wish)

    with CaptureQueriesContext(connection) as read:
        found = requests(office.alice, FRIDAY)
    assert len(read) <= 4
    assert not [query for query in read.captured_queries if '"privacy_request"."text"' in query["sql"]]
    assert [row.wish for row in found] == [Wish.OBJECT, Wish.ERASE, Wish.SEE]
    assert len(requests_about("dossiers.dossier", asked.about_id)) == 3
    assert len(requests(office.alice, FRIDAY, after=asked.pk, limit=1)) == 1


def test_too_much_is_refused(asking):
    with pytest.raises(NoWords):
        asking(text="x" * 5000)
    assert not Request.objects.exists()
