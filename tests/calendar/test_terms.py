"""From the day of receipt to the day due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gandan.ground.calendar.rules import (
    BadTerm,
    Pause,
    Reason,
    ReasonCode,
    Term,
    TermUnit,
    Unreckonable,
    Week,
    WorkingCalendar,
    due_date,
    parse_term,
    reckon,
)
from tests.calendar import slow

FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, 20) + timedelta(days=n) for n in range(5))
DAY_OF_CULTURE = Reason(ReasonCode.HOLIDAY, "Ngày Văn hóa Việt Nam", "Vietnam Cultural Day")
EXCHANGED = Reason(ReasonCode.EXCHANGED_WORK, other=MONDAY)
SATURDAY_MORNINGS = WorkingCalendar(weeks=(Week(half=frozenset({5})),))


SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
JANUARY = (datetime(2016, 1, 1), datetime(2016, 2, 1))  # noqa: DTZ001  (Hypothesis adds the zone)


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SAIGON)


def working(days: int) -> Term:
    return Term(days)


@pytest.mark.parametrize(
    ("calendar", "due"),
    [
        pytest.param(WorkingCalendar(), MONDAY, id="the weekend does not count"),
        pytest.param(WorkingCalendar(closed={MONDAY: DAY_OF_CULTURE}), TUESDAY, id="nor does a holiday"),
        pytest.param(WorkingCalendar(opened={SATURDAY: EXCHANGED}), SATURDAY, id="a worked Saturday does"),
        pytest.param(SATURDAY_MORNINGS, MONDAY, id="half a day is not enough"),
        pytest.param(
            WorkingCalendar(closed={SATURDAY: DAY_OF_CULTURE}, opened={SATURDAY: EXCHANGED}), SATURDAY, id="worked is worked"
        ),
    ],
)
def test_a_one_day_dossier_received_on_friday_is_due(calendar, due):
    assert due_date(FRIDAY, working(1), calendar) == due


@pytest.mark.parametrize(
    ("received", "term", "due"),
    [
        (date(2026, 1, 31), Term(1, TermUnit.MONTHS), date(2026, 2, 28)),
        (date(2026, 1, 31), Term(1, TermUnit.MONTHS, roll=True), date(2026, 3, 2)),
        (date(2023, 12, 31), Term(2, TermUnit.MONTHS), date(2024, 2, 29)),
        (FRIDAY, Term(1, TermUnit.CALENDAR_DAYS), SATURDAY),
        (FRIDAY, Term(1, TermUnit.CALENDAR_DAYS, roll=True), MONDAY),
        (FRIDAY, Term(30, TermUnit.CALENDAR_DAYS), date(2026, 12, 20)),
        (FRIDAY, Term(0), FRIDAY),
        (SATURDAY, Term(0, TermUnit.CALENDAR_DAYS, roll=True), MONDAY),
        (FRIDAY, Term(24, TermUnit.HOURS), SATURDAY),
        (FRIDAY, Term(12, TermUnit.HOURS), SATURDAY),
        (FRIDAY, Term(25, TermUnit.HOURS), SUNDAY),
    ],
)
def test_terms_of_other_kinds(received, term, due):
    assert due_date(received, term, WorkingCalendar()) == reckon(received, term, WorkingCalendar()).due == due


def test_hours_run_by_the_clock_from_the_moment_of_receipt():
    reckoned = reckon(at(20, 16, 30), Term(24, TermUnit.HOURS), WorkingCalendar())
    assert (reckoned.due, reckoned.due_at) == (SATURDAY, at(21, 16, 30))
    assert [(d.day, d.counted) for d in reckoned.days] == [(FRIDAY, True), (SATURDAY, True)]

    to_midnight = reckon(at(20, 12, 0), Term(12, TermUnit.HOURS), WorkingCalendar())
    assert (to_midnight.due, to_midnight.due_at) == (FRIDAY, at(21, 0, 0))

    moved = reckon(at(20, 16, 30), Term(12, TermUnit.HOURS, roll=True), WorkingCalendar())
    assert (moved.due, moved.due_at) == (MONDAY, at(23, 4, 30))


def test_a_pause_moves_the_date_by_its_actual_days():
    term, plain = working(5), WorkingCalendar()
    assert due_date(FRIDAY, term, plain) == date(2026, 11, 27)
    assert due_date(FRIDAY, term, plain, [Pause(TUESDAY, date(2026, 11, 26))]) == date(2026, 12, 1)
    assert due_date(FRIDAY, Term(5, TermUnit.CALENDAR_DAYS), plain, [Pause(TUESDAY, date(2026, 11, 26))]) == date(2026, 11, 27)
    assert due_date(FRIDAY, term, plain, [Pause(date(2026, 11, 28), date(2026, 12, 3))]) == date(2026, 11, 27)


def test_the_reckoning_says_why_each_day_counts_or_does_not():
    calendar = WorkingCalendar(closed={TUESDAY: DAY_OF_CULTURE}, opened={SATURDAY: EXCHANGED})
    reckoned = reckon(FRIDAY, working(2), calendar, [Pause(MONDAY, TUESDAY)])
    assert [(d.day, d.counted, d.nth, d.reason) for d in reckoned.days] == [
        (FRIDAY, False, None, Reason(ReasonCode.RECEIPT)),
        (SATURDAY, True, 1, EXCHANGED),
        (SUNDAY, False, None, Reason(ReasonCode.WEEKLY_REST)),
        (MONDAY, False, None, Reason(ReasonCode.PAUSED)),
        (TUESDAY, False, None, DAY_OF_CULTURE),
        (date(2026, 11, 25), True, 2, Reason(ReasonCode.WORKING_DAY)),
    ]


def test_the_reckoning_shows_how_an_end_was_moved():
    reckoned = reckon(FRIDAY, Term(1, TermUnit.CALENDAR_DAYS, roll=True), WorkingCalendar(closed={MONDAY: DAY_OF_CULTURE}))
    assert [(d.day, d.counted, d.reason.code) for d in reckoned.days] == [
        (FRIDAY, False, "receipt"),
        (SATURDAY, True, "calendar_day"),
        (SUNDAY, False, "weekly_rest"),
        (MONDAY, False, "holiday"),
        (TUESDAY, False, "rolled"),
    ]


days = st.dates(date(2015, 12, 1), date(2016, 6, 1))
terms = st.one_of(
    st.builds(Term, st.integers(0, 30), st.just(TermUnit.WORKING_DAYS), st.booleans()),
    st.builds(Term, st.integers(0, 60), st.just(TermUnit.CALENDAR_DAYS), st.booleans()),
    st.builds(Term, st.integers(0, 100), st.just(TermUnit.HOURS), st.booleans()),
    st.builds(Term, st.integers(0, 5), st.just(TermUnit.MONTHS), st.booleans()),
)
weekdays = st.frozensets(st.integers(0, 6))
weeks = st.lists(st.builds(Week, days, weekdays.map(lambda some: some | {1}), weekdays), max_size=3, unique_by=lambda w: w.since)
calendars = st.builds(
    WorkingCalendar,
    weeks=weeks.map(lambda some: tuple(sorted(some, key=lambda w: w.since))),
    closed=st.dictionaries(days, st.just(DAY_OF_CULTURE), max_size=12),
    opened=st.dictionaries(days, st.just(EXCHANGED), max_size=6),
    halves=st.dictionaries(days, st.just(Reason(ReasonCode.HALF_DAY)), max_size=6),
)
pauses = st.lists(
    st.builds(lambda start, length: Pause(start, start + timedelta(days=length)), days, st.integers(0, 20)), max_size=3
)


@given(days, terms, calendars, pauses)
@settings(deadline=None, max_examples=300)
@example(date(2015, 12, 31), Term(2, TermUnit.MONTHS), WorkingCalendar(), [])
def test_every_due_date_is_what_a_clerk_would_find(received, term, calendar, pauses):
    expected = slow.due(received, term, calendar, pauses)
    reckoned = reckon(received, term, calendar, pauses)
    assert reckoned.due == expected
    assert due_date(received, term, calendar, pauses) == expected
    assert due_date(received, term, calendar) == reckon(received, term, calendar).due == due_date(received, term, calendar)


@given(days, terms, calendars, pauses)
@settings(deadline=None, max_examples=150)
def test_a_reckoning_lists_every_day_once_and_counts_up_to_its_term(received, term, calendar, pauses):
    reckoned = reckon(received, term, calendar, pauses)
    assert [d.day for d in reckoned.days] == [received + timedelta(days=n) for n in range((reckoned.due - received).days + 1)]
    nths = [d.nth for d in reckoned.days if d.counted]
    assert nths == sorted(nths)
    if term.amount and term.unit in {TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS}:
        assert nths[-1] == term.amount
    assert all(d.reason.code is ReasonCode.PAUSED for d in reckoned.days[1:] if slow.stands_still(d.day, pauses))


@given(st.datetimes(*JANUARY, timezones=st.just(SAIGON)), st.integers(0, 80), st.booleans(), calendars, pauses)
@settings(deadline=None, max_examples=100)
def test_hours_are_what_an_hourglass_would_show(moment, hours, roll, calendar, pauses):
    moment, term = moment.replace(minute=0, second=0, microsecond=0), Term(hours, TermUnit.HOURS, roll)
    reckoned = reckon(moment, term, calendar, pauses)
    assert (
        reckoned.due == slow.hours_due(moment, term, calendar, pauses, moment.date()) == due_date(moment, term, calendar, pauses)
    )
    assert reckoned.due_at is not None
    if not pauses and not roll:
        assert reckoned.due_at == moment + timedelta(hours=hours)


@given(days, st.integers(0, 30), calendars)
@settings(deadline=None, max_examples=100)
def test_a_longer_term_never_ends_sooner_and_a_holiday_never_makes_one_shorter(received, amount, calendar):
    due = due_date(received, working(amount), calendar)
    assert due <= due_date(received, working(amount + 1), calendar)
    holiday = WorkingCalendar(calendar.weeks, {**calendar.closed, due: DAY_OF_CULTURE}, calendar.opened, calendar.halves)
    assert due_date(received, working(amount), holiday) >= due


@pytest.mark.parametrize("amount", [-1, 3661])
def test_a_term_that_makes_no_sense_is_refused(amount):
    with pytest.raises(BadTerm):
        Term(amount)


@pytest.mark.parametrize("text", ["8 working_days", "30 calendar_days roll", "24 hours", "2 months", "0 working_days"])
def test_a_term_is_read_as_it_is_written(text):
    assert str(parse_term(text)) == text


@pytest.mark.parametrize("text", ["8", "working_days 8", "8 days", "-1 hours", ""])
def test_what_is_no_term_is_refused(text):
    with pytest.raises(BadTerm):
        parse_term(text)


@pytest.mark.parametrize("term", [Term(5), Term(5, TermUnit.CALENDAR_DAYS), Term(5, TermUnit.MONTHS), Term(120, TermUnit.HOURS)])
@pytest.mark.parametrize("find", [due_date, reckon])
def test_the_end_of_time_is_refused_not_a_fault(find, term):
    with pytest.raises(Unreckonable):
        find(date(9999, 12, 30), term, WorkingCalendar())


@pytest.mark.parametrize("term", [Term(1), Term(1, TermUnit.CALENDAR_DAYS, roll=True)])
@pytest.mark.parametrize("find", [due_date, reckon])
def test_a_calendar_that_never_works_is_refused(find, term):
    with pytest.raises(Unreckonable):
        find(FRIDAY, term, WorkingCalendar(weeks=(Week(full=frozenset()),)))
