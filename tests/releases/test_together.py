"""No small sum of the whole city follows from those that are told, whichever are small."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.results.releases.rules import SUMS, hold_back, secrets

PARTS = ("dossiers-finished-early", "dossiers-finished-in-time", "dossiers-finished-late")
SHARE = ({"dossiers-finished-by-due": 1}, {"dossiers-finished": 1})
FORMS = {**{code: ({code: 1},) for code in ("dossiers-finished", *PARTS)}, "share": SHARE}
few = st.integers(0, 12)


def counted(early: int, in_time: int, late: int) -> dict[str, int]:
    found = dict(zip(PARTS, (early, in_time, late), strict=True))
    return found | {"dossiers-finished": early + in_time + late, "dossiers-finished-by-due": early + in_time}


def told_of(counts: dict[str, int], codes: set[str]) -> tuple[Fraction, ...]:
    return tuple(
        Fraction(sum(times * counts[code] for code, times in form.items())) for one in sorted(codes) for form in FORMS[one]
    )


@settings(max_examples=80, deadline=None)
@given(few, few, few)
def test_what_is_small_could_be_otherwise(early, in_time, late):
    counts = counted(early, in_time, late)
    held = hold_back(FORMS, secrets(counts, [SHARE]), given=SUMS, size={code: counts.get(code, 99) for code in FORMS})
    told = set(FORMS) - held

    seen = told_of(counts, told)
    others = [world for parts in product(range(-3, 16), repeat=3) if told_of(world := counted(*parts), told) == seen]
    for code in PARTS:
        if 0 < counts[code] < 5:
            assert len({world[code] for world in others}) > 1, (counts, held)


def test_nothing_small_holds_nothing_back():
    assert hold_back(FORMS, secrets(counted(30, 0, 6), [SHARE]), given=SUMS) == frozenset()


def test_what_was_known_before_holds_nothing_more_back():
    assert hold_back({"b": ({"b": 1},)}, [{"a": 1}], given=[{"a": 2}]) == frozenset()


def test_the_smallest_goes_with_what_is_small():
    counts = counted(34, 6, 1)
    held = hold_back(FORMS, secrets(counts, [SHARE]), given=SUMS, size={**counts, "share": 41})
    assert held == {"dossiers-finished-late", "dossiers-finished-in-time", "share"}
