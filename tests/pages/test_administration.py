"""Settings: who may open which, that an act is shown before it is done, and that there is a way back."""

from datetime import date

import pytest

from gandan.faces.pages.administration import CHANGES, WAYS_BACK
from gandan.faces.pages.outbox import TEMPLATES
from gandan.ground.calendar.models import ExchangedDay, Holiday
from gandan.ground.ledger.models import Event
from gandan.ground.messages.rules import templates
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import person as named
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.models import KeepRule
from gandan.ground.privacy.queries import keeps
from tests.cast import TODAY

ACT = {"effective": "2026-12-01", "number": "12/NQ-HĐND", "title": "Sắp xếp", "body": "Hội đồng nhân dân"}
PAGES = ("/settings/", "/settings/units/rename/", "/settings/calendar/", "/settings/retention/", "/settings/messages/")


@pytest.mark.parametrize("address", PAGES)
def test_only_who_looks_after_the_house_comes_in(cast, desk, address):
    assert desk(cast.lan).get(address).status_code == 200
    for person in (cast.alice, cast.dung, cast.oanh, cast.minh, cast.khanh):
        looks_after_something = address == "/settings/" and person == cast.dung  # a head: the letters of their unit
        assert desk(person).get(address).status_code == (200 if looks_after_something else 403)


def test_each_change_says_what_takes_it_back_and_leads_there(cast, desk):
    assert set(CHANGES) - WAYS_BACK.keys() == set()
    lan = desk(cast.lan)
    for words, address in WAYS_BACK.values():
        assert str(words)
        assert lan.get(address).status_code in {200, 302, 403}, address  # of another's duty, but there


def test_an_act_on_the_tree_is_shown_and_nothing_is_done_until_it_is_confirmed(cast, desk):
    lan, before = desk(cast.lan), Event.objects.count()
    typed = {**ACT, "unit": "PA08", "name": "Phòng Xuất nhập cảnh"}

    shown = lan.post("/settings/units/rename/", typed)

    assert shown.status_code == 200
    assert "Đơn vị đổi tên" in shown.content.decode()
    assert "Phòng Xuất nhập cảnh" in shown.content.decode(), "what was typed is gone"
    assert Event.objects.count() == before
    assert Unit.objects.get(code="PA08").name == "Phòng Quản lý xuất nhập cảnh"

    assert lan.post("/settings/units/rename/", {**typed, "sure": "1"}).status_code == 302
    assert Unit.objects.get(code="PA08").name == "Phòng Xuất nhập cảnh"
    page = lan.get("/settings/").content.decode()
    assert "Đơn vị đổi tên" in page
    assert '<a href="/settings/units/rename/">Sai thì đổi tên lần nữa từ ngày sau.</a>' in page


@pytest.mark.parametrize(
    ("what", "typed", "kinds"),
    [
        ("found", {"code": "PA99", "name": "Phòng mới", "kind": "department", "above": "CATP"}, {"unit.founded"}),
        ("move", {"unit": "BXDD-W1", "line": "civil", "parent": "BTGDVTU"}, set()),
        ("merge", {"units": "PC08", "into": "PA08"}, {"unit.succeeded", "unit.closed", "appointment.ended"}),
        ("divide", {"unit": "PC08", "among": "PA08 CAP-W1", "main": "PA08"}, {"unit.succeeded", "unit.closed"}),
        ("close", {"unit": "PC08"}, {"unit.closed"}),
    ],
)
def test_each_act_can_be_done_from_its_page(cast, desk, what, typed, kinds):
    last = Event.objects.latest("id").pk
    answer = desk(cast.lan).post(f"/settings/units/{what}/", {**ACT, **typed, "sure": "1"})

    if not kinds:  # it stands there already
        assert answer.status_code == 400
        return
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert kinds <= {event.kind for event in Event.objects.filter(id__gt=last)}


@pytest.mark.parametrize(("typed", "said"), [
    ({"unit": "NOWHERE", "name": "X"}, "NOWHERE"),
    ({"unit": "PA08", "name": "X", "effective": "2026-02-31"}, "không có trong lịch"),
    ({"unit": "PA08", "name": ""}, "Cần ghi mục này"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_the_form(cast, desk, typed, said):
    answer = desk(cast.lan).post("/settings/units/rename/", {**ACT, **typed})

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert ACT["number"] in answer.content.decode()


def test_a_holiday_is_declared_and_taken_back(cast, desk):
    lan = desk(cast.lan)
    typed = {"step": "holiday", "day": "2026-12-24", "name": "Nghỉ bù", "source": "Thông báo 1"}

    assert lan.post("/settings/calendar/", typed).status_code == 302
    again = lan.post("/settings/calendar/", typed)
    assert again.status_code == 400
    assert "đã được khai báo" in again.content.decode()
    one = Holiday.objects.get(day=date(2026, 12, 24))
    assert lan.post("/settings/calendar/", {"step": "withdraw", "which": f"holiday-{one.pk}"}).status_code == 302
    one.refresh_from_db()
    assert one.withdrawn_on == TODAY


def test_days_are_exchanged(cast, desk):
    typed = {"step": "exchange", "off_on": "2026-12-31", "worked_on": "2027-01-09", "source": "Thông báo 2"}

    assert desk(cast.lan).post("/settings/calendar/", typed).status_code == 302
    assert ExchangedDay.objects.filter(off_on=date(2026, 12, 31), worked_on=date(2027, 1, 9)).exists()


def test_how_long_is_changed_and_changed_back(cast, desk, client):
    lan = desk(cast.lan)
    typed = {"kind": "dossiers", "months": 120, "source": "Quyết định 3"}

    assert lan.post("/settings/retention/", typed).status_code == 302
    assert keeps(TODAY)["dossiers"].months == 120
    assert "10 năm" in client.get("/privacy/").content.decode()
    assert lan.post("/settings/retention/", {**typed, "months": 60}).status_code == 302
    assert (keeps(TODAY)["dossiers"].months, KeepRule.objects.count()) == (60, 1)
    refused = lan.post("/settings/retention/", {**typed, "kind": "reading-log"})
    assert refused.status_code == 400


@pytest.mark.parametrize(("address", "typed"), [
    ("/settings/calendar/", {"step": "holiday", "day": "2026-12-24", "name": "Nghỉ", "source": "1/QĐ"}),
    ("/settings/retention/", {"kind": "dossiers", "months": "240", "source": "1/QĐ"}),
    ("/settings/units/found/", {**ACT, "code": "ZZ1", "name": "Mới", "kind": "department", "above": "", "sure": "1"}),
])  # fmt: skip
def test_what_counts_for_everybody_is_not_for_an_administrator_further_down(cast, desk, address, typed):
    enrol(username="ward-admin", name="Quản trị phường", unit=cast.unit("CAP-W1"), role=Role.ADMINISTRATOR, line=Line.POLICE,
          by=cast.importer, on=date(2026, 1, 1))  # fmt: skip
    before = Event.objects.count()

    assert desk(named("ward-admin")).post(address, typed).status_code in {400, 403}
    assert Event.objects.count() == before


RECEIPT = "/settings/messages/dossier-receipt/vi/"
WORDS = {
    "subject": "Hồ sơ {number} đã vào sổ",
    "text": "Kính gửi {name}: hồ sơ {number} hẹn {due}. {link}",
    "short": "Hồ sơ {number} hẹn {due}. {link}",
    "source": "Quyết định 4",
}


def test_the_words_of_a_message_are_tried_put_into_use_and_taken_back(cast, desk):
    lan = desk(cast.lan)
    tried = lan.post(RECEIPT, {**WORDS, "step": "try"}).content.decode()
    assert "Kính gửi Trần Thị B: hồ sơ PA08-26-000123 hẹn 08/12/2026." in tried
    assert "lời chung" in lan.get(RECEIPT).content.decode()

    assert lan.post(RECEIPT, {**WORDS, "step": "say"}).status_code == 302
    page = lan.get(RECEIPT).content.decode()
    assert "Đang dùng lời riêng" in page
    assert "Quyết định 4" in page
    assert "lời riêng" in lan.get("/settings/messages/").content.decode()

    assert lan.post(RECEIPT, {"step": "back", "source": "Trở lại lời chung"}).status_code == 302
    assert "Đang dùng lời chung" in lan.get(RECEIPT).content.decode()


@pytest.mark.parametrize(("typed", "said"), [
    ({"text": "Hồ sơ {number} của {fax}"}, "Không có chỗ trống {fax}"),
    ({"short": "Hồ sơ của Ông/Bà đã vào sổ"}, "Thiếu chỗ trống"),
    ({"source": ""}, "Ghi vì sao"),
])  # fmt: skip
def test_words_that_cannot_hold_are_told_at_their_field_and_what_was_typed_stays(cast, desk, typed, said):
    answer = desk(cast.lan).post(RECEIPT, {**WORDS, **typed, "step": "say"})

    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert WORDS["subject"] in page


def test_quiet_hours_and_stops_are_set_and_taken_back(cast, desk):
    lan, address = desk(cast.lan), "/settings/messages/"
    assert lan.post(address, {"step": "quiet", "hours": "đêm", "source": "x"}).status_code == 400
    assert lan.post(address, {"step": "quiet", "hours": "22:00-06:00", "source": "Thông báo 5"}).status_code == 302
    assert lan.post(address, {"step": "stop", "way": "email", "source": "Máy chủ thư bảo trì"}).status_code == 302
    page = lan.get(address).content.decode()
    assert "22:00-06:00" in page
    assert "Máy chủ thư bảo trì" in page
    assert "đang tạm dừng" in page or "chưa nối máy chủ" in page
    assert "Thư điện tử đang tạm dừng theo thiết lập" in desk(cast.alice).get("/messages/").content.decode()

    assert lan.post(address, {"step": "go", "way": "email", "source": "Xong"}).status_code == 302
    assert lan.post(address, {"step": "back", "source": "Trở lại"}).status_code == 302
    assert lan.post(address, {"step": "stop", "way": "pigeon", "source": "x"}).status_code == 400
    assert lan.post(address, {"step": "back", "to": "9" * 30, "source": "Trở lại"}).status_code == 302


def test_a_message_that_nobody_writes_has_no_page(cast, desk):
    assert desk(cast.lan).get("/settings/messages/no-such/vi/").status_code == 404
    assert desk(cast.lan).get("/settings/messages/dossier-receipt/fr/").status_code == 404


def test_each_occasion_has_a_name_that_people_read():
    assert set(templates()) == set(TEMPLATES)
