"""The roof over the public pages: what people come for, the search, the wards; no cookie, little weight, two languages."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gandan.faces import pages
from gandan.faces.pages import shelf
from gandan.ground.organisations.operations import enrol, rename
from gandan.ground.organisations.queries import public
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.notices.flow import Sort
from gandan.work.notices.operations import withdraw
from gandan.work.voice.flow import Channel
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.operations import load_services, receive, show
from gandan.work.voice.rules.brought import Brought
from tests.architecture.house import ROOT
from tests.cast import ACT, TODAY
from tests.clock import held_clock as held_clock
from tests.notices.conftest import Desk, out, storm

STATIC = Path(pages.__file__).parent / "static"
LIGHTEST = 150_000


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def kept(settings, tmp_path):
    settings.PAGES_KEPT, settings.DATA_DIR = 30, tmp_path
    shelf.forget()
    yield
    shelf.forget()


def test_the_home_page_leads_to_what_people_come_for_and_to_nothing_that_is_not_there(cast, client):
    page = client.get("/public/").content.decode()

    links = set(re.findall(r'href="(/public/[^"?#]*)"', page))
    assert {"/public/lookup/", "/public/wards/", "/public/submit/", "/public/search/"} - {"/public/search/"} <= links
    assert {client.get(link).status_code for link in links} == {200}
    assert 'href="tel:113"' in page


@pytest.mark.parametrize(
    "address", ["/public/", "/public/wards/", "/public/lookup/", "/public/book/", "/public/submit/", "/privacy/"]
)
def test_a_visitor_gets_no_cookie(cast, client, address):
    for language in ("", "/en"):
        assert client.get(f"{language}{address}").cookies == {}


def test_a_form_of_ours_is_taken_without_a_token_and_a_forged_one_is_not(cast):
    visitor = Client(enforce_csrf_checks=True)
    form = {"number": "000.00.79.H29-261120-0042", "tail": "1234"}

    assert visitor.post("/public/lookup/", form, headers={"origin": "http://testserver"}).status_code == 422
    assert visitor.post("/public/lookup/", form, headers={"origin": "https://evil.example"}).status_code == 403
    assert visitor.post("/public/lookup/", form).status_code == 403


def test_whoever_has_a_session_is_checked_by_the_token(cast):
    somebody = Client(enforce_csrf_checks=True)
    somebody.force_login(cast.alice)

    assert somebody.post("/my-unit/", {"unit": "PA08"}, headers={"origin": "http://testserver"}).status_code == 403


def test_english_stands_at_addresses_of_its_own_and_stays_there(cast, client):
    page = client.get("/en/public/")

    assert 'lang="en"' in page.content.decode()
    assert set(re.findall(r'href="(?!/static|tel:|#)(/[^"]*)"', page.content.decode())) >= {"/en/public/wards/", "/public/"}
    assert "What do you need?" in page.content.decode()
    assert reverse("public-home") == "/public/", "the next request is not in English"


def test_the_search_forgives_accents_and_finds_wards_and_pages(cast, client):
    said = text_of(client.get("/public/search/?q=phuong sai gon"))
    assert "Phường Sài Gòn" in said
    assert "Hồ sơ của tôi" in text_of(client.get("/public/search/?q=HO SO cua toi"))
    assert "Không tìm thấy gì" in text_of(client.get("/public/search/?q=zzzz"))
    assert client.get("/public/search/").status_code == 200


def test_the_search_finds_what_else_is_public(cast, client):
    """What can be reported, and pages that the home page doesn't lead to."""
    load_services(unit=cast.police, by=cast.importer, on=TODAY)
    assert "Mô hình cộng đồng" in text_of(client.get("/public/search/?q=mo hinh cong dong"))
    lamp = client.get("/public/search/?q=den duong hong").content.decode()
    (address,) = set(re.findall(r'href="(/public/voice/new/report/\?q=[^"]*)"', lamp))
    assert "Đèn đường hỏng" in text_of(client.get(address))
    for asked, page in (("chu ky so", "verify"), ("so lieu csv", "results/data"), ("dang ky thu dien tu", "news/by-email"),
                        ("doi gio hen", "booking/code")):  # fmt: skip
        assert f'href="/public/{page}/"' in client.get("/public/search/", {"q": asked}).content.decode(), asked


def test_what_many_brought_alike_is_found_once_and_what_is_hidden_not_at_all(cast, client):
    at = timezone.now()
    for nth, (brought, told) in enumerate([("Xe rác đi muộn, gọi Nam", "Xe rác đi muộn"), ("Xe rác đi muộn!", "Xe rác đi muộn"),
                                           ("Xe rác đi sớm", "Xe rác đi sớm")]):  # fmt: skip
        said = Brought(kind=CaseKind.COMPLIMENT, text=brought, concerned="CAP-W1", public=True)
        case = receive(brought=said, channel=Channel.ONLINE, code=f"{nth}" * 16, by=public(), on=TODAY, at=at)
        show(case=case, words=told, by=cast.hoa, on=TODAY, at=at)

    found = text_of(client.get("/public/search/?q=XE RAC khen"))
    assert found.count("Xe rác đi muộn") == 1
    assert "Xe rác đi muộn (và 1 việc giống vậy)" in found
    assert "Xe rác đi sớm" in found
    assert "1 more like it" in text_of(client.get("/en/public/search/?q=xe rac muon"))
    assert "Xe rác" not in text_of(client.get("/public/search/?q=xe rac nam")), "only by what everyone reads"


def test_a_former_ward_leads_to_its_heirs(cast, client):
    said = text_of(client.get("/public/wards/?q=da kao"))

    assert "Phường Đa Kao nay thuộc Phường Bến Thành, Phường Sài Gòn." in said
    assert "Bến Nghé" in text_of(client.get("/public/wards/W1/"))


def test_a_ward_that_was_renamed_yesterday_is_found_by_both_names(cast, client, kept):
    """Its address stays as it was; a page from before says the former name for a minute at most."""
    assert "Phường Sài Gòn" in text_of(client.get("/public/wards/W1/"))
    rename(unit=cast.unit("W1"), name="Phường Bến Bạch Đằng", act=ACT, by=cast.importer, on=TODAY)
    shelf.forget()

    for asked in ("bach dang", "sai gon"):
        for page in ("/public/wards/", "/public/search/"):
            found = client.get(page, {"q": asked}).content.decode()
            assert ('href="/public/wards/W1/"' in found, "Phường Bến Bạch Đằng" in found) == (True, True), (page, asked)
    assert "Phường Bến Bạch Đằng" in text_of(client.get("/public/wards/W1/"))


def test_a_ward_that_is_no_more_has_no_page_but_a_way_on(cast, client):
    page = client.get("/public/wards/O1/")

    assert page.status_code == 404
    assert "/public/wards/" in page.content.decode()
    assert "Công an phường Sài Gòn" in text_of(client.get("/public/wards/W1/"))


def test_who_strays_below_the_roof_stays_there(cast, client):
    page = client.get("/public/no-such-page/")

    assert page.status_code == 404
    assert 'href="/public/"' in page.content.decode()


def weight(client, address: str) -> int:
    """Return what a first visit carries over the wire: the page, its sheet, script, signs and the letters of two weights."""
    page = client.get(address).content
    files = set(re.findall(rb'(?:href|src)="/static/([^"#]+)', page))
    sheet = (STATIC / "pages" / "roof.css").read_text("utf-8")
    assert {file for file in files if file.endswith(b".css")} == {b"pages/roof.css"}
    letters = set(re.findall(r"vendor/[\w./-]+woff2", sheet))
    assert len([one for one in letters if "be-vietnam-pro/latin-4" in one or "be-vietnam-pro/latin-6" in one]) == 2
    packed = sum(len(gzip.compress((STATIC / file.decode()).read_bytes())) for file in files if not file.endswith(b"woff2"))
    return len(page) + packed + sum((STATIC / one).stat().st_size for one in letters)


@pytest.mark.parametrize("address", ["/public/", "/public/lookup/", "/public/wards/W1/", "/public/submit/"])
def test_a_page_weighs_little(cast, client, address):
    assert weight(client, address) <= LIGHTEST


def test_the_sheet_of_public_pages_is_what_the_others_say():
    done = subprocess.run([sys.executable, str(ROOT / "bin" / "_styles.py"), "--check"], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_page_on_the_shelf_is_served_as_it_was_when_the_database_is_down_and_says_so(cast, client, kept, monkeypatch):
    client.raise_request_exception = False
    first = client.get("/public/wards/")
    assert first.headers["Cache-Control"].startswith("public")

    monkeypatch.setattr("gandan.faces.pages.roof.organisations.children", down)
    assert client.get("/public/wards/").content == first.content, "not a word of it while it is fresh"

    shelf._pages["/public/wards/"].until = 0
    stale = client.get("/public/wards/")
    assert (stale.status_code, stale.headers["Cache-Control"]) == (200, "no-store")
    assert "Đây là trang đã lưu lúc 09:00 20/11/2026." in text_of(stale)

    shelf.forget()  # the process was started anew meanwhile
    assert "Đây là trang đã lưu lúc" in text_of(client.get("/public/wards/"))
    assert client.get("/en/public/wards/").status_code == 500, "what was never made can't be served"


def test_an_alert_of_the_night_is_still_told_when_the_database_is_down(cast, client, kept, monkeypatch):
    """The alert itself, the home page above which it stands, the ward, results: as they were, saying so; also after a restart."""
    alert = out(Desk(cast, *(publisher_of(cast, name) for name in "abcd")), Sort.ALERT, storm(cast)).pk
    pages = ("/public/", f"/public/alerts/{alert}/", "/public/alerts/", "/public/wards/W1/", "/public/results/", "/en/public/")
    assert {client.get(page).status_code for page in pages} == {200}
    client.raise_request_exception = False

    with monkeypatch.context() as night:
        night.setattr("django.db.backends.utils.CursorWrapper._execute", down)
        for restarted in (False, True):
            if restarted:
                shelf.forget()
            for page in pages:
                if not restarted:
                    shelf._pages[page].until = shelf._down_until = 0
                stale = client.get(page)
                said = text_of(stale)
                assert (stale.status_code, stale.headers.get("Warning")) == (200, '110 - "as it was"'), (page, restarted)
                assert "09:00 20/11/2026" in said, page
                assert "Mưa lớn tối nay" in said or "Heavy rain tonight" in said, page
        shelf.forget()
        never = client.get("/public/true/")
        assert never.status_code >= 500
        assert "113" in text_of(never), "whom to call stands even on a page that can't be made"


def test_what_was_withdrawn_does_not_come_back_when_the_database_is_down(
    cast, client, kept, monkeypatch, django_capture_on_commit_callbacks
):
    """Neither from memory, nor from disk after a restart; what was made since is served as ever."""
    desk = Desk(cast, *(publisher_of(cast, name) for name in "abcd"))
    notice = out(desk)
    pages = ("/public/", f"/public/news/{notice.pk}/", "/public/wards/W1/")
    assert {client.get(page).status_code for page in pages} == {200}
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(publication=notice, why="Đăng nhầm ngày.", by=desk.editor, on=TODAY, at=timezone.now())
    assert "Đăng nhầm ngày." in text_of(client.get(pages[1])), "at once, though the page was on the shelf"
    client.raise_request_exception = False

    with monkeypatch.context() as night:
        night.setattr("django.db.backends.utils.CursorWrapper._execute", down)
        for restarted in (False, True):
            if restarted:
                shelf.forget()
            shelf._down_until = 0
            assert client.get(pages[0]).status_code >= 500, "it names what was withdrawn"
            assert "Đăng nhầm ngày." in text_of(client.get(pages[1]))


def publisher_of(cast, name: str):
    return enrol(
        username=name, name=name, unit=cast.unit("BTGDVTU"), role=Role.PUBLISHER, line=Line.CIVIL, by=cast.importer, on=TODAY
    )


def down(*args, **kwargs):
    raise OperationalError("connection refused")


def test_what_is_shown_to_somebody_is_not_kept(cast, client, kept):
    client.get("/public/lookup/")
    client.force_login(cast.alice)
    client.get("/public/")

    assert list(shelf._pages) == []
    assert TODAY.year == 2026
