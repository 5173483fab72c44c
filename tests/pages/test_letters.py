"""Letters of apology and the outbox, as officers and heads see them."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gandan.ground.documents.demonstration import make_key
from gandan.ground.documents.models import Stored
from gandan.ground.documents.queries import pdf_of
from gandan.ground.messages.models import Message
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import clock, importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Apology
from gandan.work.dossiers.operations import give_receipt, load_procedures, note_contact, raise_letters, receive
from tests.cast import TODAY


@pytest.fixture
def late(cast):
    """Two dossiers whose appointment is today or was, with a letter owed for each."""
    today, then = TODAY, TODAY - timedelta(days=20)
    load_procedures(unit=cast.police, by=importer(), on=today - timedelta(days=900))
    unit = cast.unit("PA08")
    for nth in range(2):
        one = receive(procedure="passport", unit=unit, applicant=f"Lê Thị Hoa {nth}", by=cast.alice, on=then)
        note_contact(dossier=one, email="hoa@example.com", by=cast.alice, on=then)
    raise_letters(by=clock(), on=today)
    return list(Apology.objects.order_by("pk"))


@pytest.fixture
def as_officer(client, cast):
    client.force_login(cast.alice)
    return client


@pytest.fixture
def as_head(client, cast, settings, tmp_path):
    settings.SIGNING_DIR = str(tmp_path)
    head = enrol(
        username="thao", name="Nguyễn Phương Thảo", unit=cast.unit("PA08"), role=Role.UNIT_HEAD, line=Line.POLICE,
        by=importer(), on=TODAY - timedelta(days=30), password="một mật khẩu đủ dài",
    )  # fmt: skip
    make_key("thao", head.name, "PA08", datetime(2026, 11, 19, tzinfo=UTC))
    client.force_login(head)
    confirmed(client)
    return client


def confirmed(client):
    """As after a sign-in with a password just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def said(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_an_officer_says_why(as_officer, late):
    assert "chưa ghi lý do" in said(as_officer.get("/letters/"))
    page = f"/letters/{late[0].pk}/"
    wrong = said(as_officer.post(page, {"reason": "other", "words": "", "wanted": "31/02/2027"}), 422)
    assert "31/02/2027 không phải một ngày" in wrong
    assert 'value="31/02/2027"' in wrong

    assert "Chưa chọn lý do" in said(as_officer.post(page, {"reason": "", "words": "x", "wanted": ""}), 422)
    assert as_officer.post(page, {"reason": "partner", "words": "", "wanted": ""}).status_code == 302
    assert "cơ quan phối hợp chưa trả lời" in said(as_officer.get("/letters/"))


def test_the_head_looks_signs_all_and_sees_a_result_for_each(as_head, late):
    as_head.post(f"/letters/{late[0].pk}/", {"reason": "partner", "words": "", "wanted": ""})
    page = said(as_head.get("/letters/"))
    assert "Ký cả 1 thư" in page
    draft = as_head.get(f"/letters/{late[0].pk}/pdf/")
    assert draft["Content-Type"] == "application/pdf"
    assert "Chưa chọn lý do" in said(as_head.get(f"/letters/{late[1].pk}/pdf/"), 409)

    answer = as_head.post("/letters/sign/", {"letter": [one.pk for one in late]}, follow=True)
    result = said(answer)
    assert "Đã ký 1 thư" in result
    assert "Chưa chọn lý do" in result
    kept = Stored.objects.get()
    sent = as_head.get(f"/letters/{late[0].pk}/pdf/")
    assert len(sent.content) == kept.size
    assert sent["Content-Disposition"] == f'inline; filename="apology-{TODAY:%Y%m%d}-{kept.pk}.pdf"'
    assert "Đã gửi" in said(as_head.get("/letters/?show=signed"))
    assert "thư điện tử: h…@example.com" in said(as_head.get(f"/letters/{late[0].pk}/"))
    assert said(as_head.post("/letters/sign/", {"letter": [late[0].pk]}), 409)


def test_nobody_signs_or_sees_elsewhere(client, cast, late):
    client.force_login(cast.binh)
    assert "Không có thư nào chờ ký" in said(client.get("/letters/"))
    for page in (f"/letters/{late[0].pk}/", f"/letters/{late[0].pk}/pdf/", "/letters/batches/1/"):
        assert client.get(page).status_code in {404, 409}
    assert client.post("/letters/sign/", {"all": "1"}).status_code in {302, 403}
    client.force_login(cast.alice)
    assert client.post("/letters/sign/", {"letter": [late[0].pk]}).status_code in {302, 403}
    assert not Stored.objects.exists()
    assert client.get("/letters/sign/").status_code == 405


def test_who_signs_proves_again_who_they_are(as_head, late):
    as_head.post(f"/letters/{late[0].pk}/", {"reason": "partner", "words": "", "wanted": ""})
    session = as_head.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()

    assert as_head.post("/letters/sign/", {"all": "1"}).status_code == 302
    assert not Stored.objects.exists()


def test_what_got_stuck_is_told(as_officer, late):
    assert "Bị kẹt" in said(as_officer.get("/letters/"))
    assert "2 thư xin lỗi bị kẹt" in said(as_officer.get("/"))
    assert "chưa ký, đã quá hẹn" in said(as_officer.get("/letters/?show=stuck"))
    assert "Không có thư nào chờ in" in said(as_officer.get("/letters/?show=print"))
    assert said(as_officer.post("/letters/print/", {}), 409)


def test_a_list_costs_as_many_queries_for_one_as_for_many(as_officer, cast, late, django_assert_max_num_queries):
    for nth in range(20):
        receive(procedure="passport", unit=cast.unit("PA08"), applicant=f"A {nth}", by=cast.alice, on=TODAY - timedelta(days=20))
    raise_letters(by=clock(), on=TODAY)
    with django_assert_max_num_queries(30):
        as_officer.get("/letters/")


def test_a_message_that_failed_is_tried_elsewhere_or_given_up(as_head, late, cast):
    as_head.post(f"/letters/{late[0].pk}/", {"reason": "partner", "words": "", "wanted": ""})
    as_head.post("/letters/sign/", {"all": "1"})
    row = Message.objects.get()
    Message.objects.filter(pk=row.pk).update(state="failed", answer="550 no such user")
    assert "550 no such user" in said(as_head.get("/messages/"))
    assert "Kèm bản thư có chữ ký" in said(as_head.get(f"/messages/{row.pk}/"))

    wrong = said(as_head.post(f"/messages/{row.pk}/", {"to": "hoa@"}), 422)
    assert "không phải là địa chỉ thư điện tử" in wrong
    assert 'value="hoa@"' in wrong
    assert as_head.post(f"/messages/{row.pk}/", {"to": "hoa2@example.com"}).status_code == 302
    assert Message.objects.get().recipient == "hoa2@example.com"
    assert as_head.post(f"/messages/{row.pk}/", {"drop": "1"}).status_code == 302
    assert Message.objects.get().state == "dropped"
    as_head.force_login(cast.binh)
    assert as_head.get(f"/messages/{row.pk}/").status_code == 404


def test_the_applicant_takes_the_letter_home_as_it_was_sent(late, as_head, cast):
    as_head.post(f"/letters/{late[0].pk}/", {"reason": "partner", "words": "", "wanted": ""})
    as_head.post("/letters/sign/", {"letter": [late[0].pk]}, follow=True)
    token = give_receipt(dossier=late[0].dossier, by=cast.alice, on=TODAY)
    somebody = Client()
    somebody.get(f"/r/{token}/")

    page = said(somebody.get("/public/dossier/"))
    served = somebody.get(f"/public/dossier/letters/{late[0].pk}/")

    assert f"/public/dossier/letters/{late[0].pk}/" in page
    assert served.content == pdf_of(Apology.objects.get(pk=late[0].pk).paper_id)
    assert somebody.get(f"/public/dossier/letters/{late[1].pk}/").status_code == 404
    assert Client().get(f"/public/dossier/letters/{late[0].pk}/").url == "/public/lookup/"
