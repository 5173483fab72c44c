"""A request from sending to gathered, in the browser."""

import pytest

from gandan.results.requests.models import Answer, ReportRequest
from tests.requests.test_requests import ANNEX, heads, of, request_  # noqa: F401

TYPED = {
    "superior": "CATP", "title": "Kết quả cấp căn cước", "paper": "Công văn 9", "period": "2026-Q3", "due_on": "2026-11-27",
    "units": "", "outline": "Khó khăn", "annex": ANNEX,
}  # fmt: skip


def text_of(answer) -> str:
    return answer.content.decode()


def test_from_sending_to_gathered(cast, heads, desk):  # noqa: F811
    assert desk(cast.binh).get("/requests/new/").status_code == 403
    sent = desk(cast.dung).post("/requests/new/", TYPED)
    assert sent.url == "/requests/yc-catp-1/"
    asked = ReportRequest.objects.get()
    assert set(Answer.objects.values_list("unit__code", flat=True)) == {"CAP-W1", "CAP-W2"}
    address, head = "/requests/yc-catp-1/CAP-W1/", desk(heads["CAP-W1"])
    for seen in ("/", "/?group=later&given=1"):
        assert f'href="/requests/answers/{of(asked, "CAP-W1").pk}/"' in text_of(head.get(seen))
    assert "Mới được giao trong tuần" in text_of(head.get("/"))
    assert head.get(f"/requests/answers/{of(asked, 'CAP-W1').pk}/").url == address
    page = text_of(head.get(address))
    assert "Lấy sẵn từ sổ cái" in page
    wrong = head.post(address, {"do": "answer", "point-0": "Không có.", "value-2": "nhiều", "source-2": "x"})
    assert wrong.status_code == 422
    assert "Không có." in text_of(wrong)
    assert 'aria-describedby="wrong-value-2"' in text_of(wrong)
    bare = head.post(address, {"do": "answer", "point-0": "", "value-2": "4", "source-2": ""})
    assert 'aria-describedby="wrong-source-2"' in text_of(bare)
    unwritten = head.post(address, {"do": "answer", "point-0": "", "value-2": "4", "source-2": "Sổ họp"})
    assert 'aria-describedby="wrong-point-0"' in text_of(unwritten)
    assert head.post(address, {"do": "answer", "point-0": "Không có.", "value-2": "4", "source-2": "Sổ họp"}).status_code == 302
    assert "Chốt tại lần ghi sổ" in text_of(head.get(address))

    shown = text_of(desk(cast.dung).get("/requests/yc-catp-1/"))
    assert "Đã trả lời 1/2 đơn vị" in shown
    assert "Cộng số nêu" in shown
    assert "CAP-W2" not in text_of(head.get("/requests/yc-catp-1/"))
    assert desk(cast.dung).post("/requests/yc-catp-1/").status_code == 302
    for form, first in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%P")):
        assert desk(cast.dung).get(f"/requests/yc-catp-1/file/{form}/").content[:2] == first
    assert head.get("/requests/yc-catp-1/file/xlsx/").status_code == 403
    assert desk(cast.dung).get("/requests/yc-catp-1/file/exe/").status_code == 404


def test_who_asked_sends_back_and_excuses(cast, heads, desk, request_):  # noqa: F811
    address = f"/requests/{request_.code}/CAP-W1/"
    said = {"point-0": "x", "point-1": "y", "do": "answer"}
    desk(heads["CAP-W1"]).post(address, said)
    assert desk(heads["CAP-W1"]).post(address, {"do": "return", "reason": "x"}).status_code == 403
    assert desk(heads["CAP-W2"]).get(address).status_code == 404
    assert desk(heads["CAP-W2"]).get(f"/requests/answers/{of(request_, 'CAP-W1').pk}/").status_code == 404
    whole = f"/requests/{request_.code}/"
    for who, status in ((heads["CAP-W1"], 403), (cast.alice, 404)):
        assert desk(who).post(whole).status_code == status
    assert desk(cast.alice).get(whole).status_code == 404
    request_.refresh_from_db()
    assert request_.gathered_on is None
    assert desk(cast.dung).post(address, {"do": "return"}).status_code == 422
    assert desk(cast.dung).post(address, {"do": "return", "reason": "Nêu rõ."}).status_code == 302
    assert "Nêu rõ." in text_of(desk(heads["CAP-W1"]).get(address))
    shown = text_of(desk(cast.dung).get(whole))
    assert "20/11/2026" not in shown.split("Từng đơn vị")[1], "it is waited for again"
    assert "Tổng hợp</button>" not in shown, "there is nothing to gather"
    other = f"/requests/{request_.code}/CAP-W2/"
    assert desk(cast.dung).post(other, {"do": "excuse", "reason": "Mới lập."}).status_code == 302


def test_a_row_is_added_by_the_name_of_its_measure(cast, desk):
    typed = TYPED | {"superior": "Công an Thành phố Mẫu (CATP)", "annex": "Hộ dân | | hộ", "title": ""}
    page = text_of(desk(cast.dung).post("/requests/new/", typed | {"do": "add", "measure": "dossiers-received"}))
    assert "Hộ dân | | hộ\nHồ sơ đã tiếp nhận | dossiers-received" in page
    assert 'class="wrong"' not in page
    assert not ReportRequest.objects.exists()


@pytest.mark.parametrize(("changed", "says"), [
    ({"annex": "x | nothing"}, "không có chỉ tiêu"), ({"units": "nowhere"}, "Không có đơn vị nào"),
    ({"period": "mai"}, "Không có kỳ"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_the_form(cast, desk, changed, says):
    answer = desk(cast.dung).post("/requests/new/", TYPED | changed)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Công văn 9" in text_of(answer)
