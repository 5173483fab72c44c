"""What follows by itself: one table, kind → jobs. A reaction comes once, seconds after the event was posted."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils.timezone import make_aware
from procrastinate.tasks import Task

from gandan.faces.jobs import concluding, jobs
from gandan.faces.jobs.changes import CHANGES, note_change
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import walk
from gandan.ground.ledger.queries import EventRow
from gandan.work.dossiers.queries import to_be_told

REACTIONS: dict[Kind, tuple[Task[Any, Any, Any], ...]] = {
    **dict.fromkeys(CHANGES, (note_change,)),
    Kind.CONCLUSION_MADE: (concluding.take_up_conclusion,),
    Kind.CALENDAR_CHANGED: (jobs.follow_calendar, note_change),
    Kind.EXPORT_ASKED: (jobs.make_exports,),
    Kind.REPORTS_ASKED: (jobs.begin_reports,),
    Kind.PUBLICATION_PUBLISHED: (jobs.tell_subscribers,),
    Kind.PUBLICATION_WITHDRAWN: (jobs.tell_withdrawn,),
    Kind.UNIT_SUCCEEDED: (jobs.follow_succession, note_change),
}
CURSOR = "reactions"
# What follows from many events at once: of these kinds, for whom it is wanted.
TOGETHER = ((jobs.tell_applicants, to_be_told),)


def defer_what_follows(events: Sequence[EventRow]) -> None:
    """Defer the jobs that follow from these events, in the transaction that moves the cursor past them.

    What was entered ahead of its day follows on that day, in its first minutes.
    """
    for event in events:
        for job in REACTIONS.get(Kind(event.kind), ()):
            job.configure(schedule_at=make_aware(datetime.combine(event.day, time.min))).defer(event=event.id)
    for job, wanted in TOGETHER:
        if numbers := wanted(events):
            job.defer(events=numbers)


def react() -> int:
    """Walk the postings that have come since the last time; return how many."""
    return walk(CURSOR, defer_what_follows)
