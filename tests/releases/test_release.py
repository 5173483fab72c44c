"""A half-month is released once, as of a posting; what comes later changes nothing that was told. And its pages and files."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from gandan.ground.ledger.operations import post
from gandan.ground.organisations.operations import rename
from gandan.ground.organisations.queries import tops
from gandan.ground.organisations.rules import Line
from gandan.results.releases.models import Release, ReleasedFigure
from gandan.results.releases.operations import NotClosed, release
from gandan.results.releases.queries import NotOpen, latest, missing, series, units_in
from gandan.results.releases.rules import Frame, Read, last_closed
from tests.cast import ACT, TODAY, Cast
from tests.clock import held_clock as held_clock
from tests.measures.happening import finish, receive

HALF, HALF_AFTER = date(2026, 11, 1), date(2026, 11, 15)


@pytest.fixture
def released(cast: Cast) -> Cast:
    """Six received at W1, two at W2, twenty at a department."""
    for code, number in (("CAP-W1", 6), ("CAP-W2", 2), ("PA08", 20)):
        for nth in range(number):
            receive(cast, code, HALF + timedelta(nth % 14))
    while post():
        pass
    release(half=HALF, beside=(), by=cast.importer, on=TODAY)
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

    release(half=HALF, beside=(), by=released.importer, on=TODAY + timedelta(1))
    (after,) = series(["dossiers-received"]).values()
    assert after == before


def test_what_is_known_later_stands_beside_what_was_released(released, client):
    """Nine come late to the first half-month: told with the next release. Two more after that are too few to be told."""
    receive(released, "CAP-W2", HALF, times=9)
    post()
    release(half=HALF_AFTER, beside=(), by=released.importer, on=date(2026, 12, 4))

    (before, _after) = series(["dossiers-received"])["dossiers-received"]
    assert (before.total, before.known_now) == (28, 37)
    assert before.now is not None
    assert (before.now.added, before.now.taken_back, before.now.redefined) == (9, 0, False)
    page = client.get("/public/results/dossiers-received/").content.decode()
    assert "9 lượt ghi nhận đến sau" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/public/results/dossiers-received/data.csv").content.decode("utf-8-sig"))))
    assert [(row["value"], row["value_now"], row["came_since"]) for row in rows if row["unit_code"] == "CITY"] == [
        ("28.0", "37.0", "9"),
        ("", "", ""),  # nothing at all came: held back everywhere
    ]

    receive(released, "CAP-W2", HALF, times=2)
    post()
    release(half=date(2026, 12, 1), beside=(), by=released.importer, on=date(2026, 12, 18))
    assert series(["dossiers-received"])["dossiers-received"][0].known_now == 37


def told_in_a_report(since: date, until: date, many: int, of: frozenset[int]) -> Read:
    column = f"{since:%Y%m%d}-{until:%Y%m%d}"
    figures = {("dossiers-received", column): (many,)}
    return Read(figures, frozenset(figures), Frame({}, frozenset({"dossiers-received"}), (), column), of)


@pytest.mark.parametrize(
    ("many", "told"),
    [pytest.param(31, None, id="it tells that three came after"), pytest.param(28, 28, id="the same"),
     pytest.param(30, None, id="it was counted anew and differs by two"), pytest.param(60, 28, id="much more")],
)  # fmt: skip
def test_what_a_report_told_of_more_days_is_not_taken_from_a_half_month(cast, many, told):
    """A report reaches five days beyond the half-month that is released after it."""
    for code, number in (("CAP-W1", 8), ("PA08", 20)):
        receive(cast, code, HALF, times=number)
    while post():
        pass
    (city,) = tops(TODAY)[:1]
    until = HALF_AFTER + timedelta(0 if many in {28, 30} else 5)
    beside = [told_in_a_report(HALF, until, many, units_in(city.pk, Line.ADMINISTRATION))]
    release(half=HALF, beside=beside, by=cast.importer, on=TODAY)
    (received,) = [one for one in latest() if one.code == "dossiers-received"]
    assert received.total == told

    if many == 31:  # three more came in these five days; what came after them is told with the next half-month
        receive(cast, "PA08", HALF_AFTER + timedelta(9), times=40)
        while post():
            pass
        release(half=HALF_AFTER, beside=beside, by=cast.importer, on=date(2026, 12, 4))
        assert latest()[0].total == 40, "nothing follows from it, as the half-month before is held back"


def test_what_a_ward_leaves_of_a_report_of_its_police_is_held_back_with_a_second_ward(cast):
    """Of twelve that the ward received ten came to its police, as their own report told: two came to others there."""
    for code, number in (("CAP-W1", 10), ("W1", 2), ("CAP-W2", 9), ("PA08", 20)):
        receive(cast, code, HALF, times=number)
    while post():
        pass
    of = units_in(cast.unit("CAP-W1").pk, Line.POLICE)
    release(half=HALF, beside=[told_in_a_report(HALF, HALF_AFTER, 10, of)], by=cast.importer, on=TODAY)

    (received,) = [one for one in latest() if one.code == "dossiers-received"]
    assert received.held == {"W1", "W2"}
    assert received.places == {"": 20}


def test_an_old_half_month_stays_at_its_address_under_the_name_that_the_ward_had(released, client):
    """Long after, when the page shows later ones, and the ward is called otherwise."""
    old = Release.objects.create(half=date(2024, 5, 1), made_on=date(2024, 5, 18), posting=1, digest="0" * 64)
    ReleasedFigure.objects.create(release=old, code="dossiers-received", formula="", total=17, places={"": 17}, held=["W1"])
    rename(unit=released.unit("W1"), name="Phường Mới", act=ACT, by=released.importer, on=TODAY)

    for form in ("csv", "json", "xlsx"):
        assert client.get(f"/public/results/dossiers-received/data.{form}").status_code == 200
    rows = list(csv.DictReader(io.StringIO(client.get("/public/results/dossiers-received/data.csv").content.decode("utf-8-sig"))))
    assert next(row["value"] for row in rows if row["half_from"] == "2024-05-01") == "17.0"
    names = {row["half_from"]: row["unit_name"] for row in rows if row["unit_code"] == "W1"}
    assert names["2026-11-01"] == "Phường Sài Gòn"
    assert "Phường Mới" not in names.values()


def test_a_sum_of_the_city_below_five_does_not_follow_from_the_others(cast):
    """Of forty-one finished one was late: it is not told, nor what it could be reckoned from."""
    for punctuality, times in (("early", 34), ("in_time", 6), ("late", 1)):
        finish(cast, "CAP-W1", HALF, punctuality, times=times)
    while post():
        pass
    release(half=HALF, beside=(), by=cast.importer, on=TODAY)

    told = {one.code: one for one in latest() if one.code.startswith("dossiers-finished") or one.code == "dossiers-on-time-share"}
    assert told["dossiers-finished"].total == 41
    assert told["dossiers-finished-late"].total is None
    assert told["dossiers-on-time-share"].total is None, "with forty-one it would tell that forty were in time"
    assert None in {told["dossiers-finished-early"].total, told["dossiers-finished-in-time"].total}


def test_a_running_half_month_is_not_released(cast):
    with pytest.raises(NotClosed):
        release(half=date(2026, 11, 15), beside=(), by=cast.importer, on=TODAY)


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
