"""When a task is due, and when it is at risk before it is late. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, period_of

HALF = 0.5  # of the time is over and nothing is begun
BEHIND = 0.25  # so much more of the time is over than of the steps done
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Occurrence:
    """One time that a task is owed: for which period, if it recurs, and until when."""

    label: str
    due_on: date


def occurrence(every: Grain | None, due_on: date | None, last: date, on: date) -> Occurrence | None:
    """Return what is owed of a task on a day: until its day, until the end of the period, else until the end of the programme."""
    if on > last:
        return None
    if every is None:
        due = due_on or last
        return Occurrence("", due) if due >= on else None
    period = period_of(CALENDAR_PERIODS[every], on)
    return Occurrence(period.label_vi, min(period.last, last))


def due_again(every: Grain | None, due_on: date | None, was: date, last: date) -> date:
    """Return when a turn that was due on a day is due, once the programme ends on another day: never after that."""
    if every is None:
        return min(due_on or last, last)
    return min(period_of(CALENDAR_PERIODS[every], was).last, last)


class Course(StrEnum):
    """How a turn goes."""

    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    LATE = "late"
    AT_RISK = "at_risk"
    BEGUN = "begun"
    OPEN = "open"


@dataclass(frozen=True)
class Going:
    """What is known of a turn that is still owed."""

    made_on: date
    due_on: date
    steps: int
    steps_done: int
    begun: bool
    behind: bool = False  # an indicator of the task is short of its target by its trend


def course(going: Going, on: date) -> Course:
    """Say how an open turn goes: late, at risk by its trend, begun, or not yet.

    It is at risk if more of its time is over than of its steps done, if half of its time is over and nothing is begun, if it
    is due within a week and not all steps are done, or if what it is measured by falls short.
    """
    if on > going.due_on:
        return Course.LATE
    time = max((going.due_on - going.made_on).days, 1)
    over = (on - going.made_on).days / time
    done = going.steps_done / going.steps if going.steps else float(going.begun) * HALF
    waiting = going.due_on - on <= SOON and (done < 1 if going.steps else not going.begun)
    if going.behind or waiting or over - done > BEHIND + (0 if going.steps else HALF / 2) or (over >= HALF and not going.begun):
        return Course.AT_RISK
    return Course.BEGUN if going.begun else Course.OPEN
