"""Working days, reckonings and periods in JSON."""

from datetime import date

import pytest

from gandan.ground.calendar.operations import declare_holiday, load_defaults, set_periods
from gandan.ground.calendar.rules import Grain
from tests.cast import TODAY


@pytest.fixture
def year(cast):
    """The product's own calendar, and the city police whose quarters run from the 20th to the 19th."""
    load_defaults(by=cast.importer, on=TODAY)
    set_periods(
        since=date(2020, 1, 1), grain=Grain.QUARTER, first_day=20, unit=cast.police, source="Nghị định 09/2019",
        by=cast.importer, on=TODAY,
    )  # fmt: skip


def test_working_days_leave_out_holidays_and_say_which(ask, year):
    answer = ask("alice", "calendar/working-days?from=2025-08-29&to=2025-09-03").body

    assert (answer["working_days"], answer["days"]) == (1.0, 5)
    assert [(one["day"], one["worked"], one["reason"]["code"]) for one in answer["special"]] == [
        ("2025-09-01", 0.0, "holiday"),
        ("2025-09-02", 0.0, "holiday"),
    ]


def test_a_holiday_of_one_body_counts_for_it_and_those_below(ask, cast, year):
    declare_holiday(day=date(2026, 8, 19), name="Ngày truyền thống", unit=cast.police, source="tests", by=cast.importer, on=TODAY)
    days = {
        unit: ask("alice", "calendar/working-days", **{"from": "2026-08-18", "to": "2026-08-20", "unit": unit}).body[
            "working_days"
        ]
        for unit in ("PA08", "BDTP")
    }

    assert days == {"PA08": 1.0, "BDTP": 2.0}


def test_a_term_is_reckoned_day_by_day(ask, year):
    answer = ask("alice", "calendar/reckoning", received="2025-08-28", amount=3, pause="2025-09-05..2025-09-05").body

    assert answer["due_on"] == "2025-09-04"
    assert [(one["day"][8:], one["nth"], one["reason"]["code"]) for one in answer["days"]] == [
        ("28", None, "receipt"),
        ("29", 1, "working_day"),
        ("30", None, "weekly_rest"),
        ("31", None, "weekly_rest"),
        ("01", None, "holiday"),
        ("02", None, "holiday"),
        ("03", 2, "working_day"),
        ("04", 3, "working_day"),
    ]


def test_a_pause_covers_both_its_ends(ask, year):
    answer = ask("alice", "calendar/reckoning", received="2025-10-06", amount=1, pause="2025-10-07..2025-10-08").body

    assert answer["due_on"] == "2025-10-09"


def test_a_term_in_hours_ends_at_a_moment(ask, year):
    answer = ask("alice", "calendar/reckoning", received="2025-10-06T09:30", amount=24, term_unit="hours").body

    assert answer["due_at"] == "2025-10-07T09:30:00+07:00"


def test_periods_are_those_of_the_body(ask, year):
    answer = ask("alice", "calendar/periods", year=2026, unit="PA08").body

    assert [(one["period"], one["first"], one["last"]) for one in answer["items"]] == [
        ("2026-Q1", "2025-12-20", "2026-03-19"),
        ("2026-Q2", "2026-03-20", "2026-06-19"),
        ("2026-Q3", "2026-06-20", "2026-09-19"),
        ("2026-Q4", "2026-09-20", "2026-12-19"),
    ]
    assert ask("alice", "calendar/periods/2026-Q3").body["first"] == "2026-06-15"  # what holds for everybody
    assert ask("alice", "calendar/periods/Quý III-2026").body["period"] == "2026-Q3"


PATHS = [
    "calendar/working-days?from=2025-01-01&to=2025-01-31",
    "calendar/reckoning?received=2025-01-01&amount=8",
    "calendar/periods?year=2026",
    "calendar/periods/2026",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_calendar_is_for_everybody_who_is_signed_in_and_nobody_else(ask, path):
    assert ask("quyen", path).status == 200
    assert ask(None, path).refusal == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("calendar/working-days?from=2025-01-31&to=2025-01-01", (422, "unknown_period")),
        ("calendar/working-days?from=1990-01-01&to=2020-01-01", (422, "too_many")),
        ("calendar/working-days?from=2025-01-01", (422, "unreadable")),
        ("calendar/reckoning?received=2025-02-30&amount=1", (422, "unreadable")),
        ("calendar/reckoning?received=2025-02-28T25:00&amount=1", (422, "unreadable")),
        ("calendar/reckoning?received=2025-02-28&amount=-1", (422, "unreadable")),
        ("calendar/reckoning?received=2025-02-28&amount=1001", (422, "too_many")),
        ("calendar/reckoning?received=2025-02-28&amount=49&term_unit=months", (422, "too_many")),
        ("calendar/reckoning?received=2025-02-28&amount=1&pause=2025-03-01", (422, "unreadable")),
        ("calendar/reckoning?received=2025-02-28&amount=1&pause=2025-03-05..2025-03-01", (422, "unknown_period")),
        ("calendar/reckoning?received=2025-02-28&amount=1&pause=1900-01-01..2200-01-01", (422, "too_many")),
        ("calendar/reckoning?received=2025-02-28&amount=1&unit=NONE", (404, "unknown_unit")),
        ("calendar/periods?year=1900", (422, "unreadable")),
        ("calendar/periods/2026-Q5", (422, "unknown_period")),
    ],
)
def test_what_cannot_be_reckoned_is_refused(ask, path, refusal):
    assert ask("alice", path).refusal == refusal


@pytest.mark.parametrize("days", ["2025-02-01", "2034-12-31"])
def test_ten_years_cost_as_many_queries_as_a_month(ask, year, django_assert_max_num_queries, days):
    ask("alice", "calendar/working-days?from=2025-01-01&to=2025-01-31&unit=PA08")
    with django_assert_max_num_queries(9):
        assert ask("alice", f"calendar/working-days?from=2025-01-01&to={days}&unit=PA08").status == 200
