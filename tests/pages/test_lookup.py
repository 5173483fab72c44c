"""The applicant's own page: what opens it, what it says, what its visitor may change, and what nobody learns from it."""

import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from gandan.ground.documents.operations import attach
from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.models import Contact, Delivery, RatingTicket
from gandan.work.dossiers.operations import (
    deliver,
    fail,
    finish,
    give_receipt,
    hand_to_post,
    load_procedures,
    note_contact,
    receive,
    replace_receipt,
)
from gandan.work.dossiers.rules.holders import Checked
from tests.cast import TODAY
from tests.documents.files import pdf

MONDAY = date(2026, 11, 16)
PHONE = "0903123456"


@pytest.fixture
def dossier(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    new = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=MONDAY, by_post=True)
    note_contact(dossier=new, phone=PHONE, email="an@example.org", by=cast.alice, on=MONDAY)
    return new


@pytest.fixture
def token(cast, dossier):
    return give_receipt(dossier=dossier, by=cast.alice, on=MONDAY)


@pytest.fixture
def holder(client, token):
    """Somebody who has scanned the QR."""
    assert client.get(f"/r/{token}/").url == "/public/dossier/"
    return client


def asked(client, number, tail):
    return client.post("/public/lookup/", {"number": number, "tail": tail})


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_number_and_last_digits_open_it(client, dossier):
    assert asked(client, f" {dossier.number.lower()} ", "3456").url == "/public/dossier/"
    figures = re.sub(r"\D", "", dossier.number)
    assert asked(Client(), f"{figures[:9]} {figures[9:]}", "3456").url == "/public/dossier/", (
        "by the figures of a telephone's keys"
    )
    found = client.get("/public/search/", {"q": figures}).content.decode()
    (onward,) = re.findall(r'href="(/public/lookup/[^"]*)"', found)
    assert f'value="{dossier.number}"' in client.get(onward).content.decode(), "who typed it into the search types it once"

    page = client.get("/public/dossier/")
    assert "Hẹn trả kết quả: thứ Năm, 26/11/2026" in text(page)
    assert "Chưa phải làm gì thêm" not in text(page).replace("Ông/Bà chưa phải làm gì thêm", "")
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(("number", "tail"), [("000.00.01.G01-261116-9999", "3456"), (None, "3457"), (None, ""), ("x", "y")])
def test_whatever_is_wrong_the_answer_is_the_same(client, dossier, number, tail):
    answer = asked(client, number or dossier.number, tail)
    usual = asked(Client(REMOTE_ADDR="10.0.0.9"), "000.00.01.G01-261116-0000", "0000")

    def body(one):
        return re.sub(r'value="[^"]*"|\s+', " ", one.content.decode())

    assert answer.status_code == 422
    if tail:
        assert body(answer) == body(usual)
        assert "không khớp" in text(answer)
    assert client.get("/public/dossier/").url == "/public/lookup/"


def test_nobody_guesses_for_long(client, dossier):
    tries = [asked(client, dossier.number, f"{nth:04}").status_code for nth in range(7)]

    assert tries == [422] * 5 + [429] * 2
    right = asked(Client(REMOTE_ADDR="10.0.0.9"), dossier.number, "3456")  # from elsewhere, with the right digits
    assert right.status_code == 429
    assert asked(client, "000.00.01.G01-261116-0001", "0000").status_code == 422  # of another number


def test_the_limit_ends(client, dossier, monkeypatch):
    for _ in range(6):
        asked(client, dossier.number, "0000")
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert asked(client, dossier.number, "3456").status_code == 302


def test_without_a_telephone_the_receipt_alone_opens_it(client, cast, dossier, token):
    Contact.objects.all().delete()
    assert asked(client, dossier.number, "").status_code == 422
    assert client.get(f"/r/{token}/").status_code == 302


def test_neither_address_nor_title_says_whose_it_is(holder, dossier):
    page = holder.get("/public/dossier/")
    title = re.search(r"<title>(.*?)</title>", text(page))[1]

    assert dossier.number not in title
    assert "An" not in title.split()
    assert page["Referrer-Policy"] == "same-origin"


def test_a_lost_receipt_opens_nothing_not_even_where_it_was_open(holder, cast, dossier, token):
    new = replace_receipt(dossier=dossier, checked=Checked.PASSPORT, by=cast.alice, on=TODAY)

    assert holder.get("/public/dossier/").url == "/public/lookup/"
    assert holder.get(f"/r/{token}/").status_code == 404
    assert holder.get(f"/r/{new}/").status_code == 302


def test_it_closes_by_itself_and_by_hand(holder, token, monkeypatch):
    assert holder.post("/public/close/").url == "/public/"
    assert holder.get("/public/dossier/").url == "/public/lookup/"
    holder.get(f"/r/{token}/")
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert holder.get("/public/dossier/").url == "/public/lookup/"


PLACE = {"how": "post", "recipient": "Lê Thị An", "address": "12 Lê Lợi", "phone": "0903 123 456"}


def test_the_holder_of_the_receipt_changes_how_the_result_comes(holder):
    holder.post("/public/dossier/delivery/", PLACE)
    assert Delivery.objects.get().address == "12 Lê Lợi"

    wrong = holder.post("/public/dossier/delivery/", {**PLACE, "phone": "gọi tôi", "address": "5 Nguyễn Huệ"})
    assert wrong.status_code == 422
    assert "không giống một số điện thoại" in text(wrong)
    assert 'value="5 Nguyễn Huệ"' in text(wrong)

    holder.post("/public/dossier/delivery/", {"how": "counter"})
    assert Delivery.objects.get().state == "dropped"


def test_whoever_knows_but_the_telephone_reads_and_changes_nothing(client, dossier):
    asked(client, dossier.number, "3456")
    page = text(client.get("/public/dossier/"))

    assert "an@example.org" not in page
    assert "a…@example.org" in page
    assert "mở trang này bằng mã QR" in page
    for address, form in (("delivery", PLACE), ("notices", {"email": "evil@example.org"}), ("ticket", {})):
        client.post(f"/public/dossier/{address}/", form)
    assert Delivery.objects.get().address == ""
    assert Contact.objects.get().email == "an@example.org"
    assert not RatingTicket.objects.exists()


def test_notices_are_turned_on_and_off(holder):
    holder.post("/public/dossier/notices/", {"email": "moi@example.org"})
    assert (Contact.objects.get().email, Contact.objects.get().notices) == ("moi@example.org", False)
    assert "chưa đúng" in text(holder.post("/public/dossier/notices/", {"email": "moi@"}))
    assert Contact.objects.get().phone == PHONE


def test_the_whole_way_in_plain_words(holder, cast, dossier):
    def says():
        return text(holder.get("/public/dossier/"))

    finish(dossier=dossier, by=cast.alice, on=MONDAY + timedelta(2))
    assert "sắp được giao cho bưu điện" in says()
    parcel = hand_to_post(dossier=dossier, tracking="EV123456785VN", by=cast.alice, on=MONDAY + timedelta(2))
    assert "Chậm nhất thứ Hai, 23/11/2026 bưu điện sẽ phát" in says()
    fail(delivery=parcel, by=cast.alice, on=MONDAY + timedelta(3))
    assert "đã đến mà không gặp" in says()
    deliver(delivery=parcel, by=cast.alice, on=TODAY)
    assert "Ông/Bà đã nhận kết quả" in says()

    code = holder.post("/public/dossier/ticket/")
    assert re.search(r"(?:[0-9A-F]{4} ){3}[0-9A-F]{4}", text(code))
    assert "Lấy phiếu" not in says()
    holder.post("/public/dossier/ticket/")
    assert RatingTicket.objects.count() == 1


def test_a_late_office_says_sorry(client, token, monkeypatch):
    later = timezone.now() + timedelta(days=14)
    monkeypatch.setattr(timezone, "now", lambda: later)

    page = text(client.get(f"/r/{token}/", follow=True))
    assert "không trả kết quả đúng hẹn ngày 26/11/2026. Xin lỗi Ông/Bà." in page


def test_the_day_goes_into_a_calendar(holder, dossier):
    answer = holder.get("/public/dossier/calendar/")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")

    assert event["DTSTART"].dt == dossier.due_on
    assert "An" not in answer.content.decode()


def test_files_are_served_to_be_saved_and_to_their_own_holder_alone(holder, cast, dossier, tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    other = receive(procedure="passport", unit=cast.unit("PA08"), applicant="B", by=cast.alice, on=MONDAY)
    given = [
        attach(
            about=one,
            unit=cast.unit("PA08"),
            source=io.BytesIO(pdf()),
            name="đơn.pdf",
            keep_until=TODAY,
            by=cast.alice,
            on=MONDAY,
        )
        for one in (dossier, other)
    ]

    served = holder.get(f"/public/dossier/files/{given[0].token}/")
    assert b"".join(served.streaming_content) == pdf()
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    assert holder.get(f"/public/dossier/files/{given[1].token}/").status_code == 404
    assert Client().get(f"/public/dossier/files/{given[0].token}/").url == "/public/lookup/"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", ["/public/", "/public/lookup/", "/public/dossier/"])
def test_each_page_names_its_publisher_and_the_numbers_for_an_emergency(holder, address, language):
    page = text(holder.get(f"{address}?lang={language}"))

    assert "Công an Thành phố Mẫu" in page
    assert all(f'href="tel:{number}"' in page for number in (113, 114, 115))
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert 'class="side"' not in page


def test_an_enormous_request_is_refused_before_it_is_read(client, db):
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError("it was read")

    answer = client.generic("POST", "/public/lookup/", b"", CONTENT_LENGTH=str(2 * 2**30), **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "quá lớn" in text(answer)
