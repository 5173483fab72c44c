"""What is held back can't be reckoned back, even by who knows the rule and tries every way it could have been."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.results.releases.rules import SMALLEST, Told, tell

PLACES = "abcde"
few = st.lists(st.integers(0, 11), min_size=1, max_size=3).map(lambda values: dict(zip(PLACES, values, strict=False)))
MOST = 8


def worlds(told: Told) -> list[dict[str, int]]:
    """Return every way it could have been: what is told stands, the sum is right, and the rule would have said the same."""
    held = sorted(told.held)
    found = []
    for values in product(range((told.pool if told.pool is not None else MOST) + 1), repeat=len(held)):
        if told.pool is None or sum(values) == told.pool:
            world = {**told.places, **dict(zip(held, values, strict=True))}
            if tell(world) == told:
                found.append(world)
    return found


@settings(max_examples=60, deadline=None)
@given(figures=few)
def test_no_place_that_is_held_back_follows_from_what_is_told(figures):
    told = tell(figures)

    could_be = worlds(told)
    assert figures in could_be or told.pool is None
    assert all(len({world[place] for world in could_be}) > 1 for place in told.held)
    assert all(value >= SMALLEST for value in told.places.values())


@settings(max_examples=60, deadline=None)
@given(figures=few, more=few)
def test_two_releases_say_no_more_than_each_alone(figures, more):
    """Half-months have no day in common: a sum over both is the sum of two sums that were told, so it adds no equation."""
    first, second = tell(figures), tell(more)

    both = [one.total for one in (first, second)]
    if None not in both:
        together = sum(figures.values()) + sum(more.values())
        assert together == sum(both)
    assert tell(figures) == first, "what was told is told again, whatever came after"


@pytest.mark.parametrize(
    ("figures", "held"),
    [
        pytest.param({"a": 2, "b": 7, "c": 20}, "ab", id="a second place goes with a single small one"),
        pytest.param({"a": 2, "b": 3, "c": 20}, "ab", id="two small ones hide each other"),
        pytest.param({"a": 0, "b": 5, "c": 20}, "abc", id="a sum of five would say that the other is nothing"),
        pytest.param({"a": 4, "b": 4, "c": 9, "d": 20}, "abc", id="eight of two can only be four and four"),
        pytest.param({"a": 9, "b": 20}, "", id="nothing small, nothing held back"),
    ],
)
def test_what_is_held_back(figures, held):
    assert tell(figures).held == set(held)


def test_a_single_small_place_takes_the_sum_with_it():
    assert tell({"a": 3}) == Told({}, frozenset("a"), None)
