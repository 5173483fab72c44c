"""One dossier's whole story in real browsers: an officer and a head at a desk, a citizen and the post's clerk on telephones.

With `GANDAN_PICTURES=FOLDER` each step leaves a picture there at three widths, to be looked at.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from gandan.ground.documents.demonstration import make_key
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import clock, importer, person
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.operations import sweep
from gandan.work.dossiers.models import Apology, Delivery, Dossier, Rating
from gandan.work.dossiers.operations import load_procedures, raise_letters
from gandan.work.dossiers.queries import receipt_token
from tests.accounts.proving import signed_in
from tests.browsing import CHROMIUM
from tests.cast import Cast, assemble
from tests.pages.test_citizen_browser import NUMBER, PHONE, opened, usable

DESK = {"viewport": {"width": 1280, "height": 900}}
CARD = "079203001234|012345678|Lê Thị An|01021990|Nữ|12 Lê Lợi, phường Sài Gòn|01012022"
RECEIVED = date(2026, 11, 2)
PICTURES = os.environ.get("GANDAN_PICTURES")
WIDTHS = (360, 768, 1280)
PATIENT = 90_000  # milliseconds: a machine may be busy

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any, tmp_path: Any, settings: Any) -> Cast:
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}}
    settings.SIGNING_DIR = str(tmp_path)
    settings.BASE_URL = live_server.url
    cast = assemble()
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    since = RECEIVED - timedelta(30)
    head = enrol(
        username="thao", name="Nguyễn Phương Thảo", unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE,
        by=importer(), on=since,
    )  # fmt: skip
    enrol(
        username="thu",
        name="Phan Thị Thu",
        unit=cast.unit("BDTP"),
        role=Role.POST_PARTNER,
        line=Line.POST,
        by=importer(),
        on=since,
    )
    make_key("thao", head.name, "Công an phường Sài Gòn", datetime(2026, 10, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    return cast


class Story:
    """Who stands where, and what was seen so far."""

    def __init__(self, browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.browser, self.address, self.monkeypatch = browser, address, monkeypatch
        self.complaints: list[list[str]] = []
        self.faults: list[str] = []
        self.seen = 0

    def on(self, day: date, hour: int = 9) -> None:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        self.monkeypatch.setattr(timezone, "now", lambda: at)

    def somebody(self, who: str = "", **how: Any) -> Page:
        """Open a browser for somebody who has just signed in, or for anybody."""
        page, complaints = opened(self.browser, self.address, **how)
        page.set_default_timeout(PATIENT)
        self.complaints.append(complaints)
        if who:
            client = signed_in(person(who))
            page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}])
        return page

    def look(self, page: Page, what: str) -> None:
        """Hold the page against what keeps readers from it, and keep a picture."""
        self.seen += 1
        self.faults += usable(page)
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            stood = page.viewport_size or {"width": 1280, "height": 900}
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": stood["height"]})
                self.faults += [f"{what} at {width}: {fault}" for fault in usable(page)]
                page.screenshot(path=f"{PICTURES}/{self.seen:02d}-{what}-{width}.png", full_page=True)
            page.set_viewport_size(stood)


def test_from_the_card_to_the_rating(browser, live_server, city, monkeypatch):
    story = Story(browser, live_server.url, monkeypatch)
    story.on(RECEIVED)
    desk = story.somebody("binh", **DESK)
    desk.goto(f"{live_server.url}/counter/")
    desk.keyboard.type(CARD)
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".said")
    assert desk.locator("#id_applicant").input_value() == "Lê Thị An"
    desk.select_option("#id_procedure", "identity-card")
    desk.fill("#id_phone", "0903 123 456")
    desk.check("input[name=by_post]")
    desk.wait_for_timeout(300)
    story.look(desk, "counter")
    desk.click("#save")
    desk.wait_for_url("**/receipt/")
    assert "bưu điện mang đến địa chỉ" in desk.locator(".receipt").inner_text()
    story.look(desk, "receipt")
    dossier = Dossier.objects.get()
    here = f"{live_server.url}/dossiers/{dossier.number}/"

    def citizen(expects: str, picture: str) -> Page:
        page = story.somebody(**PHONE)
        page.goto(f"{live_server.url}/r/{receipt_token(dossier.pk, city.binh, timezone.localdate())}/")
        assert expects in page.locator(".next-step").inner_text()
        story.look(page, picture)
        return page

    def once(expects: str, picture: str) -> None:
        citizen(expects, picture).context.close()

    def step(name: str, **fills: str) -> None:
        desk.goto(f"{here}steps/{name}/")
        for field, value in fills.items():
            desk.fill(f"[name={field}]", value)
        desk.click("main .acts button.main")
        desk.wait_for_url(here)

    once("Hẹn trả kết quả: thứ Tư, 11/11/2026", "citizen-received")
    story.on(RECEIVED + timedelta(1))  # who signed in yesterday signs in anew
    desk = story.somebody("binh", **DESK)
    step("ask_supplement", further="Ảnh chân dung 3 × 4", words="Ảnh bị mờ, xin chụp lại.")
    story.look(desk, "supplement-asked")
    once("Cần Ông/Bà bổ sung: Ảnh chân dung 3 × 4", "citizen-clock-stands")
    story.on(RECEIVED + timedelta(3))
    desk = story.somebody("binh", **DESK)
    step("supplemented")
    story.look(desk, "clock-runs-again")
    due = Dossier.objects.get().due_on
    assert due == date(2026, 11, 13)

    late = due + timedelta(3)
    story.on(late)
    sweep(on=late, by=clock())
    raise_letters(by=clock(), on=late)
    letter = Apology.objects.get()
    once("Hồ sơ đang quá hẹn", "citizen-late")
    desk = story.somebody("binh", **DESK)
    desk.goto(f"{live_server.url}/letters/{letter.pk}/")
    desk.select_option("[name=reason]", index=1)
    desk.click("main form button.main")
    desk.wait_for_load_state()
    story.look(desk, "letter-reason")
    head = story.somebody("thao", **DESK)
    head.goto(f"{live_server.url}/letters/")
    assert "23/11/2026" in head.locator("main").inner_text(), "who signs sees which day is promised"
    story.look(head, "head-letters")
    head.click("button[name=all]")
    head.wait_for_load_state()
    assert "Đã ký 1 thư" in head.locator("main").inner_text()
    story.look(head, "head-signed")
    page = citizen("Hẹn mới:", "citizen-letter")
    with page.expect_download() as download:
        page.click("text=Thư ngày 16/11/2026")
    assert Path(download.value.path()).read_bytes()[:5] == b"%PDF-"

    story.on(late + timedelta(1))
    desk = story.somebody("binh", **DESK)
    step("finish")
    story.look(desk, "finished")
    once("Kết quả sắp được giao cho bưu điện", "citizen-finished")
    desk.goto(f"{live_server.url}/post/")
    assert "12 Lê Lợi" in desk.locator("main table").first.inner_text()
    desk.locator("input[name^=tracking-]").fill(NUMBER)
    story.look(desk, "post-to-pack")
    desk.click("text=Lập bảng kê")
    desk.click("text=Ký cho cơ quan")
    listed = desk.url
    story.look(desk, "manifest")
    clerk = story.somebody("thu", **PHONE)
    clerk.goto(listed)
    assert "12 Lê Lợi" in clerk.locator("main table").inner_text()
    clerk.click("text=Ký cho bưu điện")
    story.look(clerk, "clerk-signed")
    once("Kết quả đang trên đường", "citizen-posted")
    clerk.goto(f"{live_server.url}/post/scan/")
    clerk.keyboard.type(NUMBER)
    clerk.click("button[value=failed]")
    story.look(clerk, "clerk-failed")
    once("Bưu điện đã đến mà không gặp", "citizen-failed")
    clerk.keyboard.type(NUMBER)
    clerk.click("button[value=delivered]")
    clerk.wait_for_load_state()
    page = citizen("Ông/Bà đã nhận kết quả", "citizen-delivered")

    page.click("text=Lấy phiếu góp ý")
    story.look(page, "citizen-ticket")
    page.click("text=Góp ý ngay")
    for question in ("courtesy", "clarity", "overall"):
        page.check(f"input[name={question}][value='5']")
    page.fill("#id_words", "Cán bộ hướng dẫn rõ.")
    story.look(page, "citizen-rates")
    page.click("text=Gửi góp ý")
    assert "Cảm ơn Ông/Bà" in page.locator("h1").inner_text()
    story.look(page, "citizen-rated")
    head = story.somebody("thao", **DESK)
    head.goto(f"{live_server.url}/ratings/")
    story.look(head, "head-ratings")

    assert Delivery.objects.get().state == "delivered"
    assert Rating.objects.count() == 1
    assert story.faults == []
    assert [said for complaints in story.complaints for said in complaints] == []
