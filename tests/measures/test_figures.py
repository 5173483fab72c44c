"""Figures across a reorganised city: equal to a naive recount, and told as was, as is and as at."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.ground.calendar.rules import CALENDAR_PERIODS, CutOff, Grain, Period, PeriodName, PeriodRule
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import correct, post, post_all
from gandan.ground.ledger.queries import last_posting
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import AsAt, AsIs, Line
from gandan.ground.promises.operations import sweep
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import UnknownMeasure, figures, recorded
from gandan.results.measures.rules import Status
from tests.cast import TODAY, TWO_LEVELS
from tests.measures.happening import finish, happen, overdue, receive
from tests.measures.naive import all_events, counted

YEAR = {year: CALENDAR_PERIODS[Grain.YEAR].period(PeriodName(year, Grain.YEAR)) for year in range(2015, 2027)}
OFFICIAL = PeriodRule(Grain.YEAR, (CutOff(first_day=15),))
EVER = Period(date(2016, 1, 1), date(2027, 1, 1))
AS_IS, BEFORE = AsIs(TODAY), AsAt(date(2025, 6, 30))


def figure(cast, code, unit, period, **how):
    at = cast.unit(unit).pk
    return figures([code], [at], [period], **how).cell(code, at, period)


def test_a_figure_counts_what_happened_at_and_below_a_unit(cast):
    receive(cast, "PA08", date(2024, 3, 4), times=3)
    receive(cast, "CAP-O1", date(2024, 3, 4), times=2, procedure="identity")
    receive(cast, "PA08", date(2025, 3, 4))

    assert figure(cast, "dossiers-received", "79", YEAR[2024]).value == 5
    assert figure(cast, "dossiers-received", "CATP", YEAR[2024]).value == 3
    assert figure(cast, "dossiers-received", "CATP", YEAR[2024], line=Line.POLICE).value == 5
    assert figure(cast, "dossiers-received", "D760", YEAR[2024]).value == 2
    assert figure(cast, "dossiers-received", "D761", YEAR[2024]).value == 0
    assert figure(cast, "dossiers-received-identity", "79", YEAR[2024]).value == 2


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_figures_equal_a_naive_recount(cast, data):
    with transaction.atomic():
        compare_with_a_recount(cast, data)
        transaction.set_rollback(True)


def compare_with_a_recount(cast, data):
    codes = [code for code, measure in CATALOGUE.items() if recorded(measure)]
    day = st.dates(date(2024, 11, 1), date(2026, 1, 31))
    for _ in range(data.draw(st.integers(1, 12))):
        let_something_happen(cast, data, data.draw(st.sampled_from(sorted(cast.units))), data.draw(day))
        if data.draw(st.booleans()):
            post()
    periods = [YEAR[2025], OFFICIAL.period(PeriodName(2025, Grain.YEAR)), Period(date(2025, 2, 20), date(2025, 7, 3))]
    line = data.draw(st.sampled_from([Line.ADMINISTRATION, Line.POLICE, Line.CIVIL]))
    units = [cast.unit(code).pk for code in ("79", "CATP", "D760", "O2", "CAQ-760", "W1", "BDVTU", "BTGDVTU")]

    read = figures(codes, units, periods, line=line)

    events, known = all_events(), tree()
    for code in codes:
        for unit, period, cell in read.cells(code):
            expected = counted(known, events, code, unit, line, period.start, period.end)
            if cell.status is Status.ABSENT:
                assert not expected
            else:
                assert cell.value == expected, (code, unit, period)


def let_something_happen(cast, data, at, on):
    match data.draw(st.integers(0, 4)):
        case 0:
            receive(cast, at, on, times=data.draw(st.integers(1, 3)), channel=data.draw(st.sampled_from(["counter", "online"])))
        case 1:
            finish(cast, at, on, data.draw(st.sampled_from(["early", "in_time", "late"])), procedure="vehicle")
        case 2:
            overdue(cast, at, on)
        case 3:
            happen(cast, Kind.DELIVERY_HANDED, at, on, procedure="identity")
        case 4:
            (number,) = happen(cast, Kind.LETTER_OWED, at, on, procedure="passport")
            correct(number, reason="mistake", by=cast.importer)


def test_a_corrected_event_is_not_counted_and_both_know_it(cast):
    receive(cast, "PA08", date(2024, 3, 4))
    (mistaken,) = happen(cast, Kind.DOSSIER_RECEIVED, "PA08", date(2024, 3, 5), procedure="passport", channel="post")
    post_all()
    before = last_posting()
    correct(mistaken, reason="typed-twice", by=cast.importer)
    post_all()

    assert figure(cast, "dossiers-received", "PA08", YEAR[2024]).value == 1
    assert figure(cast, "dossiers-received", "PA08", YEAR[2024], as_of=before.number).value == 2


def test_what_is_not_posted_yet_is_counted_now_and_not_as_of_a_posting(cast):
    receive(cast, "PA08", date(2024, 3, 4))
    post_all()
    receive(cast, "PA08", date(2024, 3, 4))

    assert figure(cast, "dossiers-received", "79", YEAR[2024]).value == 2
    assert figure(cast, "dossiers-received", "79", YEAR[2024], as_of=last_posting().number).value == 1


# Across the reorganisation


@pytest.fixture
def reorganised(cast):
    """2, 3, 5 dossiers at the police of O1, O2, O3 in 2024, and 7, 11 at those of W1, W2 in autumn 2025."""
    for at, times in (("CAP-O1", 2), ("CAP-O2", 3), ("CAP-O3", 5)):
        receive(cast, at, date(2024, 5, 6), times=times)
    for at, times in (("CAP-W1", 7), ("CAP-W2", 11)):
        receive(cast, at, date(2025, 9, 8), times=times)
    return cast


def test_as_was_each_day_belongs_to_its_own_tree(reorganised):
    assert figure(reorganised, "dossiers-received", "D760", YEAR[2024]).value == 5
    assert figure(reorganised, "dossiers-received", "W2", YEAR[2025]).value == 11
    assert figure(reorganised, "dossiers-received", "79", EVER).value == 28


def test_as_was_a_unit_has_no_figure_for_a_year_without_it(reorganised):
    assert figure(reorganised, "dossiers-received", "W1", YEAR[2024]).status is Status.ABSENT
    assert figure(reorganised, "dossiers-received", "O1", YEAR[2026]).status is Status.ABSENT
    assert figure(reorganised, "dossiers-received", "O1", YEAR[2025]).value == 0


def test_as_is_the_history_of_a_merged_ward_follows_its_heir(reorganised):
    cell = figure(reorganised, "dossiers-received", "W2", EVER, view=AS_IS)

    assert cell.value == 5 + 11  # O3 passed whole into W2


def test_as_is_a_divided_ward_is_never_apportioned_and_stands_apart(reorganised):
    cell = figure(reorganised, "dossiers-received", "W1", YEAR[2024], view=AS_IS)

    assert cell.value == 2
    assert {reorganised.unit("O2").pk, reorganised.unit("CAP-O2").pk} == set(cell.partial)
    assert figure(reorganised, "dossiers-received", "79", YEAR[2024], view=AS_IS).value == 10  # whole where all heirs are
    assert figure(reorganised, "dossiers-received", "W1", YEAR[2026], view=AS_IS).partial == ()


def test_as_is_an_ended_ward_says_where_its_history_went(reorganised):
    whole = figure(reorganised, "dossiers-received", "O3", EVER, view=AS_IS)
    divided = figure(reorganised, "dossiers-received", "O2", EVER, view=AS_IS)

    assert (whole.status, whole.heirs) == (Status.ABSENT, (reorganised.unit("W2").pk,))
    assert set(divided.heirs) == {reorganised.unit("W1").pk, reorganised.unit("W2").pk}


def test_as_at_a_date_what_came_later_is_a_line_of_its_own(reorganised):
    city = figure(reorganised, "dossiers-received", "79", EVER, view=BEFORE)
    ward = figure(reorganised, "dossiers-received", "O3", EVER, view=BEFORE)
    new = figure(reorganised, "dossiers-received", "W1", EVER, view=BEFORE)

    assert (city.value, city.later) == (10, 18)
    assert (ward.value, ward.later) == (5, 11)  # W2 came out of O3, and of others too: so it stands apart
    assert (new.status, new.later) == (Status.ABSENT, 7)


# Stocks


def test_a_stock_sums_from_the_beginning_and_says_through_which_day(cast):
    receive(cast, "PA08", date(2019, 2, 1), times=5)
    finish(cast, "PA08", date(2020, 2, 3), "late", times=2)
    finish(cast, "PA08", date(2021, 2, 3), "late")

    cells = [figure(cast, "dossiers-open", "CATP", YEAR[year]) for year in (2018, 2019, 2020, 2021, 2022)]

    assert [cell.value for cell in cells] == [0, 5, 3, 2, 2]
    assert cells[2].through == date(2020, 12, 31)


def test_open_dossiers_move_with_their_unit_and_the_citys_stock_stays(cast):
    receive(cast, "CAP-O1", date(2025, 6, 25), times=4)
    happen(cast, Kind.DOSSIER_HANDED_OVER, "CAP-O1", TWO_LEVELS, times=4, procedure="passport")
    happen(cast, Kind.DOSSIER_TAKEN_OVER, "CAP-W1", TWO_LEVELS, times=4, procedure="passport")
    june, july = Period(date(2025, 6, 1), date(2025, 7, 1)), Period(date(2025, 7, 1), date(2025, 8, 1))

    assert [figure(cast, "dossiers-open", unit, june).value for unit in ("79", "O1")] == [4, 4]
    assert [figure(cast, "dossiers-open", unit, july).value for unit in ("79", "W1")] == [4, 4]
    assert figure(cast, "dossiers-open", "W1", june).status is Status.ABSENT
    assert figure(cast, "dossiers-open", "W1", june, view=AS_IS).value == 4
    assert figure(cast, "dossiers-open", "W1", july, view=AS_IS).value == 4
    assert figure(cast, "dossiers-received", "W1", july).value == 0  # flows stay true


def test_an_overdue_stock_speaks_for_the_last_day_swept(cast):
    overdue(cast, "PA08", date(2026, 3, 1), times=2)
    overdue(cast, "PA08", date(2026, 3, 20))
    sweep(by=cast.importer, on=date(2026, 3, 10))

    cell = figure(cast, "dossiers-overdue-open", "79", YEAR[2026])

    assert (cell.value, cell.through) == (2, date(2026, 3, 10))
    assert figure(cast, "dossiers-open", "79", YEAR[2026]).through == date(2026, 12, 31)


# Shares and what has no figure


def test_a_share_is_divided_last(cast):
    finish(cast, "PA08", date(2024, 5, 6), "early")
    finish(cast, "CAP-O1", date(2024, 5, 6), "late", times=2)

    cell = figure(cast, "dossiers-on-time-share", "79", YEAR[2024])

    assert (cell.value, cell.part, cell.whole) == (Decimal("33.3"), 1, 3)


def test_the_honest_share_counts_what_lies_open_and_overdue(cast):
    finish(cast, "PA08", date(2024, 5, 6), "in_time", times=9)
    overdue(cast, "PA08", date(2024, 6, 6))

    assert figure(cast, "dossiers-on-time-share", "79", YEAR[2024]).value == Decimal("100.0")
    assert figure(cast, "dossiers-honest-on-time-share", "79", YEAR[2024]).value == Decimal("90.0")


def test_a_share_of_nothing_is_undefined(cast):
    cell = figure(cast, "dossiers-on-time-share", "79", YEAR[2024])

    assert (cell.status, cell.value, cell.whole) == (Status.UNDEFINED, None, 0)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("claims-asked", Status.NO_DATA),
        ("matters-in-time-share", Status.UNDEFINED),
        ("people-reached", Status.NOT_ADDITIVE),
        ("dossiers-median-days", Status.NOT_ADDITIVE),
    ],
)
def test_what_nobody_records_or_can_add_up_says_so(cast, code, status):
    cell = figure(cast, code, "79", YEAR[2024])

    assert (cell.status, cell.value) == (status, None)


def test_an_unknown_measure_is_refused(cast):
    with pytest.raises(UnknownMeasure) as refused:
        figure(cast, "dossiers-recieved", "79", YEAR[2024])

    assert "dossiers-recieved" in str(refused.value)


@pytest.mark.parametrize("how_many", [1, 20])
def test_the_statements_do_not_grow_with_the_grid(cast, django_assert_max_num_queries, how_many):
    receive(cast, "PA08", date(2024, 5, 6))
    units = [unit.pk for unit in list(cast.units.values())[:how_many]]
    periods = list(YEAR.values())[-how_many:]

    with django_assert_max_num_queries(10):
        figures(CATALOGUE, units, periods)
