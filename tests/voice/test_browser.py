"""A citizen on a telephone and officers at their desks, in real browsers: each kind from the first word to the seen answer."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from gandan.ground.accounts import proof
from gandan.ground.organisations.queries import importer
from gandan.work.voice.models import Case
from gandan.work.voice.operations import load_services
from tests.browsing import CHROMIUM
from tests.cast import Cast, assemble
from tests.pages.test_browser import PASSWORD
from tests.pages.test_citizen_browser import PHONE, opened, usable

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
WIDTHS = (360, 768, 1280)


@pytest.fixture
def city(committed: Any, live_server: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(proof, "RIPE", 45)  # a browser works; it does not wait
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    cast = assemble()
    load_services(unit=cast.police, by=importer(), on=date(2016, 1, 4))
    for person in (cast.binh, cast.dung, cast.minh):
        person.set_password(PASSWORD)
        person.save()
    return cast


def shoot(page: Page, folder: Path, name: str) -> None:
    """Keep a picture at each width; nothing stands out at the side."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width}"
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(before or {"width": 360, "height": 740})


def sent(citizen: Page, address: str, kind: str, text: str, shots: Path, **given: str) -> Case:
    """Send one kind as a citizen does."""
    citizen.goto(f"{address}/public/voice/new/{kind}/")
    shoot(citizen, shots, f"{kind}-begin")
    if kind == "report":
        citizen.click("button[value=other]")
    else:
        citizen.click("text=Bắt đầu viết")
    citizen.fill("#id_text", text)
    if citizen.locator("#ward").count():
        citizen.select_option("#ward", "W1")
    if citizen.locator("#concerned").count():
        citizen.select_option("#concerned", "CAP-W1")
    for name, value in given.items():
        citizen.fill(f"#id_{name}", value)
    shoot(citizen, shots, f"{kind}-draft")
    citizen.click("button[value=send]")
    citizen.wait_for_url("**/public/voice/sent/", timeout=60_000)
    shoot(citizen, shots, f"{kind}-sent")
    return Case.objects.order_by("-pk")[0]


def seen(citizen: Page, address: str, words: str, kind: str, shots: Path) -> None:
    citizen.goto(f"{address}/public/voice/mine/")
    assert words in citizen.inner_text("main")
    assert usable(citizen) == []
    shoot(citizen, shots, f"{kind}-answer")


def answered(desk: Page, address: str, case: Case, words: str) -> None:
    desk.goto(f"{address}/voice/{case.number}/")
    box = desk.locator("details", has=desk.locator("#answer-words"))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    desk.fill("#answer-words", words)
    desk.check("input[name=outcome][value=done]")
    desk.click("button[value=answer]")
    desk.wait_for_load_state()
    assert Case.objects.get(pk=case.pk).state == "answered"


def test_reports_questions_and_crime_reports_are_answered_and_the_answer_is_seen(
    browser: Browser, city: Cast, live_server: Any, tmp_path: Path
) -> None:
    address = live_server.url
    citizen, complaints = opened(browser, address, **PHONE)
    desk, desk_complaints = opened(browser, address, "binh")
    head, _ = opened(browser, address, "dung")

    citizen.goto(f"{address}/public/voice/new/report/")
    citizen.click("button[value=other]")
    citizen.fill("#id_text", "Đang viết dở thì mất mạng")
    citizen.locator("[data-kept-at]", has_text="✓").wait_for()
    citizen.context.set_offline(True)
    citizen.fill("#id_place", "hẻm 12")
    citizen.context.set_offline(False)
    citizen.goto(f"{address}/public/voice/draft/")
    assert citizen.input_value("#id_text") == "Đang viết dở thì mất mạng"

    report = sent(citizen, address, "report", "Loa kéo hát đến nửa đêm ở hẻm 12.", tmp_path)
    desk.goto(f"{address}/voice/")
    shoot(desk, tmp_path, "inbox")
    answered(desk, address, report, "Đã nhắc quán, quán cam kết tắt loa sau 22 giờ.")
    shoot(desk, tmp_path, "report-desk")
    seen(citizen, address, "quán cam kết tắt loa", "report", tmp_path)

    question = sent(citizen, address, "question", "Làm căn cước cho con 14 tuổi ở đâu?", tmp_path)
    answered(head, address, question, "Ông/Bà đến công an phường, mang giấy khai sinh.")
    seen(citizen, address, "mang giấy khai sinh", "question", tmp_path)

    crime = sent(citizen, address, "crime", "Xe máy bị bẻ khoá lúc rạng sáng.", tmp_path, name="Trần Thị An")
    desk.goto(f"{address}/voice/{crime.number}/")
    shoot(desk, tmp_path, "crime-desk")
    desk.fill("#stage-body", "Cơ quan Cảnh sát điều tra")
    desk.click("button[value=tell]")
    assert "Chuyển hồ sơ tố giác" in desk.inner_text("main")
    answered(desk, address, crime, "Đã khởi tố vụ án.")
    seen(citizen, address, "Đã khởi tố vụ án.", "crime", tmp_path)
    assert (complaints, desk_complaints) == ([], [])


def test_a_hand_over_is_appointed_taken_in_before_two_people_and_its_record_is_fetched(
    browser: Browser, city: Cast, live_server: Any, tmp_path: Path
) -> None:
    address = live_server.url
    citizen, complaints = opened(browser, address, **PHONE)
    desk, _ = opened(browser, address, "binh")
    second, _ = opened(browser, address, "dung")
    case = sent(citizen, address, "handover", "Hai con dao găm cũ trong kho.", tmp_path)

    desk.goto(f"{address}/voice/{case.number}/")
    desk.fill("#day", timezone.localdate().isoformat())
    desk.fill("#at", "hẻm 12")
    desk.click("button[value=arrange]")
    seen(citizen, address, "Công an đến tận nơi", "handover-visit", tmp_path)
    desk.locator("summary", has_text="Biên bản giao nhận").click()
    desk.select_option("#kind-1", "blade")
    desk.fill("#name-1", "Dao găm cán gỗ")
    desk.fill("#quantity-1", "2")
    desk.select_option("#condition-1", "rusted")
    desk.select_option("#ground", "found")
    desk.fill("#place", "hẻm 12")
    shoot(desk, tmp_path, "handover-desk")
    desk.click("button[value=take_in]")
    second.goto(f"{address}/voice/{case.number}/")
    second.click("button[value=witness]")
    second.wait_for_load_state()
    shoot(second, tmp_path, "handover-signed")

    seen(citizen, address, "Dao găm cán gỗ: 2 chiếc", "handover", tmp_path)
    with citizen.expect_response(re.compile("protocol.pdf")) as fetched:
        citizen.evaluate("fetch('/public/voice/mine/protocol.pdf')")
    assert fetched.value.headers["content-type"] == "application/pdf"
    desk.goto(f"{address}/voice/items/")
    shoot(desk, tmp_path, "items")
    assert complaints == []


def test_complaints_go_their_three_ways_and_praise_its_own_and_each_sender_sees_the_answer(
    browser: Browser, city: Cast, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, name = live_server.url, "Trần Thị An"
    citizen, complaints = opened(browser, address, **PHONE)
    inspector, worse = opened(browser, address, "minh")
    desk, _ = opened(browser, address, "binh")

    complaint = sent(citizen, address, "complaint", "Quyết định xử phạt số 12 chưa đúng.", tmp_path, name=name)
    inspector.goto(f"{address}/voice/{complaint.number}/")
    shoot(inspector, tmp_path, "complaint-desk")
    inspector.fill("#stage-words", "TB 7")
    inspector.click("button[value=accept]")
    seen(citizen, address, "đã thụ lý", "complaint-accepted", tmp_path)
    answered(inspector, address, complaint, "Huỷ quyết định xử phạt.")
    seen(citizen, address, "Huỷ quyết định xử phạt.", "complaint", tmp_path)

    conduct = sent(citizen, address, "conduct", "Cán bộ ở quầy trả lời cộc lốc.", tmp_path)
    assert desk.goto(f"{address}/voice/{conduct.number}/").status == 404  # not for the unit it speaks of
    answered(inspector, address, conduct, "Đã nhắc nhở cán bộ, xin lỗi Ông/Bà.")
    seen(citizen, address, "Đã nhắc nhở cán bộ", "conduct", tmp_path)

    denunciation = sent(citizen, address, "denunciation", "Cán bộ nhận tiền để làm nhanh.", tmp_path, name=name)
    inspector.goto(f"{address}/voice/{denunciation.number}/")
    inspector.fill("#stage-words", "QĐ 2")
    inspector.click("button[value=accept]")
    inspector.locator("summary", has_text="Chuyển bản trích").click()
    inspector.fill("#extract-unit", "CATP")
    inspector.fill("#extract-words", "Nhận tiền ngoài quy định tại quầy.")
    shoot(inspector, tmp_path, "denunciation-desk")
    inspector.click("button[value=extract]")
    head, _ = opened(browser, address, "dung")
    head.goto(f"{address}/voice/extracts/")
    assert name not in head.content()
    shoot(head, tmp_path, "extracts")
    head.fill("textarea[name=words]", "Đúng một phần; đã kiểm điểm.")
    head.click("text=Gửi kết luận đến thanh tra")
    answered(inspector, address, denunciation, "Tố cáo đúng một phần; đã kiểm điểm cán bộ.")
    seen(citizen, address, "đã kiểm điểm cán bộ", "denunciation", tmp_path)

    monkeypatch.setattr(proof, "RIPE", 0)  # as if the time of writing had passed
    plain, _ = opened(browser, address, **PHONE, java_script_enabled=False)
    plain.goto(f"{address}/public/voice/new/compliment/")
    plain.click("text=Bắt đầu viết")
    plain.fill("#id_text", "Cán bộ trực thứ Bảy hướng dẫn rất tận tình.")
    plain.select_option("#concerned", "CAP-W1")
    plain.click("button[value=send]")
    plain.wait_for_url("**/public/voice/sent/")
    answered(desk, address, Case.objects.get(kind="compliment"), "Cảm ơn Ông/Bà, đã chuyển lời khen.")
    plain.goto(f"{address}/public/voice/mine/")
    assert "đã chuyển lời khen" in plain.inner_text("main")
    citizen.goto(f"{address}/public/reception/")
    shoot(citizen, tmp_path, "receptions")
    assert complaints + worse == []
