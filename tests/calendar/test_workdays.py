"""Which days are worked, and what a change of the calendar changes."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.ground.calendar.rules import (
    ChangedDay,
    Reason,
    ReasonCode,
    Week,
    WorkingCalendar,
    changed_days,
    shift,
    working_days_between,
)
from tests.calendar import slow
from tests.calendar.test_terms import calendars, days

NEW_YEAR = Reason(ReasonCode.HOLIDAY, "Tết Dương lịch", "New Year's Day")


def test_a_weekly_pattern_holds_from_its_day_on():
    calendar = WorkingCalendar(weeks=(Week(full=frozenset(range(6))), Week(since=date(2026, 1, 1))))
    assert calendar.is_working(date(2025, 12, 27))
    assert not calendar.is_working(date(2026, 1, 3))
    assert calendar.reason(date(2026, 1, 3)).code == "weekly_rest"


@given(days, calendars)
@settings(deadline=None, max_examples=100)
def test_a_day_is_worked_as_the_wall_calendar_says(day, calendar):
    assert calendar.halves_on(day) == 2 * slow.worked(day, calendar)
    assert calendar.reason(day).code in ReasonCode


@given(days, days, calendars)
@settings(deadline=None, max_examples=60)
def test_working_days_add_up(start, end, calendar):
    first, last = sorted([start, end])
    expected = sum(slow.worked(first + timedelta(days=n), calendar) for n in range(1, (last - first).days + 1))
    assert working_days_between(first, last, calendar) == expected == -working_days_between(last, first, calendar)


@given(days, st.integers(-10, 10), calendars)
@settings(deadline=None, max_examples=100)
def test_so_many_working_days_away(day, count, calendar):
    found = shift(day, count, calendar)
    low, high = sorted([day, found])
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    passed = [d for d in between if d != day and calendar.is_working(d)]
    assert len(passed) == abs(count)
    assert count == 0 or calendar.is_working(found)


def test_a_change_of_the_calendar_is_a_list_of_days():
    before = WorkingCalendar()
    after = WorkingCalendar(closed={date(2026, 1, 1): NEW_YEAR, date(2026, 1, 3): NEW_YEAR})
    assert changed_days(before, after, date(2025, 12, 1), date(2026, 2, 1)) == [
        ChangedDay(date(2026, 1, 1), Reason(ReasonCode.WORKING_DAY), NEW_YEAR)
    ]
