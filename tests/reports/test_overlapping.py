"""Two published reports of the same days are not taken from each other, whichever was published first."""

from fractions import Fraction
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gandan.results.releases.rules import Frame, Read, withheld
from gandan.results.reports.rules import told_as_signed

EDGES = ("20250101", "20250401", "20250701", "20251001", "20260101")
QUARTERS = tuple(f"{start}-{end}" for start, end in pairwise(EDGES))
PARTS = ("early", "in-time", "late")
CODES = ("dossiers-finished", *(f"dossiers-finished-{part}" for part in PARTS))
Quarters = list[tuple[int, int, int]]


def report(quarters: Quarters, first: int, last: int, *, cut: bool = False):
    """A report from the quarter `first` to `last`, cut into quarters or not: its figures and its frame."""
    columns = [(at, at) for at in range(first, last + 1)] if cut and first < last else []
    names = [*(QUARTERS[at] for at, _ in columns), f"{EDGES[first]}-{EDGES[last + 1]}"]
    figures = {}
    for name, (start, end) in zip(names, [*columns, (first, last)], strict=True):
        parts = [sum(one[nth] for one in quarters[start : end + 1]) for nth in range(3)]
        figures |= {(code, name): (many,) for code, many in zip(CODES, (sum(parts), *parts), strict=True)}
    return figures, Frame({}, frozenset(CODES), tuple(names[:-1]), names[-1])


def published(tables) -> list[Read]:
    """Publish them one after the other."""
    read: list[Read] = []
    for figures, frame in tables:
        shown = told_as_signed(figures, frame)
        read.append(Read(figures, shown - withheld(figures, frame, shown=shown, before=read), frame))
    return read


def row(code: str, column: str) -> list[int]:
    """Return a figure as a sum over what happened in each quarter, early, in time and late."""
    start, _to, end = column.partition("-")
    within = range(EDGES.index(start), EDGES.index(end))
    return [int(at in within and code in {CODES[0], CODES[1 + nth]}) for at in range(4) for nth in range(3)]


def follows(secret: list[int], rows: list[list[int]]) -> bool:
    """Say whether a sum is a combination of others, by elimination from the left."""
    left, basis = [Fraction(one) for one in secret], []
    for one in [*rows, None]:
        rest = left if one is None else [Fraction(each) for each in one]
        for at, by in basis:
            rest = [each - rest[at] * other for each, other in zip(rest, by, strict=True)]
        first = next((at for at, each in enumerate(rest) if each), None)
        if one is None:
            return first is None
        if first is not None:
            basis.append((first, [each / rest[first] for each in rest]))
    raise AssertionError


few = st.tuples(*[st.sampled_from((0, 2, 9, 30))] * 3)
window = st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()).filter(lambda one: one[0] <= one[1])
windows = st.lists(window, min_size=2, max_size=4, unique_by=lambda one: one[:2])
NINE_MONTHS_THEN_THE_YEAR = [(0, 2, False), (0, 3, False)]


@settings(max_examples=60, deadline=None)
@given(quarters=st.lists(few, min_size=4, max_size=4), asked=windows)
@example(quarters=[(30, 30, 30)] * 3 + [(30, 30, 2)], asked=NINE_MONTHS_THEN_THE_YEAR)
@example(quarters=[(30, 30, 30)] * 3 + [(30, 2, 30)], asked=[(0, 0, False), (1, 1, False), (2, 2, False), (0, 3, False)])
@example(quarters=[(30, 30, 2)] + [(30, 30, 30)] * 3, asked=[(0, 3, True), (1, 3, False)])
def test_nothing_small_follows_from_all_that_was_published(quarters, asked):
    tables = [report(quarters, first, last, cut=cut) for first, last, cut in asked]
    told = [row(*spot) for one in published(tables) for spot in one.told]

    for at, end in combinations_with_replacement(range(4), 2):
        for code in CODES:
            (value,) = report(quarters, at, end)[0][code, f"{EDGES[at]}-{EDGES[end + 1]}"]
            if 0 < value < 5 and derived(asked, at, end):
                assert not follows(row(code, f"{EDGES[at]}-{EDGES[end + 1]}"), told), (code, at, end)


def derived(asked, at: int, end: int) -> bool:
    """Say whether a stretch is the sum or difference of columns at all: what is not can't be reckoned from them."""
    rows = [row(CODES[0], column) for first, last, cut in asked for _, column in report([(1, 1, 1)] * 4, first, last, cut=cut)[0]]
    return follows(row(CODES[0], f"{EDGES[at]}-{EDGES[end + 1]}"), rows)


def test_what_is_large_is_told_in_both():
    both = published([report([(30, 30, 30)] * 4, *asked) for asked in ((0, 2), (0, 3))])

    assert all(one.told == one.figures.keys() for one in both)


@pytest.mark.parametrize(("more", "told"), [(2, False), (9, True), (0, True)])
def test_a_figure_is_not_told_again_where_it_differs_by_little(more, told):
    """Between the two reports so many more became known of the same quarters."""
    earlier, later = [(30, 30, 30)] * 4, [(30 + more, 30, 30), *[(30, 30, 30)] * 3]
    _first, second = published([report(earlier, 0, 1), report(later, 0, 1, cut=True)])

    half = f"{EDGES[0]}-{EDGES[2]}"
    all_of_it = {("dossiers-finished-early", half)} <= second.told
    by_quarters = {("dossiers-finished-early", QUARTERS[0]), ("dossiers-finished-early", QUARTERS[1])} <= second.told
    assert (all_of_it, by_quarters) == (told, told)


CITY, FIRST, SECOND = frozenset(range(10)), frozenset({1, 2}), frozenset({3, 4})
PLACES = {CITY: (0, 1, 2), FIRST: (1,), SECOND: (2,)}  # what no ward has, the first ward, the second
asked_of = st.tuples(st.sampled_from(list(PLACES)), st.integers(0, 1), st.integers(0, 1)).filter(lambda one: one[1] <= one[2])


def counted(places: list[Quarters], of: frozenset[int]) -> Quarters:
    return [tuple(map(sum, zip(*(places[nth][at] for nth in PLACES[of]), strict=True))) for at in range(4)]


def row_of(code: str, column: str, of: frozenset[int]) -> list[int]:
    """Return a figure as a sum over what happened in each place."""
    within = row(code, column)
    return [times for nth in range(3) for times in (within if nth in PLACES[of] else [0] * len(within))]


@settings(max_examples=25, deadline=None)
@given(
    places=st.lists(st.lists(few, min_size=2, max_size=2), min_size=3, max_size=3),
    asked=st.lists(asked_of, min_size=2, max_size=5, unique=True),
)
@example(places=[[(2, 9, 9)] * 2, [(30, 30, 30)] * 2, [(30, 30, 30)] * 2], asked=[(CITY, 0, 0), (FIRST, 0, 0), (SECOND, 0, 0)])
@example(places=[[(2, 9, 9)] * 2, [(30, 30, 30)] * 2, [(30, 30, 30)] * 2], asked=[(FIRST, 0, 0), (SECOND, 0, 0), (CITY, 0, 0)])
@example(places=[[(0, 9, 9)] * 2, [(30, 30, 30)] * 2, [(2, 30, 30)] * 2], asked=[(FIRST, 0, 0), (CITY, 0, 0)])
@example(
    places=[[(0, 0, 0), (2, 9, 9)], [(30,) * 3] * 2, [(0,) * 3] * 2],
    asked=[(CITY, 0, 1), (FIRST, 0, 0), (FIRST, 1, 1), (CITY, 0, 0)],
)
def test_nothing_small_is_left_of_a_unit_by_those_in_it(places, asked):
    places = [[*of, (0, 0, 0), (0, 0, 0)] for of in places]
    read: list[Read] = []
    for of, first, last in asked:
        figures, frame = report(counted(places, of), first, last)
        shown = told_as_signed(figures, frame)
        read.append(Read(figures, shown - withheld(figures, frame, shown=shown, before=read, of=of), frame, of))
    told = [row_of(*spot, one.of) for one in read for spot in one.told]

    for first, last in combinations_with_replacement(range(2), 2):
        column = f"{EDGES[first]}-{EDGES[last + 1]}"
        of_each = {of: report(counted(places, of), first, last)[0] for of in PLACES}
        for code in CODES:
            whole, *parts = (of_each[of][code, column][0] for of in (CITY, FIRST, SECOND))
            left = {(CITY,): whole, (FIRST,): parts[0], (SECOND,): parts[1], (CITY, FIRST): whole - parts[0],
                    (CITY, SECOND): whole - parts[1], (CITY, FIRST, SECOND): whole - sum(parts)}  # fmt: skip
            for (of, *others), value in left.items():
                if 0 < value < 5:
                    form = row_of(code, column, of)
                    for one in others:
                        form = [a - b for a, b in zip(form, row_of(code, column, one), strict=True)]
                    assert not follows(form, told), (code, column, of, others)


def test_what_is_large_in_each_unit_is_told_of_all():
    read: list[Read] = []
    for of in (CITY, FIRST, SECOND):
        figures, frame = report(counted([[(30, 30, 30)] * 4] * 3, of), 0, 1)
        told = told_as_signed(figures, frame)
        read.append(Read(figures, told - withheld(figures, frame, shown=told, before=read, of=of), frame, of))

    assert all(one.told == one.figures.keys() for one in read)
