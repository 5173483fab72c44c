"""Reporting periods: their days and their names."""

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.ground.calendar.rules import (
    CALENDAR_PERIODS,
    CutOff,
    Grain,
    Period,
    PeriodName,
    PeriodRule,
    UnknownPeriod,
    parse_period,
    period_of,
    periods,
    periods_between,
    stretch,
)

grains = st.sampled_from(Grain)
names = st.builds(
    lambda year, grain, number: PeriodName(year, grain, number % {"month": 12, "quarter": 4, "half": 2, "year": 1}[grain] + 1),
    st.integers(1990, 2100),
    grains,
    st.integers(0, 11),
)
rules = st.builds(
    lambda grain, cuts: PeriodRule(grain, tuple(sorted(cuts, key=lambda c: c.since))),
    grains,
    st.lists(
        st.builds(CutOff, st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(1, 28)),
        max_size=4,
        unique_by=lambda c: c.since,
    ),
)


def fifteenth(grain: Grain) -> PeriodRule:
    return PeriodRule(grain, (CutOff(first_day=15),))


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        ("2026-07", date(2026, 6, 15), date(2026, 7, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_official_periods_run_from_the_fifteenth_to_the_fourteenth(code, start, last):
    name = parse_period(code)
    period = fifteenth(name.grain).period(name)
    assert (period.start, period.last, period.label) == (start, last, code)


def test_calendar_periods_are_there_too():
    assert [(p.start, p.end) for p in periods(CALENDAR_PERIODS[Grain.HALF], 2026)] == [
        (date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ]


def test_a_new_rule_makes_one_short_period_and_no_gap():
    rule = PeriodRule(Grain.MONTH, (CutOff(), CutOff(date(2019, 3, 12), 15)))
    march, april, may = (rule.period(parse_period(f"2019-0{n}")) for n in (3, 4, 5))
    assert (march.start, march.end) == (date(2019, 3, 1), date(2019, 4, 1))
    assert (april.start, april.end) == (date(2019, 4, 1), date(2019, 4, 15))
    assert (may.start, may.end) == (date(2019, 4, 15), date(2019, 5, 15))


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2026-Q3", "Quý III/2026", "Q3 2026"),
        ("2026-07", "Tháng 7/2026", "July 2026"),
        ("2026-H2", "6 tháng cuối năm 2026", "Second half of 2026"),
        ("2026", "Năm 2026", "2026"),
    ],
)
def test_a_period_has_a_name_in_both_languages(code, vi, en):
    name = parse_period(code)
    assert (name.code, name.vi, name.en) == (code, vi, en)


@given(names)
@settings(deadline=None, max_examples=100)
def test_names_are_read_back(name):
    assert parse_period(name.code) == parse_period(name.vi) == name
    assert parse_period(unicodedata.normalize("NFD", name.vi).upper()) == name
    assert name.moved(5).moved(-5) == name


def test_names_are_read_as_people_write_them():
    assert parse_period("quý 4/2025") == parse_period("2025-q4") == PeriodName(2025, Grain.QUARTER, 4)
    assert parse_period("tháng 07 / 2026") == PeriodName(2026, Grain.MONTH, 7)


@pytest.mark.parametrize("text", ["2026-Q5", "2026-13", "Quý V/2026", "tháng 0/2026", "26", "0000", "2026-W07", ""])
def test_a_period_that_is_none_is_refused(text):
    with pytest.raises(UnknownPeriod):
        parse_period(text)


@given(rules, names)
@settings(deadline=None, max_examples=200)
def test_periods_follow_each_other_without_gap_or_overlap(rule, name):
    name = PeriodName(name.year, rule.grain, 1)
    here, there = rule.period(name), rule.period(name.moved(1))
    assert here.end == there.start
    assert here.start < here.end


@given(rules, st.dates(date(1999, 1, 1), date(2040, 1, 1)))
@settings(deadline=None, max_examples=200)
def test_every_day_lies_in_one_period(rule, day):
    period = period_of(rule, day)
    assert day in period
    assert period.name is not None
    assert rule.period(period.name) == period


@given(rules, st.dates(date(2014, 1, 1), date(2031, 1, 1)), st.integers(0, 900))
@settings(deadline=None, max_examples=60)
def test_the_periods_of_a_stretch_cover_it(rule, start, length):
    end = start + timedelta(days=length)
    found = periods_between(rule, start, end)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert not length or (start in found[0] and end - timedelta(days=1) in found[-1])
    assert bool(found) == bool(length)


def test_a_stretch_freely_chosen_includes_both_its_days():
    period = stretch(date(2022, 1, 1), date(2026, 6, 30))
    assert period == Period(date(2022, 1, 1), date(2026, 7, 1))
    assert (period.label, period.label_vi) == ("2022-01-01..2026-06-30", "01/01/2022 – 30/06/2026")
    with pytest.raises(UnknownPeriod):
        stretch(date(2026, 1, 2), date(2026, 1, 1))
