"""Procedures on a page: added, given a new rule, tried before it holds; what is open keeps its own."""

from datetime import date

import pytest

from gandan.work.dossiers.models import Dossier, Procedure
from gandan.work.dossiers.operations import receive
from tests.cast import TODAY
from tests.dossiers.conftest import office as office

TYPED = {
    "code": "driving-licence", "name": "Đổi giấy phép lái xe", "start": "2026-11-20", "term_amount": "5",
    "term_unit": "working_days", "fee": "115000", "handled_by": "PC08", "decided_by": "Trưởng phòng", "delivery": "on",
    "legal_basis": "Thông tư 12/2025/TT-BCA", "source": "Văn bản", "verify_days": "3",
    "forms_used": "Đơn đề nghị\nGiấy khám sức khoẻ", "paper_name": ["Giấy phép cũ", "", "Ảnh"],
    "paper_original": ["1", "", "2"], "paper_certified": ["", "", ""], "paper_copy": ["", "", "1"],
}  # fmt: skip
WRITE = "/settings/procedures/write/"


@pytest.mark.parametrize("address", ["/settings/procedures/", "/settings/procedures/passport/", WRITE])
def test_only_who_looks_after_the_house_comes_in(office, desk, address):
    assert desk(office.lan).get(address).status_code == 200
    for person in (office.alice, office.dung, office.oanh):
        assert desk(person).get(address).status_code == 403


def test_a_procedure_is_tried_and_nothing_is_done_until_it_is_confirmed(office, desk):
    lan = desk(office.lan)

    shown = lan.post(WRITE, TYPED).content.decode()

    assert "Hồ sơ nhận thứ Sáu, 20/11/2026" in shown
    assert "30/11/2026" in shown  # three days of verification, then five working days
    assert "Phòng Cảnh sát giao thông" in shown
    assert "Giấy phép cũ" in shown, "what was typed is gone"
    assert not Procedure.objects.filter(code="driving-licence").exists()

    assert lan.post(WRITE, {**TYPED, "sure": "1"}).status_code == 302
    made = Procedure.objects.get(code="driving-licence")
    assert made.papers == [
        {"name": "Giấy phép cũ", "original": 1, "certified": 0, "copy": 0},
        {"name": "Ảnh", "original": 2, "certified": 0, "copy": 1},
    ]
    assert (made.forms, made.online_allowed, made.verified) == (["Đơn đề nghị", "Giấy khám sức khoẻ"], False, False)
    page = lan.get("/settings/procedures/driving-licence/").content.decode()
    assert "115.000 đ" in page
    assert "Đổi giấy phép lái xe" in lan.get("/settings/procedures/").content.decode()


def test_a_new_rule_ends_the_one_before_and_an_open_dossier_keeps_its_own(office, desk):
    lan = desk(office.lan)
    before = receive(procedure="passport", applicant="Trần An", unit=office.unit("PA08"), by=office.alice, on=TODAY)
    assert 'value="passport"' in lan.get(f"{WRITE}?of=passport").content.decode()
    typed = {**TYPED, "code": "passport", "handled_by": "PA08*", "start": "2026-11-20", "term_amount": "3", "verify_days": ""}

    shown = lan.post(WRITE, typed).content.decode()
    assert "1 hồ sơ đang mở vẫn giữ quy định ấy" in shown
    lan.post(WRITE, {**typed, "sure": "1"})

    kept = Dossier.objects.select_related("procedure").get(pk=before.pk)
    assert (kept.procedure.term_amount, kept.due_on) == (8, before.due_on)
    assert kept.procedure.during.upper == date(2026, 11, 20)
    later = receive(procedure="passport", applicant="Lê Bình", unit=office.unit("PA08"), by=office.alice, on=TODAY)
    assert later.procedure.term_amount == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "Bằng lái"}, "Mã chỉ gồm a–z"),
        ({"handled_by": "NOWHERE"}, "không có đơn vị nào mang mã này"),
        ({"end": "2026-11-01"}, "phải kết thúc sau ngày bắt đầu"),
        ({"legal_basis": ""}, "Cần ghi mục này"),
        ({"paper_name": ["x" * 301, "", ""]}, "tên dài quá"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(office, desk, typed, said):
    answer = desk(office.lan).post(WRITE, {**TYPED, **typed})

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Đổi giấy phép lái xe" in answer.content.decode()


def test_the_term_of_a_rule_in_use_is_not_corrected(office, desk):
    receive(procedure="passport", applicant="Trần An", unit=office.unit("PA08"), by=office.alice, on=TODAY)
    start = Procedure.objects.get(code="passport", during__contains=TODAY).during.lower.isoformat()

    answer = desk(office.lan).post(
        WRITE, {**TYPED, "code": "passport", "start": start, "term_amount": "20", "handled_by": "PA08*", "sure": "1"}
    )

    assert answer.status_code == 400
    assert "thời hạn mới phải là quy định mới" in answer.content.decode()


def test_an_unknown_procedure_is_said_to_be_unknown(office, desk):
    assert desk(office.lan).get("/settings/procedures/nothing/").status_code == 404


def test_a_new_house_loads_what_the_product_brings(cast, desk):
    lan = desk(cast.lan)
    assert "Nạp thủ tục có sẵn" in lan.get("/settings/procedures/").content.decode()
    assert "Đã nạp" in lan.post("/settings/procedures/", follow=True).content.decode()
    Procedure.objects.filter(code="passport").update(fee=1)
    lan.post("/settings/procedures/")
    assert Procedure.objects.filter(code="passport", fee=1).exists()  # what stands there is not written over
