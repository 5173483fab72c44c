"""An activity noted on a phone in flight mode, and sent once when there is a network again; under the strict policy."""

import time
from typing import Any

import pytest
from django.utils.timezone import localdate

from gandan.work.community import operations as community
from gandan.work.community.models import Activity
from gandan.work.community.rules import Field
from tests.browsing import CHROMIUM
from tests.cast import Cast, assemble
from tests.pages.test_browser import PASSWORD
from tests.pages.test_citizen_browser import usable

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
A_MINUTE = 60


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    cast.binh.set_password(PASSWORD)
    cast.binh.save()
    return cast


def test_activities_and_a_visit_to_a_model_are_noted_without_network_and_sent_once(browser, live_server, city, tmp_path):
    model = community.register(
        unit=city.unit("CAP-W1"), field=Field.SAFE_AREA, name="Khu phố bình yên", summary="", partner=None, by=city.binh,
        on=localdate(),
    )  # fmt: skip
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

    page.click("summary:has-text('Buổi của một mô hình')")
    page.click("a:has-text('Khu phố bình yên')")
    assert "Khu phố bình yên" in page.locator("[data-model]").inner_text()
    page.select_option("#id_form", "visit")
    page.get_by_label("Nơi tổ chức").fill("Khu phố 3")
    page.get_by_label("Số lượt người dự").fill("12")
    page.screenshot(path=tmp_path / "visit-360.png", full_page=True)
    page.click("form[data-noting] button.main")
    page.locator("#waiting").get_by_text("Khu phố 3 · 12 · Khu phố bình yên").wait_for()
    assert not page.locator("[data-model]").is_visible(), "the next one is no model's until it is said"
    page.goto(f"{live_server.url}/activities/new/?model={model.pk}")
    assert "Khu phố bình yên" in page.locator("[data-model]").inner_text()
    page.screenshot(path=tmp_path / "waiting-360.png", full_page=True)
    assert usable(page) == []
    assert not Activity.objects.exists()

    page.goto("about:blank")  # nothing of the site is open when the network is back
    context.set_offline(False)
    page.goto(f"{live_server.url}/activities/new/")
    page.get_by_text("Đã gửi số buổi giữ trên máy").wait_for()
    page.reload()
    page.wait_for_load_state("networkidle")

    forum, visit = Activity.objects.order_by("form")
    assert (forum.place, forum.heads, forum.offline, forum.model_id) == ("Nhà văn hoá khu phố 3", 80, True, None)
    assert (visit.form, visit.heads, visit.offline, visit.model_id) == ("visit", 12, True, model.pk)
    assert not page.locator("#waiting").is_visible()
    assert complaints == []
