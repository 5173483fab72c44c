"""What everybody reads of a signed report: nothing small, and nothing small between what was signed and what is known now."""

import pytest

from gandan.results.releases.rules import Frame
from gandan.results.reports.rules import Telling, told_as_signed, told_now

PARTS = ("early", "in-time", "late")
FRAME = Frame(
    shares={"share": ({"dossiers-finished-early": 1, "dossiers-finished-in-time": 1}, {"dossiers-finished": 1})},
    adding=frozenset({"dossiers-finished", *(f"dossiers-finished-{part}" for part in PARTS)}),
    years=("2024", "2025"),
    whole="all",
)


def table(*rows: tuple[int, int, int], share: bool = False):
    """Finished early, in time and late, year by year; with their sums."""
    found = {}
    for column, row in zip((*FRAME.years, FRAME.whole), (*rows, tuple(map(sum, zip(*rows, strict=True)))), strict=True):
        found["dossiers-finished", column] = (sum(row),)
        found |= {(f"dossiers-finished-{part}", column): (many,) for part, many in zip(PARTS, row, strict=True)}
        if share:
            found["share", column] = (row[0] + row[1], sum(row))
    return found


def test_what_is_large_enough_is_all_shown():
    signed = table((20, 30, 40), (50, 60, 70))

    assert told_as_signed(signed, FRAME) == signed.keys()


def test_a_small_one_does_not_follow_from_its_years_nor_from_the_other_measures():
    signed = table((20, 30, 2), (50, 60, 70))
    shown = told_as_signed(signed, FRAME)

    late = [("dossiers-finished-late", column) for column in ("2024", "2025", "all")]
    assert late[0] not in shown
    assert not {late[1], late[2]} <= shown, "the whole less the other year"
    in_2024 = {("dossiers-finished", "2024"), ("dossiers-finished-early", "2024"), ("dossiers-finished-in-time", "2024")}
    assert not in_2024 <= shown, "all that were finished less the other ways"


def test_a_share_does_not_tell_the_rest_that_it_leaves():
    shown = told_as_signed(table((20, 30, 2), (50, 60, 70), share=True), FRAME)

    assert ("share", "2024") not in shown
    assert not {("share", "2025"), ("share", "all")} <= shown, "each tells what was late: the one less the other"


def test_what_came_since_is_told_where_it_is_not_small():
    signed, now = table((20, 30, 40), (50, 60, 70)), table((20, 30, 40), (57, 60, 70))
    told = told_now(now, signed, FRAME, shown=told_as_signed(signed, FRAME))

    assert told == {(code, column) for code in ("dossiers-finished", "dossiers-finished-early") for column in ("2025", "all")}


@pytest.mark.parametrize("later", [(52, 60, 70), (52, 60, 80)], ids=["alone", "beside a large one"])
def test_two_that_came_since_are_not_told_nor_reckoned(later):
    signed, now = table((20, 30, 40), (50, 60, 70)), table((20, 30, 40), later)
    told = told_now(now, signed, FRAME, shown=told_as_signed(signed, FRAME))

    assert ("dossiers-finished-early", "2025") not in told
    both = {("dossiers-finished", "2025"), ("dossiers-finished-late", "2025")}
    assert not both <= told, "what came in all, less what came late"


def test_two_tellings_are_not_taken_from_each_other():
    signed, then, now = (table((20, 30, 40), (many, 60, 70)) for many in (50, 60, 63))
    shown = told_as_signed(signed, FRAME)
    first = Telling(then, told_now(then, signed, FRAME, shown=shown))
    assert ("dossiers-finished-early", "all") in first.told

    assert told_now(now, signed, FRAME, shown=shown, earlier=[first]) == frozenset()
    later = table((20, 30, 40), (70, 60, 70))
    assert ("dossiers-finished-early", "all") in told_now(later, signed, FRAME, shown=shown, earlier=[first])


def test_what_something_else_would_give_away_is_not_shown():
    signed = table((20, 30, 40), (50, 60, 70))
    shown = told_as_signed(signed, FRAME, also_hidden=[("dossiers-finished", "2025")])

    assert ("dossiers-finished", "2025") not in shown
    assert not {("dossiers-finished", "2024"), ("dossiers-finished", "all")} <= shown
