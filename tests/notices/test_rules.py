"""Plain words are told from words of offices; only claims of fact pass the checklist."""

import pytest

from gandan.work.notices.rules.checking import CHECKLIST, stopped_by
from gandan.work.notices.rules.plain import Level, read
from tests.notices.conftest import GOOD


def test_a_short_everyday_text_is_easy_and_has_no_findings():
    reading = read("Thứ Bảy, 28/11, từ 8 giờ. Xin mang giấy khai sinh. Không phải trả tiền.")

    assert (reading.level, reading.findings) == (Level.EASY, ())
    assert reading.sentences == 3


def test_words_of_offices_come_with_what_to_say_instead():
    reading = read("Căn cứ theo kế hoạch, đề nghị công dân nghiêm túc chấp hành.")

    found = {one.where: one.better for one in reading.findings}
    assert found["căn cứ theo"] == "theo"
    assert found["đề nghị công dân"] == "xin Ông/Bà"


def test_a_sentence_nobody_reads_to_its_end_is_found():
    long = "Người dân " + "ở khu phố ba và khu phố bốn " * 5 + "xin chú ý."

    reading = read(long)

    assert [one.what for one in reading.findings] == ["long_sentence"]
    assert reading.level is Level.HARD


def test_text_from_a_telephone_in_another_form_is_read_alike():
    import unicodedata

    said = "Căn cứ theo kế hoạch."
    assert read(unicodedata.normalize("NFD", said)).findings == read(said).findings


def test_the_checklist_lets_a_claim_of_fact_pass():
    assert stopped_by(GOOD) is None


@pytest.mark.parametrize("question", [one.code for one in CHECKLIST])
@pytest.mark.parametrize("answer", ["other", ""])
def test_one_answer_otherwise_or_missing_stops_it(question, answer):
    otherwise = {"yes": "no", "no": "yes"}[GOOD[question]] if answer else ""

    stopped = stopped_by({**GOOD, question: otherwise})

    assert stopped is not None
    assert stopped.code == question
