"""The three questions on a page, and what the head of a unit sees of the answers."""

from datetime import timedelta

import pytest
from django.test import Client

from gandan.ground.organisations.queries import clock
from gandan.work.dossiers.models import Rating, RatingTicket
from gandan.work.dossiers.operations import record_ratings
from gandan.work.dossiers.rules.holders import digest_of
from tests.cast import TODAY
from tests.dossiers.conftest import office as office

GIVEN = {"code": "AAAA BBBB CCCC DDDD", "courtesy": "5", "clarity": "4", "overall": "5", "words": "Nhanh."}


def ticket(token="aaaabbbbccccdddd"):
    RatingTicket.objects.create(digest=digest_of(token), unit_code="PA08", procedure="passport", issued_on=TODAY)


@pytest.mark.django_db
def test_a_ticket_is_used_on_the_page_and_nothing_of_it_stays_in_the_session(office):
    ticket()
    somebody = Client()
    begun = somebody.post("/public/rate/", {"begin": "1", "code": "AAAA BBBB CCCC DDDD"})
    assert 'value="AAAA BBBB CCCC DDDD"' in begun.content.decode()

    answer = somebody.post("/public/rate/", GIVEN)

    assert "Cảm ơn Ông/Bà" in answer.content.decode()
    assert Rating.objects.count() == 1
    assert not somebody.session.keys()
    again = somebody.post("/public/rate/", GIVEN)
    assert again.status_code == 422
    assert "Mã này không dùng được" in again.content.decode()
    assert "Nhanh." in again.content.decode()


@pytest.mark.django_db
def test_what_is_left_out_is_said_beside_the_question(office):
    ticket()
    answer = Client().post("/public/rate/", {**GIVEN, "clarity": "", "overall": "9"})

    assert answer.status_code == 422
    assert answer.content.decode().count('class="wrong"') == 2
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_who_tries_codes_is_stopped(office):
    somebody = Client()
    answers = {somebody.post("/public/rate/", GIVEN).status_code for _nth in range(31)}
    assert answers == {422, 429}


def test_the_head_sees_figures_and_lines_from_five_on(office, desk):
    for nth in range(5):
        ticket(f"{nth:016d}")
        Client().post("/public/rate/", {**GIVEN, "code": f"{nth:016d}"})
    page = desk(office.dung).get("/ratings/?unit=PA08").content.decode()
    assert "Nhanh." not in page, "while somebody is still at the counter, a new line would tell who wrote it"
    record_ratings(by=clock(), on=TODAY + timedelta(1))

    page = desk(office.dung).get("/ratings/?unit=PA08").content.decode()

    assert page.count("<li>Nhanh.</li>") == 5
    assert ">5</a>" in page
    assert "100,0%" in page
    assert "Về cách cán bộ đối xử" not in page
    assert "Về cách cán bộ đối xử" in desk(office.minh).get("/ratings/?unit=PA08").content.decode()
    assert desk(office.alice).get("/ratings/?unit=PA08").status_code == 403
    assert desk(office.lan).get("/ratings/").status_code == 403
