"""Bad days: robots, a nervous thumb, a lost line, a huge photo, a point in the sea, a merged ward, the wrong place, abuse."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gandan.faces.pages import gate
from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import forms
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import public
from gandan.ground.promises.models import Promise
from gandan.work.voice import queries
from gandan.work.voice.flow import MissingWords, WrongState
from gandan.work.voice.models import Aside, Case, Remark
from gandan.work.voice.operations import OwnDecision, appeal_case, decide_appeal, set_aside, show_idea
from tests.accounts.proving import signed_in
from tests.cast import TODAY
from tests.clock import held_clock as held_clock
from tests.voice.conftest import AT

DRAFT, MINE = "/public/voice/draft/", "/public/voice/mine/"
SAID = {"text": "Loa kéo hát đến nửa đêm", "ward": "W1", "whole": "1", "do": "send"}
HAND = {"on": TODAY, "at": AT}


def begun(service="other"):
    client = Client()
    client.post("/public/voice/new/report/", {"service": service})
    client.get(DRAFT)
    return client


def worked(client, there=DRAFT):
    """Return what a browser works out for the form it shows."""
    page = client.get(there).content.decode()
    bits, begins = int(re.search(r'data-bits="(\d+)"', page)[1]), re.search(r'data-begins="(\w+)"', page)[1]
    found = []
    for nth in range(proof.ROUNDS):
        number = 0
        while not proof.good(begins, nth, str(number), bits):
            number += 1
        found.append(str(number))
    return ".".join(found)


def test_who_sends_at_once_has_worked_and_who_has_no_scripts_takes_the_time_of_writing(town, monkeypatch):
    monkeypatch.setattr(proof, "RIPE", 45)
    robot = begun()
    refused = robot.post(DRAFT, SAID)
    assert (refused.status_code, Case.objects.count()) == (429, 0)
    assert "Loa kéo hát đến nửa đêm" in refused.content.decode()  # nothing of what was written is lost
    assert robot.post(DRAFT, {**SAID, "proof": ".".join(["1"] * 16)}).status_code == 429

    browser = begun()
    assert browser.post(DRAFT, {**SAID, "proof": worked(browser)}).status_code == 302

    monkeypatch.setattr(proof, "RIPE", 0)  # the time has passed
    assert robot.post(DRAFT, SAID).status_code == 302
    assert Case.objects.count() == 2


def test_a_token_serves_one_sending_and_a_flood_waits(town, monkeypatch):
    client = begun()
    client.post(DRAFT, SAID)
    assert gate.TOKEN not in client.session
    monkeypatch.setattr(forms().slow, "left", 0.0)
    monkeypatch.setattr(forms().slow, "a_second", 0.0)
    flooded = begun()
    waits = flooded.post(DRAFT, SAID)
    assert (waits.status_code, "sau một phút" in waits.content.decode()) == (503, True)


def test_robots_pay_for_comments_and_for_codes_too(cast, call, think, monkeypatch):
    monkeypatch.setattr(proof, "RIPE", 45)
    idea = show_idea(idea=think().pk, words="Mở tủ sách.", by=cast.hoa, on=TODAY)
    comment, support = f"/public/comments/call/{call.pk}/", f"/public/ideas/{call.pk}/{idea.pk}/support/"
    for there, form in ((comment, {"words": "Hay lắm."}), (support, {"do": "ask", "phone": "0909 123 456"})):
        robot = Client()
        robot.get(there)
        refused = robot.post(there, form)
        assert (refused.status_code, "chờ 45 giây" in refused.content.decode()) == (429, True)
        assert form.get("words", form.get("phone")) in refused.content.decode()  # what was typed stays
        assert robot.post(there, {**form, "proof": worked(robot, there)}).status_code in {200, 302}
    assert (Remark.objects.count(), Message.objects.filter(template="ballot-code").count()) == (1, 1)


def test_a_nervous_thumb_sends_once(town):
    client = begun()
    assert {client.post(DRAFT, SAID).status_code for _ in range(5)} == {302}
    assert Case.objects.count() == 1


def test_a_draft_survives_a_lost_connection_on_another_telephone(town):
    client = begun()
    client.post(DRAFT, {"text": "Đang viết dở", "do": "keep", "whole": "1"}, headers={"X-Kept": "1"})
    code = re.sub(r"\D", "", re.search(r'class="code-words">([\d ]+)<', client.get(DRAFT).content.decode())[1])
    other = Client()
    other.post(MINE, {"code": code})
    assert "Đang viết dở" in other.get(DRAFT).content.decode()


def test_a_photo_of_forty_megabytes_is_refused_with_what_to_do_and_the_words_stay(town):
    head = BytesIO()
    Image.new("RGB", (20, 20), "red").save(head, "JPEG")
    client = begun()
    client.post(DRAFT, {**SAID, "do": "keep"})
    for megabytes, status in ((40, 413), (12, 422)):
        huge = SimpleUploadedFile("anh.jpg", head.getvalue() + b"\0" * (megabytes * 2**20), "image/jpeg")
        refused = client.post(DRAFT, {**SAID, "do": "add", "file": huge})
        assert (refused.status_code, "MB" in refused.content.decode()) == (status, True)
    assert "Loa kéo hát đến nửa đêm" in client.get(DRAFT).content.decode()


def test_a_point_in_the_sea_is_refused_beside_its_field(town):
    client = begun()
    refused = client.post(DRAFT, {**SAID, "ward": "", "latitude": "8.5", "longitude": "112.0"})
    assert (refused.status_code, "nằm ngoài địa bàn" in refused.content.decode()) == (422, True)
    assert Case.objects.count() == 0


def test_a_ward_that_was_merged_leads_to_who_took_over(town):
    begun().post(DRAFT, {**SAID, "ward": "O1"})
    assert Case.objects.get().unit == town.unit("CAP-W1")


def test_the_wrong_place_passes_it_on_and_the_sender_is_told(town):
    client = begun()
    client.post(DRAFT, {**SAID, "phone": "0909123456"})
    desk = signed_in(town.binh)
    given = {"do": "hand_over", "unit": "PC08", "words": "Thuộc cảnh sát giao thông."}
    assert desk.post(f"/voice/{Case.objects.get().number}/", given).status_code == 302
    mine = client.get(MINE).content.decode()
    assert "Thuộc cảnh sát giao thông." in mine
    assert Message.objects.filter(template="voice-moved").exists()


def test_abuse_is_set_aside_by_a_person_sealed_and_looked_at_again_by_another(town, send):
    case = send(text="Bọn bay là đồ ăn hại", phone="0909123456")
    with pytest.raises(MissingWords):
        set_aside(case=case, why=" ", by=town.binh, **HAND)
    with pytest.raises(NotAllowed):
        set_aside(case=case, why="Xúc phạm", by=town.chi, **HAND)
    set_aside(case=case, why="Lời lẽ xúc phạm.", by=town.binh, **HAND)

    fresh = Case.objects.get()
    assert (fresh.words, fresh.search, fresh.outcome) == ("", "", "refused")
    assert Promise.objects.get().state == "kept"
    assert "ăn hại" not in repr(queries.case(case.number, town.binh, TODAY).text)
    assert queries.appeals(town.minh, TODAY) == []
    with pytest.raises(WrongState):
        set_aside(case=send("conduct", concerned="PA08"), why="x", by=town.minh, **HAND)

    sender = Client()
    sender.post(MINE, {"code": f"{1:016}"})
    assert "người khác xét lại" in sender.get(MINE).content.decode()
    assert sender.post(MINE, {"do": "appeal", "words": ""}).status_code == 422
    assert sender.post(MINE, {"do": "appeal", "words": "Tôi chỉ bức xúc."}).status_code == 302
    with pytest.raises(WrongState):
        appeal_case(case=case, words="Nữa", by=public(), **HAND)
    with pytest.raises(NotAllowed):
        decide_appeal(case=case, uphold=True, by=town.binh, **HAND)
    judge = signed_in(town.minh)
    assert "Bọn bay là đồ ăn hại" in judge.get("/voice/appeals/").content.decode()
    assert "ăn hại" not in signed_in(town.binh).get("/voice/appeals/").content.decode()
    assert judge.post("/voice/appeals/", {"case": str(case.pk), "do": "take_back"}).status_code == 302

    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.words, fresh.state) == ("Bọn bay là đồ ăn hại", "working")
    assert Promise.objects.filter(about_id=case.pk, state="open").count() == 1


def test_who_set_it_aside_does_not_decide_and_a_second_look_may_agree(town, send):
    case = send()
    set_aside(case=case, why="Xúc phạm", by=town.importer, **HAND)
    appeal_case(case=case, words="Không đúng", by=public(), **HAND)
    with pytest.raises(OwnDecision):
        decide_appeal(case=case, uphold=True, by=town.importer, **HAND)
    decide_appeal(case=case, uphold=True, by=town.minh, **HAND)
    assert (Aside.objects.get().upheld, Case.objects.get().state) == (True, "answered")
