"""In a real browser: a directive, a programme that answers it, a ward's plan, and its task done with evidence."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.models import Draft, PartVersion, Turn
from gandan.results.programmes.operations import load_programme
from tests.browsing import CHROMIUM
from tests.cast import TODAY, Cast, assemble
from tests.pages.test_browser import PASSWORD, signed_in
from tests.programmes.conftest import RUNNING

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    load_programme(text=RUNNING, by=cast.giang, on=TODAY)
    enrol(
        username="head", name="Trưởng phường", unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE,
        by=cast.importer, on=TODAY,
    )  # fmt: skip
    for person in (cast.giang, type(cast.giang).objects.get(username="head")):
        person.set_password(PASSWORD)
        person.save()
    return cast


def another(browser, address, name):
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    return page


def test_from_a_directive_to_a_wards_task_done_with_evidence(browser, live_server, city):
    site = live_server.url
    page, complaints = signed_in(browser, site, viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/directives/new/")
    for name, value in (("code", "ct-01"), ("body", "Thành ủy"), ("title", "Về dân vận"), ("source", "Văn thư")):
        page.fill(f"#id_{name}", value)
    page.fill("#id_points", "Lắng nghe\nĐúng hẹn\nKhông phiền hà")
    page.click("main form button")
    page.wait_for_url(f"{site}/directives/ct-01/")
    assert page.locator("text=Chưa có nhiệm vụ nào trả lời").count() == 1  # the programme answers the other two

    page.goto(f"{site}/programmes/thu-2026/")
    page.click("summary:has-text('bản đã có hiệu lực')")
    page.fill("#amend-why", "Thêm việc")
    page.click("text=Soạn bản sửa đổi")
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    area = page.locator(".k-goal textarea").first
    area.fill("Mọi hồ sơ trước hẹn")
    page.locator(".k-goal [data-saved]", has_text="Đã lưu").first.wait_for()
    assert PartVersion.objects.filter(text="Mọi hồ sơ trước hẹn").exists()
    assert Axe().run(page).response["violations"] == []
    assert Draft.objects.get().state == "writing"

    ward = another(browser, site, "head")
    ward.goto(f"{site}/programmes/thu-2026/plans/")
    ward.click("main button:has-text('Lập kế hoạch')")
    ward.wait_for_url(re.compile(r"/drafts/\d+/"))
    assert ward.evaluate("document.documentElement.scrollWidth") <= 360
    ward.click("text=Duyệt và ban hành")
    ward.wait_for_load_state()
    turn = Turn.objects.filter(unit__code="CAP-W1").order_by("pk").first()
    ward.goto(f"{site}/tasks/?mine=1")
    assert ward.evaluate("document.documentElement.scrollWidth") <= 360
    ward.goto(f"{site}/tasks/{turn.pk}/")
    ward.click("summary:has-text('Gắn minh chứng')")
    ward.fill("#note", "Biên bản diễn đàn")
    ward.click("#evidence button:has-text('Gắn')")
    ward.wait_for_load_state()
    ward.fill("#outcome", "120 lượt người dự")
    ward.click("text=Đã hoàn thành")
    ward.locator("text=120 lượt người dự").wait_for()
    assert Axe().run(ward).response["violations"] == []

    page.goto(f"{site}/programmes/thu-2026/plans/")
    assert page.locator("text=1 trên 2 đơn vị chưa có kế hoạch").count() == 1
    assert Turn.objects.get(pk=turn.pk).evidence.get().note == "Biên bản diễn đàn"
    assert complaints == []
