"""Both sides in real browsers, the door in its own process: from a tip on a slow telephone to an extract, and back again."""

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route

from gandan.config.database.routing import DOOR
from gandan.work.tips.models import MemberKey, Tip
from tests.browsing import CHROMIUM
from tests.documents.files import photo
from tests.pages.test_browser import PASSWORD
from tests.pages.test_citizen_browser import usable
from tests.tips.conftest import empty, set_up
from tests.tips.standing import serving

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
PATIENCE = 150_000  # milliseconds; many tests may run beside this one
SLOWER = 6
PHRASE = "một câu dài dễ nhớ"


@pytest.fixture
def both(sealed_database: str, committed: Any, live_server: Any, tmp_path: Path, settings: Any) -> Any:
    """A city whose members have no keys yet, the site in this process, and the folder in which keys and pictures go."""
    channel = set_up(tmp_path, settings)
    MemberKey.objects.all().delete()
    for person in (channel.thao, channel.vinh, channel.an, channel.yen):
        person.set_password(PASSWORD)
        person.save()
    yield live_server.url
    empty()


@contextmanager
def door_of(folder: Path, settings: Any) -> Iterator[str]:
    """Serve the door with the settings that its machine would have and no others: one that has no database of its own."""
    parts = connections[DOOR].settings_dict
    host = parts["OPTIONS"].get("host") or parts["HOST"]
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={host}&port={parts['PORT'] or 5432}"
    environment = {
        "PATH": os.environ["PATH"],
        "GANDAN_DATA_DIR": str(folder / "door"),
        "GANDAN_TIPS_DOOR_DATABASE_URL": url,
        "GANDAN_TIPS_VAULT": " ".join(settings.TIPS_VAULT),
        "GANDAN_TIPS_ROOT": settings.TIPS_ROOT.hex(),
        "GANDAN_TIPS_PEPPER_FILE": str(folder / "pepper"),
        "GANDAN_TIPS_EXIT": "/s/door.css",
    }
    with serving(environment, folder / "door.log") as address:
        yield address
    assert {one.name for one in (folder / "door").rglob("*")} <= {"lock"}, "it started no database, made up no secret of a site"


def opened(browser: Browser, address: str, who: str) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True).new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"{address}/sign-in/")
    page.locator("input[name=login], input[name=username]").first.fill(who)
    page.locator("input[type=password]").fill(PASSWORD)
    page.click("main button")
    page.wait_for_load_state()
    return page, complaints


def make_key(page: Page, address: str, folder: Path, name: str, root: Path | None = None) -> Path:
    """Make a key in the browser, have it signed by two parts of the root, bring it back; return the key file."""
    page.goto(f"{address}/tips/keys/")
    page.fill("#phrase", PHRASE)
    page.fill("#phrase-again", PHRASE)
    files: list[Any] = []
    page.on("download", lambda file: files.append(file))
    page.click("#make button")
    page.wait_for_selector("[data-made]:not([hidden])")
    page.wait_for_timeout(1000)
    for file in files:
        file.save_as(folder / file.suggested_filename)
    parts = [f"--part={(root or folder) / f'root.part-{nth}.txt'}" for nth in (1, 3)]
    call_command("tips", "sign", str(folder / f"{name}.request.json"), *parts, "--json")
    page.set_input_files("#certificate", folder / f"{name}.signed.json")
    page.click("button[value=add]")
    page.wait_for_load_state()
    return folder / f"{name}.key.json"


def unlock(page: Page, key: Path) -> None:
    page.set_input_files("#key-file", key)
    page.fill("#key-phrase", PHRASE)
    page.click("#unlock button")
    page.wait_for_selector("#unlocked:not([hidden])")


def test_both_sides(both: Any, browser: Browser, tmp_path: Path, settings: Any, capsys: Any) -> None:
    address = both
    shots = tmp_path / "shots"
    shots.mkdir()
    call_command("tips", "root", out=tmp_path / "keys", json=True)
    settings.TIPS_ROOT = bytes.fromhex((tmp_path / "keys" / "root.pub").read_text())
    thao, wrong = opened(browser, address, "thao")
    vinh, wrong_too = opened(browser, address, "vinh")
    keys = {name: make_key(page, address, tmp_path / "keys", name) for name, page in (("thao", thao), ("vinh", vinh))}
    thao.screenshot(path=shots / "keys-1280.png", full_page=True)
    assert usable(thao) == []
    assert set(json.loads(keys["thao"].read_text())) == {"gandan", "holder", "salt", "nonce", "kept"}

    with door_of(tmp_path, settings) as door:
        patient, since = refused_without_scripts(browser, door, shots), time.monotonic()
        receipt, took = send_from_a_slow_phone(browser, door, shots)
        assert took < 5
        number = desk_answers(thao, address, keys["thao"], shots)
        another_checks(vinh, address, keys["vinh"], number, shots)
        come_back(browser, door, receipt, shots)
        let_in_without_scripts(patient, since)
    assert wrong == wrong_too == []
    assert (tmp_path / "door.log").read_text() == ""
    assert Tip.objects.get(number=number).received_on >= timezone.localdate() - timedelta(400)
    with capsys.disabled():
        sys.stdout.write(f"\nproof of work at six times slower: {took:.2f} s\n")


def send_from_a_slow_phone(browser: Browser, door: str, shots: Path) -> tuple[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{door}/")
    page.screenshot(path=shots / "home-360.png", full_page=True)
    assert usable(page) == []
    slow = context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.click("text=Gửi tin")
    assert page.title() == "Thông tin chung"
    page.select_option("#about", "drugs")
    page.fill("#text", "Có người bán ma tuý ở đầu hẻm, tối nào cũng có xe máy lạ.")
    page.set_input_files("#files", {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(640, 480))})
    page.wait_for_selector("html[data-proven]")
    took = worked_off(page)
    page.screenshot(path=shots / "send-360.png", full_page=True)
    assert usable(page) == []
    page.click("button.main")
    receipt = page.inner_text("#receipt")
    page.screenshot(path=shots / "sent-360.png", full_page=True)
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", receipt)
    assert "t=" not in page.url
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, document.title]")
    assert kept == [0, 0, "", "Thông tin chung"]
    assert context.cookies() == []
    assert complaints == []  # not later: at the other address the browser looks for an icon
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(f"{door}/s/door.css")
    context.close()
    return receipt, took


def worked_off(page: Page) -> float:
    """Return the seconds that the page's own script takes for a proof, in the thread that is slowed: a worker isn't."""
    script = Path(finders.find("pages/door-work.js")).read_text()
    form = page.eval_on_selector("form[data-bits]", "form => ({ ...form.dataset })")
    asked = {"begins": form["begins"], "bits": int(form["bits"]), "rounds": int(form["rounds"])}
    work = f"let onmessage; const postMessage = () => null; {script}; onmessage({{ data: {json.dumps(asked)} }});"
    begun = f"const begun = performance.now(); {{ {work} }}"
    return float(page.evaluate(f"(() => {{ {begun} return performance.now() - begun; }})()")) / 1000


def test_who_sends_at_once_sees_how_far_the_work_is(
    sealed_database: str, committed: Any, browser: Browser, tmp_path: Path, settings: Any
) -> None:
    set_up(tmp_path, settings)
    with door_of(tmp_path, settings) as door:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        page.set_default_timeout(PATIENCE)
        page.route("**/a/", lambda route: harder(route))
        page.goto(f"{door}/a/")
        page.select_option("#about", "other")
        page.fill("#text", "Gửi ngay")
        page.click("button.main")
        for _ in range(600):  # a page's own rules allow no script of ours that looks again and again
            if page.eval_on_selector("[data-work] progress", "bar => bar.value") > 1:
                break
            page.wait_for_timeout(100)
        page.screenshot(path=tmp_path / "working-360.png", full_page=True)
        assert page.is_visible("[data-work]")
        assert page.is_disabled("button.main")
        assert usable(page) == []
        page.context.close()
    empty()


def harder(route: Route) -> None:
    """Ask for so much work that it can be looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'data-bits="\d+"', 'data-bits="18"', answer.text()))


def desk_answers(page: Page, address: str, key: Path, shots: Path) -> str:
    page.goto(f"{address}/tips/")
    page.screenshot(path=shots / "desk-locked-1280.png", full_page=True)
    unlock(page, key)
    number = page.locator("[data-tip]").first.get_attribute("data-tip") or ""
    page.click("[data-tip]")
    page.wait_for_selector("#thread .sealed-said")
    assert "bán ma tuý ở đầu hẻm" in page.inner_text("#thread")
    with page.expect_download() as saved:
        page.click("text=tep-1.jpg")
    assert Path(saved.value.path()).read_bytes().startswith(b"\xff\xd8\xff")
    page.fill("#t-say", "Cảm ơn Ông/Bà. Xe máy đó màu gì?")
    page.click("button[value=ask]")
    page.wait_for_selector("#thread .sealed-said.out")
    page.click("summary:has-text('Bản trích')")
    page.fill("#t-unit", "CAP-W1")
    page.fill("#t-extract-text", "Có dấu hiệu mua bán ma tuý tại một hẻm thuộc phường.")
    page.click("button[value=extract]")
    page.wait_for_selector("#thread .sealed-said.note")
    page.screenshot(path=shots / "desk-1280.png", full_page=True)
    assert usable(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    page.screenshot(path=shots / "desk-360.png", full_page=True)
    assert usable(page) == []
    return number


def another_checks(page: Page, address: str, key: Path, number: str, shots: Path) -> None:
    page.goto(f"{address}/tips/")
    unlock(page, key)
    page.click(f"[data-tip='{number}']")
    page.wait_for_selector("#thread .sealed-said")
    page.click("summary:has-text('Bản trích')")
    page.screenshot(path=shots / "check-1280.png", full_page=True)
    page.click("button[value=pass]")
    page.wait_for_selector("#thread [data-extracts]:has-text('Đã duyệt')", state="attached")


def come_back(browser: Browser, door: str, receipt: str, shots: Path) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{door}/b/")
    page.fill("#receipt", receipt)
    page.screenshot(path=shots / "follow-360.png", full_page=True)
    page.click("button.main")
    page.wait_for_selector(".said")
    page.screenshot(path=shots / "thread-360.png", full_page=True)
    assert "Xe máy đó màu gì?" in page.inner_text("main")
    assert usable(page) == []
    page.fill("#text", "Màu đỏ")
    page.click("button[value=reply]")
    page.wait_for_selector("text=Đã khoá lại và gửi thêm")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{door}/c/?lang=en")
    page.screenshot(path=shots / "protection-1280.png", full_page=True)
    assert usable(page) == []
    page.context.close()


def refused_without_scripts(browser: Browser, door: str, shots: Path) -> Page:
    """Send at once, without a proof, and write the same again: that page waits while others are at work."""
    page = browser.new_context(viewport={"width": 768, "height": 900}, java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{door}/a/")
    page.select_option("#about", "other")
    page.fill("#text", "Không có mã lệnh")
    page.screenshot(path=shots / "no-script-768.png", full_page=True)
    page.click("button.main")
    assert "chưa đủ 45 giây" in page.inner_text("main")
    page.select_option("#about", "other")
    page.fill("#text", "Không có mã lệnh")
    return page


def let_in_without_scripts(page: Page, since: float) -> None:
    page.wait_for_timeout(max(0.0, 46 - (time.monotonic() - since)) * 1000)
    page.click("button.main")
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", page.inner_text("#receipt"))
    page.context.close()
