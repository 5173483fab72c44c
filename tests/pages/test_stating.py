"""Figures from outside in the browser: stated, answered by the other side, marked wherever they stand."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gandan.results.statements.models import Declaration, Reconciliation, Statement
from tests.statements.test_statements import CODE

TYPED = {
    "unit": "CATP",
    "measure": CODE,
    "period": "2016",
    "value": "1.234",
    "source": "Báo cáo 12",
    "evidence": "Tiếp nhận 1.234.",
}


def text_of(answer) -> str:
    return answer.content.decode()


def page() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, "PNG")
    return SimpleUploadedFile("bc-2016.png", made.getvalue(), "image/png")


@pytest.fixture
def stated(worked, desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = desk(worked.giang).post("/statements/new/", TYPED | {"file": page()})
    assert answer.status_code == 302
    return Statement.objects.get()


def test_the_other_side_sees_it_with_its_scanned_page_and_approves(worked, desk, stated):
    assert "Báo cáo 12" in text_of(desk(worked.hoa).get("/statements/?tab=answer"))
    assert "Không có số nào chờ duyệt" in text_of(desk(worked.giang).get("/statements/?tab=answer"))
    shown = text_of(desk(worked.hoa).get(f"/statements/{stated.pk}/"))
    assert "Duyệt số này" in shown
    assert "bc-2016.png" in shown
    token = shown.split("/evidence/")[1].split("/")[0]
    file = desk(worked.hoa).get(f"/statements/{stated.pk}/evidence/{token}/")
    assert b"".join(file.streaming_content)[1:4] == b"PNG"
    assert desk(worked.hoa).get(f"/statements/{stated.pk}/evidence/nothing/").status_code == 404

    assert desk(worked.binh).post(f"/statements/{stated.pk}/", {"do": "approve"}).status_code == 404
    answer = desk(worked.dung).post(f"/statements/{stated.pk}/", {"do": "approve"})
    assert answer.status_code == 422
    assert "bên kia duyệt" in text_of(answer)
    assert desk(worked.hoa).post(f"/statements/{stated.pk}/", {"do": "refuse"}).status_code == 422
    assert desk(worked.hoa).post(f"/statements/{stated.pk}/", {"do": "approve"}).status_code == 302

    measure = text_of(desk(worked.giang).get(f"/measures/{CODE}/?unit=CATP&period=2016"))
    assert "1.234, theo Báo cáo 12; không nằm trong số đếm" in measure
    assert "Sửa số" in text_of(desk(worked.giang).get(f"/statements/{stated.pk}/"))


def test_a_correction_shows_what_was_stated_before(worked, desk, stated):
    desk(worked.hoa).post(f"/statements/{stated.pk}/", {"do": "approve"})
    assert "Lý do sửa" in text_of(desk(worked.giang).get(f"/statements/new/?corrects={stated.pk}"))
    made = desk(worked.giang).post(f"/statements/new/?corrects={stated.pk}", TYPED | {"value": "1.300", "reason": "Cộng thiếu."})
    assert made.status_code == 302
    shown = text_of(desk(worked.hoa).get(made.url))
    assert "Nêu lại 1.300" in shown
    assert "Nêu 1.234" in shown


@pytest.mark.parametrize(("changed", "says"), [
    ({"value": "nhiều"}, "Đây không phải một số"),
    ({"value": "-1"}, "Số phải từ 0 trở lên"),
    ({"period": "2026"}, "Chỉ nêu số của kỳ đã hết"),
    ({"period": "mai"}, "Không có kỳ"),
    ({"unit": "nowhere"}, "Không có đơn vị nào"),
    ({"evidence": ""}, "kèm tệp hoặc chép lời"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(worked, desk, changed, says):
    answer = desk(worked.giang).post("/statements/new/", TYPED | changed)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Báo cáo 12" in text_of(answer)


def test_where_work_is_done_is_declared_and_marks_its_figures(worked, desk):
    typed = {"unit": "CAP-W1", "work": "dossiers", "system": "Cổng quốc gia", "since": "2026-01-01", "source": "Công văn 5"}
    assert desk(worked.binh).post("/works/", typed).status_code == 403
    assert desk(worked.giang).post("/works/", typed | {"source": ""}).status_code == 422
    assert desk(worked.giang).post("/works/", typed).status_code == 302
    assert Declaration.objects.count() == 1
    assert "Cổng quốc gia" in text_of(desk(worked.giang).get("/works/"))
    assert "1 đơn vị làm việc này ở Cổng quốc gia" in text_of(desk(worked.giang).get(f"/measures/{CODE}/?unit=79&period=2026"))


def test_totals_are_held_against_what_is_counted(worked, desk):
    typed = {"source": "Cổng quốc gia", "totals": f"CAP-W1;{CODE};2026;99"}
    assert desk(worked.giang).post("/works/totals/", typed | {"totals": "x"}).status_code == 422
    assert desk(worked.giang).post("/works/totals/", typed).status_code == 302
    shown = text_of(desk(worked.giang).get("/works/totals/?only=differing"))
    assert "99" in shown
    assert "lệch" in shown
    number = str(Reconciliation.objects.get().pk)
    assert f"#{number}" in shown
    explained = {"do": "explain", "number": number.strip(), "explanation": "Nhập muộn."}
    assert desk(worked.giang).post("/works/totals/", explained | {"number": "0"}).status_code == 422
    assert desk(worked.giang).post("/works/totals/", explained).status_code == 302
    assert "Nhập muộn." in text_of(desk(worked.giang).get("/works/totals/"))
