"""The cascade: which units have a plan of their own, which have not, and how their targets stand beside the programme's."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.queries import UnitRow
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rules import UnitKind
from gandan.ground.promises.queries import open_about
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Measure, Share
from gandan.results.programmes.models import PlanDuty, Programme, Target, Turn
from gandan.results.programmes.queries.drafts import ENDED
from gandan.results.programmes.queries.progress import UnknownProgramme
from gandan.results.programmes.rules import TurnState

OWED = "plan.make"
ABOUT = PlanDuty._meta.label_lower


@dataclass(frozen=True)
class PlanRow:
    """A unit and its plan: none, being written, or in force since; by when it is owed, and its tasks."""

    unit: UnitRow
    code: str
    in_force: bool
    draft: int | None
    since: date | None
    open: int
    late: int
    done: int
    due_on: date | None = None


@dataclass(frozen=True)
class TargetsTogether:
    """A target of the programme, and what units aim at: added up where that means something, else from least to most."""

    measure: Measure
    year: int
    whole: Decimal | None
    units: int
    total: Decimal | None  # of what adds up
    lowest: Decimal
    highest: Decimal
    short: tuple[int, ...]  # units that aim at less than the programme does


@dataclass(frozen=True)
class Cascade:
    rows: tuple[PlanRow, ...]  # those that are to make a plan, without one first
    ended: tuple[PlanRow, ...]  # plans whose unit has ended
    targets: tuple[TargetsTogether, ...]

    @property
    def without(self) -> int:
        return sum(not row.in_force for row in self.rows)


def cascade(programme: Programme, on: date) -> Cascade:
    """Return the plans below a programme, on a day."""
    plans = list(
        Programme.objects.filter(upper=programme).select_related("unit").annotate(editions_=Count("editions", distinct=True))
    )
    drafts = dict(
        Programme.objects.filter(upper=programme, drafts__isnull=False).exclude(drafts__state__in=ENDED)
        .values_list("pk", "drafts__pk")
    )  # fmt: skip
    turns, due = _turns(programme, on), _due(programme)
    known = atlas()
    of_unit = {plan.unit_id: plan for plan in plans if plan.closed_on is None}
    wanted = [row for row in known.rows.values() if row.kind == programme.planned_by and row.stands_on(on)]
    named = {row.id for row in wanted} | set(of_unit)
    rows = [
        replace(_row(known.row(unit, on), of_unit.get(unit), drafts, turns), due_on=due.get(unit))
        for unit in (row.id for row in known.sorted_rows(named, on))
    ]  # fmt: skip
    ended = [_row(known.row(plan.unit_id), plan, drafts, turns) for plan in plans if plan.closed_on is not None]
    return Cascade(tuple(sorted(rows, key=lambda row: (row.in_force, bool(row.code)))), tuple(ended), tuple(_together(programme)))


def _due(programme: Programme) -> dict[int, date]:
    """Return by when units still owe their plan."""
    duties = dict(PlanDuty.objects.filter(programme=programme).values_list("pk", "unit_id"))
    return {duties[pk]: promise.due_on for pk, promise in open_about(ABOUT, duties, OWED).items()}


def _turns(programme: Programme, on: date) -> dict[int, tuple[int, int, int]]:
    found = Turn.objects.filter(task__programme__upper=programme).values_list("task__programme").annotate(
        open=Count("pk", filter=Q(state=TurnState.OPEN.value, due_on__gte=on)),
        late=Count("pk", filter=Q(state=TurnState.OPEN.value, due_on__lt=on)),
        done=Count("pk", filter=Q(state=TurnState.DONE.value)),
    )  # fmt: skip
    return {plan: (open_, late, done) for plan, open_, late, done in found}


def _row(unit: UnitRow, plan: Programme | None, drafts: dict[int, int], turns: dict[int, tuple[int, int, int]]) -> PlanRow:
    if plan is None:
        return PlanRow(unit, "", False, None, None, 0, 0, 0)
    return PlanRow(unit, plan.code, bool(plan.signed_on), drafts.get(plan.pk), plan.signed_on, *turns.get(plan.pk, (0, 0, 0)))


def _together(programme: Programme) -> list[TargetsTogether]:
    aims: dict[tuple[str, int], dict[int, Decimal]] = defaultdict(dict)
    below = Target.objects.filter(indicator__content__programme__upper=programme, indicator__content__programme__closed_on=None)
    for code, year, unit, value in below.filter(unit=None).values_list(
        "indicator__measure", "year", "indicator__content__programme__unit", "value"
    ):
        aims[code, year][unit] = value
    own = {
        (code, year): value
        for code, year, value in Target.objects.filter(indicator__content__programme=programme, unit=None).values_list(
            "indicator__measure", "year", "value"
        )
    }
    order = {code: nth for nth, code in enumerate(CATALOGUE)}
    return [
        _held(CATALOGUE[code], year, own.get((code, year)), aims[code, year])
        for code, year in sorted(aims, key=lambda one: (order[one[0]], one[1]))
    ]


def _held(measure: Measure, year: int, whole: Decimal | None, aims: dict[int, Decimal]) -> TargetsTogether:
    values = list(aims.values())
    adds_up = not isinstance(measure, Share)
    down = measure.better == "down"
    short = () if whole is None or adds_up else tuple(
        unit for unit, value in aims.items() if (value > whole if down else value < whole)
    )  # fmt: skip
    return TargetsTogether(
        measure, year, whole, len(values), sum(values, Decimal(0)) if adds_up else None, min(values), max(values), short
    )


def plan_at(programme: Programme, unit: int) -> Programme | None:
    """Return a unit's own plan under a programme, if it has one that has not ended."""
    return Programme.objects.filter(upper=programme, unit=unit, closed_on=None).first()


def plan_owed(number: int) -> str:
    """Return the programme under which a unit owes a plan.

    :raises UnknownProgramme: if there is no such duty
    """
    found: str | None = PlanDuty.objects.filter(pk=number).values_list("programme__code", flat=True).first()
    if found is None:
        raise UnknownProgramme(gettext_noop("Không có chương trình này."))
    return found


def is_planned_by(programme: Programme, unit: UnitRow) -> bool:
    return bool(programme.planned_by) and UnitKind(unit.kind).value == programme.planned_by
