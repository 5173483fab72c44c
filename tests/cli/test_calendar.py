"""`gandan calendar`"""

import pytest
from django.core.management.base import CommandError


@pytest.fixture
def loaded(cast, told):
    return told("calendar", "load")


def test_the_products_own_calendar_is_loaded_once(loaded, told, run):
    assert loaded["holidays"] > 100
    assert told("calendar", "load") == {"holidays": 0, "exchanges": 0, "weeks": 0, "periods": 0}
    assert "Đã thêm 0 ngày nghỉ lễ" in run("calendar", "load")


def test_working_days_leave_out_holidays_and_say_which(loaded, told, run):
    answer = told("calendar", "days", "29/08/2025", "03/09/2025")

    assert (answer["working_days"], [one["day"] for one in answer["special"]]) == (1.0, ["2025-09-01", "2025-09-02"])
    assert "có 1 ngày làm việc" in run("calendar", "days", "2025-08-29", "2025-09-03")


def test_a_term_is_reckoned_with_a_reason_for_each_day(loaded, told, run):
    answer = told("calendar", "reckon", "2025-08-28", "3", "working_days", "--pause", "2025-09-03..03/09/2025")

    assert answer["due"] == "2025-09-05"
    assert [one["reason"]["code"] for one in answer["days"]][-3:] == ["paused", "working_day", "working_day"]
    said = run("calendar", "reckon", "2025-08-28", "3", "working_days")
    assert "nghỉ hằng tuần" in said
    assert "Hạn: 04/09/2025" in said
    assert "Hạn: 07/10/2025 09:30" in run("calendar", "reckon", "2025-10-06T09:30", "24", "hours")


def test_periods_are_those_of_the_body(cast, loaded, told, run):
    quarters = told("calendar", "periods", "2026", "--unit", "PA08")

    assert [(one["period"], one["first"], one["last"]) for one in quarters][2] == ("2026-Q3", "2026-06-15", "2026-09-14")
    assert "Quý III/2026" in run("calendar", "periods", "2026")


@pytest.mark.parametrize(
    "words",
    [
        ("days", "2025-02-31", "2025-03-01"),
        ("days", "2025-03-01", "2025-02-01"),
        ("days", "1900-01-01", "9999-12-31"),
        ("reckon", "2025-03-01", "many", "days"),
        ("reckon", "2025-03-01", "1", "working_days", "--pause", "2025-03-05"),
        ("reckon", "2025-03-01", "1", "working_days", "--pause", "0001-01-01..9999-12-31"),
        ("reckon", "9999-12-31", "1", "working_days"),
        ("periods", "1"),
        ("periods", "2026", "--unit", "NONE"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(loaded, run, words):
    with pytest.raises(CommandError):
        run("calendar", *words)
