"""Rules: thresholds of all households, lists that anybody may count, rows of the law that hold on a day."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.work.democracy.rules.counting import (
    Choice,
    Count,
    Marked,
    Outcome,
    count,
    digest_of,
    listed,
    needed,
    outcome,
    read_list,
)
from gandan.work.democracy.rules.dated import NoRule, consultation_rules, duty_rules, poll_rules, rule_of
from gandan.work.democracy.rules.writing import BadText, addresses, code_of, paragraphs, serial_of

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


@pytest.mark.parametrize(("households", "in_favour", "share", "over", "then"), [
    (10, 5, HALF, True, Outcome.NOT_CARRIED),
    (10, 6, HALF, True, Outcome.CARRIED),
    (10, 5, HALF, False, Outcome.CARRIED),
    (9, 6, TWO_THIRDS, False, Outcome.CARRIED),
    (10, 6, TWO_THIRDS, False, Outcome.NOT_CARRIED),
    (10, 7, TWO_THIRDS, False, Outcome.CARRIED),
])  # fmt: skip
def test_the_share_is_of_all_households_not_of_those_that_came(households, in_favour, share, over, then):
    assert outcome(Count(households, in_favour, 0, 0), share, over=over) is then


@given(st.integers(1, 3000), st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=20), st.booleans())
def test_what_is_needed_is_the_least_that_carries(households, share, over):
    least = needed(households, share, over=over)

    assert outcome(Count(households, least, 0, 0), share, over=over) is Outcome.CARRIED
    assert outcome(Count(households, least - 1, 0, 0), share, over=over) is Outcome.NOT_CARRIED


def test_who_has_the_list_can_count_it_again():
    ballots = [Marked("B", Choice.FOR), Marked("A", Choice.AGAINST), Marked("C", Choice.NEITHER)]

    assert read_list(listed(ballots)) == sorted(ballots, key=lambda one: one.mark)
    assert count(5, read_list(listed(ballots))) == Count(5, 1, 1, 1)
    assert digest_of(ballots) == digest_of(reversed(ballots))
    assert digest_of([*ballots[:2], Marked("C", Choice.FOR)]) != digest_of(ballots)


@pytest.mark.parametrize("rules", [duty_rules, consultation_rules, poll_rules])
def test_each_row_has_a_source_and_one_holds_a_day(rules):
    rows = rules()

    assert all(one.source and one.name and one.name_en for one in rows)
    codes = [one.code for one in rows if one.holds(date(2026, 11, 20))]
    assert len(codes) == len(set(codes)) > 1


def test_before_the_law_no_rule_holds():
    with pytest.raises(NoRule):
        rule_of(poll_rules(), "head", date(2020, 1, 1))


def test_a_text_is_cut_where_a_line_is_empty():
    assert paragraphs("Một\nhai.\r\n\r\n  \n Ba. ") == ["Một hai.", "Ba."]
    with pytest.raises(BadText):
        paragraphs(" \n ")


def test_a_roll_has_each_household_once():
    assert addresses(" 1 Lê Lợi \n\n2 Lê Lợi") == ["1 Lê Lợi", "2 Lê Lợi"]
    with pytest.raises(BadText, match="hai lần"):
        addresses("1 Lê Lợi\n1  lê lợi")


def test_what_is_typed_is_compared_by_what_counts():
    assert code_of("1234-5678 9012 3456") == "1234567890123456"
    assert serial_of(" a-12 ") == "A12"
