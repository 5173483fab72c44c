"""Turns: each unit of a task owes it, by its day or anew in each period; what an ended unit owed, its heir does."""

from collections.abc import Iterable, Sequence
from datetime import date

from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, hand_over, owe
from gandan.ground.promises.queries import open_about
from gandan.results.programmes.models import Programme, Task, Turn
from gandan.results.programmes.operations.taking import standing
from gandan.results.programmes.rules import TurnState, occurrence

OWED = "task.programme"
ABOUT = "programmes.turn"


@operation
def make_turns(*, by: Person, on: date) -> int:
    """Have each task that recurs be owed for the period that has begun, and return how many are new. A missed run catches up.

    :raises NotAllowed: if `by` may not see to tasks
    """
    running = Programme.objects.filter(during__contains=on, closed_on=None, contents__isnull=False).distinct()
    made = 0
    for programme in running.select_related("unit", "upper"):
        require(Right.DO_TASKS, by=by, unit=standing(programme.unit, on), on=on)
        made += turn_tasks(programme, by=by, on=on)
    unchanged()
    return made


def turn_tasks(programme: Programme, *, by: Person, on: date, only: Sequence[Task] | None = None, owed: bool = True) -> int:
    """Have the units of tasks owe them as of a day, those that don't yet; what was left is owed no more."""
    last = programme.during.upper - ONE_DAY
    if programme.closed_on or on > last or on < programme.during.lower:
        return 0
    tasks = list(only) if only is not None else list(programme.tasks.prefetch_related("units"))
    known = set(Turn.objects.filter(task__in=tasks).values_list("task_id", "unit_id", "due_on"))
    open_ = {(task, unit) for task, unit in _open(tasks)}
    both = Receiver.PARTNER if programme.parties.count() > 1 else Receiver.SUPERIOR
    made = 0
    for task in tasks:
        due = occurrence(Grain(task.every) if task.every else None, task.due_on, last, on)
        if task.left_on is not None or due is None:
            continue
        for unit in {one.pk: one for one in (standing(unit, on) for unit in task.units.all())}.values():
            if (task.pk, unit.pk, due.due_on) in known or (not task.every and (task.pk, unit.pk) in open_):
                continue
            turn = Turn.objects.create(task=task, unit=unit, label=due.label, made_on=on, due_on=due.due_on)
            made += 1
            if owed:
                owe(
                    kind=OWED, about=turn, label=task.text[:200], owed_to=both, unit=unit, due_on=due.due_on, by=by, on=on,
                    subject=(programme.upper or programme).code,
                )  # fmt: skip
    _leave([task for task in tasks if task.left_on is not None], by, on)
    return made


def _open(tasks: Iterable[Task]) -> Iterable[tuple[int, int]]:
    return Turn.objects.filter(task__in=list(tasks), state=TurnState.OPEN.value).values_list("task_id", "unit_id")


def _leave(tasks: Sequence[Task], by: Person, on: date) -> None:
    for turn in Turn.objects.select_for_update(of=("self",)).filter(task__in=tasks, state=TurnState.OPEN.value):
        let_go(turn, "", by=by, on=on)


def let_go(turn: Turn, why: str, *, by: Person, on: date) -> None:
    """A turn is owed no more."""
    turn.state, turn.outcome = TurnState.DROPPED.value, why[:1000]
    turn.save(update_fields=["state", "outcome"])
    promise = open_about(ABOUT, [turn.pk], OWED).get(turn.pk)
    if promise is not None:
        drop(promise=promise, by=by, on=on)


@operation
def follow_succession(*, unit: Unit, by: Person, on: date) -> int:
    """Pass what an ended unit still owes of tasks on to its main heir, and end its own plan; return how many tasks went over.

    Where the heir owes the same task by the same day, one is enough: the other is dropped.

    :raises NotAllowed: if `by` may not see to tasks at the heir
    """
    to = standing(unit, on)
    require(Right.DO_TASKS, by=by, unit=to, on=on)
    unchanged()
    if to.pk == unit.pk:
        return 0
    for plan in Programme.objects.select_for_update(of=("self",)).filter(unit=unit, upper__isnull=False, closed_on=None):
        plan.closed_on = on
        plan.save(update_fields=["closed_on"])
        if plan.editions.exists():
            record(Kind.PLAN_ENDED, about=plan, unit=unit, day=unit.closed_on - ONE_DAY if unit.closed_on else on, by=by)
    turns = list(Turn.objects.select_for_update(of=("self",)).filter(unit=unit, state=TurnState.OPEN.value))
    there = set(Turn.objects.filter(unit=to, task__in=[turn.task_id for turn in turns]).values_list("task_id", "due_on"))
    twice = [turn for turn in turns if (turn.task_id, turn.due_on) in there]
    going = [turn for turn in turns if (turn.task_id, turn.due_on) not in there]
    for turn in twice:
        let_go(turn, "", by=by, on=on)
    promises = open_about(ABOUT, [turn.pk for turn in going], OWED)
    if promises:
        hand_over(moves={promise.pk: to for promise in promises.values()}, by=by, on=on)
    for turn in going:
        turn.unit = to
        turn.save(update_fields=["unit"])
        record(Kind.TASK_PASSED, about=turn, unit=to, day=on, by=by)
    return len(going)
