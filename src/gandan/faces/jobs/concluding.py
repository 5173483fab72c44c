"""What meetings conclude for a programme becomes a task of it, and is done there when it is carried out."""

import logging

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from gandan.ground.ledger.queries import event as one_event
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.queries import clock
from gandan.results.programmes import operations as programmes
from gandan.results.programmes import queries as programme_queries
from gandan.results.programmes.rules import Origin
from gandan.work.meetings import queries as meetings

log = logging.getLogger(__name__)


@app.task(lock="take_up_conclusion", name="take_up_conclusion")
def take_up_conclusion(event: int) -> bool:
    """Give a conclusion to the unit that owes it as a task of the programme it names. It is owed once, as a conclusion.

    What doesn't fit the programme (closed, unknown, due after its end) stays a conclusion and no more.
    """
    found = one_event(event)
    concluded = meetings.concluded(found.about_id) if found and found.about_id and found.facets.get("programme") else None
    if concluded is None:
        return False
    try:
        programmes.add_task(
            programme=programme_queries.programme(concluded.programme), text=concluded.text, units=[concluded.owner],
            due_on=concluded.due_on, origin=Origin.CONCLUSION, about=concluded, owed=False, by=clock(), on=localdate(),
        )  # fmt: skip
    except Refused as refusal:
        log.info("Conclusion %s is no task of its programme: %s.", concluded.pk, type(refusal).__name__)
        return False
    return True


@app.task(queueing_lock="finish_concluded", lock="finish_concluded", name="finish_concluded")
def finish_concluded(timestamp: int | None = None) -> int:
    """Say of each such task whose conclusion was carried out that it is done; return how many."""
    waiting = programme_queries.turns_from("meetings.conclusion")
    outcomes = meetings.carried_out([origin for _turn, origin in waiting])
    for turn, origin in waiting:
        if origin in outcomes:
            programmes.finish(turn=turn, outcome=outcomes[origin], by=clock(), on=localdate())
    return len(outcomes)
