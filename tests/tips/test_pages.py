"""The door's pages: what they leave behind, whom they let in, that a receipt which opens nothing tells nothing."""

import logging
import re
import secrets
import time
from html import unescape

import pytest
from django.conf import settings as used
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gandan.config import door as door_settings
from gandan.faces.pages.tips import door
from gandan.ground.accounts.gate import Bucket
from gandan.work.tips.door import Gate
from gandan.work.tips.models import MemberKey, Message, Spent, Tip
from gandan.work.tips.rules import Pledge, proof
from tests.clock import held_clock as held_clock
from tests.documents import files as given
from tests.tips.conftest import CHEAP, Channel

FORM = re.compile(r'<form method="post" action="([^"]+)".*?data-bits="(\d+)"', re.DOTALL)
RECEIPT = re.compile(r'id="receipt">([\d ]+)<')
FAULT = "Không mở được"


class Sender:
    """Somebody outside: no cookie, no script but for the proof."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def form(self, path: str, lang: str = "") -> str:
        page = self.client.get(f"{path}{lang}").content.decode()
        action, bits = FORM.search(page).groups()
        query = unescape(action)
        token = query.partition("t=")[2].partition("&")[0]
        return f"{path}{query}&p={proof.solve(token, int(bits))}"

    def send(self, **typed):
        asked = {"about": "crime", "text": "Tin thử", "pledge": "anonymous"}
        return self.client.post(self.form("/a/"), asked | typed)

    def receipt(self, **typed) -> str:
        return RECEIPT.search(self.send(**typed).content.decode())[1]

    def follow(self, receipt: str, **typed):
        return self.client.post(self.form("/b/"), {"receipt": receipt} | typed)


@pytest.fixture
def outside(channel: Channel, settings, monkeypatch) -> Sender:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = (
        door_settings.ROOT_URLCONF,
        [one for one in door_settings.MIDDLEWARE if "whitenoise" not in one],
    )
    settings.TEMPLATES, settings.TIPS_EXIT = door_settings.TEMPLATES, "https://exit.example/"
    settings.FILE_UPLOAD_HANDLERS = door_settings.FILE_UPLOAD_HANDLERS
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = door_settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    gate = Gate(channel.house.token_secret, Bucket(1000, 100))
    monkeypatch.setattr(door, "house", lambda: channel.house)
    monkeypatch.setattr(door, "gate", lambda: gate)
    monkeypatch.setattr(proof, "LEAST_BITS", 4)
    assert used.ROOT_URLCONF == door_settings.ROOT_URLCONF
    return Sender()


def test_a_tip_is_sent_and_followed(outside):
    receipt = outside.receipt(text="Một chuyện")
    page = outside.follow(receipt).content.decode()

    assert "Một chuyện" in page
    assert "Tin đã tới, chưa có người đọc" in page
    assert "Đã khoá lại" in outside.follow(receipt, step="reply", text="Thêm nữa").content.decode()
    assert Message.objects.count() == 2


@pytest.mark.parametrize("path", ["/", "/a/", "/b/", "/c/", "/nowhere/"])
@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_a_page_keeps_nothing_in_a_browser(outside, path, lang):
    answer = outside.client.get(f"{path}{lang}", headers={"user-agent": "x", "referer": "https://x.example/"})
    text = answer.content.decode()

    assert answer.status_code in {200, 404}
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert re.search(r"<title>(Thông tin chung|Information)</title>", text)
    assert re.findall(r'<html lang="(\w+)"', text) == ["en" if lang else "vi"]
    assert "localStorage" not in text
    assert not re.search(r"https?://", text)


def test_the_way_out_leads_somewhere_harmless(outside):
    answer = outside.client.get("/d/")

    assert (answer.status_code, answer["Location"]) == (302, "https://exit.example/")
    assert "cache" in answer["Clear-Site-Data"]


def test_a_receipt_that_never_was_one_erased_and_one_mistyped_are_answered_alike(outside, channel):
    receipt, gone = outside.receipt(), outside.receipt()
    erased = Tip.objects.exclude(number="").order_by("pk").last()
    kept = Tip.objects.order_by("pk").first()
    channel.house.vault.erase([erased.pk, kept.pk])
    mistyped = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    Tip.objects.filter(pk=erased.pk).delete()

    tried = [gone, receipt, mistyped, "0000 0000 0000 0000", "x", "", "1" * 200]
    answers = [outside.follow(one) for one in tried]

    def shape(answer):
        body = re.sub(r't=[\w=-]+|data-begins="\w+"', "", answer.content.decode())
        return answer.status_code, body, len(answer.content), sorted(answer.headers.items())

    assert {str(shape(answer)) for answer in answers} == {str(shape(answers[0]))}
    assert answers[0].status_code == 404
    assert "không mở được gì" in answers[0].content.decode()


def test_every_receipt_takes_the_same_path(outside, channel, monkeypatch):
    receipt, steps, real = outside.receipt(), [], type(channel.house).draw
    monkeypatch.setattr(type(channel.house), "draw", lambda self, given: (steps.append("draw"), real(self, given))[1])
    for tried in (receipt[:-1] + "x", "", "0" * 16):
        outside.follow(tried)

    assert steps == ["draw"] * 3


@pytest.mark.parametrize("query", ["", "?t=x", "?t=x&p=1", "?p=1"])
def test_without_a_proof_nothing_is_read_and_nothing_drawn(outside, channel, query, monkeypatch):
    monkeypatch.setattr(type(channel.house), "draw", lambda *_: pytest.fail("Argon2id was run"))
    for path in ("/a/", "/b/"):
        answer = outside.client.post(f"{path}{query}", {"receipt": "0" * 16, "text": "x" * 1000, "about": "crime"})
        assert answer.status_code == 429

    assert not Tip.objects.exists()
    assert not Spent.objects.exists()


def test_a_proof_is_for_one_sending(outside):
    address = outside.form("/a/")
    typed = {"about": "crime", "text": "x", "pledge": "anonymous"}

    assert [outside.client.post(address, typed).status_code for _ in range(3)] == [200, 429, 429]
    assert Tip.objects.count() == 1


def test_without_scripts_a_token_ripens(outside, monkeypatch):
    page = outside.client.get("/a/").content.decode()
    address = "/a/" + unescape(FORM.search(page)[1])
    typed = {"about": "crime", "text": "x", "pledge": "anonymous"}

    assert outside.client.post(address, typed).status_code == 429
    now = time.time()
    monkeypatch.setattr(door, "time", lambda: now + proof.RIPE + 1)
    assert outside.client.post(address, typed).status_code == 200


def test_robots_dont_keep_honest_senders_out(outside, channel):
    """A sixth of a minute of 10,000 sendings a minute, none with a proof; those who only wait use up their own bucket alone."""
    begun = time.perf_counter()
    for nth in range(1700):
        outside.client.post(f"/a/?t={secrets.token_urlsafe(20)}&p={nth}", {"text": "x"})
    each = (time.perf_counter() - begun) / 1700
    door.gate().slow.left, door.gate().slow.seen = 0, time.time()
    begun = time.perf_counter()
    sent = outside.send()

    assert sent.status_code == 200
    assert time.perf_counter() - begun < 5
    assert each < 0.05
    assert Tip.objects.count() == 1


def test_many_who_prove_are_asked_for_more_and_then_to_wait(outside):
    gate = Gate(b"s" * 32, Bucket(100, 0))
    before = gate.token(1000)[1]
    for _ in range(100):
        token, bits = gate.token(1000)
        gate.admit(token, proof.solve(token, bits) if bits < 6 else _waited(gate, token), 1000)

    assert gate.token(1000)[1] >= before + 2
    assert gate.token(2000)[1] == before


def _waited(gate, token):
    gate.slow = Bucket(100, 0)
    return proof.solve(token, proof.read(gate.secret, token, at=1000).bits)


@pytest.mark.parametrize(("typed", "said"), [
    ({"text": " "}, "Xin viết điều Ông/Bà biết"),
    ({"about": "x"}, "Xin chọn việc này thuộc loại nào"),
    ({"pledge": "confidential"}, "Xin ghi tên"),
    ({"text": "x" * 20_001}, "Dài quá"),
])  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(outside, typed, said):
    answer = outside.send(**({"text": "Giữ lại"} | typed))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Giữ lại" in answer.content.decode() or "text" in typed
    assert not Tip.objects.exists()


def test_confidential_needs_keepers_on_both_sides(outside):
    assert outside.send(pledge="confidential", identity="Tôi").status_code == 200
    assert Tip.objects.get().pledge == Pledge.CONFIDENTIAL
    MemberKey.objects.filter(holder="yen").delete()

    assert 'value="confidential"' not in outside.client.get("/a/").content.decode()
    assert outside.send(pledge="confidential", identity="Tôi").status_code == 422


def test_pictures_are_drawn_anew_and_originals_kept_only_if_asked(outside, channel):
    picture = lambda: SimpleUploadedFile("IMG_nha_rieng.jpg", given.photo())  # noqa: E731
    receipt = outside.receipt(files=picture())
    other = outside.receipt(files=picture(), evidence="on")

    assert "Tệp: tep-1.jpg" in outside.follow(receipt).content.decode()
    assert "Tệp: IMG_nha_rieng.jpg" in outside.follow(other).content.decode()


def test_a_file_that_is_a_danger_is_refused(outside):
    answer = outside.send(files=SimpleUploadedFile("a.docx", given.package({"word/vbaProject.bin": b"x"})))

    assert answer.status_code == 422
    assert "chương trình" in answer.content.decode()
    assert not Tip.objects.exists()


def test_a_fault_is_told_without_a_word_of_what_was_sent(outside, monkeypatch, caplog):
    monkeypatch.setattr(door.door, "send", lambda *_args, **_more: (_ for _ in ()).throw(ValueError("Bí mật trong lời")))
    caplog.set_level(logging.DEBUG)
    answer = outside.send(text="Bí mật trong lời")

    assert answer.status_code == 500
    assert "Bí mật" not in answer.content.decode()
    assert not [one for one in caplog.records if "Bí mật" in one.getMessage() + str(one.exc_text or "")]
    assert any("ValueError at" in one.getMessage() for one in caplog.records)


def test_the_door_has_nothing_of_the_rest():
    assert door_settings.DATABASES["default"] == {}
    assert set(door_settings.DATABASES) == {"default", "door"}
    assert not [one for one in door_settings.MIDDLEWARE if "session" in one.lower() or "auth" in one.lower()]
    assert door_settings.INSTALLED_APPS == ["django.contrib.staticfiles", "gandan.work.tips"]
    assert CHEAP != door_settings.TIPS_COSTS
