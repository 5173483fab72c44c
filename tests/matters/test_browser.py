"""A matter from its opening to its end, by officers of both sides on a phone, in a real browser."""

from typing import Any

import pytest

from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.matters.flow import State
from gandan.work.matters.models import Matter
from tests.browsing import CHROMIUM
from tests.cast import TWO_LEVELS, Cast, assemble
from tests.pages.test_browser import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def city(committed: Any, live_server: Any) -> Cast:
    cast = assemble()
    appoint(person=cast.binh, unit=cast.unit("CAP-W1"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.importer, on=TWO_LEVELS)
    for person in (cast.binh, cast.quyen):
        person.set_password(PASSWORD)
        person.save()
    return cast


def phone_of(browser, live_server, name):
    page = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{live_server.url}/")
    return page


def test_two_sides_settle_a_matter(browser, live_server, city):
    police, civil = (phone_of(browser, live_server, name) for name in ("binh", "quyen"))
    complaints: list[str] = []
    for page in (police, civil):
        page.on("pageerror", lambda error: complaints.append(str(error)))
    police.goto(f"{live_server.url}/matters/new/")
    police.get_by_label("Tên gọi ngắn").fill("Lối đi sau chợ, nhà ông Tám")
    police.get_by_label("Ở đâu").fill("Hẻm sau chợ")
    police.get_by_text("Chỉ trên bản đồ").click()
    police.locator("input.pin").click(position={"x": 165, "y": 120})
    assert police.locator("input[name=latitude]").input_value().startswith("10.78")
    police.get_by_label("Bên kia cùng phụ trách").select_option("BXDD-W1")
    police.get_by_label("Người dân đề nghị gì").fill("Mở lại lối đi")
    police.get_by_role("button", name="Mở vụ việc").click()
    assert "có thể chỉ ra một người" in police.locator("#wrong_title").inner_text()
    assert police.get_by_label("Người dân đề nghị gì").input_value() == "Mở lại lối đi"
    police.get_by_label("Tên gọi ngắn").fill("Lối đi sau chợ")
    police.get_by_role("button", name="Mở vụ việc").click()
    police.get_by_text("Đã mở theo dõi vụ việc").wait_for()
    assert police.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    civil.goto(police.url)
    civil.get_by_text("Ghi một cuộc đối thoại").click()
    civil.get_by_label("Nơi đối thoại").fill("Nhà văn hoá")
    civil.get_by_label("Số lượt người dự").fill("40")
    civil.get_by_label("Biên bản").fill("Thống nhất mở lối đi")
    civil.get_by_role("button", name="Ghi đối thoại").click()
    civil.get_by_text("Thống nhất mở lối đi").wait_for()
    civil.get_by_label("Đã giải quyết thế nào").fill("Đã mở lối đi")
    civil.get_by_role("button", name="Đề nghị kết thúc").click()
    civil.get_by_text("chờ Công an phường Sài Gòn đồng ý").wait_for()
    police.reload()
    police.get_by_role("button", name="Đồng ý kết thúc").click()
    police.get_by_text("giữ đúng mọi hẹn").wait_for()

    made = Matter.objects.get()
    assert (made.state, made.settled_in_time, made.dialogues.get().heads) == (State.SETTLED, True, 40)
    assert complaints == []
