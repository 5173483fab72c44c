"""The tree against pictures of every day."""

from collections.abc import Iterable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.ground.organisations.rules import ALWAYS, AsAt, AsIs, AsWas, Line, Span, attribution, balance
from tests.organisations.naive import FIRST, LINE, World, day, worlds

UNHURRIED = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


def days(spans: Iterable[Span], *, last: int) -> list[tuple[int, int]]:
    """Return each (unit, nth day) of the spans, twice if it is in two of them."""
    return sorted(
        (unit, nth)
        for unit, start, end in spans
        for nth in range(max(0, (start - FIRST).days if start != ALWAYS else 0), last + 1)
        if day(nth) < end
    )


def every_day(world: World) -> range:
    return range(len(world.pictures))


@UNHURRIED
@given(worlds())
def test_a_day_of_the_tree_is_its_picture(world):
    tree = world.tree()
    for nth, picture in enumerate(world.pictures):
        for unit in range(world.units):
            path = world.chain(unit, picture)[::-1] if unit in picture else []
            assert tree.path(unit, LINE, day(nth)) == tuple(path)
            assert sorted(tree.children(unit, LINE, day(nth))) == sorted(u for u, above in picture.items() if above == unit)
        assert sorted(tree.roots(LINE, day(nth))) == sorted(u for u, above in picture.items() if above is None)


@UNHURRIED
@given(worlds(), st.data())
def test_below_is_who_was_there_on_each_day(world, data):
    tree, last = world.tree(), len(world.pictures) - 1
    unit = data.draw(st.integers(0, world.units - 1))
    start, end = sorted(data.draw(st.tuples(st.integers(0, last), st.integers(0, last))))
    was = [
        (below, nth)
        for nth in range(start, end)
        for below in world.pictures[nth]
        if unit in world.chain(below, world.pictures[nth])
    ]
    assert days(tree.below(unit, LINE, day(start), day(end)), last=last) == sorted(was)


@UNHURRIED
@given(worlds())
def test_as_was_counts_each_day_where_the_unit_was_that_day_or_last(world):
    tree, last = world.tree(), len(world.pictures) - 1
    for target in range(world.units):
        expected = sorted((u, nth) for u in range(world.units) for nth in every_day(world) if target in world.held_by(u, nth))
        assert days(attribution(tree, target, LINE, FIRST, day(last + 1), AsWas()).spans, last=last) == expected


@UNHURRIED
@given(worlds())
def test_as_was_the_roots_count_everything_exactly_once(world):
    tree, last = world.tree(), len(world.pictures) - 1
    roots = {unit for unit in range(world.units) if any(place.parent is None for place in tree.places(unit, LINE))}
    for nth in every_day(world):
        alone = {root for root in roots if not world.held_by(root, nth) - {root}}
        counted = [pair for root in alone for pair in days(tree.held(root, LINE, day(nth), day(nth + 1)), last=last)]
        assert sorted(counted) == [(unit, nth) for unit in range(world.units)]


@UNHURRIED
@given(worlds(), st.data())
def test_as_at_a_day_history_follows_to_who_stands_then(world, data):
    tree, last = world.tree(), len(world.pictures) - 1
    nth = data.draw(st.integers(0, last))
    picture = world.pictures[nth]
    for target in picture:
        inside = {
            u: {r in picture and target in world.chain(r, picture) for r in world.followed(u, nth)} for u in range(world.units)
        }
        founded_later = {u for u in range(world.units) if world.days_of(u)[0] > nth}
        found = attribution(tree, target, LINE, FIRST, day(last + 1), AsAt(day(nth)))
        assert {unit for unit, _, _ in found.spans} == {u for u, at in inside.items() if at == {True} and u not in founded_later}
        assert set(found.partial) == {u for u, at in inside.items() if at == {True, False} and u not in founded_later}
        assert {unit for unit, _, _ in found.later} == {u for u, at in inside.items() if True in at and u in founded_later}
        assert {(start, end) for _, start, end in (*found.spans, *found.later)} == {(FIRST, day(last + 1))}
        assert found == attribution(tree, target, LINE, FIRST, day(last + 1), AsIs(day(nth)))


@UNHURRIED
@given(worlds(), st.data())
def test_as_at_a_day_each_unit_is_counted_by_one_root_or_stands_apart(world, data):
    tree, last = world.tree(), len(world.pictures) - 1
    nth = data.draw(st.integers(0, last))
    found = [attribution(tree, r, LINE, FIRST, day(last + 1), AsAt(day(nth))) for r in tree.roots(LINE, day(nth))]
    whole = [unit for one in found for unit, _, _ in one.spans]
    apart = {unit for one in found for unit in one.partial} | {unit for one in found for unit, _, _ in one.later}
    nowhere = {unit for unit in range(world.units) if not world.followed(unit, nth) & world.pictures[nth].keys()}
    assert len(whole) == len(set(whole))
    assert not set(whole) & apart
    assert set(whole) | apart | nowhere == set(range(world.units))


@UNHURRIED
@given(worlds(), st.data())
def test_a_unit_that_had_ended_says_who_took_over(world, data):
    tree = world.tree()
    nth = data.draw(st.integers(0, len(world.pictures) - 1))
    for unit in range(world.units):
        if world.days_of(unit)[-1] < nth and unit in world.heirs:
            found = attribution(tree, unit, LINE, FIRST, day(nth + 1), AsAt(day(nth)))
            assert (found.spans, found.partial, found.later) == ((), (), ())
            assert set(found.heirs) == set(tree.heirs(unit, day(nth))) != set()


@UNHURRIED
@given(worlds(), st.data())
def test_a_stock_is_summed_over_the_whole_past_of_who_is_there_that_day(world, data):
    tree = world.tree()
    nth = data.draw(st.integers(0, len(world.pictures) - 1))
    for target in range(world.units):
        there = {unit for unit in range(world.units) if target in world.held_by(unit, nth)}
        found = balance(tree, target, LINE, day(nth), AsWas())
        assert sorted(found.spans) == [(unit, ALWAYS, day(nth + 1)) for unit in sorted(there)]


@UNHURRIED
@given(worlds(), st.data())
def test_files_are_with_someone_who_stands(world, data):
    tree = world.tree()
    nth = data.draw(st.integers(0, len(world.pictures) - 1))
    for unit in range(world.units):
        keeper = tree.keeper(unit, LINE, day(nth))
        assert keeper is None or keeper in world.pictures[nth]
        if unit in world.pictures[nth]:
            assert keeper == unit
        elif world.days_of(unit)[0] < nth and keeper is not None:
            assert keeper in world.followed(unit, nth)


@UNHURRIED
@given(worlds())
def test_predecessors_are_heirs_looked_at_from_the_other_end(world):
    tree, last = world.tree(), day(len(world.pictures) - 1)
    for unit in world.now:
        assert tree.predecessors(unit) >= {u for u in range(world.units) if u != unit and unit in tree.heirs(u, last)}


def test_a_line_on_which_a_unit_never_stood_leaves_it_alone():
    tree = World().tree()
    found = attribution(tree, 0, Line.CIVIL, FIRST, date(2021, 1, 1), AsAt(date(2020, 6, 1)))
    assert found.spans == ((0, FIRST, date(2021, 1, 1)),)
    assert tree.path(0, Line.CIVIL, FIRST) == ()
