"""The pages: a citizen sends without an account or a script, comes back by the receipt, sees the answer; the desk at work."""

import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from gandan.work.voice.flow import Outcome
from gandan.work.voice.models import Case, CaseDraft
from gandan.work.voice.operations import answer, show
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.voice.conftest import AT

DRAFT, MINE, HOME = "/public/voice/draft/", "/public/voice/mine/", "/public/voice/"


def begun(kind="report", service="noise"):
    client = Client()
    assert client.post(f"/public/voice/new/{kind}/", {"service": service}).url == DRAFT
    return client


def code_on(page):
    return re.sub(r"\D", "", re.search(r'class="code-words">([\d ]+)<', page.content.decode())[1])


def picture():
    held = BytesIO()
    Image.new("RGB", (40, 30), "red").save(held, "JPEG", exif=b"Exif\0\0secret place 10.77,106.69")
    held.seek(0)
    held.name = "loa.jpg"
    return held


def test_the_way_of_a_report_from_the_first_word_to_the_seen_answer(town):
    assert "Phản ánh, kiến nghị" in Client().get(HOME).content.decode()
    citizen = begun()
    code = code_on(citizen.get(DRAFT))
    refused = citizen.post(DRAFT, {"do": "send", "text": "Loa kéo hát đến nửa đêm", "whole": "1"})
    assert refused.status_code == 422
    assert "Thường vào lúc nào" in refused.content.decode()
    assert "Loa kéo hát đến nửa đêm" in refused.content.decode()

    given = {"attribute[when]": "night", "ward": "W1", "place": "hẻm 12", "public": "yes", "whole": "1"}
    assert citizen.post(DRAFT, {**given, "do": "add", "file": picture()}).status_code == 302
    elsewhere = Client()  # the telephone fell into the water; another one goes on
    assert elsewhere.post(MINE, {"code": f"{code[:4]} {code[4:]}"}).url == DRAFT
    for _nervous in range(5):
        assert elsewhere.post(DRAFT, {**given, "do": "send", "text": "Loa kéo hát đến nửa đêm"}).status_code == 302
    case = Case.objects.get()
    sent = elsewhere.get("/public/voice/sent/").content.decode()
    assert case.number in sent
    assert "CAP" not in sent

    desk = signed_in(town.binh)
    listed = desk.get("/voice/?q=loa keo").content.decode()
    assert case.number in listed
    page = desk.get(f"/voice/{case.number}/")
    assert "Sau 22 giờ" in page.content.decode()
    file = re.search(r'href="(/voice/[^"]+/files/[^"]+)"', page.content.decode())[1]
    assert b"secret place" not in b"".join(desk.get(file).streaming_content)
    for stranger in (town.chi, town.alice, town.lan):
        assert signed_in(stranger).get(file).status_code == 404
    given = {"do": "answer", "words": "Đã nhắc quán, quán cam kết.", "outcome": "done", "seen": str(case.version)}
    assert desk.post(f"/voice/{case.number}/", given).status_code == 302

    mine = elsewhere.get(MINE).content.decode()
    assert "Đã nhắc quán, quán cam kết." in mine
    assert "người gửi đã xem" in desk.get(f"/voice/{case.number}/").content.decode()
    assert elsewhere.post(MINE, {"do": "satisfied"}).url == MINE
    assert elsewhere.post(MINE, {"do": "say", "words": "Cảm ơn"}).url == MINE
    elsewhere.post("/public/voice/mine/leave/")
    assert "Mã biên nhận 16 số" in elsewhere.get(MINE).content.decode()


def test_a_place_is_pointed_out_on_a_picture_of_our_own(town):
    citizen = begun("report", "other")
    citizen.post(DRAFT, {"ward": "W1", "do": "ward", "whole": "1"})
    assert citizen.get("/public/voice/map.svg?ward=W1")["Content-Type"] == "image/svg+xml"

    citizen.post(DRAFT, {"ward": "W1", "pin.x": "160", "pin.y": "130", "text": "Đèn đường hỏng", "whole": "1"})
    citizen.post(DRAFT, {"ward": "W1", "text": "Đèn đường hỏng", "do": "send"})

    case = Case.objects.get()
    assert (round(case.latitude, 3), round(case.longitude, 3)) == (10.78, 106.70)


def test_what_is_typed_is_kept_by_itself(town):
    citizen = begun("question", "")
    assert citizen.post(DRAFT, {"text": "Làm hộ chiếu", "do": "keep"}, headers={"X-Kept": "1"}).status_code == 204
    assert "Làm hộ chiếu" in citizen.get(DRAFT).content.decode()


@pytest.mark.parametrize(
    ("kind", "said"), [("crime", "tel:113"), ("handover", "đừng chạm, đừng di chuyển"), ("conduct", "thanh tra")]
)
def test_what_matters_comes_before_writing(town, kind, said):
    assert said in Client().get(f"/public/voice/new/{kind}/").content.decode()
    assert CaseDraft.objects.count() == 0


def test_a_wrong_receipt_is_told_nothing(send):
    case = send()
    said = {Client().post(MINE, {"code": typed}).content.decode().split("<form")[1][:50] for typed in ("1", "9" * 16)}
    assert len(said) == 1
    assert case.text not in Client().post(MINE, {"code": "2"}).content.decode()


def test_public_pages_show_moderated_words_and_the_answer(town, send):
    case = send(public=True, name="Nguyễn Thị Sáu")
    show(case=case, words="Loa kéo ồn.", by=town.hoa, on=TODAY, at=AT)
    answer(case=case, words="Đã nhắc.", outcome=Outcome.DONE, by=town.binh, on=TODAY, at=AT)

    listed = Client().get("/public/voice/shown/").content.decode()
    one = Client().get(f"/public/voice/shown/{case.number}/").content.decode()
    assert "Loa kéo ồn." in listed
    assert "Đã nhắc." in one
    assert "Nguyễn Thị Sáu" not in listed + one
    assert case.words not in listed + one
    assert Client().get(f"/public/voice/shown/{send().number}/").status_code == 302


def test_moderators_see_words_and_not_whose_they_are(town, send):
    case = send(public=True, name="Nguyễn Thị Sáu", phone="0909123456")
    moderator = signed_in(town.hoa)
    page = moderator.get("/voice/moderate/").content.decode()
    assert case.text in page
    assert "Nguyễn Thị Sáu" not in page
    assert moderator.post("/voice/moderate/", {"case": case.pk, "do": "hide", "why": ""}).status_code == 422
    hiding, officer = {"case": case.pk, "do": "hide", "why": "names_someone"}, signed_in(town.binh)
    for refused in (officer.get("/voice/moderate/"), officer.post("/voice/moderate/", hiding)):
        assert refused.status_code == 403
        assert case.text not in refused.content.decode()
    assert Case.objects.get().showing == "waiting"
    assert moderator.post("/voice/moderate/", hiding).status_code == 302
    assert Case.objects.get().showing == "hidden"


def test_an_officer_enters_in_a_minute_what_came_by_telephone(town):
    desk = signed_in(town.binh)
    form = desk.get("/voice/enter/").content.decode()
    once = re.search(r'name="once" value="(\w+)"', form)[1]
    given = {"kind": "report", "service": "other", "channel": "phone", "text": "Nước tràn ra đường", "ward": "W1"}
    given |= {"name": "Bà Sáu", "once": once, "do": "send"}
    assert desk.post("/voice/enter/", given).url == "/voice/entered/"
    assert signed_in(town.chi).get("/voice/entered/").url == "/voice/"  # it is in the session of who took it down
    code = code_on(desk.get("/voice/entered/"))
    desk.post("/voice/enter/", given)  # sent twice

    assert Case.objects.count() == 1
    assert Client().post(MINE, {"code": code}).url == MINE
    assert desk.post("/voice/enter/", {**given, "once": "2", "text": ""}).status_code == 422
    assert signed_in(town.lan).get("/voice/enter/").status_code == 403


def test_every_act_has_a_form_and_a_refusal_stands_beside_it(town, send):
    case, double = send(), send()
    desk = signed_in(town.binh)
    address = f"/voice/{case.number}/"
    assert desk.post(address, {"do": "answer", "words": "x", "outcome": ""}).status_code == 422
    assert desk.post(address, {"do": "hand_over", "unit": "BXDD-W1", "words": "Giữ lại lời này"}).status_code == 422
    for act in (
        {"do": "start", "seen": "0"},
        {"do": "assign", "officer": "binh"},
        {"do": "say", "words": "Đang xem"},
        {"do": "merge", "numbers": double.number},
        {"do": "answer", "words": "Xong", "outcome": "done"},
        {"do": "add_answer", "words": "Thêm"},
    ):
        assert desk.post(address, act).status_code == 302, act
    assert desk.get(f"/voice/{double.number}/").status_code == 200
    assert desk.get(f"/voice/{send(ward='W2').number}/").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(town, send, django_assert_max_num_queries):
    desk = signed_in(town.binh)
    send()
    desk.get("/voice/")
    for _ in range(12):
        send()
    with django_assert_max_num_queries(25):
        desk.get("/voice/")
