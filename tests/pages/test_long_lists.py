"""Lists with nothing, with one and with ten thousand rows: each answers, says what is so, and stays a page."""

import re
from html import unescape

import pytest

from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.operations import ask
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import load_procedures, note_contact, receive
from gandan.work.dossiers.rules.procedures import read_procedures
from tests.architecture.test_matrix import ANYWHERE
from tests.cast import TODAY
from tests.dossiers.files import bring_in, row, write

MANY = 10_000
LISTS = ("/", "/queue/", "/dossiers/", "/dossiers/?status=overdue", "/letters/", "/messages/?show=", "/post/",
         "/privacy/requests/", "/bookings/", "/exports/", "/ratings/?unit=PA08")  # fmt: skip
OF_MANY = ("/", "/?group=overdue", "/queue/", "/queue/?group=overdue", "/dossiers/", "/dossiers/?status=overdue", "/letters/")
PAGE_BYTES = 600_000


@pytest.fixture
def office(cast):
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY.replace(year=2015))
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY, rows=read_procedures({"procedures": [ANYWHERE]}))
    return cast


@pytest.mark.parametrize("address", LISTS)
def test_with_nothing_it_says_so(office, desk, address):
    answer = desk(office.dung if "ratings" in address else office.alice).get(address)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<tbody></tbody>" not in page.replace("\n", "")


@pytest.mark.parametrize("address", LISTS)
def test_with_one_it_stands_alone(office, desk, address):
    one = receive(procedure="passport", unit=office.unit("PA08"), applicant="Lê Thị Một", by=office.alice, on=TODAY, by_post=True)
    note_contact(dossier=one, email="mot@example.org", by=office.alice, on=TODAY)
    ask(about=one, label=one.number, unit=one.unit, wish=Wish.SEE, by=office.alice, on=TODAY)
    answer = desk(office.dung if "ratings" in address else office.alice).get(address)

    assert answer.status_code == 200
    if address in {"/", "/queue/", "/dossiers/", "/privacy/requests/"}:
        assert one.number in answer.content.decode()


def test_with_ten_thousand_each_is_a_page_with_a_way_on(office, desk, tmp_path):
    lines = [row(f"HS-{nth}", Xong="", Nhận=f"{2 + nth % 4:02}/11/2026") for nth in range(MANY)]
    assert bring_in(office, write(tmp_path / "many.csv", *lines)).refused == 0
    assert Dossier.objects.count() == MANY
    alice = desk(office.alice)

    for address in OF_MANY:
        answer = alice.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) < PAGE_BYTES, f"{address} has {len(answer.content):,} bytes"

    seen, address = set[str](), "/dossiers/"
    for _page in range(3):
        page = alice.get(address).content.decode()
        here = set(re.findall(r'href="/dossiers/([0-9A-Z.-]+)/"', page))
        assert len(here) == 50
        assert not here & seen
        seen |= here
        (following,) = re.findall(r'href="([^"]+)" rel="next"', page)
        address = "/dossiers/" + unescape(following)
