"""Relief on two phones: a household asks and gets its code, an officer sets aside and hands out, once."""

import re
from typing import Any

import pytest

from gandan.work.relief.models import Given
from tests.browsing import CHROMIUM
from tests.cast import Cast, assemble
from tests.matters.test_browser import phone_of
from tests.pages.test_browser import PASSWORD
from tests.relief.test_relief import filled, opened

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    cast.binh.set_password(PASSWORD)
    cast.binh.save()
    filled(cast, opened(cast))
    return cast


def test_a_household_asks_and_fetches_its_goods_once(browser, live_server, city):
    household = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    household.goto(f"{live_server.url}/public/")
    household.get_by_role("link", name=re.compile("Triều cường")).first.click()
    household.get_by_role("link", name=re.compile("Hộ tôi cần giúp")).click()
    household.get_by_label("Phường, xã").select_option(label="Phường Sài Gòn")
    household.get_by_label("Suất ăn, gạo").fill("2")
    household.get_by_label("Số người trong hộ").fill("4")
    household.get_by_label("Tên người đại diện hộ").fill("Hộ bà Sáu")
    household.get_by_label("Nơi hộ đang ở").fill("12 hẻm 3")
    household.get_by_role("button", name="Gửi").click()
    assert "điện thoại" in household.locator("#wrong_phone").inner_text()
    assert household.get_by_label("Suất ăn, gạo").input_value() == "2"
    household.get_by_label("Điện thoại").fill("0909 000 001")
    household.get_by_role("button", name="Gửi").click()
    household.get_by_text("đang chờ").wait_for()

    officer = phone_of(browser, live_server, "binh")
    officer.goto(f"{live_server.url}/relief/")
    officer.get_by_role("link", name="Triều cường").first.click()
    officer.get_by_role("link", name=re.compile("CT-")).first.click()
    officer.get_by_role("button", name="Giữ phần cho hộ").click()
    officer.get_by_text("đã giữ phần ở kho").first.wait_for()
    household.reload()
    secret = household.locator(".code-words").first.inner_text()
    assert re.fullmatch(r"\d{4} \d{4}", secret)

    officer.goto(f"{live_server.url}/relief/")
    officer.get_by_role("link", name="Triều cường").first.click()
    officer.get_by_role("link", name="Trường học").click()
    officer.get_by_label("Mã nhận hàng").fill(secret)
    officer.get_by_role("button", name="Phát").click()
    officer.get_by_text("Suất ăn, gạo: 2").wait_for()
    officer.get_by_label("Mã nhận hàng").fill(secret)
    officer.get_by_role("button", name="Phát").click()
    officer.get_by_text("Mỗi mã chỉ nhận một lần").wait_for()
    assert officer.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    household.reload()
    household.get_by_text("đã nhận").first.wait_for()
    assert Given.objects.count() == 1
