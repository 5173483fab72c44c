"""A meeting held by five people at once, each in a browser of their own; and a door without network."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.meetings import operations as meetings
from gandan.work.meetings.flow import Part
from gandan.work.meetings.models import Conclusion, Invitation, Meeting, Section, Vote
from tests.browsing import CHROMIUM
from tests.cast import TODAY, Cast, assemble
from tests.meetings.conftest import AGENDA
from tests.meetings.files import pdf
from tests.pages.test_browser import PASSWORD
from tests.pages.test_citizen_browser import usable

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
PATIENCE = 90_000
KEPT_HERE = """async () => {
    const kept = () => navigator.serviceWorker.getRegistration("/meetings/door/");
    while (!(await kept())?.active) await new Promise((go) => setTimeout(go, 50));
}"""
PEOPLE = ("binh", "quyen", "chi", "alice", "phuc")


@pytest.fixture
def staff(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    appoint(person=cast.dung, unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE, by=cast.importer, on=TODAY)
    for name in PEOPLE:
        person = getattr(cast, name)
        person.set_password(PASSWORD)
        person.save()
    return cast


@pytest.fixture
def meeting(staff: Cast) -> Meeting:
    now, today = timezone.now(), timezone.localdate()
    made = meetings.plan(
        unit=staff.unit("CAP-W1"), partner=staff.unit("BXDD-W1"), title="Hội nghị tổng kết", series="Tổng kết", starts_at=now,
        ends_at=now + timedelta(hours=2), place="Hội trường phường", chair=staff.binh, secretary=staff.quyen, by=staff.dung,
        agenda=AGENDA, on=today,
    )  # fmt: skip
    meetings.invite(meeting=made, people=[staff.chi], by=staff.quyen, on=today)
    meetings.invite(meeting=made, people=[staff.alice, staff.phuc], part=Part.GUEST, by=staff.quyen, on=today)
    return made


def entered(browser: Browser, address: str, who: str, complaints: list[str], width: int = 1280) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: complaints.append(f"{who}: {error}"))
    page.on("console", lambda said: complaints.append(f"{who}: {said.text}") if said.type == "error" else None)
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    return page


def test_a_conference_of_five_browsers(browser: Browser, live_server: Any, staff: Cast, meeting: Meeting, tmp_path: Any) -> None:
    complaints: list[str] = []
    address = f"{live_server.url}/meetings/{meeting.pk}/"
    widths = {"binh": 1280, "quyen": 1280, "chi": 768, "alice": 360, "phuc": 360}
    pages = {who: entered(browser, live_server.url, who, complaints, widths[who]) for who in PEOPLE}
    chair, secretary, member, guest, other_guest = (pages[who] for who in PEOPLE)
    for page in pages.values():
        page.goto(f"{live_server.url}/meetings/door/{meeting.door}/")
        page.click("main form button.main")
        page.wait_for_url(address)
    secretary.click("summary:has-text('Gửi tài liệu')")
    secretary.fill("#title", "Báo cáo 2016–2021")
    secretary.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(3).getvalue()})
    secretary.click("button[value=paper]")
    secretary.wait_for_selector("text=Báo cáo 2016–2021")
    chair.reload()
    chair.click("button[value=open]")
    chair.wait_for_load_state()
    for page in (secretary, member, guest, other_guest):
        page.reload()
    assert guest.locator("form[data-minutes]").count() == other_guest.locator("form[data-minutes]").count() == 0, "guests read"

    # Two write one section at the same time, while one of them goes on typing; the secretary loses the network for a while.
    first = "form[data-minutes] >> nth=0"
    for page, words in ((secretary, "Đại biểu có mặt đông đủ.\n"), (member, "Bên dân vận góp ý về tiêu chí.\n")):
        page.locator(first).locator("textarea").press_sequentially(words, delay=15)
    secretary.context.set_offline(True)
    secretary.locator(first).locator("textarea").press_sequentially("Viết khi mất mạng.\n", delay=15)
    secretary.wait_for_selector("[data-state]:has-text('Chưa có mạng')")
    member.locator(first).locator("textarea").press_sequentially("Viết trong lúc ấy.\n", delay=15)
    member.wait_for_selector("[data-state]:has-text('Đã lưu')")
    secretary.context.set_offline(False)
    secretary.wait_for_selector("[data-state]:has-text('Đã lưu')")
    kept = Section.objects.filter(meeting=meeting).order_by("item__position").first()
    assert kept is not None
    for words in ("Đại biểu có mặt đông đủ.", "Viết khi mất mạng.", "Bên dân vận góp ý về tiêu chí.", "Viết trong lúc ấy."):
        assert words in kept.text.splitlines()

    chair.reload()
    chair.fill("#question", "Thông qua báo cáo?")
    chair.click("button[value=question]")
    chair.wait_for_selector("button[value=close-vote]")
    for page in (chair, member):
        page.reload()
        page.click("button[name=choice][value=yes]")
        page.wait_for_selector("button[name=choice][value=yes][aria-pressed=true]")
    guest.reload()
    assert guest.locator("button[name=choice]").count() == 0, "a guest has no vote"
    chair.click("button[value=close-vote]")
    chair.wait_for_selector("text=Đồng ý 2")
    secretary.reload()
    secretary.click("summary:has-text('Ghi kết luận')")
    secretary.fill("#text", "Nhân rộng mô hình camera hẻm.")
    secretary.fill("#officer", "binh")
    secretary.select_option("#programme", "2022-2026")
    secretary.click("button[value=conclude]")
    secretary.wait_for_selector("text=Nhân rộng mô hình camera hẻm.")
    chair.reload()
    chair.click("button[value=sign]")
    chair.wait_for_selector("text=Hai bên đã ký ngày")
    chair.fill("#guests", "40")
    chair.click("button[value=close]")
    chair.wait_for_selector("text=Trang giấy")
    for who, page in pages.items():
        page.reload()
        assert "Nhân rộng mô hình camera hẻm." in page.inner_text("main")
        assert page.locator("input[name=outcome]").count() == (1 if who == "binh" else 0)
        page.screenshot(path=tmp_path / f"{who}-{widths[who]}.png", full_page=True)
        assert usable(page) == []
    assert complaints == [] or all("ERR_INTERNET_DISCONNECTED" in one for one in complaints), complaints
    assert (Vote.objects.get().outcome, Conclusion.objects.get().programme) == ("carried", "2022-2026")


def test_a_code_at_a_door_without_network_is_sent_once(
    browser: Browser, live_server: Any, staff: Cast, meeting: Meeting, tmp_path: Any
) -> None:
    complaints: list[str] = []
    page = entered(browser, live_server.url, "chi", complaints, 360)
    page.goto(f"{live_server.url}/meetings/")
    page.evaluate(KEPT_HERE)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/meetings/door/{meeting.door}/")
    page.screenshot(path=tmp_path / "door-360.png", full_page=True)
    page.click("form[data-attend] button")
    page.get_by_text("Đã giữ trên máy này").wait_for()
    assert not Invitation.objects.filter(meeting=meeting).exclude(came="").exists()

    page.goto("about:blank")  # nothing of the site is open when the network is back
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/meetings/")
    page.get_by_text("Đã gửi lượt điểm danh").wait_for()
    page.screenshot(path=tmp_path / "sent-360.png", full_page=True)
    assert usable(page) == []
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.get_by_text("Đã gửi lượt điểm danh").count() == 0
    mine = Invitation.objects.get(meeting=meeting, person=staff.chi)
    assert (mine.came, mine.came_at is not None) == ("qr", True)
