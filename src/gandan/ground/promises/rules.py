"""The life of a promise: when its owner is reminded, when it falls overdue, when others are told. No database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from gandan.ground.calendar.rules import LegalTerm, WorkingCalendar, holding, read_terms, shift
from gandan.ground.ledger.kinds import Kind
from gandan.ground.promises.kinds import PROMISE_KINDS, PromiseKind, Receiver

ONE_DAY = timedelta(days=1)
DATA = Path(__file__).parent / "data" / "terms.yaml"


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class Group(StrEnum):
    """Where an open promise stands in a queue. Each stands in one of these."""

    OVERDUE = "overdue"
    TODAY = "today"
    AT_RISK = "at_risk"
    WAITING = "waiting"
    LATER = "later"


class Notice(StrEnum):
    """What somebody is told: its owner before the due date, the next level up after it."""

    REMINDED = "reminded"
    ESCALATED = "escalated"


@cache
def _usual_terms() -> tuple[LegalTerm, ...]:
    return read_terms(DATA)


def usual_term(kind: str, on: date, clock: str = "answer") -> LegalTerm:
    """Return how long is usual for what a body owes another, where no day is agreed.

    :raises NoTerm: if the data has none
    """
    return holding(_usual_terms(), kind, clock, on)


def overdue_from(due_on: date) -> date:
    """Return the day on which a promise falls overdue: the first day after it was due, worked or not."""
    return due_on + ONE_DAY


def punctuality(due_on: date, kept_on: date) -> str:
    return "in_time" if kept_on <= due_on else "late"


@dataclass(frozen=True)
class Steps:
    """The days on which something is to be said of a promise."""

    reminders: tuple[date, ...]
    escalations: tuple[date, ...]
    overdue: date


def steps(kind: PromiseKind, made_on: date, due_on: date, calendar: WorkingCalendar) -> Steps:
    """Return those days. Nobody is reminded on the day on which they promised, or before."""
    reminders = (due_on if not days else shift(due_on, -days, calendar) for days in kind.remind_before)
    return Steps(
        reminders=tuple(day for day in reminders if day > made_on),
        escalations=tuple(shift(due_on, days, calendar) for days in kind.escalate_after),
        overdue=overdue_from(due_on),
    )


@dataclass(frozen=True)
class Standing:
    """How far an open promise has come: how often reminded and escalated, whether overdue, and when something is next."""

    reminded: int = 0
    escalated: int = 0
    overdue: bool = False
    next_on: date | None = None


@dataclass(frozen=True)
class Said:
    """What is to be said now: the level counts from 1."""

    notice: Notice
    level: int


def swept(known: Steps, before: Standing, on: date) -> tuple[Standing, list[Said]]:
    """Return how a promise stands at `on`, and what is to be said about it, each once, however long nobody looked.

    A reminder that a later one has overtaken, or the due date itself, is not given any more; each level up is told.
    """
    reminded = sum(day <= on for day in known.reminders)
    escalated = max(before.escalated, sum(day <= on for day in known.escalations))
    overdue = known.overdue <= on
    said = [Said(Notice.ESCALATED, level) for level in range(before.escalated + 1, escalated + 1)]
    if reminded > before.reminded and not overdue:
        said.append(Said(Notice.REMINDED, reminded))
    reminded = len(known.reminders) if overdue else max(before.reminded, reminded)
    ahead = [*known.reminders[reminded:], *known.escalations[escalated:], *([] if overdue else [known.overdue])]
    return Standing(reminded, escalated, overdue, min(ahead, default=None)), said


@dataclass(frozen=True)
class Life:
    """A promise that is brought in, with what has become of it."""

    kind: str
    about_type: str
    about_id: int
    label: str
    owed_to: Receiver
    unit_id: int
    made_on: date
    due_on: date
    subject: str = ""
    officer_id: int | None = None
    state: State = State.OPEN
    settled_on: date | None = None
    moves: tuple[tuple[date, int], ...] = ()  # the days on which another unit took it over, and which, in their order
    first_due_on: date | None = None  # as promised at first, where a pause has moved it; None: as `due_on`
    waits: tuple[tuple[date, date | None], ...] = ()  # when its clock stood still; the last may still stand, or stood at its end

    def __post_init__(self) -> None:
        if self.kind not in PROMISE_KINDS:
            raise ValueError(f"{self.kind} is no kind of promise.")
        if self.due_on < self.made_on or (self.state is State.OPEN) != (self.settled_on is None):
            raise ValueError(f"{self} can't have happened.")
        if self.settled_on is not None and self.settled_on < self.made_on:
            raise ValueError(f"{self} was settled before it was made.")
        days = [self.made_on, *(day for day, _ in self.moves), *([self.settled_on] if self.settled_on else [])]
        if days != sorted(days):
            raise ValueError(f"{self} passed on before it was made, or after it was settled.")

    @property
    def last_unit_id(self) -> int:
        return self.moves[-1][1] if self.moves else self.unit_id

    @property
    def changed_on(self) -> date:
        waits = [until or since for since, until in self.waits]
        return max([self.made_on, *(day for day, _ in self.moves), *waits])

    @property
    def waiting_since(self) -> date | None:
        """The day from which its clock stands still, or stood when it was settled."""
        return self.waits[-1][0] if self.waits and self.waits[-1][1] is None else None

    def unit_on(self, day: date) -> int:
        return next((taker for moved_on, taker in reversed(self.moves) if moved_on <= day), self.unit_id)


@dataclass(frozen=True)
class LifeEvent:
    """What the ledger is told of a promise's life."""

    kind: Kind
    day: date
    unit_id: int
    facets: dict[str, str]


def overdue_on(life: Life, on: date) -> date | None:
    """Return the day on which it fell overdue, as known at `on`; None if it did not."""
    return overdue_from(life.due_on) if life.due_on < (life.waiting_since or life.settled_on or on) else None


def events_of(life: Life, on: date) -> Iterator[LifeEvent]:
    """Yield what has happened to a promise up to `on`, in its order: the same as its operations would have recorded."""
    facets, unit = facets_of(life.kind, life.subject), life.unit_id
    yield LifeEvent(Kind.PROMISE_OWED, life.made_on, unit, facets)
    for since, until in life.waits:
        yield LifeEvent(Kind.PROMISE_PAUSED, since, life.unit_on(since), facets)
        if until is not None:
            yield LifeEvent(Kind.PROMISE_RESUMED, until, life.unit_on(until), facets)
    late_from = overdue_on(life, on)
    noticed = False
    for day, taker in life.moves:
        if late_from and late_from <= day and not noticed:
            yield LifeEvent(Kind.PROMISE_OVERDUE, late_from, unit, facets)
            noticed = True
        told = {**facets, "was": "overdue" if noticed else "open"}
        yield LifeEvent(Kind.PROMISE_HANDED_OVER, day, unit, told)
        yield LifeEvent(Kind.PROMISE_TAKEN_OVER, day, taker, told)
        unit = taker
    if late_from and not noticed:
        yield LifeEvent(Kind.PROMISE_OVERDUE, late_from, unit, facets)
    if life.settled_on is None:
        return
    if life.state is State.KEPT:
        yield LifeEvent(
            Kind.PROMISE_KEPT, life.settled_on, unit, {**facets, "punctuality": punctuality(life.due_on, life.settled_on)}
        )
    else:
        yield LifeEvent(Kind.PROMISE_DROPPED, life.settled_on, unit, {**facets, "was": was(late_from)})


def facets_of(kind: str, subject: str) -> dict[str, str]:
    return {"promise": kind, "subject": subject} if subject else {"promise": kind}


def was(late_from: date | None) -> str:
    return "open" if late_from is None else "overdue"
