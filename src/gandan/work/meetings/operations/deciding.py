"""Votes with a quorum, conclusions that are promises at once, and the signing as the last point of the agenda."""

from datetime import date, datetime

from django.db.models import Max

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import keep, owe
from gandan.ground.promises.queries import owed_about
from gandan.work.meetings.flow import VOTERS, Item, Part, State
from gandan.work.meetings.models import AgendaItem, Ballot, Conclusion, Invitation, Meeting, Vote
from gandan.work.meetings.operations.planning import NothingWritten, WrongState, invitation_of, item_of, led, taken
from gandan.work.meetings.rules import Choice, Outcome, Tally, has_quorum, outcome, quorum

CONCLUSION = "meeting.conclusion"
VOTING = [part.value for part in VOTERS]


class NoQuorum(Refused):
    """Too few of those who may vote are there."""


class NotOnTheAgenda(Refused):
    """The point is not one of this meeting that can be signed."""


def present(meeting: Meeting) -> tuple[int, int]:
    """Return how many of those who may vote are there, and how many there are."""
    voters = Invitation.objects.filter(meeting=meeting, part__in=VOTING)
    return voters.filter(came_at__isnull=False, left_at=None).count(), voters.count()


def _check_quorum(meeting: Meeting) -> tuple[int, int]:
    here, entitled = present(meeting)
    if not has_quorum(here, entitled, meeting.quorum_percent):
        raise NoQuorum(
            gettext_noop("Có mặt {here} trên {entitled} người được biểu quyết, cần ít nhất {needed}. Chưa biểu quyết được."),
            here=here, entitled=entitled, needed=quorum(entitled, meeting.quorum_percent),
        )  # fmt: skip
    return here, entitled


@operation
def open_vote(
    *, meeting: Meeting | int, question: str, by: Person, on: date, at: datetime, item: AgendaItem | int | None = None
) -> Vote:
    """Put a question to the vote.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises NoQuorum: if too few are there
    :raises WrongState: if the meeting does not go on, or another vote is open
    :raises NothingWritten: if there is no question
    """
    fresh = led(meeting, by, on, State.OPEN)
    if not question.strip():
        raise NothingWritten(gettext_noop("Chưa ghi nội dung biểu quyết."))
    if Vote.objects.filter(meeting=fresh, closed_at=None).exists():
        raise WrongState(gettext_noop("Còn một biểu quyết chưa đóng."))
    _here, entitled = _check_quorum(fresh)
    vote = Vote.objects.create(
        meeting=fresh, item=item_of(fresh, item), question=question.strip(), opened_at=at, entitled=entitled
    )
    record(Kind.VOTE_OPENED, unit=fresh.unit, day=on, by=by, about=fresh)
    return vote


@operation
def cast(*, vote: Vote | int, choice: Choice, by: Person, on: date) -> Ballot:
    """Vote, or vote otherwise, while the vote is open.

    :raises NotInvited: if `by` is not invited
    :raises NotAllowed: if `by` may not vote, or is not there
    :raises WrongState: if the vote is closed
    """
    open_ = _open(vote)
    meeting = taken(open_.meeting_id, State.OPEN)
    mine = invitation_of(meeting, by)
    if mine.part not in VOTING or mine.came_at is None or mine.left_at is not None:
        raise NotAllowed(gettext_noop("Chỉ thành viên đang có mặt được biểu quyết."))
    ballot, _new = Ballot.objects.update_or_create(vote=open_, person=by, defaults={"choice": choice.value})
    unchanged()  # what it came to is told when it is closed
    return ballot


def _open(vote: Vote | int) -> Vote:
    fresh = Vote.objects.select_for_update(of=("self",)).get(pk=vote if isinstance(vote, int) else vote.pk)
    if fresh.closed_at is not None:
        raise WrongState(gettext_noop("Biểu quyết này đã đóng."))
    return fresh


@operation
def close_vote(*, vote: Vote | int, by: Person, on: date, at: datetime) -> Vote:
    """Close a vote and say what it came to. A tie is decided by the chair's own vote; without one it stays a tie.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises NoQuorum: if too many have left meanwhile
    :raises WrongState: if it is closed
    """
    open_ = _open(vote)
    meeting = led(open_.meeting_id, by, on, State.OPEN)
    open_.present, _entitled = _check_quorum(meeting)
    ballots = {ballot.person_id: Choice(ballot.choice) for ballot in Ballot.objects.filter(vote=open_)}
    voters = Invitation.objects.filter(meeting=meeting, part__in=VOTING, left_at=None, came_at__isnull=False)
    here = set(voters.values_list("person_id", flat=True))
    counted = {person: choice for person, choice in ballots.items() if person in here}
    tally = Tally.of(counted.values())
    chair = Invitation.objects.filter(meeting=meeting, part=Part.CHAIR.value).values_list("person_id", flat=True).first()
    result = outcome(tally, counted.get(chair) if chair else None)
    open_.yes, open_.no, open_.abstain, open_.outcome, open_.closed_at = tally.yes, tally.no, tally.abstain, result.value, at
    open_.save()
    record(Kind.VOTE_CLOSED, unit=meeting.unit, day=on, by=by, about=meeting, outcome=result.value)
    return open_


@operation
def break_off_vote(*, vote: Vote | int, by: Person, on: date, at: datetime) -> Vote:
    """End a vote that can't be decided, as when too few are left: nothing is counted, and it stands so in the minutes.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it is closed
    """
    open_ = _open(vote)
    meeting = led(open_.meeting_id, by, on, State.OPEN)
    open_.present, _entitled = present(meeting)
    open_.outcome, open_.closed_at = Outcome.VOID.value, at
    open_.save()
    record(Kind.VOTE_CLOSED, unit=meeting.unit, day=on, by=by, about=meeting, outcome=Outcome.VOID.value)
    return open_


@operation
def conclude(
    *, meeting: Meeting | int, text: str, owner: Unit, due_on: date, by: Person, on: date,
    officer: Person | None = None, item: AgendaItem | int | None = None, programme: str = "",
) -> Conclusion:  # fmt: skip
    """Write down a conclusion: who does it, until when. It is owed from now; the ledger tells the programme it belongs to.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if the meeting does not go on
    :raises NothingWritten: if it has no words
    :raises NotStanding: if the owner does not exist on the day
    :raises DueBefore: if it would be due before today
    """
    fresh = led(meeting, by, on, State.OPEN)
    if not text.strip():
        raise NothingWritten(gettext_noop("Chưa ghi kết luận."))
    check_standing(owner, on)
    last = Conclusion.objects.filter(meeting=fresh).aggregate(last=Max("position"))["last"] or 0
    made = Conclusion.objects.create(
        meeting=fresh, item=item_of(fresh, item), position=last + 1, text=text.strip(), owner=owner, officer=officer,
        due_on=due_on, programme=programme,
    )  # fmt: skip
    record(Kind.CONCLUSION_MADE, unit=owner, day=on, by=by, about=made, amount=None, reason="", **_of(programme))
    owe(
        kind=CONCLUSION, about=made, label=made.text[:200], owed_to=Receiver.PARTNER if fresh.partner_id else Receiver.SUPERIOR,
        unit=owner, officer=officer, due_on=due_on, by=by, on=on,
    )  # fmt: skip
    return made


@operation
def carry_out(*, conclusion: Conclusion | int, outcome: str, by: Person, on: date) -> Conclusion:
    """Say what came of a conclusion, by which the promise is kept.

    :raises NotAllowed: if `by` may not hold meetings at the unit that owes it
    :raises NothingOwed: if it is no longer owed
    :raises NothingWritten: if there are no words
    """
    pk = conclusion if isinstance(conclusion, int) else conclusion.pk
    fresh = Conclusion.objects.select_for_update(of=("self",)).select_related("owner", "officer").get(pk=pk)
    promise = owed_about(fresh, CONCLUSION)
    if fresh.officer_id != by.pk:
        require(Right.HOLD_MEETINGS, by=by, unit=promise.unit, on=on)
    if not outcome.strip():
        raise NothingWritten(gettext_noop("Xin ghi kết quả thực hiện."))
    fresh.outcome, fresh.done_on = outcome.strip()[:500], on
    fresh.save(update_fields=["outcome", "done_on"])
    keep(promise=promise, by=by, on=on)
    return fresh


@operation
def sign(*, item: AgendaItem | int, by: Person, on: date) -> AgendaItem:
    """Note that both sides have signed what stands at a point of the agenda. The programme follows by the ledger.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises NotOnTheAgenda: if nothing is to be signed at this point
    :raises WrongState: if the meeting does not go on
    """
    pk = item if isinstance(item, int) else item.pk
    fresh = AgendaItem.objects.select_for_update(of=("self",)).get(pk=pk)
    meeting = led(fresh.meeting_id, by, on, State.OPEN)
    if fresh.kind != Item.SIGNING.value:
        raise NotOnTheAgenda(gettext_noop("Mục này không phải mục ký kết."))
    if fresh.done_on is not None:
        unchanged()
        return fresh
    fresh.done_on = on
    fresh.save(update_fields=["done_on"])
    record(Kind.MEETING_SIGNED, unit=meeting.unit, day=on, by=by, about=meeting, amount=None, reason="", **_of(fresh.programme))
    return fresh


def _of(programme: str) -> dict[str, str]:
    return {"programme": programme} if programme else {}
