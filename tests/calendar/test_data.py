"""The product's own calendar: its files against the package they come from."""

import csv
from datetime import date

import holidays
import pytest

from gandan.ground.calendar.operations import DATA

YEARS = range(2016, 2028)
BEYOND = {(date(2026, 1, 2), date(2026, 1, 10))}  # exchanges the package does not have


def rows() -> list[dict[str, str]]:
    with (DATA / "public_days.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_days_are_those_of_the_package_and_of_the_local_table():
    names, english = (holidays.country_holidays("VN", years=YEARS, language=language) for language in ("vi", "en_US"))
    off = {date.fromisoformat(row["day"]) for row in rows()}
    assert off == {day for day in names if day.year in YEARS} | {off for off, _ in BEYOND}
    for row in rows():
        day = date.fromisoformat(row["day"])
        if row["kind"] == "holiday":
            assert (row["name"], row["name_en"]) == (names[day], english[day])
        else:
            worked = date.fromisoformat(row["worked_on"])
            assert (day, worked) in BEYOND or f"thay cho ngày {worked:%d/%m/%Y}" in names[day]


def test_every_row_has_a_source_and_what_was_only_reckoned_says_so():
    assert all(row["source"] and row["verified"] in {"yes", "no"} for row in rows())
    unverified = {row["day"] for row in rows() if row["verified"] == "no"}
    assert {row["day"] for row in rows() if row["day"] >= "2027"} | {"2026-11-24"} == unverified


@pytest.mark.parametrize("file", ["weeks.csv", "periods.csv"])
def test_the_other_files_name_their_sources_too(file):
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        assert all(row["source"] and row["verified"] in {"yes", "no"} for row in csv.DictReader(lines))
