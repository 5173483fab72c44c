"""The pages of directives and tasks: noted, answered, done with evidence, by those who may."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from gandan.results.programmes.models import Directive, Task, Turn
from tests.meetings.files import pdf
from tests.programmes.conftest import directive as directive
from tests.programmes.conftest import programme as programme
from tests.programmes.conftest import turn as turn

NOTED = {"code": "ct-02", "kind": "order", "number": "02-CT/TU", "body": "Thành ủy", "title": "Về việc mới", "points": "Một\nHai",
         "source": "Văn thư", "dated": "2026-11-01"}  # fmt: skip


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def test_a_directive_is_noted_and_answered_point_by_point(cast, desk, programme):
    hoa = desk(cast.hoa)
    text(hoa.get("/directives/new/"))
    kept = text(hoa.post("/directives/new/", NOTED | {"points": "", "title": "Về việc mới"}), 422)
    assert 'value="Về việc mới"' in kept
    assert "Xin ghi ít nhất một điểm" in kept
    file = SimpleUploadedFile("ct.pdf", pdf(1).getvalue())
    assert hoa.post("/directives/new/", NOTED | {"file": file}).url == "/directives/ct-02/"
    assert Directive.objects.get().file is not None
    assert b"".join(hoa.get("/directives/ct-02/file/").streaming_content).startswith(b"%PDF")
    assert "2 trên 2 điểm chưa có nhiệm vụ" in text(hoa.get("/directives/"))

    given = {
        "programme": "thu-2026", "text": "Làm điểm một", "units": "CATP, BTGDVTU", "due_on": "2026-12-20", "point": "ct-02-1",
        "steps": "Bước một\nBước hai",
    }  # fmt: skip
    assert "Làm điểm một" in text(hoa.post("/tasks/new/", given | {"units": "KHONG"}), 422)
    assert hoa.post("/tasks/new/", given).url == "/directives/ct-02/#p1"
    hoa.post("/directives/ct-02/", {"point": "2", "why": "Đã có quy định"})
    page = text(hoa.get("/directives/ct-02/"))
    assert "Làm điểm một" in page
    assert "Không cần nhiệm vụ: Đã có quy định" in page
    assert "Chưa có nhiệm vụ nào trả lời" not in page
    assert Task.objects.filter(points__directive__code="ct-02").count() == 1


def test_who_does_not_manage_programmes_reads_and_no_more(cast, desk, directive):
    alice = desk(cast.alice)
    assert alice.get("/directives/new/").status_code == 403
    assert alice.post("/directives/ct-01/", {"point": "1", "why": "x"}).status_code == 403
    assert alice.get("/tasks/new/").status_code == 403
    assert "Phiền hà".lower() in text(alice.get("/directives/ct-01/")).lower()
    assert alice.get("/directives/khong-co/").status_code == 404
    assert alice.get("/directives/ct-01/file/").status_code == 404


def test_a_unit_does_a_task_on_its_page(cast, desk, turn):
    dung = desk(cast.dung)
    page = f"/tasks/{turn.pk}/"
    assert "Rà soát hồ sơ quá hẹn" in text(dung.get(page))
    for sent in (
        {"do": "begin"}, {"do": "steps", "steps": "Một\nHai"}, {"do": "tick", "step": "1", "done": "1"},
        {"do": "show", "note": "Danh sách", "file": SimpleUploadedFile("d.pdf", pdf(1).getvalue())},
    ):  # fmt: skip
        assert dung.post(page, sent).status_code == 302
    assert "Xin viết vài lời" in text(dung.post(page, {"do": "show", "note": " "}), 422)
    token = Turn.objects.get(pk=turn.pk).evidence.get().file.token
    assert b"".join(dung.get(f"/tasks/files/{token}/").streaming_content).startswith(b"%PDF")
    assert desk(cast.alice).get(f"/tasks/files/{token}/").status_code == 403
    assert desk(cast.alice).get(page).status_code == 403
    assert desk(cast.oanh).post(page, {"do": "finish", "outcome": "x"}).status_code == 403
    assert dung.post(page, {"do": "finish", "outcome": "Xong 12 hồ sơ"}).status_code == 302
    assert "Xong 12 hồ sơ" in text(desk(cast.oanh).get(page))
    assert dung.get("/tasks/999999/").status_code == 404


def test_the_officers_put_off_and_drop(cast, desk, turn):
    giang, page = desk(cast.giang), f"/tasks/{turn.pk}/"
    assert "không có trong lịch" in text(giang.post(page, {"do": "put-off", "due_on": "31/31/2027"}), 422)
    giang.post(page, {"do": "put-off", "due_on": "2027-02-01"})
    assert Turn.objects.get(pk=turn.pk).due_on == date(2027, 2, 1)
    giang.post(page, {"do": "drop", "why": "Gộp"})
    assert "không còn phải làm" in text(giang.get(page))


@pytest.mark.parametrize(
    "view", ["", "?view=list", "?view=month&month=2026-12-01", "?view=list&state=done", "?unit=CATP", "?mine=1"]
)
def test_tasks_are_seen_as_board_list_and_month(cast, desk, programme, view):
    page = text(desk(cast.dung).get("/tasks/" + view))

    assert ("Rà soát hồ sơ quá hẹn" in page) == ("state=done" not in view)
    assert "Thông tin theo giai đoạn" not in page  # of the other side


def test_a_calendar_reads_what_is_due_by_a_secret_address(cast, desk, client, turn):
    dung = desk(cast.dung)
    address = re.search(r"/tasks/feed/([\w-]{43})/", text(dung.post("/tasks/feed/")))[1]

    book = Calendar.from_ical(client.get(f"/tasks/feed/{address}/").content)
    assert {str(event["summary"]) for event in book.walk("VEVENT")} == {
        "Rà soát hồ sơ quá hẹn", "Tổ chức diễn đàn Công an lắng nghe ý kiến Nhân dân",
    }  # fmt: skip
    assert dung.post("/tasks/feed/", {"do": "revoke"}).url == "/tasks/"
    assert client.get(f"/tasks/feed/{address}/").status_code == 404


def test_it_stands_in_the_queue_of_its_unit_and_leads_to_its_page(cast, desk, turn):
    page = text(desk(cast.dung).get("/?group=later"))

    assert f"/tasks/{turn.pk}/" in page


def test_a_list_costs_as_many_queries_for_many_as_for_one(cast, desk, programme, django_assert_max_num_queries):
    oanh = desk(cast.oanh)
    oanh.get("/tasks/")
    with django_assert_max_num_queries(30):
        oanh.get("/tasks/?view=list")


def test_a_unit_that_is_not_known_is_told_beside_its_field(cast, desk, programme):
    answer = desk(cast.giang).get("/tasks/?unit=NOWHERE&q=tu")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="NOWHERE"' in page
    assert 'id="unit-wrong"' in page
    assert 'value="tu"' in page
