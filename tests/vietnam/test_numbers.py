"""Numbers and dates as Vietnamese readers expect them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.ground.vietnam.numbers import (
    date_vi,
    dated_weekday_vi,
    long_date_vi,
    number_vi,
    parse_date_vi,
    parse_number_vi,
    percent_vi,
    weekday_vi,
)


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234.5, None, "1.234,5"),
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (-1500, None, "-1.500"),
        (12, 1, "12,0"),
        (Decimal("2.345"), 2, "2,35"),
        (1e21, None, "1.000.000.000.000.000.000.000"),
    ],
)
def test_a_number(value, places, written):
    assert number_vi(value, places) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
@settings(deadline=None, max_examples=100)
def test_a_number_is_read_back(value):
    assert parse_number_vi(number_vi(value)) == value


@pytest.mark.parametrize("text", ["1,234.5", "1.23", "12 345", "", "một"])
def test_a_number_written_otherwise_is_refused(text):
    with pytest.raises(ValueError, match="Vietnamese way"):
        parse_number_vi(text)


def test_a_share():
    assert percent_vi(973, 1000) == "97,3%"
    assert percent_vi(1, 3, places=2) == "33,33%"
    assert percent_vi(0, 0) == "–"


def test_days():
    assert date_vi(date(2026, 9, 2)) == "02/09/2026"
    assert weekday_vi(date(2026, 11, 22)) == "Chủ nhật"
    assert dated_weekday_vi(date(2026, 11, 24)) == "thứ Ba, 24/11/2026"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2022, 6, 23), "ngày 23 tháng 6 năm 2022"),
    ],
)
def test_a_document_writes_a_zero_before_small_days_and_the_first_two_months(day, written):
    assert long_date_vi(day) == written


@given(st.dates())
@settings(deadline=None, max_examples=100)
def test_a_date_is_read_back(day):
    assert parse_date_vi(date_vi(day)) == day


def test_a_date_is_read_with_other_signs():
    assert parse_date_vi(" 2-9-2026 ") == parse_date_vi("02.09.2026") == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [("31/02/2020", "not in the calendar"), ("2020-02-01", "is not a date"), ("1/1/20", "is not a date")],
)
def test_a_date_that_is_none_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        parse_date_vi(text)
