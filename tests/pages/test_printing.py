"""The forms of a dossier on paper, from its page."""

from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from gandan.work.dossiers.operations import ask_supplement, load_procedures, receive, stop
from tests.cast import TODAY


@pytest.fixture
def dossier(cast, client):
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY)
    client.force_login(cast.alice)
    papers = [{"name": "Tờ khai TK01", "original": 1}]
    return receive(procedure="passport", unit=cast.unit("PA08"), applicant="Trần Thị Hoa", by=cast.alice, on=TODAY, papers=papers)


def form(client, dossier, kind):
    answer = client.get(f"/dossiers/{dossier.number}/forms/{kind}/")
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_the_receipt_says_what_was_handed_in_and_when_the_result_is_due(client, dossier):
    said = form(client, dossier, "receipt")

    for words in (
        "Trần Thị Hoa",
        dossier.number,
        "Tờ khai TK01",
        "1 bản chính",
        "08 ngày làm việc",
        f"{dossier.due_on:%d/%m/%Y}",
    ):
        assert words in said
    assert "forms/receipt/" in client.get(f"/dossiers/{dossier.number}/").content.decode()


def test_each_step_that_writes_to_the_applicant_has_its_form(client, cast, dossier):
    assert client.get(f"/dossiers/{dossier.number}/forms/supplement/").status_code == 404

    missing = [{"name": "Ảnh 4×6", "original": 2}]
    ask_supplement(dossier=dossier, papers=missing, words="Ảnh mờ, xin nộp ảnh mới.", by=cast.alice, on=TODAY)
    assert "Ảnh mờ, xin nộp ảnh mới." in form(client, dossier, "supplement")

    stop(dossier=dossier, why="not_supplemented", words="Quá hạn bổ sung.", by=cast.alice, on=TODAY)
    assert "không bổ sung hồ sơ trong thời hạn: Quá hạn bổ sung." in form(client, dossier, "stopped")
    assert "Dừng giải quyết hồ sơ" in form(client, dossier, "control")


def test_it_is_printed_at_any_fraction_of_a_second(client, dossier, monkeypatch):
    moment = timezone.now().replace(microsecond=123_456)
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert dossier.number in form(client, dossier, "receipt")


def test_another_unit_prints_nothing(client, cast, dossier):
    client.force_login(cast.phuc)
    assert client.get(f"/dossiers/{dossier.number}/forms/receipt/").status_code == 403
    assert client.get(f"/dossiers/{dossier.number}/forms/anything/").status_code == 404
