"""An idea's whole life from a telephone: written, near ones shown and supported, sent, grouped, answered, seen by its receipt."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from gandan.ground.accounts import proof
from gandan.ground.accounts.gate import forms
from gandan.ground.messages.models import Message
from gandan.ground.organisations.queries import clock
from gandan.work.voice.models import Ballot, Idea
from gandan.work.voice.operations import (
    answer_group,
    confirm_group,
    draft_call,
    open_call,
    propose_groups,
    reach_milestone,
    set_milestone,
    show_idea,
)
from gandan.work.voice.operations.ideas.calls import CallWords
from gandan.work.voice.queries.ideas import clusters
from gandan.work.voice.rules.ideas.flow import Decision
from tests.browsing import CHROMIUM
from tests.cast import TODAY, assemble
from tests.pages.test_browser import PASSWORD
from tests.pages.test_citizen_browser import PHONE, opened, usable

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
SAID = "Mở tủ sách Bác Hồ ở nhà văn hóa khu phố cho bà con đọc."


@pytest.fixture
def city(committed: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(proof, "RIPE", 0)  # without scripts nobody waits here
    forms.cache_clear()
    cast = assemble()
    cast.hoa.set_password(PASSWORD)
    cast.hoa.save()
    words = CallWords(
        "Không gian văn hóa Hồ Chí Minh", "Làm gì cho văn hóa ở khu phố?", "Ủy ban quyết định.", "Mỗi nhóm có một câu trả lời."
    )
    last = TODAY + timedelta(days=30)
    drafted = draft_call(unit=cast.city, decider=cast.police, words=words, opens_on=TODAY, closes_on=last, by=cast.hoa, on=TODAY)
    open_call(call=drafted, by=cast.hoa, on=TODAY)
    return cast


def looked_at(page: Page, scripted: bool = True) -> None:
    """Nothing keeps anybody from using the page; the one who asks needs scripts."""
    if scripted:
        assert usable(page) == []


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_an_idea_from_the_first_word_to_what_became_of_it(browser, live_server, city, scripted):
    page, complaints = opened(browser, live_server.url, **PHONE, java_script_enabled=scripted)
    page.goto(f"{live_server.url}/public/ideas/")
    page.click("text=Không gian văn hóa Hồ Chí Minh")
    looked_at(page, scripted)
    page.click("text=Viết ý kiến của tôi")
    page.fill("#id_words", SAID)
    page.click("button[value=look]")
    assert "Chưa ai nói gần như vậy" in page.locator("main").inner_text()
    page.click("button[value=send]")
    code = page.locator(".code-words").inner_text()
    looked_at(page, scripted)
    first = Idea.objects.get()
    show_idea(idea=first, words=first.words, by=city.hoa, on=TODAY)

    other, worse = opened(browser, live_server.url, **PHONE, java_script_enabled=scripted)
    other.goto(f"{live_server.url}/public/ideas/{first.call_id}/write/")
    other.fill("#id_words", "Đề nghị mở tủ sách Bác Hồ tại nhà văn hóa khu phố")
    if scripted:
        other.locator("text=Đã có người nói gần như vậy").wait_for()
    other.click("button[value=look]")
    assert first.words in other.locator("[data-near]").inner_text()
    looked_at(other, scripted)
    other.click("button[value=send]")
    other.locator(".code-words").wait_for()
    other.goto(f"{live_server.url}/public/ideas/{first.call_id}/{first.pk}/")
    other.click("text=Ủng hộ ý kiến này")
    other.fill("#id_phone", "0909 123 456")
    other.click("button[value=ask]")
    other.locator("#id_code").wait_for()
    sent = re.search(r"\d{6}", Message.objects.get(template="ballot-code").content)
    assert sent is not None
    looked_at(other, scripted)
    other.fill("#id_code", sent[0])
    other.click("button[value=support]")
    assert "không ai biết là của ai" in other.locator(".state.good").inner_text()
    assert Ballot.objects.count() == 1

    found = clusters(first.call_id)
    propose_groups(call=first.call_id, clusters=found, by=clock(), on=TODAY)
    group = confirm_group(call=first.call_id, ideas=found[0], name="Tủ sách khu phố", by=city.hoa, on=TODAY)
    answer_group(group=group, words="Mở ở năm khu phố.", decision=Decision.TAKEN_UP, by=city.dung, on=TODAY)
    step = set_milestone(group=group, words="Năm tủ sách", due_on=TODAY, by=city.dung, on=TODAY)
    reach_milestone(milestone=step, result="Đã mở năm tủ sách.", by=city.dung, on=TODAY)

    page.goto(f"{live_server.url}/public/voice/mine/")
    page.fill("#id_code", code)
    page.click("main button.main")
    seen = page.locator("main").inner_text()
    assert "Mở ở năm khu phố." in seen
    assert "Đã mở năm tủ sách." in seen
    looked_at(page, scripted)
    assert Idea.objects.get(pk=first.pk).seen_on == TODAY
    assert complaints + worse == []


def test_those_who_sort_confirm_what_the_night_proposes(browser, live_server, city):
    page, _complaints = opened(browser, live_server.url, **PHONE)
    call = 0
    for words in (SAID, "Tủ sách Bác Hồ tại nhà văn hóa khu phố."):
        page.goto(f"{live_server.url}/public/ideas/")
        page.click("text=Không gian văn hóa Hồ Chí Minh")
        page.click("text=Viết ý kiến của tôi")
        page.fill("#id_words", words)
        page.click("button[value=look]")
        page.click("button[value=send]")
        page.locator(".code-words").wait_for()
        call = Idea.objects.latest("pk").call_id
    propose_groups(call=call, clusters=clusters(call), by=clock(), on=TODAY)

    desk, complaints = opened(browser, live_server.url, "hoa", viewport={"width": 768, "height": 900})
    desk.goto(f"{live_server.url}/ideas/{call}/")
    looked_at(desk)
    desk.click("text=Xác nhận nhóm")
    desk.get_by_label("Tên nhóm", exact=True).first.fill("Tủ sách khu phố")
    desk.click("text=Xác nhận nhóm")
    desk.click("h3 a:has-text('Tủ sách khu phố')")
    looked_at(desk)
    assert SAID in desk.locator("main").inner_text()
    assert complaints == []
