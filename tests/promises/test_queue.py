"""The one queue: what I and my unit owe, the most pressing first, and nothing that isn't mine to see."""

from datetime import date, timedelta

import pytest

from gandan.ground.organisations.rights import Right
from gandan.ground.promises import operations
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.ground.promises.queries import Counts, counts, counts_by_unit, queue
from gandan.ground.promises.rules import Group
from tests.cast import TODAY  # a Friday
from tests.promises.book import owe


def day(n: int) -> date:
    return TODAY + timedelta(days=n)


@pytest.fixture
def owed(cast):
    """Return what PA08 owes by name of the group in which it stands today."""
    made = day(-14)
    promises = {
        "overdue": owe(cast, day(-1), on=made),
        "today": owe(cast, TODAY, on=made, officer=cast.alice),
        "risky": owe(cast, day(4), on=made),  # Tuesday: two working days
        "later": owe(cast, day(5), on=made),
        "waiting": owe(cast, day(1), on=made),
        "overdue and waiting": owe(cast, day(-9), on=made),
    }
    operations.pause(promise=promises["waiting"], by=cast.alice, on=day(-2))
    operations.pause(promise=promises["overdue and waiting"], by=cast.alice, on=day(-2))
    operations.keep(promise=owe(cast, TODAY, on=made), by=cast.alice, on=day(-3))
    return promises


def names(rows, owed) -> list[str]:
    by_id = {promise.pk: name for name, promise in owed.items()}
    return [by_id[row.id] for row in rows]


def test_the_most_pressing_comes_first(cast, owed):
    rows = queue(cast.alice, TODAY)
    assert names(rows, owed) == ["overdue and waiting", "overdue", "today", "waiting", "risky", "later"]
    assert [row.group for row in rows] == ["overdue", "overdue", "today", "waiting", "at_risk", "later"]
    assert (rows[2].unit_name, rows[2].officer_name) == ("Phòng Quản lý xuất nhập cảnh", "Nguyễn Thị Alice")


def test_groups_are_counted_in_one_go_and_hold_what_they_count(cast, owed):
    assert counts(cast.alice, TODAY) == Counts(overdue=2, today=1, at_risk=1, waiting=1, later=1)
    assert counts(cast.alice, TODAY).open == 6
    for group in Group:
        assert len(queue(cast.alice, TODAY, group=group)) == getattr(counts(cast.alice, TODAY), group.value)
    assert counts_by_unit(cast.alice, TODAY) == {cast.unit("PA08").pk: counts(cast.alice, TODAY)}


def test_an_officer_sees_their_own_at_a_word(cast, owed):
    assert names(queue(cast.alice, TODAY, officer=cast.alice), owed) == ["today"]
    assert counts(cast.alice, TODAY, officer=cast.alice).open == 1


def test_pages_follow_each_other_without_a_gap(cast, owed):
    for n in range(5):
        owed[f"more {n}"] = owe(cast, TODAY, on=day(-3))
    whole, pages, after = names(queue(cast.alice, TODAY), owed), [], None
    while page := queue(cast.alice, TODAY, after=after, limit=3):
        pages += names(page, owed)
        after = page[-1].after
    assert pages == whole
    assert len(set(pages)) == 11


def test_nobody_sees_what_another_unit_owes(cast, owed):
    assert queue(cast.binh, TODAY) == queue(cast.phuc, TODAY) == []
    assert queue(cast.alice, TODAY, units=[cast.unit("PC08").pk]) == []
    assert len(queue(cast.dung, TODAY)) == 6  # heads the city police, under which PA08 stands
    assert queue(cast.dung, TODAY, units=[cast.unit("PC08").pk]) == []


def test_the_civil_side_sees_tasks_and_no_dossiers(cast, owed):
    task = owed["task"] = owe(cast, day(1), on=day(-1), kind="task.programme")
    assert names(queue(cast.hoa, TODAY), owed) == ["task"]
    assert names(queue(cast.lan, TODAY), owed) == ["task"]
    assert counts(cast.hoa, TODAY).at_risk == 1
    assert [row.id for row in queue(cast.alice, TODAY, kinds=["task.programme"])] == [task.pk]


def test_whoever_has_left_sees_nothing_any_more(cast, owed):
    from gandan.ground.organisations.operations import end_appointment
    from gandan.ground.organisations.queries import appointments

    (held,) = appointments(cast.alice, TODAY)
    end_appointment(appointment=held.id, by=cast.lan, on=TODAY)
    assert queue(cast.alice, TODAY, officer=cast.alice) == []


def test_a_long_queue_costs_as_much_as_a_short_one(cast, owed, django_assert_num_queries):
    queue(cast.alice, TODAY)
    cost = 2 + len({kind.right for kind in PROMISE_KINDS.values()})  # the calendar, the queue; and each right
    with django_assert_num_queries(cost):
        queue(cast.alice, TODAY)
    for _ in range(30):
        owe(cast, TODAY, on=day(-3))
    with django_assert_num_queries(cost):
        assert len(queue(cast.alice, TODAY)) == 36
    with django_assert_num_queries(cost):
        counts(cast.alice, TODAY)


def test_every_kind_has_a_right_that_someone_can_hold():
    assert {kind.right for kind in PROMISE_KINDS.values()} <= {right.value for right in Right}
