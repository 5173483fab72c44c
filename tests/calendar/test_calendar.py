"""Keeping the calendar: loading, declaring, withdrawing, and who is touched by it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gandan.ground.calendar import operations
from gandan.ground.calendar.models import ExchangedDay, Holiday, WeeklyPattern
from gandan.ground.calendar.queries import days_changed, declared, period, period_rule, working_calendar, working_calendars
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Term, UnknownPeriod, due_date, periods
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from tests.calendar.conftest import TODAY

FUNERAL = date(2026, 12, 3)  # a Thursday
LETTER = "Thông báo 99/TB"


@pytest.fixture
def loaded(bodies):
    operations.load_defaults(by=bodies.keeper, on=TODAY)
    return bodies


def changes() -> list[dict[str, str]]:
    return [event.facets for event in Event.objects.filter(facet_set__kind="calendar.changed").order_by("id")]


def test_loading_twice_adds_nothing_the_second_time(bodies):
    first = operations.load_defaults(by=bodies.keeper, on=TODAY)
    told = changes()
    assert (first.holidays, first.exchanges, first.weeks, first.cut_offs) == (164, 6, 1, 4)
    assert {change["what"] for change in told} == {"holiday", "exchange", "week", "period"}

    assert operations.load_defaults(by=bodies.keeper, on=TODAY).total == 0
    assert changes() == told


def test_what_a_later_file_brings_is_added_and_what_was_withdrawn_stays_so(loaded):
    Holiday.objects.filter(day=date(2026, 9, 2)).delete()
    operations.withdraw(declared=Holiday.objects.get(day=date(2026, 11, 24)), by=loaded.keeper, on=TODAY)

    assert operations.load_defaults(by=loaded.keeper, on=TODAY).total == 1
    assert Holiday.objects.get(day=date(2026, 9, 2)).declared_on == TODAY
    assert working_calendar().is_working(date(2026, 11, 24))
    assert not working_calendar().is_working(date(2026, 9, 2))


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_exchanged_days_are_known(loaded, off, worked):
    calendar = working_calendar()
    assert (calendar.reason(off).code, calendar.reason(off).other) == ("exchanged_off", worked)
    assert (calendar.reason(worked).code, calendar.reason(worked).other) == ("exchanged_work", off)
    assert calendar.is_working(worked)
    assert not calendar.is_working(off)


def test_new_year_in_the_year_of_the_horse(loaded):
    calendar = working_calendar(loaded.ward)
    assert due_date(date(2026, 2, 13), Term(1), calendar) == date(2026, 2, 23)
    assert calendar.reason(date(2026, 2, 17)).name == "Tết Nguyên Đán"
    assert due_date(date(2025, 12, 31), Term(1), calendar) == date(2026, 1, 5)


def test_a_holiday_declared_late_tells_the_ledger_and_which_days_it_changes(loaded):
    before = working_calendar()
    holiday = operations.declare_holiday(day=FUNERAL, name="Quốc tang", source=LETTER, by=loaded.keeper, on=date(2026, 12, 1))

    assert changes()[-1] == {"what": "holiday", "change": "declared"}
    event = Event.objects.latest("id")
    assert (event.about_type, event.about_id, event.unit) == ("calendar.holiday", holiday.pk, loaded.city)
    assert due_date(date(2026, 12, 1), Term(2), before) == FUNERAL
    assert due_date(date(2026, 12, 1), Term(2), working_calendar()) == date(2026, 12, 4)
    assert [(c.day, c.before.code, c.after.name) for c in days_changed(date(2026, 11, 30))] == [
        (FUNERAL, "working_day", "Quốc tang")
    ]
    assert days_changed(date(2026, 12, 1)) == []
    assert working_calendar(known_on=date(2026, 11, 30)) == before


def test_what_was_declared_can_be_withdrawn_once_and_is_still_explained(loaded):
    holiday = operations.declare_holiday(day=FUNERAL, name="Quốc tang", source=LETTER, by=loaded.keeper, on=date(2026, 12, 1))
    operations.withdraw(declared=holiday, by=loaded.keeper, on=date(2026, 12, 2))

    assert working_calendar().is_working(FUNERAL)
    assert not working_calendar(known_on=date(2026, 12, 1)).is_working(FUNERAL)
    assert [c.after.code for c in days_changed(date(2026, 12, 1))] == ["working_day"]
    assert holiday in declared(2026)[Holiday]
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw(declared=holiday, by=loaded.keeper, on=date(2026, 12, 2))
    operations.declare_holiday(day=FUNERAL, name="Quốc tang", source=LETTER, by=loaded.keeper, on=date(2026, 12, 2))
    assert not working_calendar().is_working(FUNERAL)


def test_a_day_is_declared_once(loaded):
    with pytest.raises(operations.AlreadyDeclared):
        operations.declare_holiday(day=date(2026, 9, 2), name="Quốc khánh", source=LETTER, by=loaded.keeper, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(day=date(2026, 9, 2), name="Quốc khánh", source=LETTER)


def test_days_can_only_be_exchanged_for_each_other(loaded):
    exchange = {"source": LETTER, "by": loaded.keeper, "on": TODAY}
    with pytest.raises(operations.NothingToExchange):
        operations.exchange_days(off_on=date(2026, 12, 5), worked_on=date(2026, 12, 12), **exchange)
    with pytest.raises(operations.NothingToExchange):
        operations.exchange_days(off_on=date(2026, 12, 4), worked_on=date(2026, 12, 7), **exchange)
    operations.exchange_days(off_on=date(2026, 12, 4), worked_on=date(2026, 12, 12), **exchange)
    with pytest.raises(operations.AlreadyDeclared):
        operations.exchange_days(off_on=date(2026, 12, 7), worked_on=date(2026, 12, 12), **exchange)
    assert ExchangedDay.objects.filter(declared_on=TODAY).count() == 1


def test_what_a_body_declares_reaches_those_below_it_and_nobody_else(loaded):
    operations.declare_holiday(
        day=FUNERAL, name="Ngày truyền thống", unit=loaded.police, source=LETTER, by=loaded.keeper, on=TODAY
    )
    assert not working_calendar(loaded.police).is_working(FUNERAL)
    assert not working_calendar(loaded.department).is_working(FUNERAL)
    assert working_calendar(loaded.ward).is_working(FUNERAL)
    assert working_calendar(loaded.city).is_working(FUNERAL)
    assert working_calendar().is_working(FUNERAL)
    assert Event.objects.latest("id").unit == loaded.police


def test_a_body_can_work_saturday_mornings(loaded):
    operations.set_week(
        since=date(2026, 12, 1), full=range(5), half=[5], unit=loaded.department, source=LETTER, by=loaded.keeper, on=TODAY
    )
    here, there = working_calendar(loaded.department), working_calendar(loaded.ward)
    assert [here.halves_on(date(2026, 11, 28)), here.halves_on(date(2026, 12, 5)), there.halves_on(date(2026, 12, 5))] == [
        0,
        1,
        0,
    ]
    assert due_date(date(2026, 12, 3), Term(2), here) == date(2026, 12, 7)
    assert due_date(date(2026, 12, 3), Term(3), here) == date(2026, 12, 8)

    operations.set_week(since=date(2026, 12, 15), full=range(6), source=LETTER, by=loaded.keeper, on=TODAY)
    assert working_calendar(loaded.ward).halves_on(date(2026, 12, 19)) == 2
    assert working_calendar(loaded.department).halves_on(date(2026, 12, 19)) == 1  # its own pattern stands


def test_half_days(loaded):
    operations.declare_half_day(day=FUNERAL, name="Hội thao", unit=loaded.ward, source=LETTER, by=loaded.keeper, on=TODAY)
    calendar = working_calendar(loaded.ward)
    assert calendar.halves_on(FUNERAL) == 1
    assert (calendar.reason(FUNERAL).code, calendar.reason(FUNERAL).name) == ("half_day", "Hội thao")
    assert [c.day for c in days_changed(date(2026, 11, 21), loaded.ward)] == [FUNERAL]


@pytest.mark.parametrize(("full", "half"), [([0, 1, 7], []), ([0, 1], [1]), ([0, 0], [])])
def test_a_week_that_is_none_is_refused(loaded, full, half):
    with pytest.raises(operations.BadWeek):
        operations.set_week(since=TODAY, full=full, half=half, source=LETTER, by=loaded.keeper, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyPattern.objects.create(since=TODAY, full=[0, 9], half=[0], source=LETTER)


def test_nobody_changes_the_calendar_without_the_right_to(bodies):
    with pytest.raises(NotAllowed):
        operations.load_defaults(by=bodies.clerk, on=TODAY)
    with pytest.raises(NotAllowed):
        operations.declare_holiday(day=FUNERAL, name="Nghỉ", source=LETTER, by=bodies.clerk, on=TODAY)
    assert Holiday.objects.count() == 0


def test_before_there_is_anybody_there_is_no_calendar_of_everybody(db):
    from gandan.ground.organisations.queries import importer

    with pytest.raises(operations.NobodyYet):
        operations.load_defaults(by=importer(), on=TODAY)


def test_periods_are_those_of_the_body(loaded):
    assert period(loaded.ward, "2018-Q3").start == date(2018, 7, 1)
    official = period(loaded.ward, "Quý III/2026")
    assert (official.start, official.last) == (date(2026, 6, 15), date(2026, 9, 14))
    assert period(loaded.ward, "2026").start == date(2025, 12, 15)
    assert periods(CALENDAR_PERIODS[Grain.YEAR], 2026)[0].start == date(2026, 1, 1)

    operations.set_periods(
        since=date(2026, 1, 1), grain=Grain.MONTH, first_day=21, unit=loaded.police, source=LETTER, by=loaded.keeper, on=TODAY
    )
    assert period(loaded.department, "2026-03").start == date(2026, 2, 21)
    assert period(loaded.ward, "2026-03").start == date(2026, 2, 15)
    assert period_rule(None, Grain.MONTH) == period_rule(loaded.ward, Grain.MONTH)
    with pytest.raises(operations.BadCutOff):
        operations.set_periods(since=TODAY, grain=Grain.MONTH, first_day=31, source=LETTER, by=loaded.keeper, on=TODAY)


def test_a_period_can_be_a_stretch_of_days(loaded):
    assert period(None, "2022-01-01..2026-06-30").last == date(2026, 6, 30)
    for text in ["2022-01-01..", "2022-02-31..2022-03-01", "2026-01-02..2026-01-01", "2022..2023..2024"]:
        with pytest.raises(UnknownPeriod):
            period(None, text)


def test_asking_again_costs_one_small_statement(loaded, django_assert_num_queries):
    working_calendar(loaded.ward)
    with django_assert_num_queries(1):
        calendar = working_calendar()
    with django_assert_num_queries(2):
        period_rule(loaded.ward, Grain.MONTH)
        assert working_calendar(loaded.ward) is calendar


def test_many_calendars_cost_as_much_as_one(loaded, django_assert_num_queries):
    units = [loaded.ward.pk, loaded.police.pk, loaded.department.pk, loaded.city.pk]
    operations.declare_holiday(
        day=FUNERAL, name="Ngày truyền thống", unit=loaded.police, source=LETTER, by=loaded.keeper, on=TODAY
    )
    with django_assert_num_queries(7):  # its version before and after, the five tables
        working_calendar()
    with django_assert_num_queries(2):
        found = working_calendars(units)
    assert [calendar.is_working(FUNERAL) for calendar in found.values()] == [True, False, False, True]
    assert found[loaded.ward.pk] is working_calendar(loaded.ward)
