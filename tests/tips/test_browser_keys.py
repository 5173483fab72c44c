"""Keys at work in real browsers: an identity opened by two sides, a reward fetched with a code, a lost key made up for."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from gandan.work.tips.models import MemberKey
from tests.browsing import CHROMIUM
from tests.pages.test_citizen_browser import usable
from tests.tips.standing import RECEIPT, Outsider
from tests.tips.test_browser import both as both
from tests.tips.test_browser import door_of, make_key, opened, unlock
from tests.tips.test_command import parts

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
NAME, WORDS = "Nguyễn Thị Kín, 0903 000 000", "Tôi thấy họ chở hàng đi lúc nửa đêm."
SIZES = {"360": (360, 740), "768": (768, 900), "1280": (1280, 800)}


@pytest.fixture
def city(both: str, browser: Browser, tmp_path: Path, settings: Any) -> Any:
    """A root, a key of recovery, and members at their browsers, each with a key made there."""
    keys, pages, complaints = tmp_path / "keys", {}, []
    call_command("tips", "root", out=keys, json=True)
    settings.TIPS_ROOT = bytes.fromhex((keys / "root.pub").read_text())
    call_command("tips", "recovery", "--out", str(keys), *parts(keys, "root", 1, 2), "--json")
    for name in ("thao", "vinh", "an", "yen"):
        pages[name], wrong = opened(browser, both, name)
        complaints.append(wrong)
        if name != "vinh":
            make_key(pages[name], both, keys, name)
    call_command("tips", "add", str(keys / "recovery.signed.json"), "--by=an", "--json")
    with door_of(tmp_path, settings) as door:
        yield both, pages, keys, Outsider(door), tmp_path
    assert [one for said in complaints for one in said if "422" not in one] == [], "a code that pays nothing is answered with 422"
    for page in pages.values():
        page.context.close()


def looked_at(page: Page, folder: Path, name: str) -> None:
    """Photograph a page at three widths; nothing keeps anybody from using it at any."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
        assert usable(page) == []


def at_the_desk(page: Page, address: str, key: Path) -> None:
    page.goto(f"{address}/tips/")
    unlock(page, key)
    page.click("[data-tip]")
    page.wait_for_selector("#thread .sealed-said")


def test_keys_at_work(city: Any) -> None:
    address, pages, keys, outsider, shots = city
    receipt = outsider.receipt(text=WORDS, pledge="confidential", identity=NAME)
    opens_an_identity(address, pages, keys, shots)
    pays_a_reward(address, pages, keys, outsider, receipt, shots)
    makes_up_for_a_lost_key(address, pages, keys, shots)


def opens_an_identity(address: str, pages: dict[str, Page], keys: Path, shots: Path) -> None:
    thao = pages["thao"]
    at_the_desk(thao, address, keys / "thao.key.json")
    thao.click("summary:has-text('Danh tính')")
    thao.select_option("#t-why", "life")
    thao.click("button[value=identity]")
    thao.wait_for_selector("[data-openings] .sealed-said", state="attached")
    for name in ("an", "yen"):
        page = pages[name]
        page.goto(f"{address}/tips/identities/")
        page.click("form[data-half] button")
        assert "mở khoá" in page.inner_text("form[data-half] [role=alert]")
        unlock(page, keys / f"{name}.key.json")
        looked_at(page, shots, f"identities-{name}")
        page.click("form[data-half] button")
        page.wait_for_selector("form[data-half]:has-text('Đã góp phần khoá')")
        assert NAME not in page.content()
    at_the_desk(thao, address, keys / "thao.key.json")
    thao.click("summary:has-text('Danh tính')")
    thao.click("button:has-text('Mở danh tính'):not([value])")
    thao.wait_for_selector(f"[data-slot=identity]:has-text('{NAME}')")
    looked_at(thao, shots, "identity-opened")


def pays_a_reward(address: str, pages: dict[str, Page], keys: Path, outsider: Outsider, receipt: str, shots: Path) -> None:
    thao, vinh = pages["thao"], pages["vinh"]
    thao.click("summary:has-text('Thưởng')")
    thao.fill("#t-amount", "5000")
    thao.click("button[value=reward]")
    thao.wait_for_selector("#thread [data-if=reward][hidden]", state="attached")
    found = outsider.follow(receipt, step="claim").text
    code = found.partition('class="receipt">')[2].partition("<")[0]
    assert "5.000.000" in found
    assert len(code.replace(" ", "")) == 12
    assert RECEIPT.search(found) is None, "the code isn't the receipt"
    for page in (thao, vinh):
        page.goto(f"{address}/tips/reward/")
        page.fill("#id_code", "1234" if page is vinh else code)
        page.click("main button.main")
        assert page.locator(".wrong, .errorlist, [aria-invalid=true]").count() > 0
        looked_at(page, shots, "reward-refused")
    vinh.fill("#id_code", code)
    vinh.click("main button.main")
    vinh.wait_for_selector("text=Đã chi 5.000.000 đồng")
    looked_at(vinh, shots, "reward-paid")
    assert "Khoản thưởng đã được chi" in outsider.follow(receipt).text


def makes_up_for_a_lost_key(address: str, pages: dict[str, Page], keys: Path, shots: Path) -> None:
    thao, vinh = pages["thao"], pages["vinh"]
    lost = MemberKey.objects.get(holder="thao")
    lost.delete()
    new = make_key(thao, address, shots / "new", "thao", root=keys)
    thao.goto(f"{address}/tips/")
    unlock(thao, new)
    thao.click("[data-tip]")
    thao.wait_for_selector("#thread .sealed-said")
    assert WORDS not in thao.inner_text("#thread")
    call_command("tips", "recover", *parts(keys, "recovery", 1, 3), "--to=thao", "--by=an", "--json")
    at_the_desk(thao, address, new)
    assert WORDS in thao.inner_text("#thread")

    make_key(vinh, address, keys, "vinh")
    thao.goto(f"{address}/tips/keys/")
    looked_at(thao, shots, "keys-behind")
    thao.click("[data-reseal]")
    assert "mở khoá" in thao.inner_text(".key-row [role=status]:not([hidden])")
    unlock(thao, new)
    thao.click("[data-reseal]")
    thao.wait_for_selector(".key-row [role=status]:has-text('đã khoá thêm: 1')")
    looked_at(thao, shots, "keys-resealed")
    at_the_desk(vinh, address, keys / "vinh.key.json")
    assert WORDS in vinh.inner_text("#thread")
    vinh.goto(f"{address}/tips/keys/")
    vinh.click("button[value=remove] >> nth=0")
    vinh.wait_for_load_state()
    looked_at(vinh, shots, "keys-removed")
