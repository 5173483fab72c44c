from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.ground.ledger import rules
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.rules import (
    Grains,
    Groups,
    NotAllowed,
    Span,
    Undeclared,
    canonical,
    check_facets,
    cut,
    half_of,
    next_half,
)

DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))
LONG_AGO, FAR_AHEAD = date(2015, 1, 1), date(2028, 1, 1)


@pytest.mark.parametrize(
    ("day", "start", "following"),
    [
        (date(2026, 1, 14), date(2026, 1, 1), date(2026, 1, 15)),
        (date(2026, 1, 15), date(2026, 1, 15), date(2026, 2, 1)),
        (date(2024, 2, 29), date(2024, 2, 15), date(2024, 3, 1)),
        (date(2026, 12, 31), date(2026, 12, 15), date(2027, 1, 1)),
    ],
)
def test_a_half_month_ends_on_the_14th_or_with_the_month(day, start, following):
    assert half_of(day) == start
    assert next_half(start) == following


@given(DAYS, DAYS)
def test_a_period_cut_into_grains_counts_each_day_of_it_once_and_no_other(one, other):
    start, end = min(one, other), max(one, other)
    times: dict[date, int] = {}

    def count(since: date, until: date, sign: int) -> None:
        for n in range((until - since).days):
            day = since + timedelta(days=n)
            times[day] = times.get(day, 0) + sign

    grains = cut(start, end, first=LONG_AGO, last=FAR_AHEAD)
    for year, sign in grains.years:
        count(year, date(year.year + 1, 1, 1), sign)
    for half, sign in grains.halves:
        count(half, next_half(half), sign)
    for since, until in grains.edges:
        assert (until - since).days < 17
        count(since, until, 1)

    assert {day for day, n in times.items() if n} == {start + timedelta(days=n) for n in range((end - start).days)}
    assert all(n in (0, 1) for n in times.values())


def test_an_official_year_is_a_year_and_two_half_months():
    grains = cut(date(2024, 12, 15), date(2025, 12, 15), first=LONG_AGO, last=FAR_AHEAD)

    assert grains.years == ((date(2025, 1, 1), 1),)
    assert sorted(grains.halves) == [(date(2024, 12, 15), 1), (date(2025, 12, 15), -1)]
    assert grains.edges == ()


def test_a_stock_begins_with_the_first_event_and_not_with_the_calendar():
    grains = cut(date.min, date(2018, 1, 1), first=date(2016, 3, 20), last=FAR_AHEAD)

    assert grains == Grains(years=((date(2016, 1, 1), 1), (date(2017, 1, 1), 1)), halves=(), edges=())


@pytest.mark.parametrize(
    ("facets", "complaint"),
    [
        pytest.param({"procedure": "passport"}, "needs the facet punctuality", id="one is missing"),
        pytest.param({"procedure": "passport", "punctuality": "soon"}, "one of early, in_time, late", id="a value is unknown"),
        pytest.param({"procedure": "Hộ chiếu", "punctuality": "late"}, "not a short code", id="prose is no code"),
        pytest.param({"procedure": "passport", "punctuality": "late", "name": "x"}, "declares no facet name", id="one too many"),
    ],
)
def test_facets_are_held_against_their_declaration(facets, complaint):
    with pytest.raises(Undeclared, match=complaint):
        check_facets(Kind.DOSSIER_FINISHED, KINDS[Kind.DOSSIER_FINISHED], facets)


def test_a_set_of_facets_has_one_spelling():
    assert canonical("a.b", {"y": "2", "x": "1"}) == canonical("a.b", {"x": "1", "y": "2"}) == "a.b x=1 y=2"


def test_every_kind_is_declared_with_a_sentence_in_both_languages():
    assert set(KINDS) == set(Kind)
    assert all(spec.sentence_vi and spec.sentence_en for spec in KINDS.values())


def test_a_refusal_speaks_to_people_and_to_programs():
    refusal = NotAllowed("Không có quyền tại {unit}.", unit="PA08")

    assert (str(refusal), refusal.code) == ("Không có quyền tại PA08.", "not_allowed")


@given(st.sets(st.integers(1, 40)), st.lists(st.sets(st.integers(1, 40), min_size=1), max_size=3), st.integers(0, 30))
def test_a_cell_read_by_blocks_counts_each_of_its_units_once_and_no_other(units, groups, many):
    blocks, taken = {}, set()
    for number, members in enumerate(groups, start=100):
        blocks[number] = frozenset(members - taken)
        taken |= members
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "MANY_UNITS", many)
        parts = Groups(Span(0, unit, LONG_AGO, FAR_AHEAD) for unit in units).parts(blocks)

    times: Counter[int] = Counter()
    for _, unit, _, sign in parts:
        times.update(dict.fromkeys(blocks[-unit] if unit < 0 else [unit], sign))
    assert {unit for unit, n in times.items() if n} == units
    assert len(parts) <= max(1, len(units))


def test_a_block_of_which_most_is_wanted_enters_whole_and_gives_back_the_rest():
    spans = [Span(0, unit, LONG_AGO, FAR_AHEAD) for unit in range(1, 60)]

    parts = Groups(spans).parts({100: frozenset(range(1, 62)), 200: frozenset(range(70, 90))})

    assert sorted(parts) == [(0, -100, 0, 1), (0, 60, 0, -1), (0, 61, 0, -1)]
