"""Promises brought in by the thousand are as if they had been lived here."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gandan.ground.ledger.models import Event, Pending
from gandan.ground.promises import operations
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.models import Promise
from gandan.ground.promises.rules import Life, State
from tests.cast import assemble
from tests.promises.book import a_record, owe, stock, told

FIRST, LAST = date(2026, 9, 1), 40


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def a_life(
    record,
    unit: int,
    made: int,
    due: int,
    state: State = State.OPEN,
    settled: int | None = None,
    moved: tuple[int, int] | None = None,
) -> Life:
    return Life(
        "dossier.result", "organisations.legalact", record.pk, f"Hồ sơ {record.number}", Receiver.CITIZEN, unit,
        day(made), day(due), state=state, settled_on=None if settled is None else day(settled),
        moves=((day(moved[0]), moved[1]),) if moved else (),
    )  # fmt: skip


lives = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(0, 15),
        st.sampled_from(State),
        st.integers(0, 20),
        st.sampled_from(["PA08", "PC08"]),
        st.none() | st.integers(0, 20),
    ),
    min_size=1,
    max_size=6,
)


@given(lives)
@settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_brought_in_is_told_as_if_it_had_been_lived_here(cast, lives):
    for made, term, state, after, code, later in lives:
        brought, lived = a_record(), a_record()
        settled = None if state is State.OPEN else made + after
        moved = made + later if later is not None and (settled is None or made + later <= settled) else None
        taker = cast.unit("CATP")
        passed_on = None if moved is None else (moved, taker.pk)
        life = a_life(brought, cast.unit(code).pk, made, made + term, state, settled, passed_on)
        operations.owe_many(lives=[life], by=cast.alice, on=day(LAST))

        promise = owe(cast, day(made + term), on=day(made), unit=code, about=lived)
        if moved is not None:
            operations.reassign(promise=promise, unit=taker, by=cast.alice, on=day(moved))
        if settled is not None:
            {State.KEPT: operations.keep, State.DROPPED: operations.drop}[state](promise=promise, by=cast.alice, on=day(settled))
        operations.sweep(by=cast.importer, on=day(LAST))

        both = [
            [event for event in told(record, units=True) if event[0] not in {"reminded", "escalated"}]
            for record in (brought, lived)
        ]
        assert both[0] == both[1]
        rows = [Promise.objects.get(about_id=record.pk) for record in (brought, lived)]
        for field in ("unit_id", "state", "settled_on", "due_on", "first_due_on", "overdue_on", "made_on", "changed_on"):
            assert getattr(rows[0], field) == getattr(rows[1], field)
        assert (rows[0].overdue_event is None) == (rows[1].overdue_event is None)


def test_no_reminder_or_escalation_of_the_past_is_made_up_for(cast):
    old, near = a_record(), a_record()
    operations.owe_many(
        lives=[a_life(old, cast.unit("PA08").pk, 0, 5), a_life(near, cast.unit("PA08").pk, 30, LAST + 5)],
        by=cast.importer,
        on=day(LAST),
    )
    assert operations.sweep(by=cast.importer, on=day(LAST)).told == ()
    assert [t.notice.value for t in operations.sweep(by=cast.importer, on=day(LAST + 5)).told] == ["reminded"]
    assert stock("overdue", day(LAST)) == {cast.unit("PA08").pk: 1}


def test_what_was_overdue_when_it_came_can_be_put_right_like_any_other(cast):
    record = a_record()
    (number,) = operations.owe_many(lives=[a_life(record, cast.unit("PA08").pk, 0, 5)], by=cast.importer, on=day(LAST))
    operations.keep(promise=number, by=cast.alice, on=day(4))
    assert told(record)[-2:] == [("overdue", day(6), "reversed"), ("kept", day(4), "in_time")]


def test_history_before_the_day_of_going_live_starts_nothing(cast):
    unit = cast.unit("PA08").pk
    lives = [a_life(a_record(), unit, 0, 5, State.KEPT, 3), a_life(a_record(), unit, 20, 30)]
    ids = operations.owe_many(lives=lives, by=cast.importer, on=day(LAST), go_live=day(25))

    assert list(Promise.objects.filter(pk__in=ids).order_by("pk").values_list("label", flat=True)) == [
        life.label for life in lives
    ]
    quiet = dict(Pending.objects.values_list("event_id", "quiet"))
    days = Event.objects.filter(facet_set__kind__startswith="promise.").values_list("id", "day")
    assert {when: quiet[event] for event, when in days} == {day(0): True, day(3): True, day(20): True, day(31): False}


def test_bringing_in_nothing_is_no_fault(cast):
    assert operations.owe_many(lives=[], by=cast.importer, on=day(0)) == []


def test_many_come_in_few_statements(committed, django_assert_max_num_queries):
    cast = assemble()
    records = [a_record() for _ in range(401)]
    unit = cast.unit("PA08").pk
    operations.owe_many(lives=[a_life(records[0], unit, 0, 5, State.KEPT, 9)], by=cast.importer, on=day(LAST))
    with django_assert_max_num_queries(10):
        operations.owe_many(
            lives=[a_life(record, unit, 0, 5, State.KEPT, 9) for record in records[1:]], by=cast.importer, on=day(LAST)
        )
    assert stock("open", day(LAST)) == {}
    assert Promise.objects.filter(state="kept", overdue_on=day(6)).count() == 401
