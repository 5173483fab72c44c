"""The calendar of reports that are owed, in the browser: how far each period is, one begun, all asked for."""

from datetime import date

import pytest

from gandan.results.reports.models import ManyAsked, OwedReport
from gandan.results.reports.operations import raise_reports, set_duties
from tests.cast import TODAY
from tests.reports.test_owing import DUTIES


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def owed(worked):
    set_duties(text=DUTIES, by=worked.giang, on=TODAY)
    raise_reports(by=worked.importer, on=date(2026, 10, 1))
    return worked


def test_what_is_owed_is_seen_by_who_reads_those_units(owed, desk):
    page = text_of(desk(owed.dung).get("/reports/owed/"))
    assert "Công an phường Sài Gòn" in page
    assert "0/2" in page
    assert "Công an phường Bến Thành" not in text_of(desk(owed.binh).get("/reports/owed/"))


def test_one_is_begun_by_who_writes_reports_there(owed, desk):
    number = OwedReport.objects.get(unit__code="CAP-W1", label="2026-Q3").pk
    assert desk(owed.chi).get(f"/reports/owed/{number}/").status_code == 403
    assert desk(owed.binh).post(f"/reports/owed/{number}/").status_code == 403
    assert "Lập báo cáo, có sẵn số liệu" in text_of(desk(owed.dung).get(f"/reports/owed/{number}/"))

    answer = desk(owed.dung).post(f"/reports/owed/{number}/")
    assert answer.url == "/reports/bc-cap-w1-1/"
    assert desk(owed.dung).get(f"/reports/owed/{number}/").url == answer.url
    assert desk(owed.dung).get("/reports/owed/999999/").status_code == 404


def test_all_of_a_period_are_asked_for_by_the_unit_that_receives_them(owed, desk):
    asked = {"duty": "wards", "period": "2026-Q3"}
    assert "Lập sẵn cho cả 2 đơn vị" in text_of(desk(owed.dung).get("/reports/owed/?duty=wards&period=2026-Q3"))
    assert desk(owed.binh).post("/reports/owed/all/", asked).status_code == 403
    assert desk(owed.dung).post("/reports/owed/all/", asked).status_code == 302
    assert ManyAsked.objects.count() == 1
    assert "Đã lập 0/2 báo cáo" in text_of(desk(owed.dung).get("/reports/owed/?duty=wards&period=2026-Q3"))
    assert desk(owed.dung).post("/reports/owed/all/", {"duty": "nothing"}).status_code == 409
