"""A ward's monthly reports on one page, and the templates behind them, in the browser."""

import pytest

from gandan.results.reports import queries
from gandan.results.reports.models import Report
from tests.cast import TODAY
from tests.reports.test_templates import head, owed  # noqa: F401
from tests.reports.writing import written


def text_of(answer) -> str:
    return answer.content.decode()


def test_four_reports_in_two_presses(owed, head, desk):  # noqa: F811
    page = text_of(desk(head).get("/reports/mine/"))
    assert "Lập 4 báo cáo" in page
    assert desk(head).post("/reports/mine/", {"do": "begin"}).status_code == 302
    page = text_of(desk(head).get("/reports/mine/"))
    for said in (
        "Hồ sơ tiếp nhận trong kỳ",
        "Lượt người dân được phục vụ thủ tục",
        "Hồ sơ của người dân",
        "Trình duyệt 4 báo cáo",
    ):
        assert said in page
    assert page.count("Còn phải viết trước khi trình và duyệt") == 2
    refused = desk(head).post("/reports/mine/", {"do": "submit"})
    assert refused.status_code == 422
    assert "còn mục phải viết" in text_of(refused)
    for one in Report.objects.all():
        written(one)
    assert desk(head).post("/reports/mine/", {"do": "submit"}).status_code == 302
    assert set(Report.objects.values_list("status", flat=True)) == {"submitted"}
    assert desk(owed.binh).get("/reports/mine/").status_code == 403
    assert "Chưa có báo cáo tháng nào" in text_of(desk(owed.hoa).get("/reports/mine/?unit=nowhere"))


@pytest.mark.parametrize("code", ["monthly-police", "monthly-party"])
def test_templates_are_seen_by_all_and_set_for_everybody(owed, desk, code):  # noqa: F811
    shown = text_of(desk(owed.binh).get(f"/reports/templates/?code={code}"))
    assert "Sửa mẫu" not in shown
    text = queries.template_text(queries.template(code, TODAY)).replace("2026-01-01", "2027-01-01")
    assert desk(owed.binh).post("/reports/templates/", {"text": text}).status_code == 403
    wrong = desk(owed.giang).post("/reports/templates/", {"text": "a: b: c"})
    assert wrong.status_code == 422
    assert "a: b: c" in text_of(wrong)
    assert desk(owed.giang).post("/reports/templates/", {"text": text}).status_code == 302
