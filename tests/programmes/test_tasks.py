"""Tasks are owed by each unit, done step by step with evidence, and at risk before they are late."""

from datetime import date, timedelta

import pytest

from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.results.programmes import queries
from gandan.results.programmes.models import Task, Turn
from gandan.results.programmes.operations import (
    AlreadyDone,
    NothingShown,
    OutsideProgramme,
    UnknownPart,
    add_task,
    begin,
    drop_turn,
    finish,
    give_task_feed,
    load_programme,
    make_turns,
    plan_steps,
    put_off,
    show,
    take_task_feed_back,
    tick,
)
from gandan.results.programmes.rules import Course, Going, Origin, course, occurrence
from tests.cast import TODAY
from tests.programmes.conftest import RUNNING

WEEK = timedelta(7)


def test_a_programme_in_force_is_owed_by_each_of_its_units(programme):
    owed = {(turn.task.number, turn.unit.code, turn.label, turn.due_on) for turn in Turn.objects.select_related("task", "unit")}

    assert owed == {
        ("1.1", "CATP", "Quý IV/2026", date(2026, 12, 31)),
        ("1.1", "BTGDVTU", "Quý IV/2026", date(2026, 12, 31)),
        ("1.2.1", "CATP", "", date(2026, 12, 31)),
        ("2.1", "BTGDVTU", "", date(2028, 12, 31)),
    }
    promises = Promise.objects.filter(kind="task.programme")
    assert {(one.unit.code, one.owed_to, one.subject) for one in promises} == {
        ("CATP", "partner", "thu-2026"), ("BTGDVTU", "partner", "thu-2026"),
    }  # fmt: skip
    assert promises.count() == 4


def test_what_recurs_is_owed_anew_in_the_next_period(cast, programme):
    january = date(2027, 1, 4)

    assert make_turns(by=cast.importer, on=TODAY) == 0
    assert make_turns(by=cast.importer, on=january) == 2
    assert set(Turn.objects.filter(label="Quý I/2027").values_list("unit__code", "due_on")) == {
        ("CATP", date(2027, 3, 31)), ("BTGDVTU", date(2027, 3, 31)),
    }  # fmt: skip
    assert make_turns(by=cast.importer, on=january) == 0


@pytest.mark.parametrize(
    ("every", "due_on", "on", "label", "due"),
    [
        (None, date(2026, 6, 30), date(2026, 6, 30), "", date(2026, 6, 30)),
        (None, None, date(2026, 6, 30), "", date(2026, 11, 30)),
        (Grain.QUARTER, None, date(2026, 11, 20), "Quý IV/2026", date(2026, 11, 30)),  # not beyond the programme
        (Grain.MONTH, None, date(2026, 2, 3), "Tháng 2/2026", date(2026, 2, 28)),
    ],
)
def test_a_task_is_owed_until(every, due_on, on, label, due):
    owed = occurrence(every, due_on, date(2026, 11, 30), on)

    assert (owed.label, owed.due_on) == (label, due)


@pytest.mark.parametrize(("due_on", "on"), [(date(2026, 1, 1), date(2026, 1, 2)), (None, date(2027, 1, 1))])
def test_what_has_passed_is_not_owed(due_on, on):
    assert occurrence(None, due_on, date(2026, 12, 31), on) is None


MADE, DUE = date(2026, 1, 1), date(2026, 4, 11)  # a hundred days


@pytest.mark.parametrize(
    ("day", "steps", "done", "begun", "behind", "expected"),
    [
        (0, 0, 0, False, False, Course.OPEN),
        (10, 4, 1, True, False, Course.BEGUN),
        (40, 4, 0, True, False, Course.AT_RISK),  # more time is over than steps are done
        (60, 4, 2, True, False, Course.BEGUN),
        (55, 0, 0, False, False, Course.AT_RISK),  # half of the time is over, and nothing is begun
        (55, 0, 0, True, False, Course.BEGUN),
        (95, 4, 3, True, False, Course.AT_RISK),  # due within a week
        (95, 4, 4, True, False, Course.BEGUN),
        (10, 4, 4, True, True, Course.AT_RISK),  # what it is measured by falls short
        (101, 4, 4, True, False, Course.LATE),
    ],
)
def test_a_task_is_at_risk_before_it_is_late(day, steps, done, begun, behind, expected):
    assert course(Going(MADE, DUE, steps, done, begun, behind), MADE + timedelta(day)) is expected


def test_a_unit_does_a_task_step_by_step_and_shows_it(cast, turn):
    plan_steps(turn=turn, steps=["Lập danh sách", " ", "Xin lỗi người nộp"], by=cast.dung, on=TODAY)
    tick(turn=turn, step=1, done=True, by=cast.dung, on=TODAY)
    event = Event.objects.filter(facet_set__kind="task.begun").get()
    show(turn=turn, note="Lượt ghi nhận", event=event.pk, by=cast.dung, on=TODAY)
    finish(turn=turn, outcome="Đã rà soát 12 hồ sơ.", by=cast.dung, on=TODAY + WEEK)

    shown = queries.turn(turn.pk, cast.oanh, TODAY + WEEK)
    assert [(step.text, step.done_on) for step in shown.steps] == [("Lập danh sách", TODAY), ("Xin lỗi người nộp", None)]
    assert [(one.note, one.event_kind) for one in shown.evidence] == [("Lượt ghi nhận", "task.begun")]
    assert (shown.row.course, shown.row.done_on, shown.outcome) == (Course.DONE, TODAY + WEEK, "Đã rà soát 12 hồ sơ.")
    kept = Event.objects.get(facet_set__kind="promise.kept")
    assert kept.facets == {"promise": "task.programme", "punctuality": "in_time", "subject": "thu-2026"}
    with pytest.raises(AlreadyDone):
        finish(turn=turn, outcome="Lại xong", by=cast.dung, on=TODAY + WEEK)


def test_what_shows_nothing_is_not_done(cast, turn):
    with pytest.raises(NothingShown):
        finish(turn=turn, outcome="  ", by=cast.dung, on=TODAY)
    with pytest.raises(UnknownPart):
        show(turn=turn, note="x", event=10**9, by=cast.dung, on=TODAY)
    assert Turn.objects.get(pk=turn.pk).done_on is None


def test_only_who_does_tasks_at_the_unit_may(cast, turn):
    for someone in (cast.alice, cast.quyen, cast.oanh):
        with pytest.raises(NotAllowed):
            begin(turn=turn, by=someone, on=TODAY)
    with pytest.raises(NotAllowed):
        drop_turn(turn=turn, why="thôi", by=cast.dung, on=TODAY)  # who owes it does not let themselves off
    with pytest.raises(NotAllowed):
        queries.turn(turn.pk, cast.alice, TODAY)


def test_the_officers_put_a_task_off_or_drop_it_for_a_reason(cast, turn):
    put_off(turn=turn, due_on=date(2027, 1, 31), by=cast.giang, on=TODAY)
    assert Promise.objects.get(about_id=turn.pk, about_type="programmes.turn").due_on == date(2027, 1, 31)
    with pytest.raises(OutsideProgramme):
        put_off(turn=turn, due_on=date(2029, 1, 1), by=cast.giang, on=TODAY)

    drop_turn(turn=turn, why="Đã gộp vào nhiệm vụ khác", by=cast.hoa, on=TODAY)

    assert Promise.objects.get(about_id=turn.pk, about_type="programmes.turn").state == "dropped"
    assert queries.turn(turn.pk, cast.hoa, TODAY).row.course is Course.DROPPED


def test_it_is_reminded_overdue_and_told_upwards_by_the_one_sweep(cast, turn):
    late = date(2027, 1, 20)
    sweep(by=cast.importer, on=late, wait=True)

    promise = Promise.objects.get(about_id=turn.pk, about_type="programmes.turn")
    assert (promise.overdue_on, promise.reminded > 0, promise.escalated > 0) == (date(2027, 1, 1), True, True)
    assert queries.turn(turn.pk, cast.oanh, late).row.course is Course.LATE
    assert queries.counts(cast.oanh, late, programme="thu-2026")["late"] == 3


def test_a_task_is_given_beside_the_text_once_for_what_it_came_from(cast, programme, turn):
    first = add_task(
        programme=programme, text="Làm theo kết luận", units=[cast.unit("CATP")], due_on=TODAY + WEEK, content=1, about=turn,
        origin=Origin.CONCLUSION, steps=["Một", "Hai"], by=cast.giang, on=TODAY,
    )  # fmt: skip
    again = add_task(
        programme=programme, text="Làm theo kết luận", units=[cast.unit("CATP")], about=turn, origin=Origin.CONCLUSION,
        by=cast.giang, on=TODAY,
    )  # fmt: skip

    assert again == first
    made = Turn.objects.get(task=first)
    assert (made.due_on, made.steps.count(), first.content.number) == (TODAY + WEEK, 2, 1)
    with pytest.raises(OutsideProgramme):
        add_task(programme=programme, text="x", units=[cast.unit("CATP")], due_on=TODAY - WEEK, by=cast.giang, on=TODAY)
    with pytest.raises(NotAllowed):
        add_task(programme=programme, text="x", units=[cast.unit("CATP")], by=cast.alice, on=TODAY)


def test_what_is_owed_elsewhere_already_is_not_owed_twice(cast, programme, turn):
    task = add_task(
        programme=programme, text="Đã là lời hẹn của kết luận", units=[cast.unit("CATP")], about=turn, owed=False,
        origin=Origin.CONCLUSION, by=cast.giang, on=TODAY,
    )  # fmt: skip
    made = Turn.objects.get(task=task)

    assert not Promise.objects.filter(about_type="programmes.turn", about_id=made.pk).exists()
    assert finish(turn=made, outcome="xong", by=cast.dung, on=TODAY).done_on == TODAY


def test_a_list_is_seen_by_who_reads_the_units_figures_and_paged(cast, programme):
    assert {row.unit for row in queries.turns(cast.dung, TODAY).rows} == {cast.unit("CATP").pk}
    whole = queries.turns(cast.oanh, TODAY, limit=3)
    rest = queries.turns(cast.oanh, TODAY, limit=3, after=whole.next)
    assert (len(whole.rows), len(rest.rows), rest.next) == (3, 1, None)
    assert queries.turns(cast.alice, TODAY).rows == ()


def test_a_calendar_reads_by_a_key_that_can_be_taken_back(cast, programme):
    first = give_task_feed(by=cast.dung, on=TODAY)
    second = give_task_feed(by=cast.dung, on=TODAY)

    assert queries.fed(first, TODAY) is None
    person, rows = queries.fed(second, TODAY)
    assert (person, {row.number for row in rows}) == (cast.dung, {"1.1", "1.2.1"})
    take_task_feed_back(by=cast.dung, on=TODAY)
    assert queries.fed(second, TODAY) is None


def test_reading_the_file_anew_keeps_tasks_that_have_changed(cast, programme, turn):
    changed = RUNNING.replace("Rà soát hồ sơ quá hẹn", "Rà soát hồ sơ sắp và đã quá hẹn").replace(
        "      - {text: Thông tin theo giai đoạn, units: [BTGDVTU]}\n", "      - {text: Bác tin giả, units: [CATP]}\n"
    )
    load_programme(text=changed, by=cast.giang, on=TODAY)

    assert Turn.objects.get(pk=turn.pk).task.text == "Rà soát hồ sơ sắp và đã quá hẹn"
    assert Task.objects.filter(programme=programme, left_on=None).count() == 3
    assert [edition.number for edition in programme.editions.all()] == [1, 2]
