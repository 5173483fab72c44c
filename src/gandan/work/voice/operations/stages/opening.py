"""A step begins with the case, and is overtaken when the case ends without it."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import TermUnit, reckon
from gandan.ground.organisations.models import Person
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, owe
from gandan.ground.promises.queries import open_about
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, Stage
from gandan.work.voice.operations.holding import ABOUT
from gandan.work.voice.rules.stages import FIRST, PROMISES, STAGES, Clock, StageEnd
from gandan.work.voice.rules.terms import NoTerm, term_of


def open_first(case: Case, by: Person, on: date, at: datetime) -> None:
    """Begin the first step of a case, if its kind has one and the law of the day knows its clock."""
    if clock := FIRST.get(CaseKind(case.kind)):
        try:
            open_stage(case, clock, by, on, at)
        except NoTerm:
            return


def open_stage(case: Case, clock: Clock, by: Person, on: date, at: datetime) -> Stage:
    """:raises NoTerm: if the law of the day knows no such clock"""
    due_at = due_of(case, clock, "normal", on, at)
    made = Stage.objects.create(case=case, clock=clock.value, began_at=at, due_at=due_at)
    owe(
        kind=STAGES[clock].promise, about=case, label=case.number, owed_to=Receiver.CITIZEN, unit=case.unit,
        due_on=due_at.astimezone(get_default_timezone()).date(), by=by, on=on, subject=case.kind,
    )  # fmt: skip
    return made


def due_of(case: Case, clock: Clock, grade: str, on: date, at: datetime) -> datetime:
    """Return the moment by which a step is due: the very hour, or the end of its last day."""
    term, local = term_of(case.kind, clock.value, on, grade).term, at.astimezone(get_default_timezone())
    found = reckon(local if term.unit is TermUnit.HOURS else on, term, working_calendar(case.unit))
    return found.due_at or datetime.combine(found.due, time(23, 59, 59), local.tzinfo)


def overtake(cases: Collection[int], by: Person, on: date, at: datetime) -> None:
    """End the open steps of cases that are settled or withdrawn: nothing of them is owed any more."""
    if not Stage.objects.filter(case_id__in=cases, end="").update(end=StageEnd.OVERTAKEN.value, done_at=at, by=by):
        return
    for kind in PROMISES:
        for promise in open_about(ABOUT, list(cases), kind).values():
            drop(promise=promise.pk, by=by, on=on)
