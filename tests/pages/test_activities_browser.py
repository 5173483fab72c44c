"""An activity noted on a phone in flight mode, and sent once when there is a network again; under the strict policy."""

import time
from typing import Any

import pytest

from gandan.work.community.models import Activity
from tests.browsing import CHROMIUM
from tests.cast import Cast, assemble
from tests.pages.test_browser import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
A_MINUTE = 60


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    cast.binh.set_password(PASSWORD)
    cast.binh.save()
    return cast


def test_an_activity_is_noted_without_network_and_sent_once(browser, live_server, city):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_username", "binh")
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/activities/new/")
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => Boolean(one.active))")

    context.set_offline(True)
    begun = time.monotonic()
    page.goto(f"{live_server.url}/activities/new/")
    assert page.locator("form[data-noting] .field").count() == 6
    page.select_option("#id_form", "forum")
    page.get_by_label("Nơi tổ chức").press_sequentially("Nhà văn hoá khu phố 3", delay=60)
    page.select_option("#id_topic", "fraud")
    page.get_by_label("Số lượt người dự").press_sequentially("80", delay=60)
    page.click("form[data-noting] button.main")
    page.get_by_text("Đã giữ trên máy này").wait_for()
    assert time.monotonic() - begun < A_MINUTE
    assert "Nhà văn hoá khu phố 3" in page.locator("#waiting").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not Activity.objects.exists()

    context.set_offline(False)
    page.goto(f"{live_server.url}/activities/new/")
    page.get_by_text("Đã gửi số buổi giữ trên máy").wait_for()
    page.reload()
    page.wait_for_load_state("networkidle")

    made = Activity.objects.get()
    assert (made.place, made.heads, made.offline) == ("Nhà văn hoá khu phố 3", 80, True)
    assert not page.locator("#waiting").is_visible()
    assert complaints == []
