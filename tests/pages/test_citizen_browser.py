"""A citizen on a telephone, an office and the post's clerk, each in a browser of their own: from the first word to the parcel."""

import re
from datetime import date, time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Dossier
from gandan.work.dossiers.operations import ask_supplement, finish, load_procedures, set_openings, supplemented, take_in
from gandan.work.dossiers.rules.bookings import Hours
from tests.browsing import CHROMIUM
from tests.cast import TODAY, Cast, assemble
from tests.documents.files import photo
from tests.pages.test_browser import PASSWORD

PHONE = {"viewport": {"width": 360, "height": 740}}
NUMBER = "EV123456785VN"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any, tmp_path: Any, settings: Any) -> Cast:
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    cast = assemble()
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    clerk = enrol(
        username="thu", name="Phan Thị Thu", unit=cast.unit("BDTP"), role=Role.POST_PARTNER, line=Line.POST,
        by=cast.importer, on=TODAY,
    )  # fmt: skip
    for person in (cast.binh, clerk):
        person.set_password(PASSWORD)
        person.save()
    set_openings(
        unit=cast.unit("CAP-W1"), hours=[Hours(nth, time(8), time(11), 30, 2) for nth in range(5)], by=cast.binh, on=TODAY
    )
    return cast


def opened(browser: Browser, address: str, who: str = "", **how: Any) -> tuple[Page, list[str]]:
    page = browser.new_context(**how).new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" and "422" not in message.text else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if who:
        page.goto(f"{address}/sign-in/")
        page.locator("input[name=login], input[name=username]").first.fill(who)
        page.locator("input[type=password]").fill(PASSWORD)
        page.click("main button")
        page.wait_for_load_state()
    return page, complaints


def usable(page: Page) -> list[str]:
    """Return what keeps some readers from using a page, once it is there."""
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = Axe().run(page).response["violations"]
    bad = [
        f"{one['id']}: {node['html'][:100]}" for one in found if one["impact"] in {"serious", "critical"} for node in one["nodes"]
    ]
    return [*bad, *([f"{page.url} is {wide} pixels too wide"] if wide > 0 else [])]


def hand_in(page: Page, address: str) -> str:
    """Hand in an identity card dossier as somebody would, and return its number."""
    page.goto(f"{address}/public/")
    page.click("text=Nộp hồ sơ trực tuyến")
    page.fill("#q", "can cuoc")
    page.keyboard.press("Enter")
    page.locator(".ways a").first.click()
    page.fill("#office", "sai gon")
    page.keyboard.press("Enter")
    page.click("text=Công an phường Sài Gòn")
    page.fill("#id_applicant", "Lê Thị An")
    page.fill("#id_phone", "gọi tôi")
    page.click("button[value=send]")
    assert page.locator("#id_applicant").input_value() == "Lê Thị An"
    assert "không giống một số điện thoại" in page.locator("#wrong_phone").inner_text()
    page.fill("#id_phone", "0903 123 456")
    page.fill("#id_address", "12 Lê Lợi, phường Sài Gòn")
    page.fill("#id_content", "Cấp lại vì bị mất")
    page.set_input_files("#file", {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(400, 300))})
    page.check("input[name=by_post]")
    page.click("button[value=add]")
    assert "anh.jpg" in page.locator(".files").inner_text()
    page.click("button[value=send]")
    return page.locator(".code-words").inner_text()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_handed_in_accepted_looked_up_asked_for_more_and_seen(browser, live_server, city, scripted):
    page, complaints = opened(browser, live_server.url, **PHONE, java_script_enabled=scripted)
    number = hand_in(page, live_server.url)
    dossier = Dossier.objects.get(number=number)
    take_in(dossier=dossier, by=city.binh, on=TODAY)
    ask_supplement(dossier=dossier, papers=[{"name": "Ảnh 3×4", "original": 1}], words="Ảnh bị mờ.", by=city.binh, on=TODAY)

    other, worse = opened(browser, live_server.url, **PHONE, java_script_enabled=scripted)
    other.goto(f"{live_server.url}/public/lookup/")
    other.fill("#id_number", number)
    other.fill("#id_tail", "3456")
    other.click("main button")

    assert "Cần Ông/Bà bổ sung: Ảnh 3×4" in other.locator(".next-step").inner_text()
    assert complaints + worse == []
    if scripted:
        assert usable(other) == []


def test_packed_handed_over_failed_and_delivered_on_a_telephone(browser, live_server, city):
    citizen, complaints = opened(browser, live_server.url, **PHONE)
    number = hand_in(citizen, live_server.url)
    citizen.click("main button:has-text('Xem hồ sơ')")
    dossier = Dossier.objects.get(number=number)
    take_in(dossier=dossier, by=city.binh, on=TODAY)
    ask_supplement(dossier=dossier, papers=[{"name": "Ảnh", "original": 1}], words="Mờ.", by=city.binh, on=TODAY)
    supplemented(dossier=dossier, by=city.binh, on=TODAY)
    finish(dossier=dossier, by=city.binh, on=TODAY)

    desk, worse = opened(browser, live_server.url, "binh", viewport={"width": 1280, "height": 800})
    desk.goto(f"{live_server.url}/post/")
    desk.locator("input[name^=tracking-]").fill(NUMBER)
    desk.click("text=Lập bảng kê")
    desk.click("text=Ký cho cơ quan")
    listed = desk.url

    clerk, worst = opened(browser, live_server.url, "thu", **PHONE)
    clerk.goto(listed)
    clerk.click("text=Ký cho bưu điện")
    faults = usable(clerk)
    clerk.goto(f"{live_server.url}/post/scan/")
    for what in ("failed", "delivered"):
        assert clerk.evaluate("document.activeElement.id") == "tracking"
        clerk.keyboard.type(NUMBER)
        clerk.click(f"button[value={what}]")
        citizen.reload()
        said = citizen.locator(".next-step").inner_text()
        assert ("đã đến mà không gặp" if what == "failed" else "đã nhận kết quả") in said

    assert Delivery.objects.get().state == "delivered"
    assert faults + usable(clerk) + usable(citizen) == []
    assert complaints + worse + worst == []


def test_a_time_is_booked_with_a_thumb(browser, live_server, city):
    page, complaints = opened(browser, live_server.url, **PHONE)
    page.goto(f"{live_server.url}/public/book/")
    page.click("text=Công an phường Sài Gòn")
    page.locator(".slots .choice").first.click()
    page.fill("#id_name", "Lê Thị An")
    page.fill("#id_phone", "0903123456")
    faults = usable(page)
    page.click("main button")

    assert re.fullmatch(r"(?:\d{4} ){3}\d{4}", page.locator(".code-words").inner_text())
    assert faults + usable(page) == []
    assert complaints == []
