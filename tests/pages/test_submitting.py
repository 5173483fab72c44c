"""Handing in online: without an account, without scripts, and nothing that was typed is lost."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gandan.ground.documents.models import Attachment
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import importer, public
from gandan.work.dossiers.models import Delivery, Dossier, Draft
from gandan.work.dossiers.operations import ask_supplement, erase_drafts, load_procedures, refuse, take_in
from tests.cast import TODAY
from tests.documents.files import pdf, photo

WRITTEN = {
    "applicant": "Lê Thị An",
    "identity": "079190000001",
    "phone": "0903 123 456",
    "email": "an@example.org",
    "address": "12 Lê Lợi",
    "content": "Cấp lại vì bị mất",
}


@pytest.fixture(autouse=True)
def shelf(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}


@pytest.fixture
def city(cast):
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    return cast


@pytest.fixture
def writer(client, city):
    """Somebody who has begun to write."""
    assert client.post("/public/submit/identity-card/", {"unit": "CAP-W1"}).url == "/public/draft/"
    return client


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def code(client):
    return re.search(r'class="code-words">([0-9 ]{19})<', text(client.get("/public/draft/")))[1]


def press(client, what, said=WRITTEN, **more):
    return client.post("/public/draft/", {**said, "do": what, **more})


def test_procedures_and_offices_are_found_without_marks(client, city):
    assert "Hộ chiếu" in text(client.get("/public/submit/?q=ho+chieu")) or "hộ chiếu" in text(
        client.get("/public/submit/?q=ho+chieu")
    )
    assert "Không tìm thấy" in text(client.get("/public/submit/?q=xyz"))
    offices = text(client.get("/public/submit/identity-card/?office=ben+thanh"))
    assert "Công an phường Bến Thành" in offices
    assert "Công an phường Sài Gòn" not in offices
    assert "ngày làm việc" in offices


def test_a_draft_is_taken_up_again_on_another_device(writer):
    press(writer, "keep")
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")

    assert elsewhere.get("/public/draft/").url == "/public/resume/"
    assert elsewhere.post("/public/resume/", {"code": code(writer)}).url == "/public/draft/"
    assert 'value="Lê Thị An"' in text(elsewhere.get("/public/draft/"))
    assert Draft.objects.get().digest != code(writer).replace(" ", "")


def test_nobody_guesses_a_draft(client, city):
    answers = [client.post("/public/resume/", {"code": f"{nth:016}"}).status_code for nth in range(33)]

    assert answers[0] == 422
    assert answers[-1] == 429


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(writer):
    answer = press(
        writer, "send", {"phone": "gọi tôi", "identity": "12", "email": "an@", "applicant": "Lê Thị An", "by_post": "on"}
    )
    page = text(answer)

    assert answer.status_code == 422
    for said in (
        "không giống một số điện thoại",
        "có 12 chữ số",
        "thư điện tử chưa đúng",
        "đề nghị việc gì.",
        "địa chỉ để bưu điện",
    ):
        assert said in page
    assert 'value="Lê Thị An"' in page
    assert 'value="gọi tôi"' in page
    assert not Dossier.objects.exists()


def test_a_file_is_added_cleaned_and_taken_out_and_a_bad_one_loses_nothing(writer):
    press(writer, "add", file=SimpleUploadedFile("../../the.jpg", photo()))
    lie = press(writer, "add", {**WRITTEN, "applicant": "Đổi Tên"}, file=SimpleUploadedFile("don.pdf", photo("PNG")))

    assert "nói là PDF, nhưng bên trong là PNG" in text(lie)
    assert 'value="Đổi Tên"' in text(lie)
    (kept,) = Attachment.objects.filter(erased_on=None)
    assert kept.shown_name == "the.jpg"
    press(writer, f"drop-{kept.token}")
    assert not Attachment.objects.filter(erased_on=None).exists()


def test_handed_in_it_waits_to_be_taken_in(writer, city, django_capture_on_commit_callbacks):
    press(writer, "add", file=SimpleUploadedFile("don.pdf", pdf()))
    answers = [press(writer, "send", {**WRITTEN, "by_post": "on"}).url for _ in range(2)]  # a double click

    assert answers == ["/public/draft/sent/"] * 2
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.channel, dossier.unit.code, dossier.applicant) == (
        "registered",
        "online",
        "CAP-W1",
        "Lê Thị An",
    )
    assert (dossier.contact.phone, Delivery.objects.get().address) == ("0903123456", "12 Lê Lợi")
    assert Attachment.objects.get().about_id == dossier.pk
    message = Message.objects.get()
    assert message.template == "dossier-registered"
    page = text(writer.get("/public/draft/sent/"))
    assert dossier.number in page
    assert writer.post("/public/draft/see/").url == "/public/dossier/"
    assert "Cơ quan đang xem hồ sơ" in text(writer.get("/public/dossier/"))


def test_accepted_then_asked_for_more_it_is_seen(writer, city):
    press(writer, "send")
    dossier = Dossier.objects.get()
    take_in(dossier=dossier, by=city.binh, on=TODAY)
    seen = Client(REMOTE_ADDR="10.0.0.9")
    seen.post("/public/lookup/", {"number": dossier.number, "tail": "3456"})
    assert "Hẹn trả kết quả" in text(seen.get("/public/dossier/"))

    ask_supplement(
        dossier=dossier, papers=[{"name": "Ảnh thẻ 3×4", "original": 1}], words="Ảnh gửi kèm bị mờ.", by=city.binh, on=TODAY
    )
    page = text(seen.get("/public/dossier/"))
    assert "Cần Ông/Bà bổ sung: Ảnh thẻ 3×4" in page
    assert "Ảnh gửi kèm bị mờ." in page
    assert "Thời hạn tạm dừng" in page


def test_refused_it_says_why(writer, city):
    press(writer, "send")
    refuse(
        dossier=Dossier.objects.get(),
        why="not_competent",
        words="Nơi giải quyết là Công an phường Bến Thành.",
        by=city.binh,
        on=TODAY,
    )
    writer.post("/public/draft/see/")

    page = text(writer.get("/public/dossier/"))
    assert "Hồ sơ không được tiếp nhận" in page
    assert "Nơi giải quyết là Công an phường Bến Thành." in page


def test_a_draft_that_nobody_hands_in_is_erased_with_its_files(writer, city, monkeypatch):
    press(writer, "add", file=SimpleUploadedFile("don.pdf", pdf()))
    assert erase_drafts(by=public(), on=TODAY + timedelta(30)) == []
    number = Draft.objects.get().pk
    assert erase_drafts(by=public(), on=TODAY + timedelta(31)) == [number]

    assert not Draft.objects.exists()
    assert not Attachment.objects.filter(erased_on=None).exists()


def test_what_was_written_is_sealed_in_the_table(writer, django_db_blocker):
    press(writer, "keep")
    raw = bytes(Draft.objects.extra(select={"raw": "written"}).values_list("raw", flat=True)[0])

    assert b"0903" not in raw
    assert Draft.objects.get().written.count("0903 123 456") == 1
    assert timezone.now().date() == TODAY
