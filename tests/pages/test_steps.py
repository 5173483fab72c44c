"""The steps of a dossier on its page: what they need, what they refuse, and the way back."""

import pytest

from gandan.work.dossiers.models import Dossier, Wait
from gandan.work.dossiers.operations import load_procedures, receive, register
from tests.cast import TODAY


@pytest.fixture
def at_desk(cast, client):
    """Alice at her desk in PA08, with a dossier of today."""
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY)
    client.force_login(cast.alice)
    return receive(procedure="passport", unit=cast.unit("PA08"), applicant="Trần Thị Hoa", by=cast.alice, on=TODAY)


def address(dossier, step):
    return f"/dossiers/{dossier.number}/steps/{step}/"


def test_the_page_leads_on_to_the_steps_that_may_follow(client, at_desk):
    page = client.get(f"/dossiers/{at_desk.number}/").content.decode()

    assert address(at_desk, "start") in page
    assert address(at_desk, "ask_supplement") in page
    assert address(at_desk, "return") not in page


def test_asking_for_papers_stops_the_clock_and_is_shown(client, at_desk):
    asked = {"seen": "0", "further": "Ảnh 4×6\nTờ khai TK01", "words": "Ảnh mờ, xin nộp ảnh mới."}
    answer = client.post(address(at_desk, "ask_supplement"), asked, follow=True)

    page = answer.content.decode()
    assert Dossier.objects.get().status == "supplement"
    assert [paper["name"] for paper in Wait.objects.get().papers] == ["Ảnh 4×6", "Tờ khai TK01"]
    assert "Ảnh mờ, xin nộp ảnh mới." in page
    assert "Đã ghi: yêu cầu bổ sung giấy tờ." in page


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(client, at_desk):
    answer = client.post(address(at_desk, "ask_payment"), {"seen": "0", "amount": "hai trăm", "words": "Lệ phí."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Số tiền chỉ gồm chữ số" in page
    assert "hai trăm" in page
    assert "Lệ phí." in page

    assert "Chưa chọn lý do." in client.post(address(at_desk, "stop"), {"seen": "0", "words": "x"}).content.decode()
    assert Dossier.objects.get().status == "received"


def test_the_second_officer_is_told_and_goes_on_with_what_was_typed(client, cast, at_desk):
    client.post(address(at_desk, "start"), {"seen": "0"})
    client.force_login(cast.dung)

    typed = {"seen": "0", "further": "Tờ khai", "words": "Xin bổ sung tờ khai."}
    told = client.post(address(at_desk, "ask_supplement"), typed)

    page = told.content.decode()
    assert "Nguyễn Thị Alice" in page
    assert "Xin bổ sung tờ khai." in page
    assert 'name="seen" value="1"' in page
    assert client.post(address(at_desk, "ask_supplement"), typed | {"seen": "1"}).status_code == 302


def test_the_second_press_of_a_button_does_nothing_more(client, at_desk):
    first, second = (client.post(address(at_desk, "start"), {"seen": "0"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert Dossier.objects.get().version == 1


def test_a_slip_is_undone_with_a_reason(client, at_desk):
    client.post(address(at_desk, "finish"), {"seen": "0"})
    undo = f"/dossiers/{at_desk.number}/undo/"
    assert "Chưa chọn lý do hoàn tác." in client.post(undo, {"seen": "1"}).content.decode()

    answer = client.post(undo, {"seen": "1", "why": "wrong_dossier"}, follow=True)

    assert Dossier.objects.get().status == "received"
    assert "Đã hoàn tác" in answer.content.decode()
    assert "Không có bước nào của hôm nay" in client.get(undo).content.decode()


def test_another_unit_sees_neither_dossier_nor_step(client, cast, at_desk):
    client.force_login(cast.phuc)

    assert client.get(address(at_desk, "start")).status_code == 403
    assert client.post(address(at_desk, "start"), {"seen": "0"}).status_code == 403
    assert client.get(address(at_desk, "no_such_step")).status_code == 404


def test_online_it_is_taken_in_or_refused(client, cast, at_desk):
    online = register(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Tám", by=cast.importer, on=TODAY)
    refused = {"seen": "0", "why": "incomplete", "words": "Thiếu tờ khai TK01."}

    assert address(online, "receive") in client.get(f"/dossiers/{online.number}/").content.decode()
    client.post(address(online, "refuse"), refused)

    assert Dossier.objects.get(pk=online.pk).status == "refused"
    assert "Thiếu tờ khai TK01." in client.get(f"/dossiers/{online.number}/").content.decode()
