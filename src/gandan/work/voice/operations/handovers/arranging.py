"""When something is brought, or who comes for it. What may explode is never brought."""

import json
from datetime import date, datetime, time, timedelta

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.promises.operations import move
from gandan.ground.promises.queries import owed_about
from gandan.work.voice.flow import MissingWords, State, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Visit
from gandan.work.voice.operations.holding import taken, touched
from gandan.work.voice.operations.telling import tell_sender
from gandan.work.voice.rules.brought import tidy
from gandan.work.voice.rules.handovers.asking import said_to_explode
from gandan.work.voice.rules.handovers.chain import MayExplode

AHEAD = timedelta(days=366)


@operation
def arrange(
    *, case: Case | int, collected: bool, day: date, begins: time, ends: time, place: str, words: str, by: Person, on: date,
    at: datetime,
) -> Visit:  # fmt: skip
    """Appoint when something is brought to the unit, or when somebody comes for it; its giver reads it. The latest one holds.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it is no hand-over, or is settled
    :raises MissingWords: if the time or the place can't be so
    :raises MayExplode: if the giver speaks of something that may explode, and it would be brought
    """
    fresh = hand_over_of(case, by, on)
    where = tidy(place, 400)
    if not on <= day <= on + AHEAD:
        raise MissingWords("day", gettext_noop("Xin chọn ngày hẹn từ hôm nay, trong vòng một năm."))
    if ends <= begins:
        raise MissingWords("ends", gettext_noop("Giờ cuối phải sau giờ đầu."))
    if not where:
        raise MissingWords("place", gettext_noop("Xin ghi nơi hẹn."))
    if not collected and (name := said_to_explode(json.loads(fresh.answers or "{}"))):
        raise MayExplode(name)
    made = Visit.objects.create(
        case=fresh, collected=collected, day=day, begins=begins, ends=ends, place=where, words=tidy(words, 2000), by=by, on=on
    )
    promise = owed_about(fresh, KINDS[CaseKind.HANDOVER].promise)
    if promise.due_on != day:
        move(promise=promise, due_on=day, by=by, on=on)
    fresh.state, fresh.due_on = State.WORKING.value, day
    touched(fresh, at, "state", "due_on")
    how = "collected" if collected else "brought"
    record(Kind.HANDOVER_ARRANGED, about=fresh, unit=fresh.unit, day=on, by=by, how=how)
    tell_sender(fresh, "voice-word", f"visit:{made.pk}", by, on)
    return made


def hand_over_of(case: Case | int, by: Person, on: date) -> Case:
    """Return an open hand-over to work on."""
    fresh = taken(case, by, on)
    if fresh.kind != CaseKind.HANDOVER:
        raise WrongState(gettext_noop("Việc {number} không phải là giao nộp."), number=fresh.number)
    return fresh
