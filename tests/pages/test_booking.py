"""A time at the counter: found, booked, moved, cancelled; never twice, and on no day off."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from gandan.ground.calendar.rules import WorkingCalendar
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.queries import public
from gandan.work.dossiers.models import Booking
from gandan.work.dossiers.operations import NoSuchHours, book, erase_bookings, set_openings
from gandan.work.dossiers.rules.bookings import Hours, slots
from tests.cast import TODAY, assemble

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 20, 9, tzinfo=ZONE)  # a Friday
MONDAY = date(2026, 11, 23)
HOURS = [Hours(nth, time(8), time(9), 30, 2) for nth in range(7)]


def times(day, calendar, taken):
    return [(slot.time.hour * 60 + slot.time.minute, slot.free) for slot in slots(day, HOURS, calendar, taken, NOW)]


@pytest.mark.parametrize(
    ("day", "calendar", "taken", "free"),
    [
        pytest.param(MONDAY, WorkingCalendar(), {}, [(480, 2), (510, 2)], id="two at a time, every half hour"),
        pytest.param(MONDAY, WorkingCalendar(), {time(8): 2, time(8, 30): 1}, [(510, 1)], id="less those who come"),
        pytest.param(MONDAY, WorkingCalendar(closed=frozenset({MONDAY})), {}, [], id="none on a holiday"),
        pytest.param(date(2026, 11, 21), WorkingCalendar(), {}, [], id="none on a Saturday"),
        pytest.param(TODAY, WorkingCalendar(), {}, [], id="none that is over"),
    ],
)
def test_times_that_are_free(day, calendar, taken, free):
    assert times(day, calendar, taken) == free


@pytest.fixture
def open_counter(cast):
    set_openings(unit=cast.unit("CAP-W1"), hours=HOURS, by=cast.binh, on=TODAY)
    return cast


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


WHO = {"name": "Lê Thị An", "phone": "0903 123 456"}


def take(client, slot="2026-11-23 08:00", **more):
    return client.post("/public/book/CAP-W1/", {"slot": slot, **WHO, **more})


def test_why_there_is_nowhere_to_choose_is_said(client, cast):
    nobody = text(client.get("/public/book/"))
    assert "Chưa quầy nào nhận đặt giờ trước" in nobody
    assert '/public/wards/"' in nobody
    assert "<form" not in nobody, "nothing to look for"

    set_openings(unit=cast.unit("CAP-W1"), hours=HOURS, by=cast.binh, on=TODAY)
    none = text(client.get("/public/book/?q=ben+thanh"))
    assert "Không có nơi nào khớp" in none
    assert "Xem mọi nơi nhận đặt giờ" in none


def test_booked_moved_cancelled(client, open_counter, desk):
    assert "Công an phường Sài Gòn" in text(client.get("/public/book/?q=sai+gon"))
    assert "Công an phường Sài Gòn" not in text(client.get("/public/book/?q=ben+thanh"))
    assert take(client).url == "/public/booking/"
    page = text(client.get("/public/booking/"))
    assert "08:00, thứ Hai, 23/11/2026" in page
    code = re.search(r'class="code-words">([0-9 ]{19})<', page)[1]

    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.get("/public/booking/").url == "/public/booking/code/"
    assert elsewhere.post("/public/booking/code/", {"code": "1" * 16}).status_code == 422
    elsewhere.post("/public/booking/code/", {"code": code})
    elsewhere.post("/public/booking/", {"do": "move", "slot": "2026-11-24 08:30"})
    assert [(one.day.day, one.time) for one in Booking.objects.all()] == [(24, time(8, 30))]
    elsewhere.post("/public/booking/", {"do": "cancel"})
    assert "Giờ hẹn đã huỷ" in text(elsewhere.get("/public/booking/"))
    assert elsewhere.post("/public/booking/", {"do": "cancel"}).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"slot": ""}, {"slot": "2026-11-21 08:00"}, {"slot": "2027-11-22 08:00"}, {"name": ""}, {"phone": "12"}]
)
def test_refused_and_what_was_typed_stays(client, open_counter, wrong):
    answer = take(client, **{"slot": "2026-11-23 08:00", **wrong})

    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert not Booking.objects.exists()
    if "name" not in wrong:
        assert 'value="Lê Thị An"' in text(answer)


def test_a_full_time_is_no_longer_offered(client, open_counter):
    for nth in range(2):
        book(
            unit=open_counter.unit("CAP-W1"), day=MONDAY, time=time(8), name="A", phone=f"090312345{nth}", code=str(nth),
            by=public(), on=TODAY, at=NOW,
        )  # fmt: skip

    assert 'value="2026-11-23 08:00"' not in text(client.get("/public/book/CAP-W1/"))
    assert "vừa có người đặt" in text(take(client))


def test_the_desk_sees_who_comes_and_notes_it(open_counter, desk, client):
    set_openings(unit=open_counter.unit("CAP-W1"), hours=[Hours(4, time(8), time(17), 30, 2)], by=open_counter.binh, on=TODAY)
    take(client, "2026-11-20 14:00")
    page = text(desk(open_counter.binh).get("/bookings/"))
    assert "Lê Thị An" in page

    assert "Lê Thị An" not in text(desk(open_counter.chi).get("/bookings/"))
    number = Booking.objects.get().pk
    assert desk(open_counter.chi).post("/bookings/", {"arrived": number}).status_code == 422
    desk(open_counter.binh).post("/bookings/", {"arrived": number})
    assert Booking.objects.get().state == "arrived"


def test_the_desk_sets_its_hours(open_counter, desk):
    desk(open_counter.binh).post("/bookings/", {"opens-0": "08:00", "closes-0": "10:00", "minutes-0": "20", "seats-0": "3"})
    assert "08:20" in text(Client().get("/public/book/CAP-W1/"))

    wrong = desk(open_counter.binh).post("/bookings/", {"opens-0": "10:00", "closes-0": "08:00"})
    assert wrong.status_code == 422
    with pytest.raises(NoSuchHours):
        set_openings(unit=open_counter.unit("CAP-W1"), hours=[Hours(0, time(8), time(9), 1, 1)], by=open_counter.binh, on=TODAY)


def test_bookings_end(client, open_counter):
    take(client)
    assert erase_bookings(by=public(), on=MONDAY + timedelta(30)) == []
    assert len(erase_bookings(by=public(), on=MONDAY + timedelta(31))) == 1


def test_sixteen_at_once_take_two_seats(committed):
    cast = assemble()
    unit = cast.unit("CAP-W1")
    set_openings(unit=unit, hours=HOURS, by=cast.binh, on=TODAY)

    def attempt(nth):
        try:
            book(
                unit=unit,
                day=MONDAY,
                time=time(8),
                name="A",
                phone=f"09031234{nth:02}",
                code=str(nth),
                by=public(),
                on=TODAY,
                at=NOW,
            )
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(attempt, range(16)))

    assert sum(taken) == 2
    assert sorted(Booking.objects.values_list("seat", flat=True)) == [1, 2]
