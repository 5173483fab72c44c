"""Every public page before a browser: valid, usable by everyone in light and dark and both languages, and without a network."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.queries import importer, public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.democracy.models import Consultation, Poll, Remark
from gandan.work.democracy.operations import close_poll, comment, prove, show_comment, vote
from gandan.work.democracy.rules.counting import Choice
from gandan.work.democracy.rules.dated import Place
from gandan.work.dossiers.operations import load_procedures, set_openings
from gandan.work.dossiers.rules.bookings import Hours
from gandan.work.notices.flow import Sort
from gandan.work.notices.operations import set_contacts
from gandan.work.notices.queries import Number
from gandan.work.voice.flow import Channel as CameBy
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.operations import load_services, receive, show
from gandan.work.voice.rules.brought import Brought
from tests.browsing import CHROMIUM
from tests.cast import TODAY, Cast, assemble
from tests.clock import held_clock as held_clock
from tests.democracy.conftest import Ward, inhabit
from tests.notices.conftest import Desk, claim, out, storm

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"width": 1280, "height": 900}


def populate() -> Ward:
    """A city in which each public page has something to show."""
    cast = assemble()
    ward = inhabit(cast)
    load_procedures(unit=cast.police, by=importer(), on=date(2015, 12, 1))
    load_services(unit=cast.police, by=importer(), on=TODAY)
    hours = [Hours(nth, time(8), time(11), 30, 2) for nth in range(5)]
    set_openings(unit=cast.unit("CAP-W1"), hours=hours, by=cast.binh, on=TODAY)
    set_contacts(unit=cast.unit("CAP-W1"), numbers=[Number("Trực ban", "028 3829 0000", "", "cả ngày")], by=importer(), on=TODAY)
    publish(cast)
    ward.duty(title="Dự toán 2027", born_on=TODAY - timedelta(40))
    hung = ward.duty(title="Phí mới")
    prove(duty=hung, place=Place.PAGE, posted_on=TODAY, address="https://phuong.example/phi", by=ward.writer, on=TODAY)
    asked = ward.consultation()
    made = comment(consultation=asked, position=1, words="Xin đóng lúc 22 giờ.", code="1" * 16, by=public(), on=TODAY)
    show_comment(comment=made, words="Xin đóng lúc 22 giờ.", by=ward.moderator, on=TODAY)
    decided, codes = ward.opened("contribution")
    for nth, code in codes.items():
        vote(poll=decided, code=code, choice=Choice.FOR if nth < 7 else Choice.AGAINST, by=public(), on=TODAY)
    close_poll(poll=decided, by=ward.keeper, on=TODAY)
    ward.opened("head")
    brought = Brought(kind=CaseKind.COMPLIMENT, text="Cảm ơn các anh chị trực hôm thứ Bảy.", concerned="CAP-W1", public=True)
    case = receive(brought=brought, channel=CameBy.ONLINE, code="2" * 16, by=public(), on=TODAY, at=NOW)
    if case.showing == "waiting":
        show(case=case, words=brought.text, by=cast.hoa, on=TODAY, at=NOW)
    return ward


def publish(cast: Cast) -> None:
    def who(name: str, unit: Unit) -> Person:
        return enrol(username=name, name=name, unit=unit, role=Role.PUBLISHER, line=Line.CIVIL, by=cast.importer, on=TODAY)

    board = cast.unit("BTGDVTU")
    desk = Desk(cast, *(who(name, board) for name in ("viet", "duyet", "viet2", "duyet2")))
    out(desk)
    out(desk, Sort.CORRECTION, claim(cast))
    out(desk, Sort.ALERT, storm(cast))


def addresses() -> Iterator[str]:
    """Every public page that is opened by its address, with something on it."""
    plain = (
        "", "news/", "news/archive/", "news/by-email/", "true/", "true/method/", "alerts/", "search/?q=can+cuoc",
        "search/?q=zzzz",
        "wards/", "wards/?q=ben", "wards/W1/", "wards/W9/", "results/", "results/data/", "lookup/", "verify/", "rate/", "submit/",
        "resume/", "book/", "book/CAP-W1/", "booking/code/", "reports/", "models/", "democracy/", "consultations/mine/",
        "offline/",
        "voice/", "voice/mine/", "voice/shown/", "voice/new/report/", "voice/new/question/", "voice/new/handover/",
        "voice/new/crime/", "voice/new/conduct/", "voice/new/complaint/", "voice/new/denunciation/", "voice/new/compliment/",
    )  # fmt: skip
    yield from plain
    from gandan.work.democracy.models import Duty
    from gandan.work.notices.models import Publication

    for one in Publication.objects.all():
        name = {"notice": "news", "correction": "true", "alert": "alerts"}[one.sort]
        yield f"{name}/{one.pk}/"
        yield f"news/{one.pk}/poster/"
    yield from (f"duties/{one.pk}/" for one in Duty.objects.all())
    for asked in Consultation.objects.all():
        yield from (f"consultations/{asked.pk}/", f"consultations/{asked.pk}/comment/?position=2")
    for poll in Poll.objects.exclude(step="prepared"):
        yield from (f"votes/{poll.pk}/", f"votes/{poll.pk}/ballot/")


def wrongly_sent() -> Iterator[tuple[str, dict[str, str]]]:
    """Forms that come back with what is wrong beside the field."""
    yield "lookup/", {"number": "x", "tail": "1"}
    yield "consultations/mine/", {"code": "12"}
    yield "voice/mine/", {"code": "12"}
    yield "news/by-email/", {"email": "không phải"}
    for asked in Consultation.objects.all():
        yield f"consultations/{asked.pk}/comment/", {"position": "1", "words": "", "code": "3" * 16}
    for poll in Poll.objects.filter(step="open"):
        yield f"votes/{poll.pk}/ballot/", {"code": "12", "choice": "for"}
        yield f"votes/{poll.pk}/ballot/", {"code": "12", "choice": ""}


def faults(html: str) -> list[str]:
    """Return what a validator of HTML says against a page, and names that stand twice."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    found = [f"{what} {details} at {at}" for at, what, details in parser.errors]
    ids = re.findall(r"\bid=\"([^\"]+)\"", html)
    found += [f"id {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    found += [
        f"label for {one}, which is not there" for one in re.findall(r"<label[^>]* for=\"([^\"]+)\"", html) if one not in ids
    ]
    described = {name for names in re.findall(r"aria-(?:describedby|labelledby)=\"([^\"]+)\"", html) for name in names.split()}
    return found + [f"aria points to {one}, which is not there" for one in sorted(described - set(ids))]


def test_every_public_page_is_valid_html_in_both_languages(committed):
    populate()
    client, wrong = Client(), {}
    asked = [(f"{language}/public/{page}", None) for language in ("", "/en") for page in addresses()]
    asked += [(f"/public/{page}", form) for page, form in wrongly_sent()]
    for address, form in asked:
        answer = client.get(address) if form is None else client.post(address, form)
        assert answer.status_code in ({200, 404} if form is None else {200, 422}), (address, answer.status_code)
        if found := faults(answer.content.decode()):
            wrong[f"{address} {form or ''}"] = found[:5]

    assert len(asked) > 100
    assert wrong == {}


def violations(page: Any, *, only: str = "") -> list[str]:
    options = {"runOnly": {"type": "rule", "values": [only]}} if only else {}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


WIDE = "document.documentElement.scrollWidth - window.innerWidth"
WIDEST = """[...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > window.innerWidth)
    .map((one) => one.outerHTML.slice(0, 120)).slice(-2).join(" | ")"""
LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_every_public_page_is_usable_by_everyone(browser, committed, live_server):
    populate()
    context = browser.new_context(**PHONE, service_workers="block")
    page, wrong, others = context.new_page(), {}, set()
    page.on("request", lambda request: None if request.url.startswith(live_server.url) else others.add(request.url))
    for nth, address in enumerate(addresses()):
        language = "/en" if nth % 2 else ""  # each page once; what the other language says is the same markup
        page.emulate_media(color_scheme="light")
        page.goto(f"{live_server.url}{language}/public/{address}")
        found = violations(page)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in violations(page, only="color-contrast")]
        found += ["too wide"] if page.evaluate(WIDE) > 0 else []
        page.set_viewport_size(DESK)
        found += [f"too wide at a desk: {page.evaluate(WIDEST)}"] if page.evaluate(WIDE) > 0 else []
        page.set_viewport_size(PHONE["viewport"])
        page.evaluate(LARGE)
        found += [f"too wide at 200 %: {page.evaluate(WIDEST)}"] if page.evaluate(WIDE) > 0 else []
        if found:
            wrong[f"{language}/public/{address}"] = found
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    cookies = context.cookies()
    context.close()

    assert wrong == {}
    assert (others, kept, cookies) == (set(), [0, 0, ""], [])


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_main_tasks_are_done_by_keyboard_alone(browser, committed, live_server):
    ward = populate()
    page = browser.new_context(**PHONE).new_page()

    def walk_to(words: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            said = page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")
            if said.startswith(words):
                return
        raise AssertionError(f"nobody gets to “{words}” by keyboard")

    page.goto(f"{live_server.url}/public/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    walk_to("Phường, xã của tôi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/public/wards/")
    walk_to("Phường Sài Gòn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/public/wards/W1/")
    walk_to("Quy định chợ đêm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/public/consultations/*/")
    walk_to("Góp ý đoạn 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comment/?position=1")
    walk_to("words")
    page.keyboard.type("Xin thêm đèn.")
    walk_to("Gửi góp ý")
    page.keyboard.press("Enter")
    page.get_by_text("Đã gửi, cảm ơn Ông/Bà").wait_for()
    assert Remark.objects.count() == 2
    assert ward.area.code == "W1"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_without_a_network_pages_are_there_and_what_is_written_is_sent_once(browser, committed, live_server):
    populate()
    context = browser.new_context(**PHONE)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    home = f"{live_server.url}/public/"
    page.goto(home)
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => Boolean(one.active))")
    page.goto(f"{home}wards/W1/")
    consultation = Consultation.objects.get().pk
    page.goto(f"{home}consultations/{consultation}/")

    context.set_offline(True)
    page.goto(f"{home}wards/W1/")
    assert "028 3829 0000" in page.inner_text("main")
    assert page.locator("[data-offline]").is_visible()
    page.goto(f"{home}voice/mine/")  # never kept: what can be done without a network instead
    assert "Viết để gửi sau" in page.inner_text("main")
    page.select_option("#id_kind", "question")
    page.fill("#id_text", "Chủ nhật có tiếp dân không?")
    page.click("form[data-later] button.main")
    page.get_by_text("Đã giữ. Mã của việc này:").wait_for()
    assert "chờ có mạng" in page.locator("[data-written]").inner_text()
    assert not Case.objects.filter(kind="question").exists()

    context.set_offline(False)
    page.goto(f"{home}offline/")
    page.get_by_text("đã gửi; mã này là biên nhận").wait_for()
    page.reload()
    page.wait_for_load_state("networkidle")
    code = re.sub(r"\D", "", page.locator("[data-written] .figures").inner_text())

    assert Case.objects.filter(kind="question").count() == 1
    sent = Client().post("/public/later/", {"kind": "question", "text": "Chủ nhật có tiếp dân không?", "code": code})
    assert (sent.json(), Case.objects.filter(kind="question").count()) == ({"done": True}, 1)
    assert page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name).sort())") == [
        "gan-dan-dossiers",
        "gan-dan-written",
    ]
    assert complaints == []


def test_the_app_describes_itself_and_its_script_keeps_nothing_private(db, client):
    told = client.get("/public/manifest.webmanifest")
    assert told.headers["Content-Type"] == "application/manifest+json"
    assert (told.json()["start_url"], told.json()["scope"], told.json()["display"]) == ("/public/", "/public/", "standalone")
    assert client.get("/en/public/manifest.webmanifest").json()["scope"] == "/en/public/"
    script = client.get("/public/worker.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert 'includes("public")' in script.content.decode()
    for page in ("/public/lookup/", "/public/voice/mine/", "/public/consultations/mine/"):
        assert "private" in client.get(page).headers["Cache-Control"]
    assert client.post("/public/later/", {"kind": "crime", "text": "x", "code": "1" * 16}).status_code == 422
