"""Turns: each unit of a task owes it, by its day or anew in each period."""

from collections.abc import Iterable, Sequence
from datetime import date

from gandan.ground.calendar.rules import Grain
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, move, owe
from gandan.ground.promises.queries import open_about
from gandan.results.programmes.models import Programme, Task, Turn
from gandan.results.programmes.operations.planning import owe_plans
from gandan.results.programmes.operations.taking import standing
from gandan.results.programmes.rules import Origin, TurnState, due_again, occurrence

OWED = "task.programme"
ABOUT = "programmes.turn"


@operation
def make_turns(*, by: Person, on: date) -> int:
    """Have each task that recurs be owed for the period that has begun, and return how many are new. A missed run catches up.

    A unit that was founded since owes its own plan.

    :raises NotAllowed: if `by` may not see to tasks
    """
    running = Programme.objects.filter(during__contains=on, closed_on=None, contents__isnull=False).distinct()
    made = 0
    for programme in running.select_related("unit", "upper"):
        require(Right.DO_TASKS, by=by, unit=standing(programme.unit, on), on=on)
        made += turn_tasks(programme, by=by, on=on)
        owe_plans(programme, by=by, on=on)
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


def move_turns(programme: Programme, *, by: Person, on: date) -> None:
    """Have open turns be due by the days that the programme's last day makes of them, since that day was amended.

    What a conclusion or a directive gave beside the text keeps its own day.
    """
    last = programme.during.upper - ONE_DAY
    found = Turn.objects.select_for_update(of=("self",)).filter(task__programme=programme, state=TurnState.OPEN.value)
    turns = list(found.select_related("task"))
    promises = open_about(ABOUT, [turn.pk for turn in turns], OWED)
    for turn in turns:
        task = turn.task
        if task.origin != Origin.TEXT and task.due_on:
            continue
        due_on = due_again(Grain(task.every) if task.every else None, task.due_on, turn.due_on, last)
        if due_on == turn.due_on or due_on < on:
            continue
        turn.due_on = due_on
        turn.save(update_fields=["due_on"])
        if turn.pk in promises:
            move(promise=promises[turn.pk], due_on=due_on, by=by, on=on)


def let_go(turn: Turn, why: str, *, by: Person, on: date) -> None:
    """A turn is owed no more."""
    turn.state, turn.outcome = TurnState.DROPPED.value, why[:1000]
    turn.save(update_fields=["state", "outcome"])
    promise = open_about(ABOUT, [turn.pk], OWED).get(turn.pk)
    if promise is not None:
        drop(promise=promise, by=by, on=on)
