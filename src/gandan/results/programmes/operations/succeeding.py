"""What becomes of an ended unit's part in programmes: its tasks go to its heir, and its plan is laid before the heir."""

from dataclasses import replace
from datetime import date

from django.db.models import Q

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import ONE_DAY
from gandan.ground.promises.operations import hand_over
from gandan.ground.promises.queries import open_about
from gandan.results.programmes.models import Programme, Turn
from gandan.results.programmes.operations.cascading import begin_plan, plan_title
from gandan.results.programmes.operations.enacting import in_force
from gandan.results.programmes.operations.planning import let_plans_go
from gandan.results.programmes.operations.taking import standing
from gandan.results.programmes.operations.turning import ABOUT, OWED, let_go
from gandan.results.programmes.rules import Part, PartKind, TurnState


@operation
def follow_succession(*, unit: Unit, by: Person, on: date) -> int:
    """Pass what an ended unit still owes of tasks on to its main heir, and end its own plan; return how many tasks went over.

    An heir without a plan has the ended unit's before it, as a draft that it makes its own.

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
            _carry(plan, to, by, on)
            record(Kind.PLAN_ENDED, about=plan, unit=unit, day=unit.closed_on - ONE_DAY if unit.closed_on else on, by=by)
    let_plans_go(unit=unit, by=by, on=on)
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


def _carry(plan: Programme, to: Unit, by: Person, on: date) -> None:
    """Lay the ended unit's plan before its heir, unless the heir has one of its own."""
    upper = plan.upper
    if upper is None or upper.closed_on or not upper.during.lower <= on < upper.during.upper:
        return
    code = f"{upper.code}-{to.code.lower()}"
    if Programme.objects.filter(Q(upper=upper, unit=to, closed_on=None) | Q(code=code)).exists():
        return
    party = plan.parties.first()
    parts = [_as_its_own(part, plan.unit, to, plan_title(upper, to)) for part in in_force(plan)]
    begin_plan(upper, to, parts, signs_as=party.signs_as if party else "Thủ trưởng đơn vị", by=by, on=on)


def _as_its_own(part: Part, old: Unit, new: Unit, title: str) -> Part:
    if part.kind is PartKind.TITLE:
        return replace(part, text=title)
    if part.kind is PartKind.TASK:
        units = [new.code if code == old.code else code for code in part.facts.get("units", ())]
        return replace(part, facts={**part.facts, "units": list(dict.fromkeys(units))})
    return part
