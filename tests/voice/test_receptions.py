"""Citizen reception: the unit keeps the calendar, people book without an account, who booked is told when it is called off."""

import re
from datetime import date, time, timedelta

import pytest
from django.test import Client

from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock, public
from gandan.work.voice import queries
from gandan.work.voice.models import Reception, Visitor
from gandan.work.voice.operations import book_reception, call_off, cancel_reception, erase_visitors, plan_receptions
from gandan.work.voice.rules.brought import NotReady
from gandan.work.voice.rules.receipts import UnknownReceipt
from gandan.work.voice.rules.receptions import BadPlan, NoReception, NotFree, times
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.voice.conftest import AT

MONDAY = TODAY + timedelta(days=3)


def planned(town, **more):
    given = {
        "unit": town.unit("CAP-W1"), "receiver": "Trưởng Công an phường, ông Trần Văn Tiếp", "place": "Trụ sở, phòng 1",
        "days": [MONDAY], "begins": time(8), "ends": time(9), "minutes": 30, "source": "Lịch 01/2026", "by": town.binh,
        "on": TODAY,
    }  # fmt: skip
    return plan_receptions(**given | more)


def taken(session, at=time(8), code="1" * 16, **more):
    given = {"name": "Bà Sáu", "phone": "0909123456", "about": "Hẻm bị lấn", "by": public(), "on": TODAY, "now": AT}
    return book_reception(reception=session, at=at, code=code, **given | more)


def test_a_session_has_as_many_times_as_fit():
    assert times(time(8), time(9, 20), 30) == [time(8), time(8, 30)]
    assert times(time(9), time(8), 30) == []


@pytest.mark.parametrize(("given", "field"), [
    ({"receiver": " "}, "receiver"),
    ({"place": ""}, "place"),
    ({"source": ""}, "source"),
    ({"days": []}, "day"),
    ({"days": [TODAY - timedelta(1)]}, "day"),
    ({"ends": time(8, 20)}, "ends"),
    ({"days": [MONDAY, MONDAY]}, "day"),
])  # fmt: skip
def test_what_can_not_be_so_is_said_beside_its_field(town, given, field):
    with pytest.raises(BadPlan) as bad:
        planned(town, **given)
    assert bad.value.field == field


def test_a_time_is_taken_once_by_one_and_given_back_by_its_code(town):
    (session,) = planned(town)
    with pytest.raises(NotAllowed):
        planned(town, by=town.chi)
    first = taken(session)
    assert taken(session) == first  # the same press
    with pytest.raises(NotFree):
        taken(session, code="2" * 16)
    with pytest.raises(NotReady) as unready:
        taken(session, at=time(8, 30), code="3" * 16, name="", phone="1")
    assert set(unready.value.faults) == {"name", "phone"}
    assert queries.receptions(AT)[0].free == [time(8, 30)]
    assert [one.name for one in queries.visitors(session.pk, town.binh, TODAY)] == ["Bà Sáu"]
    assert queries.visitors(session.pk, town.chi, TODAY) == []

    cancel_reception(code="1" * 16, by=public(), on=TODAY)

    assert len(queries.receptions(AT)[0].free) == 2
    with pytest.raises(UnknownReceipt):
        cancel_reception(code="9", by=public(), on=TODAY)
    assert Event.objects.filter(facet_set__kind="reception.booked").count() == 1


def test_who_booked_is_told_when_it_is_called_off(town):
    (session,) = planned(town)
    taken(session)
    with pytest.raises(BadPlan):
        call_off(reception=session, why="", by=town.binh, on=TODAY)
    call_off(reception=session, why="Họp đột xuất", by=town.binh, on=TODAY)

    assert Message.objects.get().template == "voice-word"
    with pytest.raises(NoReception):
        taken(session, at=time(8, 30), code="4" * 16)
    assert queries.receptions(AT)[0].called_off == "Họp đột xuất"


def test_who_came_is_forgotten_and_the_calendar_stays(town):
    (session,) = planned(town)
    taken(session)
    assert erase_visitors(by=clock(), on=MONDAY + timedelta(days=31)) != []
    assert (Visitor.objects.count(), Reception.objects.count()) == (0, 1)


def test_the_way_of_a_booking_on_the_pages(town):
    desk = signed_in(town.binh)
    form = {
        "unit": "CAP-W1", "receiver": "Trưởng Công an phường", "place": "Trụ sở", "day": MONDAY.isoformat(), "begins": "08:00",
        "ends": "09:00", "minutes": "30", "times": "2", "source": "Lịch 01/2026",
    }  # fmt: skip
    wrong = desk.post("/reception/", {**form, "day": ""})
    assert (wrong.status_code, "Trưởng Công an phường" in wrong.content.decode()) == (422, True)
    assert desk.post("/reception/", form).status_code == 302
    assert Reception.objects.count() == 2
    assert signed_in(town.hoa).post("/reception/", form).status_code == 403

    citizen = Client()
    page = citizen.get("/public/reception/").content.decode()
    way = re.search(r'href="(/public/reception/\d+/)"', page)[1]
    citizen.get(way)
    refused = citizen.post(way, {"at": "08:30", "name": "", "phone": "0909123456"})
    assert refused.status_code == 422
    assert 'id="wrong_name"' in refused.content.decode()
    citizen.get(way)
    assert citizen.post(way, {"at": "08:30", "name": "Bà Sáu", "phone": "0909123456"}).url == "/public/reception/mine/"
    mine = citizen.get("/public/reception/mine/").content.decode()
    code = re.sub(r"\D", "", re.search(r'class="code-words">([\d ]+)<', mine)[1])
    assert b"BEGIN:VEVENT" in citizen.get("/public/reception/mine/calendar.ics").content
    assert Client().get("/public/reception/mine/calendar.ics").status_code == 404
    assert Client().get("/public/reception/calendar.ics").content.count(b"BEGIN:VEVENT") == 2
    assert "Bà Sáu" in desk.get("/reception/").content.decode()

    other = Client()
    assert other.post("/public/reception/mine/", {"code": "12"}).status_code == 422
    other.post("/public/reception/mine/", {"code": code})
    other.post("/public/reception/mine/", {"do": "cancel"})
    assert "Đã huỷ" in other.get("/public/reception/mine/").content.decode()
    session = str(Reception.objects.order_by("pk")[0].pk)
    assert desk.post("/reception/", {"do": "call_off", "reception": session, "why": "Bận"}).status_code == 302
    assert "Bận" in Client().get("/public/reception/").content.decode()
    assert date.fromisoformat(form["day"]) == MONDAY
