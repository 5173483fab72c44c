"""The counter's one screen, and the steps from a dossier's page."""

import re

import pytest

from gandan.ground.organisations.queries import importer
from gandan.work.dossiers.models import Contact, Dossier
from gandan.work.dossiers.operations import load_procedures
from tests.cast import TODAY

CARD = "079203001234||Nguyễn Thị Hoà|31/12/1990|Nữ|12 Lê Lợi|01072021"


@pytest.fixture
def office(cast):
    load_procedures(unit=cast.police, by=importer(), on=TODAY)
    return cast


@pytest.fixture
def alice(office, desk):
    return desk(office.alice)


def fields(page):
    return dict(re.findall(r'<input type="(?:text|hidden)"[^>]* name="(\w+)" [^>]*?value="([^"]*)"', page.content.decode()))


def test_a_card_fills_the_form_and_enter_saves(alice):
    token = fields(alice.get("/counter/"))["token"]
    filled = alice.post("/counter/", {"card": CARD, "procedure": "passport", "token": token})
    text = filled.content.decode()
    assert 'value="Nguyễn Thị Hoà"' in text
    assert 'value="079203001234"' in text
    assert CARD not in text
    assert "thứ Tư, 02/12/2026" in text

    sent = {"procedure": "passport", "applicant": "Nguyễn Thị Hoà", "identity": "079203001234", "phone": "0903 123 456",
            "token": token, "paper": "0", "paper-0-name": "Tờ khai", "paper-0-original": 1, "papers-of": "passport"}  # fmt: skip
    saved, again = alice.post("/counter/", sent), alice.post("/counter/", sent)

    dossier = Dossier.objects.get()
    assert saved.url == again.url == f"/dossiers/{dossier.number}/receipt/"
    assert [paper["name"] for paper in dossier.papers] == ["Tờ khai"]
    assert Contact.objects.get(dossier=dossier).phone == "0903123456"
    receipt = alice.get(saved.url).content.decode()
    assert "<svg" in receipt
    assert "02/12/2026" in receipt


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"applicant": ""}, "Ghi họ tên người nộp"),
        ({"procedure": ""}, "Chọn thủ tục"),
        ({"phone": "abc"}, "không giống một số điện thoại"),
        ({"identity": "12"}, "không phải số định danh"),
        ({"email": "at"}, "không giống một địa chỉ e-mail"),
        ({"by_post": "on", "address": ""}, "Ghi địa chỉ để bưu điện mang kết quả đến"),
        ({"procedure": "identity-card"}, "không giải quyết thủ tục"),
        ({"card": "rubbish"}, "ít nhất 7 mục"),
    ],
)
def test_a_slip_is_said_beside_its_field_and_nothing_typed_is_lost(alice, slip, said):
    sent = {"procedure": "passport", "applicant": "Trần An", "address": "34 Hai Bà Trưng", "token": "a" * 32} | slip

    answer = alice.post("/counter/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert sent["address"] in answer.content.decode()
    assert not Dossier.objects.exists()


def test_who_was_here_before_is_warned_of(alice):
    sent = {"procedure": "passport", "applicant": "Trần An", "identity": "079203001234", "token": "b" * 32}
    alice.post("/counter/", sent)

    beside = alice.post("/counter/look/", {"procedure": "passport", "identity": "079203001234"}).content.decode()

    assert "đang có hồ sơ chưa xong" in beside


def test_the_counter_is_for_who_receives(office, desk):
    assert desk(office.giang).get("/counter/").status_code == 403
