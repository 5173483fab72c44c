"""A report in the browser: drafted, written on, frozen, and held against what is known now."""

import re
from datetime import date

import pytest

from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.results.reports.models import Report
from tests.cast import TODAY
from tests.measures.happening import receive
from tests.reports.writing import written

NEW = {"unit": "79", "programme": "2016-2021", "first": "2016-01-01", "last": "2021-12-31"}


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def signed(worked):
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=worked.giang, on=TODAY)
    return worked


@pytest.fixture
def draft(signed, desk):
    assert desk(signed.giang).post("/reports/new/", NEW).status_code == 302
    return Report.objects.get()


def test_a_draft_is_made_from_a_programme(signed, desk, draft):
    text = text_of(desk(signed.giang).get(f"/reports/{draft.code}/"))

    assert "dự thảo" in text
    assert "Chốt số liệu" not in text  # an officer of the programme drafts, another signs
    assert re.search(r'class="bound"[^>]*>\d', text)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first": "2010-01-01"}, "nằm ngoài chương trình"),
        ({"unit": "NOPE"}, "Không có đơn vị nào tên hoặc mã là NOPE."),
        ({"first": "2021-02-31"}, "Ngày này không có trong lịch"),
        ({"first": "2021-06-01", "last": "2021-05-01"}, "trước khi bắt đầu"),
    ],
)
def test_what_is_refused_stands_in_the_form_with_what_was_typed(signed, desk, changed, said):
    answer = desk(signed.giang).post("/reports/new/", NEW | changed)

    assert answer.status_code == 400
    assert said in text_of(answer)
    assert f'value="{(NEW | changed)["unit"]}"' in text_of(answer)


def test_a_reader_may_not_draft(signed, desk):
    assert desk(signed.oanh).post("/reports/new/", NEW).status_code in {400, 403}
    assert Report.objects.count() == 0


def test_a_text_that_cant_be_read_is_refused_and_kept(signed, desk, draft):
    answer = desk(signed.giang).post(f"/reports/{draft.code}/", {"position": "1", "text": "Có {{ measure nope }} hồ sơ."})

    assert answer.status_code == 400
    assert "không có chỉ tiêu “nope”" in text_of(answer)
    assert "Có {{ measure nope }} hồ sơ." in text_of(answer)


def test_a_text_says_what_the_ledger_says(signed, desk, draft):
    client = desk(signed.giang)
    client.post(f"/reports/{draft.code}/", {"position": "1", "text": "Đã nhận {{ measure dossiers-received }} hồ sơ."})
    text = text_of(client.get(f"/reports/{draft.code}/"))

    assert re.search(r"Đã nhận <a class=\"bound\"[^>]*>0</a> hồ sơ\.", text)


def test_only_a_signatory_freezes(signed, desk, draft):
    written(draft)
    assert desk(signed.giang).post(f"/reports/{draft.code}/freeze/").status_code == 403
    assert desk(signed.khanh).post(f"/reports/{draft.code}/freeze/").status_code == 302
    text = text_of(desk(signed.khanh).get(f"/reports/{draft.code}/"))

    assert "đã chốt" in text
    assert Report.objects.get().digest in text


def test_what_is_learnt_later_stands_beside_what_was_signed(signed, desk, draft):
    client = desk(signed.khanh)
    client.post(f"/reports/{written(draft).code}/freeze/")
    assert "Không có gì khác" in text_of(client.get(f"/reports/{draft.code}/?tab=now"))

    receive(signed, "PA08", date(2021, 5, 4), times=3)
    text = text_of(client.get(f"/reports/{draft.code}/?tab=now"))

    assert "Số liệu khác" in text
    assert re.search(r"% \(\d+/\d+\)", text), "a share says its part and whole: they differ where it doesn't"
    assert "Lượt ghi nhận đến sau" in text
    assert text.count("Tiếp nhận hồ sơ") == 3


def test_a_draft_is_discarded(signed, desk, draft):
    desk(signed.giang).post(f"/reports/{draft.code}/discard/")

    assert Report.objects.count() == 0


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_a_report_is_taken_home(signed, desk, draft, ending, begins):
    client = desk(signed.khanh)
    client.post(f"/reports/{written(draft).code}/freeze/")
    answer = client.get(f"/reports/{draft.code}/{ending}/")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'filename="{draft.code}.{ending}"' in answer["Content-Disposition"]


def test_a_report_is_seen_by_who_may_see_its_figures(signed, desk, draft):
    assert desk(signed.alice).get(f"/reports/{draft.code}/").status_code == 403
    assert draft.code not in text_of(desk(signed.alice).get("/reports/"))
    assert draft.code in text_of(desk(signed.oanh).get("/reports/"))


def test_an_unknown_report_is_said_plainly(signed, desk):
    answer = desk(signed.giang).get("/reports/nope/")

    assert answer.status_code == 404
    assert "Không có báo cáo nope." in text_of(answer)
