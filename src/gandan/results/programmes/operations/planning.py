"""Plans that are owed: each unit of the kind that a programme names owes its own, by the day that the programme names."""

from collections.abc import Iterable
from datetime import date

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about, usual_due
from gandan.results.programmes.models import PlanDuty, Programme
from gandan.results.programmes.queries.plans import ABOUT, OWED


def owe_plans(programme: Programme, *, by: Person, on: date) -> int:
    """Have each unit that is to make a plan owe it as of a day, those that don't yet; return how many are new."""
    if programme.upper_id or not programme.planned_by or programme.plans_due_on is None:
        return 0
    if programme.closed_on or not programme.during.lower <= on < programme.during.upper:
        return 0
    known = set(PlanDuty.objects.filter(programme=programme).values_list("unit_id", flat=True))
    known |= set(Programme.objects.filter(upper=programme, signed_on__isnull=False).values_list("unit_id", flat=True))
    wanted = [row.id for row in atlas().rows.values() if row.kind == programme.planned_by and row.stands_on(on)]
    for unit in Unit.objects.filter(pk__in=set(wanted) - known).order_by("pk"):
        due_on = programme.plans_due_on
        if due_on < on:  # the unit was founded after the day, or the programme came to us later
            due_on = usual_due(OWED, on, unit=unit, clock="late")
        duty = PlanDuty.objects.create(programme=programme, unit=unit)
        label = f"Kế hoạch của {unit.name} theo {programme.title[0].lower()}{programme.title[1:]}"
        owe(
            kind=OWED, about=duty, label=label[:200], owed_to=Receiver.SUPERIOR, unit=unit, due_on=due_on, by=by, on=on,
            subject=programme.code,
        )  # fmt: skip
    return len(set(wanted) - known)


def plan_made(plan: Programme, *, by: Person, on: date) -> None:
    """A unit's plan is in force: what it owed is kept."""
    for promise in _open(PlanDuty.objects.filter(programme=plan.upper, unit=plan.unit_id).values_list("pk", flat=True)):
        keep(promise=promise, by=by, on=on)


def let_plans_go(*, by: Person, on: date, programme: Programme | None = None, unit: Unit | None = None) -> None:
    """Plans are owed no more: the programme was closed, or the unit has ended and its heir owes its own."""
    duties = PlanDuty.objects.filter(**({"programme": programme} if programme else {"unit": unit}))
    for promise in _open(duties.values_list("pk", flat=True)):
        drop(promise=promise, by=by, on=on)


def _open(duties: Iterable[int]) -> list[int]:
    return [promise.pk for promise in open_about(ABOUT, duties, OWED).values()]
