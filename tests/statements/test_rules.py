"""What is stated of a period, beside what is counted; official totals, line by line."""

from datetime import date
from decimal import Decimal

import pytest

from gandan.ground.calendar.rules import Period, parse_period
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.statements.rules import BadTotals, Stated, added_up, allowed, read_totals, value_of
from gandan.results.statements.rules.stated import BadValue

RECEIVED, OPEN, RATE = (CATALOGUE[code] for code in ("dossiers-received", "promises-open", "promises-in-time-share"))
PROGRAMME = Period(date(2016, 1, 1), date(2022, 1, 1))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1), parse_period(str(number)))


def said(code: str, period: Period, value: int, number: int = 1) -> Stated:
    return Stated(number, code, 1, period, Decimal(value), f"báo cáo {number}")


def test_years_add_up_and_say_whether_they_cover_all():
    years = [said("dossiers-received", year(2016 + nth), 10 + nth, nth) for nth in range(6)]

    whole, part = added_up(RECEIVED, years, PROGRAMME), added_up(RECEIVED, years[:2], PROGRAMME)

    assert (whole.value, whole.whole, len(whole.statements)) == (75, True, 6)
    assert (part.value, part.whole, part.source) == (21, False, "báo cáo 0; báo cáo 1")


def test_what_is_stated_of_the_period_itself_stands_before_its_parts():
    both = [said("dossiers-received", year(2016), 10), said("dossiers-received", PROGRAMME, 99, 2)]

    assert added_up(RECEIVED, both, PROGRAMME).value == 99
    assert added_up(RECEIVED, both, year(2016)).value == 10
    assert added_up(RECEIVED, both, year(2017)) is None


def test_a_half_inside_a_stated_year_is_not_counted_twice():
    half = Period(date(2016, 1, 1), date(2016, 7, 1), parse_period("2016-H1"))

    found = added_up(RECEIVED, [said("dossiers-received", half, 4), said("dossiers-received", year(2016), 10, 2)], PROGRAMME)

    assert found.value == 10


def test_a_stock_is_told_for_its_last_day_and_a_share_is_never_added_up():
    assert added_up(OPEN, [said("promises-open", year(2021), 7)], PROGRAMME).value == 7
    assert added_up(OPEN, [said("promises-open", year(2020), 7)], PROGRAMME) is None
    assert added_up(RATE, [said("promises-in-time-share", year(2021), 90)], PROGRAMME) is None


@pytest.mark.parametrize(("measure", "typed"), [(RECEIVED, "-1"), (RECEIVED, "1.5"), (RATE, "100.1"), (RECEIVED, "1E+20")])
def test_a_number_that_the_measure_cant_have_is_refused(measure, typed):
    with pytest.raises(BadValue):
        value_of(measure, Decimal(typed))


def test_what_people_say_under_seal_is_not_stated():
    assert not any(allowed(one) for one in CATALOGUE.values() if one.sealed)
    assert allowed(RECEIVED)


def test_totals_are_read_with_headings_or_without():
    with_heading = read_totals("Đơn vị;Chỉ tiêu;Kỳ;Tổng\nCAP-W1;dossiers-received;2026-Q3;1.234\n\n")
    without = read_totals("CAP-W1\tdossiers-received\t2026-Q3\t12")

    assert [(one.line, one.unit, one.value) for one in with_heading] == [(2, "CAP-W1", 1234)]
    assert without[0].value == 12


@pytest.mark.parametrize("text", ["", "a;b;c", "CAP-W1;x;2026;1,2,3", "x\x00;1", "a;b;c;số 1x"])
def test_a_list_that_cant_be_read_says_at_which_line(text):
    with pytest.raises(BadTotals):
        read_totals(text)
