"""A meeting while it goes on: opened, who is there, the chair replaced at the door; and its end, with what it saved."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.meetings.flow import Came, Part, State
from gandan.work.meetings.models import FeedKey, Invitation, Meeting, PaperVersion, Vote
from gandan.work.meetings.operations.planning import WrongState, invitation_of, led, saved, taken
from gandan.work.meetings.rules import saved as what_it_saved

SENT_WITHIN = timedelta(days=7)


class WrongDoor(Refused):
    """The code is not that of a meeting that goes on."""


@operation
def open_meeting(*, meeting: Meeting | int, by: Person, on: date) -> Meeting:
    """Begin a meeting.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it is not planned
    """
    fresh = led(meeting, by, on, State.PLANNED)
    fresh.state, fresh.held_on = State.OPEN.value, on
    saved(fresh)
    record(
        Kind.MEETING_HELD, unit=fresh.unit, day=on, by=by, about=fresh,
        papers="digital" if fresh.paperless else "paper", sides="both" if fresh.partner_id else "one",
    )  # fmt: skip
    return fresh


@operation
def check_in(*, door: str, by: Person, on: date, at: datetime, scanned_on: date | None = None) -> Invitation:
    """Note that an invited person has come, by the code at the door. Scanned twice, nothing more happens.

    :param at: when the code was scanned
    :param scanned_on: the day of that, if a phone had no network and sends it later, maybe after the meeting's end
    :raises WrongDoor: if it is no meeting's that is planned or goes on, nor one held on that day within the last week
    :raises NotInvited: if `by` is not invited
    """
    pk = Meeting.objects.filter(door=door).values_list("pk", flat=True).first()
    if pk is None:
        raise WrongDoor(gettext_noop("Mã này không thuộc cuộc họp nào."))
    fresh = taken(pk)
    late = _sent_late(fresh, scanned_on, on)
    if fresh.state not in {State.OPEN.value, State.PLANNED.value} and late is None:
        raise WrongDoor(gettext_noop("Cuộc họp này đã kết thúc hoặc đã huỷ."))
    return _came(invitation_of(fresh, by), fresh, Came.QR, by, late or on, at)


def _sent_late(meeting: Meeting, scanned_on: date | None, on: date) -> date | None:
    """Return the day of a meeting that is over, if it is that of the scan and not long ago."""
    held = meeting.held_on
    if meeting.state != State.CLOSED or held is None or held != scanned_on or on - held > SENT_WITHIN:
        return None
    return held


@operation
def note_present(
    *, meeting: Meeting | int, person: Person, by: Person, on: date, at: datetime, how: Came = Came.LIST
) -> Invitation:
    """Note that somebody is there, by the secretary's list or from afar.

    :raises NotAllowed: if `by` neither leads nor writes the meeting, nor is the person itself that takes part from afar
    :raises NotInvited: if the person is not invited
    :raises WrongState: if the meeting does not go on
    """
    myself = person == by and how is Came.REMOTE
    fresh = taken(meeting, State.OPEN) if myself else led(meeting, by, on, State.PLANNED, State.OPEN)
    return _came(invitation_of(fresh, person), fresh, how, by, on, at)


def _came(mine: Invitation, meeting: Meeting, how: Came, by: Person, on: date, at: datetime) -> Invitation:
    if mine.came_at is not None and mine.left_at is None:
        unchanged()
        return mine
    first = mine.came_at is None
    mine.came, mine.came_at, mine.left_at = how.value, mine.came_at or at, None
    mine.save()
    if first:
        record(Kind.MEETING_ATTENDED, unit=meeting.unit, day=on, by=by, about=meeting, came=how.value)
    else:
        unchanged()
    return mine


@operation
def note_left(*, meeting: Meeting | int, person: Person, by: Person, on: date, at: datetime) -> Invitation:
    """Note that somebody has left before the end: the quorum is counted without them.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises NotInvited: if the person is not invited
    :raises WrongState: if the meeting does not go on
    """
    fresh = led(meeting, by, on, State.OPEN)
    mine = invitation_of(fresh, person)
    if mine.came_at is None or mine.left_at is not None:
        unchanged()
        return mine
    mine.left_at = max(at, mine.came_at)
    mine.save(update_fields=["left_at"])
    record(Kind.MEETING_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, what="left")
    return mine


@operation
def replace_chair(*, meeting: Meeting | int, person: Person, by: Person, on: date) -> Meeting:
    """Let another person of the invited lead the meeting, also at the door; who led it stays invited.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises NotInvited: if the other is not invited
    :raises WrongState: if the meeting is over
    """
    fresh = led(meeting, by, on, State.PLANNED, State.OPEN)
    new = invitation_of(fresh, person)
    if new.part == Part.CHAIR:
        unchanged()
        return fresh
    was = new.part
    Invitation.objects.filter(meeting=fresh, part=Part.CHAIR.value).update(part=Part.MEMBER.value)
    new.part = Part.CHAIR.value
    new.save(update_fields=["part"])
    if was == Part.SECRETARY:  # a meeting does not go on without one: whoever led it writes
        before = Invitation.objects.filter(meeting=fresh, part=Part.MEMBER.value).order_by("pk").first()
        if before is not None:
            before.part = Part.SECRETARY.value
            before.save(update_fields=["part"])
    saved(fresh)
    record(Kind.MEETING_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, what="chair")
    return fresh


@operation
def close_meeting(*, meeting: Meeting | int, by: Person, on: date, guests: int = 0) -> Meeting:
    """End a meeting: what it saved is reckoned by the published formula and told to the ledger.

    :param guests: how many came besides the staff that were invited, a head-count
    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it does not go on, or a vote is open
    """
    fresh = led(meeting, by, on, State.OPEN)
    if Vote.objects.filter(meeting=fresh, closed_at=None).exists():
        raise WrongState(gettext_noop("Còn một biểu quyết chưa đóng."))
    invited = list(Invitation.objects.filter(meeting=fresh).values_list("came", flat=True))
    last = PaperVersion.objects.filter(paper__meeting=fresh).order_by("paper", "-number").distinct("paper")
    reckoned = what_it_saved(
        papers=last.values_list("pages", flat=True), invited=len(invited), remote=invited.count(Came.REMOTE.value),
        paperless=fresh.paperless,
    )  # fmt: skip
    fresh.state, fresh.closed_on, fresh.guests = State.CLOSED.value, on, guests
    fresh.pages_saved, fresh.journeys_saved = reckoned.pages, reckoned.journeys
    saved(fresh)
    for kind, amount in ((Kind.PAGES_SAVED, reckoned.pages), (Kind.JOURNEYS_SAVED, reckoned.journeys)):
        if amount:
            record(kind, unit=fresh.unit, day=fresh.held_on or on, by=by, about=fresh, amount=amount)
    record(Kind.MEETING_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, what="closed")
    return fresh


@operation
def give_feed(*, by: Person, on: date) -> str:
    """Give somebody a key by which a calendar reads their meetings, shown once; the one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    FeedKey.objects.update_or_create(person=by, defaults={"digest": hashlib.sha256(token.encode()).hexdigest()})
    unchanged()  # their own, and nothing that counts
    return token
