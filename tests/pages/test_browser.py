"""The main pages in a real browser: nothing forbidden, nothing broken, nothing that some readers can't use."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from tests.browsing import CHROMIUM
from tests.cast import TODAY, Cast, assemble
from tests.pages.conftest import work

PASSWORD = "một con đường dài hơn mười hai"
MAIN = (
    "/",
    "/units/79/",
    "/units/?below=79",
    "/units/O2/history/",
    "/measures/",
    "/measures/dossiers-received/?unit=79",
    "/measures/dossiers-received/events/?unit=79&period=2025",
    "/programmes/2022-2026/",
    "/reports/",
    "/reports/new/",
    "/dossiers/",
    "/calendar/",
    "/components/",
)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    work(cast)
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=cast.giang, on=TODAY)
    cast.giang.set_password(PASSWORD)
    cast.giang.save()
    return cast


def signed_in(browser: Browser, address: str, **how: Any) -> tuple[Page, list[str]]:
    page = browser.new_context(**how).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", "giang")
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    return page, complaints


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")], ids=["phone in the light", "desk in the dark"])
def test_the_main_pages_are_open_to_every_reader(browser, live_server, city, width, scheme):
    page, complaints = signed_in(browser, live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme)
    faults = []
    for address in MAIN:
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200, address
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{address} is {overflow} pixels too wide"
        found = Axe().run(page).response["violations"]
        faults += [
            f"{address}: {one['id']}: {node['html'][:120]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]
    assert not faults, "\n".join(faults)
    assert complaints == []


def test_a_chart_answers_under_the_strict_policy(browser, live_server, city):
    page, complaints = signed_in(browser, live_server.url)
    page.goto(f"{live_server.url}/measures/dossiers-received/?unit=79")
    page.click("[data-chart]")
    page.wait_for_selector(".drawn.vega-embed svg")
    page.locator(".drawn .mark-symbol path").last.hover(force=True)

    assert page.locator("#vg-tooltip-element").inner_text() != ""
    assert complaints == []


def test_a_unit_is_picked_by_keyboard_without_accents(browser, live_server, city):
    page, _complaints = signed_in(browser, live_server.url)
    page.goto(f"{live_server.url}/measures/dossiers-received/?unit=79")
    page.locator("#unit-pick").press_sequentially("ben thanh")
    page.wait_for_selector(".picker .results a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**unit=**")

    assert "Bến Thành" in page.locator(".lead").inner_text()


def test_pages_work_without_scripts(browser, live_server, city):
    page, _complaints = signed_in(browser, live_server.url, java_script_enabled=False)
    page.goto(f"{live_server.url}/units/79/?period=2025")
    page.locator("details.menu summary").first.click()

    assert page.locator(".figure").count() == 6
    assert page.locator(".chart svg").count() >= 1


def test_a_page_on_paper_keeps_the_simulated_mark_and_drops_the_frame(browser, live_server, city, settings):
    settings.SIMULATED = True
    page, _complaints = signed_in(browser, live_server.url)
    page.goto(f"{live_server.url}/units/79/?period=2025")
    page.emulate_media(media="print")

    assert page.locator(".simulated").is_visible()
    assert not page.locator(".side").is_visible()
    assert not page.locator(".bar").is_visible()
