"""The steps of a dossier between the ten national states, and the undoing of a slip."""

from datetime import date

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.results.measures.queries import figures
from gandan.work.dossiers import operations
from gandan.work.dossiers.flow import FLOW, OPEN, STATES, Need, Status, Step, may_step, steps_from
from gandan.work.dossiers.models import Dossier, StepTaken, Wait
from gandan.work.dossiers.operations import ChangedMeanwhile, NeedsMore, NotToBeUndone, WrongStep
from gandan.work.dossiers.queries import pauses
from tests.dossiers.lived import told

MONDAY, WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 12), date(2026, 11, 13)
DUE = date(2026, 11, 19)  # eight working days after Monday
PAPER = {"name": "Ảnh 4×6", "original": 2}
WORDS = "Ảnh mờ, xin nộp lại ảnh mới chụp."


@pytest.fixture
def dossier(office):
    return operations.receive(
        procedure="passport", unit=office.unit("PA08"), applicant="Trần Thị Hoa", by=office.alice, on=MONDAY
    )


@pytest.fixture
def online(office):
    return operations.register(procedure="passport", unit=office.unit("PA08"), applicant="Lê Văn Tám", by=office.alice, on=MONDAY)


def result(dossier) -> Promise:
    return Promise.objects.get(about_id=dossier.pk, kind="dossier.result")


def test_the_ten_states_carry_the_numbers_of_the_national_portal():
    assert sorted(spec.national for spec in STATES.values()) == list(range(1, 11))
    assert {status for status in Status if steps_from(status)} == OPEN | {Status.REGISTERED, Status.FINISHED}


@pytest.mark.parametrize("step", Step)
def test_each_step_leads_from_a_state_to_another(step):
    spec = FLOW[step]
    assert spec.after is None or spec.after not in spec.before
    assert all(may_step(status, step) == (status in spec.before) for status in Status)


def test_what_was_asked_for_stops_the_clock_by_actual_days(office, dossier):
    operations.ask_supplement(dossier=dossier, papers=[PAPER], words=WORDS, by=office.alice, on=WEDNESDAY)
    waiting = Dossier.objects.get()
    assert (waiting.status, waiting.due_on, result(dossier).waiting_since) == ("supplement", DUE, WEDNESDAY)

    operations.supplemented(dossier=dossier, by=office.alice, on=FRIDAY)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_on) == ("received", date(2026, 11, 23))  # Wednesday and Thursday didn't count
    assert result(dossier).due_on == dossier.due_on
    assert [(pause.start, pause.end) for pause in pauses(dossier)] == [(WEDNESDAY, FRIDAY)]
    kinds = [kind for kind, *_ in told(dossier)]
    assert kinds[2:] == ["dossier.supplement_asked", "promise.paused", "dossier.supplemented", "promise.resumed"]


def test_a_payment_leads_back_to_where_the_dossier_was(office, dossier):
    operations.start(dossier=dossier, by=office.alice, on=MONDAY)
    operations.ask_payment(dossier=dossier, amount=200_000, words="Lệ phí cấp hộ chiếu.", by=office.alice, on=WEDNESDAY)
    assert Wait.objects.get().amount == 200_000

    operations.paid(dossier=dossier, by=office.alice, on=WEDNESDAY)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_on) == ("processing", DUE)


def test_a_term_that_had_run_out_is_not_mended_by_a_wait(office, dossier):
    late = date(2026, 11, 25)
    sweep(by=office.importer, on=late)
    operations.ask_supplement(dossier=dossier, papers=[PAPER], words=WORDS, by=office.alice, on=late)
    operations.supplemented(dossier=dossier, by=office.alice, on=date(2026, 11, 27))

    finished = operations.finish(dossier=dossier, by=office.alice, on=date(2026, 11, 27))

    assert finished.due_on == DUE
    assert told(dossier)[-2][3]["punctuality"] == "late"


def test_online_its_term_begins_when_it_is_taken_in(office, online):
    assert (online.status, online.handed_in_on) == ("registered", MONDAY)
    assert Promise.objects.get().kind == "dossier.take"

    taken = operations.take_in(dossier=online, by=office.alice, on=WEDNESDAY)

    assert (taken.status, taken.received_on, taken.due_on) == ("received", WEDNESDAY, date(2026, 11, 23))
    assert [kind for kind, *_ in told(online)] == [
        "dossier.registered", "promise.owed", "dossier.received", "promise.owed", "promise.overdue", "promise.kept",
    ]  # fmt: skip


def test_online_it_may_be_refused_with_a_reason_or_taken_back(office, online):
    with pytest.raises(NeedsMore) as missing:
        operations.refuse(dossier=online, why="incomplete", words=" ", by=office.alice, on=MONDAY)
    assert missing.value.field == Need.WORDS

    operations.refuse(dossier=online, why="incomplete", words="Thiếu tờ khai.", by=office.alice, on=MONDAY)

    online.refresh_from_db()
    assert (online.status, online.closed_on, online.ended_on) == ("refused", MONDAY, MONDAY)
    with pytest.raises(WrongStep):
        operations.take_back(dossier=online, by=office.alice, on=MONDAY)


def test_stopped_or_returned_nothing_is_owed_any_more(office, dossier):
    other = operations.receive(procedure="passport", unit=office.unit("PA08"), applicant="B", by=office.alice, on=MONDAY)
    operations.stop(dossier=dossier, why="not_supplemented", words="Quá hạn bổ sung.", by=office.alice, on=FRIDAY)
    operations.finish(dossier=other, by=office.alice, on=FRIDAY)
    returned = operations.return_result(dossier=other, how="counter", by=office.alice, on=FRIDAY)

    assert (returned.status, returned.returned_on) == ("returned", FRIDAY)
    assert not Promise.objects.filter(state="open").exists()


def test_the_second_of_two_officers_is_told_what_changed(office, dossier):
    operations.start(dossier=dossier, by=office.alice, on=MONDAY, seen=0)

    with pytest.raises(ChangedMeanwhile) as refused:
        operations.finish(dossier=dossier, by=office.dung, on=MONDAY, seen=0)

    assert "Nguyễn Thị Alice" in str(refused.value)
    assert "đang xử lý" in str(refused.value)


def do(step, dossier, by, on):
    {
        Step.ASK_SUPPLEMENT: lambda: operations.ask_supplement(dossier=dossier, papers=[PAPER], words=WORDS, by=by, on=on),
        Step.FINISH: lambda: operations.finish(dossier=dossier, by=by, on=on),
        Step.STOP: lambda: operations.stop(dossier=dossier, why="other", words="Nhầm.", by=by, on=on),
        Step.WITHDRAW: lambda: operations.withdraw(dossier=dossier, by=by, on=on),
        Step.START: lambda: operations.start(dossier=dossier, by=by, on=on),
    }[step]()


def state_of(dossier):
    promises = list(Promise.objects.order_by("pk").values())
    row = Dossier.objects.values().get(pk=dossier.pk)
    return {name: value for name, value in row.items() if name != "version"}, promises, list(Wait.objects.values())


SLIPS = [
    *((step, False) for step in (Step.START, Step.ASK_SUPPLEMENT, Step.FINISH, Step.STOP, Step.WITHDRAW)),
    *((step, True) for step in (Step.STOP, Step.WITHDRAW)),
]


@pytest.mark.parametrize(("step", "waiting"), SLIPS)
def test_undoing_within_the_day_leaves_everything_as_it_was(office, dossier, step, waiting):
    if waiting:
        do(Step.ASK_SUPPLEMENT, dossier, office.alice, WEDNESDAY)
    before = state_of(dossier)
    do(step, dossier, office.alice, THURSDAY)

    operations.undo(dossier=dossier, why="wrong_dossier", by=office.alice, on=THURSDAY)

    assert state_of(dossier) == before
    events = [(kind, day) for kind, _, day, _ in told(dossier) if day == THURSDAY]
    assert len(events) % 2 == 0
    do(step, dossier, office.alice, THURSDAY)  # and it can be taken again


def test_undoing_leaves_no_trace_in_the_figures(office, dossier):
    def standing():
        period, codes, at = Period(MONDAY, date(2026, 11, 14)), ("dossiers-finished", "dossiers-open"), office.unit("PA08").pk
        read = figures(codes, [at], [period])
        return [read.cell(code, at, period).value for code in codes]

    before = standing()
    operations.finish(dossier=dossier, by=office.alice, on=FRIDAY)
    assert standing() != before

    operations.undo(dossier=dossier, why="wrong_dossier", by=office.alice, on=FRIDAY)

    assert standing() == before


def test_a_step_of_yesterday_or_followed_by_something_else_stays(office, dossier):
    operations.finish(dossier=dossier, by=office.alice, on=THURSDAY)
    with pytest.raises(NotToBeUndone):
        operations.undo(dossier=dossier, why="wrong_step", by=office.alice, on=FRIDAY)
    operations.hand_to_post(dossier=dossier, by=office.alice, on=THURSDAY)
    with pytest.raises(NotToBeUndone):
        operations.undo(dossier=dossier, why="wrong_step", by=office.alice, on=THURSDAY)
    assert not StepTaken.objects.exclude(undone_on=None).exists()


def test_another_unit_takes_no_step(office, dossier):
    with pytest.raises(NotAllowed):
        operations.start(dossier=dossier, by=office.phuc, on=MONDAY)


def test_what_nobody_has_taken_in_finds_its_way_without_entering_a_stock(office, online):
    operations.hand_over(dossier=online, to=office.unit("CATP"), by=office.alice, on=MONDAY)

    kinds = {kind for kind, *_ in told(online)}
    assert Kind.DOSSIER_REROUTED in kinds
    assert not kinds & {Kind.DOSSIER_HANDED_OVER, Kind.DOSSIER_TAKEN_OVER}
    assert Promise.objects.get().unit.code == "CATP"
