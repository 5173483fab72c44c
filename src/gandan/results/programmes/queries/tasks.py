"""Turns of tasks: what a unit and those below it owe, how each goes, and what shows it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q, QuerySet

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, period_of
from gandan.ground.documents.queries import AttachmentRow, attachments
from gandan.ground.ledger.queries import event as one_event
from gandan.ground.ledger.rules import ONE_DAY, NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import units_of
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import figures
from gandan.results.measures.rules import Share
from gandan.results.programmes.models import Indicator, Task, TaskFeedKey, Turn
from gandan.results.programmes.rules import Course, Going, TurnState, course, falls_short

ABOUT = "programmes.turn"
SETTLED = {TurnState.DONE.value: Course.DONE, TurnState.DROPPED.value: Course.DROPPED}


class UnknownTurn(Refused):
    """There is no such task."""


@dataclass(frozen=True)
class TurnRow:
    """One unit's doing of a task, and how it goes."""

    id: int
    task: int
    programme: str
    number: str
    text: str
    text_en: str
    unit: int
    label: str
    made_on: date
    due_on: date
    done_on: date | None
    course: Course
    steps: int
    steps_done: int
    evidence: int

    @property
    def open(self) -> bool:
        return self.course in {Course.OPEN, Course.BEGUN, Course.AT_RISK, Course.LATE}


@dataclass(frozen=True)
class StepRow:
    position: int
    text: str
    done_on: date | None


@dataclass(frozen=True)
class EvidenceRow:
    """What shows it: a file, an event with its kind and day, or words alone."""

    note: str
    added_on: date
    file: AttachmentRow | None
    event: int | None
    event_kind: str
    event_on: date | None


@dataclass(frozen=True)
class TurnShown:
    """A turn with all that belongs to it."""

    row: TurnRow
    outcome: str
    steps: tuple[StepRow, ...]
    evidence: tuple[EvidenceRow, ...]
    others: tuple[TurnRow, ...]  # of the same task, at other units or in other periods
    content: str
    points: tuple[tuple[str, str, int], ...]  # directives that it answers: code, number, point
    upper: tuple[str, int] | None  # the task of the city's programme from which it is derived
    origin: str


@dataclass(frozen=True)
class TurnPage:
    rows: tuple[TurnRow, ...]
    next: tuple[date, int] | None = None


def turns(
    viewer: Person, on: date, *, units: Collection[int] | None = None, programme: str = "", state: TurnState | None = None,
    text: str = "", during: Period | None = None, after: tuple[date, int] | None = None, limit: int = 100,
) -> TurnPage:  # fmt: skip
    """Return turns by their due date, the earliest first; of the units given, else of all that the reader may see."""
    found = _asked(viewer, on, units, programme)
    if state is not None:
        found = found.filter(state=state.value)
    if text:
        found = found.filter(task__text__icontains=text)
    if during is not None:
        found = found.filter(due_on__gte=during.start, due_on__lt=during.end)
    if after is not None:
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], pk__gt=after[1]))
    rows = list(_counted(found).order_by("due_on", "pk")[: limit + 1])
    shown = tuple(_rows(rows[:limit], on))
    more = len(rows) > limit
    return TurnPage(shown, (shown[-1].due_on, shown[-1].id) if more and shown else None)


def counts(viewer: Person, on: date, *, units: Collection[int] | None = None, programme: str = "") -> dict[str, int]:
    """Return how many turns are open, late, done and dropped."""
    found = _asked(viewer, on, units, programme)
    counted: Counter[str] = Counter()
    for state, late, count in _by_state(found, on):
        counted["late" if state == TurnState.OPEN.value and late else state] += count
    return dict(counted)


def _by_state(found: QuerySet[Turn], on: date) -> Iterable[tuple[str, bool, int]]:
    late = ExpressionWrapper(Q(due_on__lt=on), output_field=BooleanField())
    return found.annotate(late=late).values_list("state", "late").annotate(count=Count("pk")).order_by()


def _asked(viewer: Person, on: date, units: Collection[int] | None, programme: str) -> QuerySet[Turn]:
    found = Turn.objects.visible_to(viewer, on)
    if units is not None:
        found = found.filter(unit__in=units)
    if programme:
        found = found.filter(Q(task__programme__code=programme) | Q(task__programme__upper__code=programme))
    return found


def _counted(found: QuerySet[Turn]) -> QuerySet[Turn]:
    return found.select_related("task__programme").annotate(
        steps_all=Count("steps", distinct=True),
        steps_over=Count("steps", filter=Q(steps__done_on__isnull=False), distinct=True),
        shown=Count("evidence", distinct=True),
    )


def _rows(found: Sequence[Any], on: date) -> Iterable[TurnRow]:  # turns with what `_counted` adds
    behind = _behind([turn for turn in found if turn.state == TurnState.OPEN.value], on)
    for turn in found:
        task = turn.task
        yield TurnRow(
            turn.pk, task.pk, task.programme.code, task.number, task.text, task.text_en, turn.unit_id, turn.label, turn.made_on,
            turn.due_on, turn.done_on, _course(turn, (task.pk, turn.unit_id) in behind, on), turn.steps_all, turn.steps_over,
            turn.shown,
        )  # fmt: skip


def _course(turn: Any, behind: bool, on: date) -> Course:
    if turn.state == TurnState.DONE.value and turn.done_on and turn.done_on > turn.due_on:
        return Course.DONE_LATE
    if turn.state in SETTLED:
        return SETTLED[turn.state]
    going = Going(turn.made_on, turn.due_on, turn.steps_all, turn.steps_over, turn.begun_on is not None, behind)
    return course(going, on)


def _behind(open_: Sequence[Turn], on: date) -> set[tuple[int, int]]:
    """Return the tasks, with their units, of which an indicator falls short of its target of the year by its trend."""
    units = {turn.unit_id for turn in open_}
    followed = list(
        Indicator.objects.filter(task__in=[turn.task_id for turn in open_], targets__year=on.year)
        .prefetch_related("targets")
        .distinct()
    )
    if not followed:
        return set()
    year = period_of(CALENDAR_PERIODS[Grain.YEAR], on)
    until = Period(year.start, on + ONE_DAY)
    read = figures(sorted({one.measure for one in followed}), sorted(units), [until])
    over = (on + ONE_DAY - year.start).days / (year.end - year.start).days
    short = set()
    for indicator in followed:
        measure = CATALOGUE[indicator.measure]
        for unit in units:
            target = next((t for t in indicator.targets.all() if t.year == on.year and t.unit_id in (unit, None)), None)
            cell = read.cell(measure.code, unit, until)
            if target is not None and falls_short(
                cell, target.value, measure.better, over=1.0 if isinstance(measure, Share) else over
            ):
                short.add((indicator.task_id, unit))
    return {(task, unit) for task, unit in short if task is not None}


def turn_of(number: int, viewer: Person, on: date) -> Turn:
    """Return a turn to be changed.

    :raises UnknownTurn: if there is none
    :raises NotAllowed: if the reader may not see it
    """
    found = Turn.objects.select_related("task__programme").filter(pk=number).first()
    if found is None:
        raise UnknownTurn(gettext_noop("Không có nhiệm vụ số {number}."), number=number)
    if not Turn.objects.visible_to(viewer, on).filter(pk=number).exists():
        raise NotAllowed(gettext_noop("Tài khoản này không xem được nhiệm vụ của đơn vị đó."))
    return found


def turn(number: int, viewer: Person, on: date) -> TurnShown:
    """Return one turn with its steps, its evidence and its kin.

    :raises UnknownTurn: if there is none
    :raises NotAllowed: if the reader may not see it
    """
    task = turn_of(number, viewer, on).task
    seen = Turn.objects.visible_to(viewer, on)
    rows = {row.id: row for row in _rows(list(_counted(seen.filter(task=task)).order_by("due_on", "pk")[:400]), on)}
    found = Turn.objects.prefetch_related("steps", "evidence").get(pk=number)
    return TurnShown(
        rows[number],
        found.outcome,
        tuple(StepRow(one.position, one.text, one.done_on) for one in found.steps.all()),
        tuple(_evidence(found)),
        tuple(row for pk, row in rows.items() if pk != number),
        task.content.title if task.content else "",
        tuple(
            (p.directive.code, p.directive.number or p.directive.title, p.position)
            for p in task.points.select_related("directive")
        ),
        (task.upper.programme.code, task.upper.pk) if task.upper else None,
        task.origin,
    )


def _evidence(found: Turn) -> Iterable[EvidenceRow]:
    files = {file.token: file for file in attachments(ABOUT, [found.pk])[found.pk]}
    for one in found.evidence.select_related("file"):
        event = one_event(one.event) if one.event else None
        yield EvidenceRow(
            one.note, one.added_on, files.get(one.file.token) if one.file else None, one.event, event.kind if event else "",
            event.day if event else None,
        )  # fmt: skip


def evidence_file(token: str, viewer: Person, on: date) -> AttachmentRow:
    """Return a file that shows a task was done.

    :raises UnknownTurn: if there is none
    :raises NotAllowed: if the reader may not see the task
    """
    number = Turn.objects.filter(evidence__file__token=token).values_list("pk", flat=True).first()
    if number is None:
        raise UnknownTurn(gettext_noop("Không có tệp này."))
    turn_of(number, viewer, on)
    return next(file for file in attachments(ABOUT, [number])[number] if file.token == token)


def late_tasks(programme: str, on: date) -> list[tuple[Task, date]]:
    """Return the tasks of a programme that some unit is late with, and since when: no word of which unit."""
    late = Q(turns__state=TurnState.OPEN.value, turns__due_on__lt=on)
    found = Task.objects.filter(late, programme__code=programme, left_on=None).annotate(since=Min("turns__due_on", filter=late))
    return [(task, task.since) for task in found.order_by("position")]


def turns_from(origin: str) -> list[tuple[Turn, int]]:
    """Return the open turns of tasks that came from records of another package, each with the number of its record."""
    found = Turn.objects.filter(state=TurnState.OPEN.value, task__origin_type=origin, task__origin_id__isnull=False)
    return [(one, one.task.origin_id or 0) for one in found.select_related("task").order_by("pk")]


def fed(token: str, on: date) -> tuple[Person, tuple[TurnRow, ...]] | None:
    """Return whose calendar a key opens, and what their units owe; None if it opens nothing."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    key = TaskFeedKey.objects.select_related("person").filter(digest=digest, person__is_active=True).first()
    if key is None:
        return None
    found = turns(
        key.person, on, units=units_of(key.person, on), limit=500, during=Period(on.replace(year=on.year - 1), date.max)
    )
    return key.person, found.rows
