"""Numbers of dossiers, punctuality, and dates as people write them."""

from datetime import UTC, date, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.work.dossiers.rules import NUMBER, NumbersUsedUp, Punctuality, agency_code, dossier_number, overdue_on, punctuality
from gandan.work.dossiers.rules.dates import NotADate, NotInTheCalendar, read_date

FRIDAY, MONDAY = date(2026, 7, 3), date(2026, 7, 6)
VIETNAM = timezone(timedelta(hours=7))


def test_a_number_has_the_agency_the_day_and_the_serial_within_it():
    assert dossier_number(agency_code("G01", 12), date(2026, 6, 30), 7) == "012.00.00.G01-260630-0007"


@given(nth=st.integers(1, 99_999), day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), serial=st.integers(1, 9999))
def test_every_number_follows_the_official_pattern(nth, day, serial):
    assert NUMBER.match(dossier_number(agency_code("G01", nth), day, serial))


def test_no_two_offices_share_a_code():
    assert len({agency_code("G01", nth) for nth in range(1, 3001)}) == 3000


def test_the_ten_thousandth_dossier_of_a_day_is_refused_in_words():
    with pytest.raises(NumbersUsedUp, match="9999 số hồ sơ của ngày 30/06/2026"):
        dossier_number("012.00.00.G01", date(2026, 6, 30), 10_000)


@pytest.mark.parametrize("nth", [0, 100_000])
def test_an_office_outside_the_pattern_is_a_mistake(nth):
    with pytest.raises(ValueError, match="numbered 1 to"):
        agency_code("G01", nth)


@pytest.mark.parametrize(
    ("finished_on", "said"),
    [
        pytest.param(FRIDAY, Punctuality.EARLY, id="the working day before is early"),
        pytest.param(MONDAY, Punctuality.IN_TIME, id="the very day is in time"),
        pytest.param(MONDAY + timedelta(days=1), Punctuality.LATE, id="the day after is late"),
    ],
)
def test_punctuality_of_what_was_due_on_monday(finished_on, said):
    assert punctuality(MONDAY, finished_on) is said


def test_what_was_due_on_friday_is_overdue_on_saturday():
    assert overdue_on(FRIDAY) == date(2026, 7, 4)


@pytest.mark.parametrize(
    "text",
    [
        "03/07/2026", "3/7/2026", "3-7-2026", "03.07.2026", "2026-07-03", "2026/7/3", "20260703",
        "03/07/2026 14:05", "03/07/2026 14:05:59", "20260703140559", "2026-07-03T14:05:59", "2026-07-03 14:05:59.123000+07:00",
        "2026-07-03T07:05:59Z", "2026-07-02T23:30:00-01:00",
    ],
)  # fmt: skip
def test_the_same_friday_in_many_hands(text):
    assert read_date(text, VIETNAM) == FRIDAY


def test_a_moment_counts_for_the_day_it_falls_on_here():
    assert read_date("2026-07-02T18:30:00+00:00", VIETNAM) == FRIDAY
    assert read_date("2026-07-02T18:30:00+00:00", UTC) == date(2026, 7, 2)


@pytest.mark.parametrize(
    "text", ["31/02/2024", "2024-02-31", "20240231", "29/02/2023", "2024-02-31 08:00:00+07:00", "31/04/2026", "01/13/2026"]
)
def test_there_is_no_such_day(text):
    with pytest.raises(NotInTheCalendar):
        read_date(text, VIETNAM)


@pytest.mark.parametrize("text", ["", "hôm nay", "45000", "3/7/26", "2026-07", "03/07", "2026-07-03 99:00:00", "10:30"])
def test_this_is_no_date(text):
    with pytest.raises(NotADate):
        read_date(text, VIETNAM)


@pytest.mark.parametrize(
    "text", ["01/01/0201", "2999-01-01", "01/01/1899", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_year_that_nobody_lived_in_is_a_slip_of_the_hand(text):
    with pytest.raises((NotInTheCalendar, NotADate)):
        read_date(text, UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026-07-04 01:06:40+07:00", FRIDAY, id="before the office opens it was due the day before"),
        pytest.param("2026-07-03 08:00:00+07:00", FRIDAY, id="after that it is due on the day"),
        pytest.param("04/07/2026 00:00", FRIDAY, id="midnight is the end of the day before"),
        pytest.param("03/07/2026", FRIDAY, id="a day without a time is a day"),
    ],
)
def test_an_appointment_kept_as_a_moment(text, day):
    assert read_date(text, VIETNAM, opening=time(7, 30)) == day


@given(st.dates(date(1946, 1, 1), date(2100, 12, 31)))
def test_what_we_write_we_read(day):
    assert read_date(f"{day:%d/%m/%Y}", VIETNAM) == read_date(day.isoformat(), VIETNAM) == day
