"""Every page answers, in both languages, with the policy that keeps it closed; and costs as much for many rows as for few."""

import re

import pytest

from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from tests.cast import TODAY
from tests.pages.conftest import owe, work

PAGES = (
    "/",
    "/?group=overdue",
    "/?scope=below",
    "/?scope=me",
    "/units/",
    "/units/?q=sai+gon",
    "/units/?on=2025-06-30&line=police&below=CATP",
    "/units/find/?q=ben",
    "/units/79/",
    "/units/CATP/",
    "/units/CATP/?period=2026-Q3&view=as-is",
    "/units/CATP/?at=2025-06-30",
    "/units/O2/",
    "/units/CAP-W1/history/",
    "/units/O2/history/",
    "/measures/",
    "/measures/dossiers-received/?unit=CATP",
    "/measures/dossiers-honest-on-time-share/",
    "/measures/people-reached/",
    "/measures/dossiers-open/?at=2025-06-30",
    "/measures/dossiers-received/events/?unit=CATP&period=2024",
    "/programmes/",
    "/programmes/2022-2026/",
    "/programmes/2022-2026/?unit=CATP&view=as-is",
    "/reports/",
    "/reports/new/?programme=2022-2026",
    "/dossiers/",
    "/dossiers/?status=overdue",
    "/calendar/",
    "/calendar/?year=2025",
    "/ledger/",
    "/components/",
)


READERS = {"/ledger/": "oanh"}  # who has the right to it; the programme's officer to all others


@pytest.fixture
def whole(worked):
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=worked.giang, on=TODAY)
    return worked


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_answers(whole, desk, address, language):
    join = "&" if "?" in address else "?"
    answer = desk(getattr(whole, READERS.get(address, "giang"))).get(f"{address}{join}lang={language}")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    if not address.startswith("/units/find/"):
        assert f'<html lang="{language}"' in text
        assert len(re.findall(r"<h1[ >]", text)) == 1
        assert "Gần Dân" in text


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?group=overdue",
        "/?scope=below",
        "/units/?below=79",
        "/units/?q=phuong",
        "/units/CATP/",
        "/measures/dossiers-received/?unit=CATP",
        "/measures/dossiers-received/events/?unit=CATP&period=2024",
    ],
)
def test_many_rows_cost_as_much_as_few(cast, desk, django_assert_max_num_queries, address):
    client = desk(cast.dung)
    work(cast, dossiers=1)
    client.get(address)
    with django_assert_max_num_queries(80) as few:
        client.get(address)
    work(cast, dossiers=11)
    owe(cast, rounds=12)
    with django_assert_max_num_queries(len(few) + 3):
        assert client.get(address).status_code == 200


def test_the_first_address_of_a_unit_is_a_choice_of_its_people(cast, desk):
    assert desk(cast.alice).get("/unit/").url == "/units/PA08/"


@pytest.mark.parametrize(
    "address",
    ["/units/%00/", "/units/a%00b/history/", "/programmes/%00/", "/reports/a%00b/pdf/", "/dossiers/%00/", "/dossiers/?find=a%00b",
     "/reports/new/?programme=%00", "/units/?q=x&q=%00"],
)  # fmt: skip
def test_an_address_with_a_nul_leads_nowhere(cast, desk, client, address):
    for who in (desk(cast.giang), client):
        answer = who.get(address)
        assert answer.status_code == 404
        assert "Không có trang này" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/queue/", "/units/", "/measures/", "/calendar/", "/reports/"])
def test_a_page_that_only_reads_takes_no_other_method(cast, desk, address):
    client = desk(cast.dung)

    assert client.post(address).status_code == client.delete(address).status_code == 405
    assert client.get(address).status_code == 200
