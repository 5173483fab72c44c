"""Every change of a right or a setting is a line of the log too, whichever way it came: the ledger tells of all of them."""

from procrastinate.contrib.django import app

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.queries import event as one_event
from gandan.ground.organisations import queries as organisations

CHANGES: dict[Kind, What] = {
    Kind.APPOINTMENT_BEGUN: What.RIGHT_GIVEN,
    Kind.APPOINTMENT_ASKED: What.SETTING_CHANGED,
    Kind.APPOINTMENT_DECLINED: What.SETTING_CHANGED,
    Kind.APPOINTMENT_ENDED: What.RIGHT_ENDED,
    Kind.KEY_MADE: What.RIGHT_GIVEN,
    Kind.KEY_REVOKED: What.RIGHT_ENDED,
    Kind.PERSON_LEFT: What.RIGHT_ENDED,
    Kind.PERSON_RETURNED: What.RIGHT_GIVEN,
    Kind.UNIT_FOUNDED: What.SETTING_CHANGED,
    Kind.UNIT_RENAMED: What.SETTING_CHANGED,
    Kind.UNIT_MOVED: What.SETTING_CHANGED,
    Kind.UNIT_SUCCEEDED: What.SETTING_CHANGED,
    Kind.UNIT_CLOSED: What.SETTING_CHANGED,
    Kind.CALENDAR_CHANGED: What.SETTING_CHANGED,
    Kind.PROCEDURE_CHANGED: What.SETTING_CHANGED,
    Kind.LETTER_RULE_SET: What.SETTING_CHANGED,
    Kind.MESSAGE_RULED: What.SETTING_CHANGED,
    Kind.PRIVACY_RULED: What.SETTING_CHANGED,
    Kind.PRIVACY_HELD: What.SETTING_CHANGED,
    Kind.PRIVACY_RELEASED: What.SETTING_CHANGED,
    Kind.PRIVACY_RESEALED: What.SETTING_CHANGED,
}


@app.task(name="note_change")
def note_change(event: int, timestamp: int | None = None) -> None:
    """Note one change: who, what, at which unit. Run twice, it stands there twice."""
    told = one_event(event)
    if told is None:
        raise LookupError(f"Event {event} is not there.")
    by = organisations.somebody(told.by_id)
    note(CHANGES[Kind(told.kind)], by=by, about_type=told.about_type, about_id=told.about_id, unit=told.unit_id, detail=told.kind)
