"""One promise, from being made to being kept or dropped, and what the ledger is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.queries import NotStanding
from gandan.ground.promises import operations
from gandan.ground.promises.models import Promise
from gandan.ground.promises.queries import NothingOwed, left_behind, open_about, open_across, owed_about, promises_about
from tests.cast import TWO_LEVELS
from tests.promises.book import a_record, owe, stock, told

MONDAY = date(2026, 11, 16)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


@pytest.fixture
def record(db):
    return a_record()


def test_a_promise_kept_on_its_last_day_is_in_time(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record, subject="passport")
    kept = operations.keep(promise=promise, by=cast.alice, on=day(4))

    assert (kept.state, kept.settled_on, kept.overdue_on, kept.next_on) == ("kept", day(4), None, None)
    assert told(record) == [("owed", MONDAY), ("kept", day(4), "in_time")]
    assert Event.objects.latest("id").facets == {"promise": "dossier.result", "subject": "passport", "punctuality": "in_time"}


def test_a_late_promise_that_nobody_noticed_falls_overdue_by_its_true_day(cast, record):
    operations.keep(promise=owe(cast, day(4), on=MONDAY, about=record), by=cast.alice, on=day(11))

    assert told(record) == [("owed", MONDAY), ("overdue", day(5)), ("kept", day(11), "late")]
    assert [stock("overdue", day(n)) for n in (4, 5, 10, 11)] == [{}, {cast.unit("PA08").pk: 1}, {cast.unit("PA08").pk: 1}, {}]


def test_entering_late_that_a_promise_was_kept_makes_nothing_late(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.sweep(by=cast.importer, on=day(7))
    kept = operations.keep(promise=promise, by=cast.alice, on=day(3))

    assert kept.overdue_on is None
    assert told(record)[-2:] == [("overdue", day(5), "reversed"), ("kept", day(3), "in_time")]
    assert stock("overdue", day(20)) == stock("open", day(20)) == {}


def test_a_promise_that_is_due_in_the_past_is_noticed_when_next_looked_at(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    assert promise.next_on == day(2)  # reminded two working days before
    dropped = operations.drop(promise=promise, by=cast.alice, on=day(9))
    assert (dropped.state, dropped.overdue_on) == ("dropped", day(5))
    assert told(record)[1:] == [("overdue", day(5)), ("dropped", day(9), "overdue")]


def test_a_new_appointment_leaves_what_was_late_counted(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    moved = operations.move(promise=promise, due_on=day(11), by=cast.alice, on=day(8))

    assert (moved.due_on, moved.first_due_on, moved.overdue_on) == (day(11), day(4), None)
    assert told(record)[1:] == [("overdue", day(5)), ("moved", day(8), "overdue")]
    assert [len(stock("overdue", day(n))) for n in (5, 7, 8, 30)] == [1, 1, 0, 0]

    operations.keep(promise=promise, by=cast.alice, on=day(10))
    assert told(record)[-1] == ("kept", day(10), "in_time")
    assert stock("open", day(30)) == stock("overdue", day(30)) == {}


def test_a_new_appointment_before_the_old_one_passes_makes_nothing_late(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.move(promise=promise, due_on=day(11), by=cast.alice, on=day(4))
    assert told(record)[1:] == [("moved", day(4), "open")]


def test_an_excuse_takes_the_lateness_back(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.sweep(by=cast.importer, on=day(7))
    moved = operations.move(promise=promise, due_on=day(8), by=cast.alice, on=day(7), excuse=True)

    assert (moved.due_on, moved.first_due_on, moved.overdue_on, moved.overdue_event) == (day(8), day(8), None, None)
    assert told(record)[-2:] == [("overdue", day(5), "reversed"), ("moved", day(7), "open")]
    assert all(stock("overdue", day(n)) == {} for n in range(30))


def test_an_excuse_that_is_not_enough_makes_it_late_from_its_true_day(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.sweep(by=cast.importer, on=day(11))
    moved = operations.move(promise=promise, due_on=day(7), by=cast.alice, on=day(11), excuse=True)

    assert moved.overdue_on == day(8)
    assert [len(stock("overdue", day(n))) for n in (5, 7, 8, 11)] == [0, 0, 1, 1]


@pytest.mark.parametrize(("due", "late"), [(6, [7, 9]), (8, [9]), (12, [])])
def test_an_excuse_reaches_back_through_a_hand_over(cast, record, due, late):
    """Due on day 4, handed over late on day 8, looked at on days 7 and 9."""
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.reassign(promise=promise, unit=cast.unit("PC08"), by=cast.alice, on=day(8))
    operations.move(promise=promise, due_on=day(due), by=cast.alice, on=day(10), excuse=True)

    there, here = cast.unit("PA08").pk, cast.unit("PC08").pk
    assert {n: stock("overdue", day(n)) for n in (5, 7, 9, 20)} == {
        5: {},
        7: {there: 1} if 7 in late else {},
        9: {here: 1} if 9 in late else {},
        20: {here: 1} if late else {},
    }
    assert stock("open", day(9)) == {here: 1}


def test_an_excuse_makes_nothing_due_earlier_and_an_appointment_is_not_for_the_past(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    with pytest.raises(operations.DueBefore):
        operations.move(promise=promise, due_on=day(3), by=cast.alice, on=day(1), excuse=True)
    with pytest.raises(operations.DueBefore):
        operations.move(promise=promise, due_on=day(7), by=cast.alice, on=day(8))
    with pytest.raises(operations.DueBefore):
        owe(cast, day(-1), on=MONDAY)
    assert operations.move(promise=promise, due_on=day(4), by=cast.alice, on=day(8)).due_on == day(4)  # nothing to move
    assert told(record) == [("owed", MONDAY)]


def test_while_the_clock_stands_still_nothing_falls_overdue(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.pause(promise=promise, by=cast.alice, on=day(2))
    assert operations.sweep(by=cast.importer, on=day(30)).overdue == 0

    resumed = operations.resume(promise=promise, due_on=day(32), by=cast.alice, on=day(30))
    assert (resumed.due_on, resumed.first_due_on, resumed.waiting_since) == (day(32), day(4), None)
    assert told(record)[1:] == [("paused", day(2)), ("resumed", day(30))]
    assert operations.sweep(by=cast.importer, on=day(33)).overdue == 1


def test_a_pause_forgives_nothing(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.pause(promise=promise, by=cast.alice, on=day(7))
    assert told(record)[1:] == [("overdue", day(5)), ("paused", day(7))]
    with pytest.raises(operations.AlreadyWaiting):
        operations.pause(promise=promise, by=cast.alice, on=day(7))
    with pytest.raises(operations.AlreadyOverdue):
        operations.resume(promise=promise, due_on=day(20), by=cast.alice, on=day(9))
    assert operations.resume(promise=promise, due_on=day(4), by=cast.alice, on=day(9)).overdue_on == day(5)
    with pytest.raises(operations.NotWaiting):
        operations.resume(promise=promise, due_on=day(20), by=cast.alice, on=day(9))


def test_no_term_ends_while_its_clock_stands_still(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.pause(promise=promise, by=cast.alice, on=day(2))
    with pytest.raises(operations.DueBefore):
        operations.resume(promise=promise, due_on=day(8), by=cast.alice, on=day(9))


def test_a_settled_promise_is_settled(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    operations.drop(promise=promise, by=cast.alice, on=day(1))
    for again in (operations.keep, operations.drop, operations.pause):
        with pytest.raises(operations.AlreadySettled):
            again(promise=promise, by=cast.alice, on=day(2))
    owe(cast, day(9), on=day(5), about=record)  # and can be made anew
    assert [p.state for p in promises_about(record)] == ["dropped", "open"]


def test_nothing_is_entered_for_a_day_before_the_last_change(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    with pytest.raises(operations.TooEarly):
        operations.keep(promise=promise, by=cast.alice, on=day(-1))
    operations.reassign(promise=promise, unit=cast.unit("PC08"), by=cast.alice, on=day(3))
    with pytest.raises(operations.TooEarly):
        operations.keep(promise=promise, by=cast.alice, on=day(2))


def test_the_same_is_not_owed_twice(cast, record):
    owe(cast, day(4), on=MONDAY, about=record)
    with pytest.raises(operations.AlreadyOwed):
        owe(cast, day(5), on=MONDAY, about=record)
    owe(cast, day(5), on=MONDAY, about=record, kind="apology.letter")
    assert owed_about(record, "apology.letter").due_on == day(5)
    with pytest.raises(NothingOwed):
        owed_about(record, "voice.answer")
    with pytest.raises(ValueError, match="no kind"):
        owe(cast, day(5), on=MONDAY, kind="anything")


def test_an_officer_is_given_it(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    assert operations.reassign(promise=promise, officer=cast.alice, by=cast.dung, on=day(1)).officer == cast.alice
    assert operations.reassign(promise=promise, officer=cast.alice, by=cast.dung, on=day(1)).officer == cast.alice
    assert told(record) == [("owed", MONDAY), ("assigned", day(1))]
    assert "alice" not in str([event.facets for event in Event.objects.all()])


def test_a_hand_over_moves_the_stock_and_leaves_the_flows(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record, officer=cast.alice)
    handed = operations.reassign(promise=promise, unit=cast.unit("PC08"), officer=cast.phuc, by=cast.alice, on=day(8))
    assert (handed.unit, handed.officer) == (cast.unit("PC08"), cast.phuc)
    assert told(record)[1:] == [("overdue", day(5)), ("handed_over", day(8), "overdue"), ("taken_over", day(8), "overdue")]
    there, here = cast.unit("PA08").pk, cast.unit("PC08").pk
    assert [stock("overdue", day(n)) for n in (7, 8)] == [{there: 1}, {here: 1}]
    assert [stock("open", day(n)) for n in (7, 8)] == [{there: 1}, {here: 1}]
    with pytest.raises(NotStanding):
        operations.reassign(promise=promise, unit=cast.unit("CAP-O1"), by=cast.alice, on=day(9))


def test_a_succession_hands_open_promises_over_on_the_day_the_old_unit_ends(cast):
    last = TWO_LEVELS - timedelta(days=1)
    late = owe(cast, last, on=date(2025, 6, 20), unit="CAP-O1")
    coming = owe(cast, TWO_LEVELS + timedelta(days=9), on=date(2025, 6, 20), unit="CAP-O2")
    assert list(left_behind(TWO_LEVELS)) == [late, coming]

    new = cast.unit("CAP-W1")
    assert operations.hand_over(moves={late.pk: new, coming.pk: new}, by=cast.importer, on=TWO_LEVELS) == 2
    assert stock("open", last) == {cast.unit("CAP-O1").pk: 1, cast.unit("CAP-O2").pk: 1}
    assert stock("open", TWO_LEVELS) == {new.pk: 2}
    assert stock("overdue", TWO_LEVELS) == {new.pk: 1}
    assert list(left_behind(TWO_LEVELS)) == []
    assert operations.hand_over(moves={late.pk: new}, by=cast.importer, on=TWO_LEVELS) == 0


def test_open_promises_are_found_by_their_records_and_by_a_day_in_their_term(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    assert open_about("organisations.legalact", [record.pk, record.pk + 1], "dossier.result") == {record.pk: promise}
    assert list(open_across([day(4)], "dossier.result")) == [promise]
    assert list(open_across([day(2), day(30)], "dossier.result")) == [promise]
    assert list(open_across([MONDAY], "dossier.result")) == list(open_across([day(5)], "dossier.result")) == []
    assert list(open_across([], "dossier.result")) == []


def test_the_database_guards_what_the_operations_promise(cast, record):
    promise = owe(cast, day(4), on=MONDAY, about=record)
    for wrong in (
        {"due_on": day(-1)},
        {"state": "kept"},
        {"settled_on": day(1)},
        {"overdue_on": day(9), "overdue_event": 1},
        {"overdue_on": day(5)},
        {"owed_to": "somebody"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=promise.pk).update(**wrong)
