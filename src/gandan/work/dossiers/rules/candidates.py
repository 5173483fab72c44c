"""What a row of somebody's file becomes: a dossier with all that happened to it, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from gandan.ground.calendar.rules import Pause
from gandan.work.dossiers.rules.places import Move, Place, ProcedureRule
from gandan.work.dossiers.rules.problems import Problem


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter of apology that the file tells of."""

    owed_on: date
    owed_at: int  # the unit that held the dossier on that day
    sent_on: date | None
    sent_at: int
    new_due_on: date | None


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A delivery by post that the file tells of."""

    handed_on: date
    handed_at: int
    due_on: date | None
    settled_on: date | None
    settled_at: int
    outcome: str
    tracking: str


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A time in which the applicant was to do something first; without an end it lasts."""

    status: str  # supplement or payment
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class StepsRow:
    """The steps of the flow that the file tells of, beside receipt, result and withdrawal."""

    started_on: date | None = None
    asked_on: date | None = None  # for further papers
    answered_on: date | None = None
    stopped_on: date | None = None
    refused_on: date | None = None
    returned_on: date | None = None
    payment_on: date | None = None  # asked to pay
    paid_on: date | None = None

    @property
    def waits(self) -> tuple[WaitRow, ...]:
        """The times of waiting, one after the other: what is asked for while another wait lasts ends that one."""
        asked = (("supplement", self.asked_on, self.answered_on), ("payment", self.payment_on, self.paid_on))
        found = sorted((WaitRow(status, since, until) for status, since, until in asked if since), key=lambda wait: wait.since)
        for nth, (one, following) in enumerate(pairwise(found)):
            if one.until is None or one.until > following.since:
                found[nth] = replace(one, until=following.since)
        return tuple(found)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The times in which the clock stood still, where they are over."""
        return tuple(Pause(one.since, one.until) for one in self.waits if one.until is not None and one.until > one.since)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that passed every rule: a dossier that may be taken in."""

    line: int
    cells: Sequence[str]
    source_number: str
    rule: ProcedureRule
    unit: Place
    applicant: str
    channel: str
    received_on: date
    due_on: date
    first_due_on: date  # without pauses
    due_stated: bool
    finished_on: date | None
    withdrawn_on: date | None
    moves: tuple[Move, ...]
    steps: StepsRow
    letter: LetterRow | None
    parcel: ParcelRow | None
    fingerprint: bytes

    @property
    def last_unit(self) -> int:
        return self.moves[-1].new if self.moves else self.unit.id


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that may not be taken in, and all that is wrong with it."""

    line: int
    cells: Sequence[str]
    problems: tuple[Problem, ...]
