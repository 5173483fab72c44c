"""The sweep: each once, by the true day, however long nobody looked, and whoever else is at work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import connection

from gandan.ground.calendar.operations import declare_holiday
from gandan.ground.ledger.models import Event
from gandan.ground.promises import operations
from gandan.ground.promises.models import Promise
from gandan.ground.promises.queries import last_swept
from gandan.ground.promises.rules import Notice
from tests.cast import assemble
from tests.promises.book import a_record, owe, stock, told

MONDAY = date(2026, 11, 16)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_an_outage_loses_nothing_and_tells_nothing_twice(cast):
    record = a_record()
    owe(cast, day(4), on=MONDAY, about=record)
    found = operations.sweep(by=cast.importer, on=day(40))

    assert (found.overdue, found.complete) == (1, True)
    assert [(t.notice, t.level, t.due_on) for t in found.told] == [(Notice.ESCALATED, 1, day(4)), (Notice.ESCALATED, 2, day(4))]
    assert told(record)[1:] == [("overdue", day(5)), ("escalated", day(40)), ("escalated", day(40))]
    assert [e.reason for e in Event.objects.filter(facet_set__kind="promise.escalated").order_by("id")] == ["level.1", "level.2"]
    again = operations.sweep(by=cast.importer, on=day(41))
    assert (again.overdue, again.told) == (0, ())


def test_day_by_day_the_owner_is_reminded_and_the_next_level_is_told(cast):
    promise = owe(cast, day(4), on=MONDAY, officer=cast.alice)  # due on Friday
    said = {n: operations.sweep(by=cast.importer, on=day(n)).told for n in range(1, 20)}
    assert {n: [(t.notice.value, t.level) for t in some] for n, some in said.items() if some} == {
        2: [("reminded", 1)],
        7: [("escalated", 1)],
        11: [("escalated", 2)],
    }
    assert said[2][0].officer_id == cast.alice.pk
    promise.refresh_from_db()
    assert (promise.overdue_on, promise.next_on) == (day(5), None)


def test_a_moved_promise_is_reminded_anew(cast):
    promise = owe(cast, day(4), on=MONDAY)
    operations.sweep(by=cast.importer, on=day(3))
    operations.move(promise=promise, due_on=day(11), by=cast.alice, on=day(3))
    assert [t.notice for t in operations.sweep(by=cast.importer, on=day(9)).told] == [Notice.REMINDED]


def test_reminders_go_by_the_calendar_of_the_unit(cast):
    declare_holiday(day=day(2), name="Ngày truyền thống", unit=cast.unit("PA08"), source="tests", by=cast.lan, on=MONDAY)
    here, there = (
        owe(cast, day(4), on=MONDAY),
        owe(cast, day(4), on=MONDAY, unit="PC08"),
    )
    assert (here.next_on, there.next_on) == (day(1), day(2))


def test_the_last_day_swept_is_known_and_never_goes_back(cast):
    assert last_swept() is None
    operations.sweep(by=cast.importer, on=day(3))
    operations.sweep(by=cast.importer, on=day(1))
    assert last_swept() == day(3)


def test_short_transactions_come_to_the_same(cast):
    for n in range(7):
        owe(cast, day(n % 3), on=MONDAY)
    first = operations.sweep(by=cast.importer, on=day(20), at_most=3)
    assert (first.overdue, first.complete, last_swept()) == (3, False, None)
    rest = [operations.sweep(by=cast.importer, on=day(20), at_most=3) for _ in range(2)]
    assert [(s.overdue, s.complete) for s in rest] == [(3, False), (1, True)]
    assert last_swept() == day(20)
    assert stock("overdue", day(20)) == {cast.unit("PA08").pk: 7}


def test_many_promises_cost_few_statements(committed, django_assert_max_num_queries):
    cast = assemble()
    for n in range(61):
        owe(cast, day(n % 5), on=MONDAY)
    operations.sweep(by=cast.importer, on=day(20), at_most=1)
    with django_assert_max_num_queries(16):
        assert operations.sweep(by=cast.importer, on=day(20)).overdue == 60


def test_two_sweeps_at_once_notice_each_promise_once(committed):
    cast = assemble()
    for n in range(40):
        owe(cast, day(n % 5), on=MONDAY)

    def look(_: int) -> int:
        try:
            found = 0
            while not (swept := operations.sweep(by=cast.importer, on=day(20), at_most=4)).complete:
                found += swept.overdue
            return found + swept.overdue
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(look, range(4))) == 40
    assert Event.objects.filter(facet_set__kind="promise.overdue").count() == 40
    assert last_swept() == day(20)


def test_a_promise_that_someone_is_busy_with_is_left_to_them_and_the_day_is_not_called_swept(committed):
    cast = assemble()
    busy, free = (owe(cast, day(4), on=MONDAY) for n in range(2))
    with committed.connect() as other:
        other.execute("SELECT 1 FROM promises_promise WHERE id = %s FOR UPDATE", [busy.pk])
        found = operations.sweep(by=cast.importer, on=day(9))
        assert (found.overdue, found.complete, last_swept()) == (1, False, None)
    assert list(Promise.objects.filter(overdue_on__isnull=True)) == [busy]
    found = operations.sweep(by=cast.importer, on=day(9), wait=True)
    assert (found.overdue, found.complete, last_swept()) == (1, True, day(9))
    free.refresh_from_db()
    assert free.overdue_on == day(5)
