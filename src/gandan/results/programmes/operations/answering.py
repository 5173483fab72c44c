"""By what a point of a directive is answered, and what the ledger is told of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import record
from gandan.ground.organisations.models import Person
from gandan.results.programmes.models import Directive, DirectivePoint, Task
from gandan.results.programmes.operations.taking import standing


def answer(task: Task, answers: Sequence[Sequence[Any]]) -> list[DirectivePoint]:
    """Tie a task to the points that it answers, as far as their directives have been noted; return those that are new."""
    found = []
    for code, number in answers:
        point = (
            DirectivePoint.objects.select_related("directive__unit").filter(directive__code=code, position=int(number)).first()
        )
        if point is not None and not task.points.filter(pk=point.pk).exists():
            task.points.add(point)
            found.append(point)
    return found


def tell_answered(points: Iterable[DirectivePoint], *, by: Person, on: date) -> None:
    """Tell the ledger that tasks answer points."""
    for point in points:
        record(Kind.DIRECTIVE_ANSWERED, about=point.directive, unit=standing(point.directive.unit, on), day=on, by=by, how="task")
        tell_complete(point.directive, by, on)


def tell_complete(directive: Directive, by: Person, on: date) -> None:
    """Once no point is open any more, the directive is answered: told once."""
    if directive.points.filter(aside="", tasks=None).exists():
        return
    if Directive.objects.filter(pk=directive.pk, answered_on=None).update(answered_on=on):
        record(Kind.DIRECTIVE_COMPLETE, about=directive, unit=standing(directive.unit, on), day=on, by=by)
