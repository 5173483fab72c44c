"""In a real browser: an app that makes codes, a security key, and the pages on a telephone."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe

from tests.browsing import CHROMIUM
from tests.cast import assemble

PASSWORD = "một con đường dài hơn mười hai"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def person(committed: Any, live_server: Any) -> Any:
    cast = assemble()
    cast.khanh.set_password(PASSWORD)
    cast.khanh.save()
    return cast.khanh


def sign_in(page, address):
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", "khanh")
    page.fill("#id_password", PASSWORD)
    page.click("main button.main")


def test_a_signatory_sets_up_an_app_and_a_key_and_signs_in_with_either(browser, live_server, person, settings):
    settings.SECOND_FACTOR = True
    address = live_server.url.replace("127.0.0.1", "localhost")
    page = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    sign_in(page, address)
    page.wait_for_url(f"{address}/account/")  # and nowhere else
    check(page)
    page.click('a[href="/account/app/"]')
    secret = page.locator(".secret").inner_text()
    check(page)
    page.fill("#id_code", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.click("main form button.main")
    page.wait_for_url(f"{address}/account/recovery/")
    assert page.locator(".codes li").count() == 10
    check(page)

    page.goto(f"{address}/account/keys/add/")
    check(page)
    page.fill("#id_name", "Khoá ở bàn")
    page.click("#add-key")
    page.wait_for_url(f"{address}/account/")
    assert page.get_by_text("Khoá ở bàn").is_visible()
    check(page)

    page.goto(f"{address}/units/")
    page.context.clear_cookies(name="sessionid")
    sign_in(page, address)
    page.wait_for_url(f"{address}/sign-in/code/")
    check(page)
    page.click("#use-key")
    page.wait_for_url(f"{address}/")
    assert complaints == []


def check(page):
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == [], page.url
