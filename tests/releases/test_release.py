"""A half-month is released once, as of a posting; what comes later changes nothing that was told. And its pages and files."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from gandan.ground.ledger.operations import post
from gandan.results.releases.operations import NotClosed, release
from gandan.results.releases.queries import NotOpen, latest, missing, series
from gandan.results.releases.rules import last_closed
from tests.cast import TODAY, Cast
from tests.clock import held_clock  # noqa: F401
from tests.measures.happening import receive

HALF, BEFORE = date(2026, 11, 1), date(2026, 10, 15)


@pytest.fixture
def released(cast: Cast) -> Cast:
    """Six received at W1, two at W2, twenty at a department."""
    for code, number in (("CAP-W1", 6), ("CAP-W2", 2), ("PA08", 20)):
        for nth in range(number):
            receive(cast, code, HALF + timedelta(nth % 14))
    while post():
        pass
    release(half=HALF, by=cast.importer, on=TODAY)
    return cast


@pytest.mark.parametrize(
    ("on", "half"),
    [
        (date(2026, 11, 20), date(2026, 11, 1)),
        (date(2026, 11, 17), date(2026, 10, 15)),
        (date(2026, 11, 18), date(2026, 11, 1)),
        (date(2026, 3, 1), date(2026, 2, 1)),
    ],
)
def test_a_half_month_is_closed_three_days_after_its_end(on, half):
    assert last_closed(on) == half


def test_the_small_ward_is_held_back_and_the_next_with_it(released):
    (received,) = [one for one in latest() if one.code == "dossiers-received"]

    assert received.total == 28
    assert received.held == {"W1", "W2"}
    assert received.places == {"": 20}


def test_what_is_entered_later_changes_no_release(released):
    (before,) = series(["dossiers-received"]).values()
    receive(released, "CAP-W2", HALF)
    post()

    release(half=HALF, by=released.importer, on=TODAY + timedelta(1))
    (after,) = series(["dossiers-received"]).values()
    assert after == before


def test_a_running_half_month_is_not_released(cast):
    with pytest.raises(NotClosed):
        release(half=date(2026, 11, 15), by=cast.importer, on=TODAY)


def test_what_is_missing_is_found_however_long_ago(released):
    assert missing(date(2026, 10, 1), TODAY) == [date(2026, 10, 1), date(2026, 10, 15)]


def test_what_is_not_open_is_nobodys_to_see(released, client):
    with pytest.raises(NotOpen):
        series(["tips-received"])
    assert client.get("/public/results/tips-received/").status_code == 404
    assert client.get("/public/results/tips-received/data.csv").status_code == 404


def test_the_pages_and_the_files_say_the_same(released, client):
    assert "28" in client.get("/public/results/").content.decode()
    page = client.get("/public/results/dossiers-received/").content.decode()
    assert "không nêu" in page
    assert "dossiers-received" in client.get("/public/results/data/").content.decode()

    address = "/public/results/dossiers-received/data."
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}csv").content.decode("utf-8-sig"))))
    told = {row["unit_code"]: (row["value"], row["held_back"]) for row in rows}
    assert told == {"CITY": ("28.0", "0"), "W1": ("", "1"), "W2": ("", "1"), "DEPARTMENTS": ("20", "0")}
    as_json = json.loads(client.get(f"{address}json").content)
    assert (len(as_json["rows"]), as_json["licence"]) == (4, "CC BY 4.0")
    assert set(as_json["columns"]) == set(as_json["rows"][0])
    sheet = load_workbook(io.BytesIO(client.get(f"{address}xlsx").content)).active
    assert [cell.value for cell in sheet[2]][5] == 28
    assert client.get(f"{address}exe").status_code == 404


def test_before_the_first_release_the_page_says_so(cast, client):
    assert "Chưa công khai số liệu nào" in client.get("/public/results/").content.decode()
    assert client.get("/public/results/dossiers-received/").status_code == 200
