"""A dossier in an officer's hands: where it stands, which steps lead on, and whether the last one may still be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may
from gandan.work.dossiers.flow import FLOW, Form, Status, Step, steps_from
from gandan.work.dossiers.models import Dossier, StepTaken, Wait
from gandan.work.dossiers.queries.one import readable
from gandan.work.dossiers.queries.printed import forms_of


@dataclass(frozen=True)
class Waiting:
    """What an applicant was asked for."""

    words: str
    papers: Sequence[Mapping[str, Any]]
    amount: int | None
    since: date
    answer_by: date | None


@dataclass(frozen=True)
class LastStep:
    """The last step that stands: which, by whom, and whether it may be undone today."""

    step: Step
    by: int
    by_name: str
    on: date
    words: str
    why: str
    undoable: bool


@dataclass(frozen=True)
class AtHand:
    """A dossier as an officer finds it. `seen` is said again with the next step, so that nobody overrides another."""

    id: int
    number: str
    status: Status
    seen: int
    steps: tuple[Step, ...]  # that the viewer may take
    last: LastStep | None
    waiting: Waiting | None
    forms: tuple[Form, ...]  # that can be printed about it
    asked: Sequence[Mapping[str, Any]]  # the papers of the procedure


def at_hand(dossier_id: int, viewer: Person, on: date) -> AtHand:
    """Return a dossier as it is to be worked on.

    :raises NotYours: if the viewer may not read it
    """
    found = readable(Dossier.objects.select_related("procedure", "unit").get(pk=dossier_id), viewer, on)
    status = Status(found.status)
    standing = found.unit.stands_on(on)
    allowed = {right for right in {spec.right for spec in FLOW.values()} if may(right, by=viewer, unit=found.unit, on=on)}
    last = _last(found, on, undoable=bool(allowed) and standing)
    return AtHand(
        id=found.pk,
        number=found.number,
        status=status,
        seen=found.version,
        steps=tuple(step for step in steps_from(status) if FLOW[step].right in allowed) if standing else (),
        last=last,
        waiting=_waiting(found.waits.filter(until=None).first()),
        forms=forms_of(found.pk, status) if allowed else (),
        asked=found.procedure.papers,
    )


def _last(dossier: Dossier, on: date, *, undoable: bool) -> LastStep | None:
    last = StepTaken.objects.filter(dossier=dossier, undone_on=None).select_related("by").order_by("-pk").first()
    if last is None:
        return None
    return LastStep(
        step=Step(last.step),
        by=last.by_id,
        by_name=last.by.name,
        on=last.on,
        words=last.words,
        why=last.why,
        undoable=undoable and last.on == on and bool(last.before),
    )


def _waiting(wait: Wait | None) -> Waiting | None:
    return None if wait is None else Waiting(wait.words, wait.papers, wait.amount, wait.since, wait.answer_by)
