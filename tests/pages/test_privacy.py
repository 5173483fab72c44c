"""The public register, and the pages on which officers answer what people ask of their data."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.ground.organisations.queries import importer
from gandan.ground.privacy.models import Request
from gandan.work.dossiers.operations import load_procedures, note_contact, receive
from tests.cast import TODAY

PAGE = "/privacy/requests/"
WORDS = "Xin cho tôi xem dữ liệu của tôi."


@pytest.fixture
def dossier(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    one = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=date(2026, 11, 16))
    note_contact(dossier=one, phone="0903 123 456", email="", address="12 Lê Lợi", by=cast.alice, on=TODAY)
    return one


def typed(dossier, **more):
    return {"dossier": dossier.number, "wish": "see", "text": WORDS, "checked": "on"} | more


@pytest.mark.parametrize(("language", "said"), [("vi", "Người nộp hồ sơ"), ("en", "Applicants of dossiers")])
def test_everyone_reads_what_is_kept_and_how_long(db, client, language, said):
    page = client.get("/privacy/", {"lang": language}, follow=True).content.decode()

    assert said in page
    assert "91/2025/QH15" in page
    assert ("5 năm" if language == "vi" else "5 years") in page


def test_a_request_is_taken_in_acknowledged_and_answered(cast, desk, dossier):
    alice = desk(cast.alice)

    taken = alice.post(f"{PAGE}new/", typed(dossier))
    asked = Request.objects.get()
    assert taken.url == f"{PAGE}{asked.pk}/"
    assert WORDS in alice.get(taken.url).content.decode()
    assert alice.post(taken.url, {"step": "acknowledge"}).status_code == 302
    refused = alice.post(taken.url, {"step": "answer", "outcome": "refused", "text": "Luật buộc giữ."})
    assert refused.status_code == 400
    assert "Luật buộc giữ." in refused.content.decode(), "what was typed is gone"
    answered = {"step": "answer", "outcome": "refused", "reason": "law_keeps", "text": "Luật buộc giữ."}
    assert alice.post(taken.url, answered).status_code == 302
    asked.refresh_from_db()
    assert (asked.step, asked.outcome, asked.reason) == ("answered", "refused", "law_keeps")
    assert "pháp luật quy định phải giữ" in alice.get(taken.url).content.decode()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"dossier": "000.00.79.H29-261116-9999"}, "Không có hồ sơ số"),
        ({"checked": ""}, "Xác nhận đã kiểm tra"),
        ({"wish": "opinion"}, "opinion"),
        ({"text": "x" * 5000}, "4000"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(cast, desk, dossier, more, said):
    page = desk(cast.alice).post(f"{PAGE}new/", typed(dossier, reply_to="an@example.org") | more)

    assert page.status_code == 400
    assert said in page.content.decode()
    assert "an@example.org" in page.content.decode()
    assert not Request.objects.exists()


def test_nobody_asks_about_or_sees_what_is_another_units(cast, desk, dossier):
    desk(cast.alice).post(f"{PAGE}new/", typed(dossier))
    number = Request.objects.get().pk

    other = desk(cast.binh).post(f"{PAGE}new/", typed(dossier, wish="erase"))
    assert other.status_code == 403
    for person in (cast.binh, cast.lan, cast.oanh, cast.giang):
        client = desk(person)
        for address in (f"{PAGE}{number}/", f"{PAGE}{number}/extract/"):
            assert client.get(address).status_code == 403
        assert client.post(f"{PAGE}{number}/", {"step": "acknowledge"}).status_code == 403
    assert desk(cast.lan).get(PAGE).status_code == 403
    assert Request.objects.get().acknowledged_on is None


def test_the_extract_holds_what_we_know_of_this_dossiers_applicant_and_no_secret(cast, desk, dossier):
    another = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Lê Thị An", by=cast.alice, on=TODAY)
    note_contact(dossier=another, phone="0911 000 000", email="", address="", by=cast.alice, on=TODAY)
    alice = desk(cast.alice)
    alice.post(f"{PAGE}new/", typed(dossier))

    told = json.loads(alice.get(f"{PAGE}{Request.objects.get().pk}/extract/").content)

    assert told["held"]["dossiers.dossier.applicant"] == ["Lê Thị An"]
    assert told["held"]["dossiers.contact.phone"] == ["0903123456"]
    assert told["held"]["dossiers.contact.address"] == ["12 Lê Lợi"]
    assert "0911000000" not in json.dumps(told), "another dossier of the same person was joined"
    assert not [column for column in told["held"] if "digest" in column]


def test_an_empty_list_says_what_to_do(cast, desk):
    page = desk(cast.alice).get(PAGE).content.decode()

    assert "Không có yêu cầu nào đang chờ" in page
    assert f"{PAGE}new/" in page


def test_a_list_costs_the_same_for_one_row_as_for_many(cast, desk, dossier):
    alice = desk(cast.alice)
    alice.post(f"{PAGE}new/", typed(dossier))
    alice.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        alice.get(PAGE)
    for wish in ("correct", "erase", "restrict", "object", "withdraw"):
        alice.post(f"{PAGE}new/", typed(dossier, wish=wish))

    with CaptureQueriesContext(connection) as many:
        page = alice.get(PAGE).content.decode()
    assert len(many) == len(one)
    assert page.count(dossier.number) == 6


def test_no_title_names_anybody(cast, desk, dossier):
    alice = desk(cast.alice)
    alice.post(f"{PAGE}new/", typed(dossier))

    for address in (PAGE, f"{PAGE}new/", f"{PAGE}{Request.objects.get().pk}/"):
        title = alice.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert "An" not in title.split()


def test_a_dossier_is_held_with_a_reason_and_an_end_and_let_go(cast, desk, dossier):
    alice = desk(cast.alice)
    typed = {"step": "hold", "number": dossier.number, "reason": "complaint", "until": "2027-11-20"}
    assert alice.post("/privacy/holds/", typed | {"until": "2035-01-01"}).status_code == 400

    assert alice.post("/privacy/holds/", typed).status_code == 302

    assert "đang có khiếu nại" in alice.get("/privacy/holds/").content.decode()
    seen = desk(cast.lan).get("/privacy/holds/").content.decode()
    assert "đang có khiếu nại" in seen
    assert dossier.number not in seen  # who keeps the house sees no dossier
    assert desk(cast.binh).post("/privacy/holds/", typed).status_code == 403
    asked = alice.post(f"{PAGE}new/", {"dossier": dossier.number, "wish": "see", "text": WORDS, "checked": "on"}).url
    number = f"YC-{Request.objects.get().pk}"
    assert number in alice.get(asked).content.decode()
    assert alice.post("/privacy/holds/", typed | {"number": number}).status_code == 302
    assert alice.post("/privacy/holds/", {"step": "release", "number": number}).status_code == 302
    alice.post("/privacy/holds/", {"step": "release", "number": dossier.number})
    assert "Không có bản ghi nào bị giữ lại" in alice.get("/privacy/holds/").content.decode()
