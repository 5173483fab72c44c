"""A meeting before it begins: planned, its agenda, who is invited and what they answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import check_standing, may, require
from gandan.ground.organisations.rights import Right
from gandan.work.meetings.flow import Item, Part, Reply, State, may_step
from gandan.work.meetings.models import AgendaItem, Invitation, Meeting, Section, Series


class WrongState(Refused):
    """The meeting does not stand where this can be done."""


class NotInvited(Refused):
    """Who asks is not invited to the meeting."""


class BadTime(Refused):
    """A meeting ends after it begins."""


class NothingWritten(Refused):
    """What is put down has words."""


class PartTaken(Refused):
    """A meeting has one chair and one secretary, and they are two people."""


@dataclass(frozen=True)
class Point:
    """A point of an agenda that is to be."""

    title: str
    kind: Item = Item.DISCUSSION
    minutes: int = 15
    presenter: Unit | None = None
    programme: str = ""


@operation
def plan(
    *,
    unit: Unit,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Person,
    on: date,
    chair: Person,
    secretary: Person,
    agenda: Sequence[Point] = (),
    partner: Unit | None = None,
    series: str = "",
    place: str = "",
    link: str = "",
    quorum_percent: int = 50,
    paperless: bool = True,
) -> Meeting:
    """Plan a meeting of a unit, with its chair, its secretary and its agenda.

    :raises NotAllowed: if `by` may not hold meetings at this unit
    :raises BadTime: if it would end before it begins
    :raises NothingWritten: if it has no title
    :raises PartTaken: if chair and secretary are one person
    """
    require(Right.HOLD_MEETINGS, by=by, unit=unit, on=on)
    check_standing(unit, on)
    if not title.strip():
        raise NothingWritten(gettext_noop("Cuộc họp cần một tên."))
    if ends_at <= starts_at:
        raise BadTime(gettext_noop("Giờ kết thúc phải sau giờ bắt đầu."))
    if chair == secretary:
        raise PartTaken(gettext_noop("Chủ trì và thư ký là hai người."))
    kept = Series.objects.get_or_create(unit=unit, name=series.strip())[0] if series.strip() else None
    meeting = Meeting.objects.create(
        unit=unit, partner=partner, series=kept, title=title.strip(), starts_at=starts_at, ends_at=ends_at, place=place.strip(),
        link=link, quorum_percent=quorum_percent, paperless=paperless, door=secrets.token_urlsafe(32), planned_on=on,
    )  # fmt: skip
    for person, part in ((chair, Part.CHAIR), (secretary, Part.SECRETARY)):
        Invitation.objects.create(meeting=meeting, person=person, part=part.value)
    for point in agenda:
        _add(meeting, point)
    record(Kind.MEETING_PLANNED, unit=unit, day=on, by=by, about=meeting)
    return meeting


@operation
def add_point(*, meeting: Meeting | int, point: Point, by: Person, on: date) -> AgendaItem:
    """Add a point to the agenda of a meeting that is not over.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it is over
    :raises NothingWritten: if it has no title
    """
    fresh = led(meeting, by, on, State.PLANNED, State.OPEN)
    if not point.title.strip():
        raise NothingWritten(gettext_noop("Mục của chương trình cần một tên."))
    item = _add(fresh, point)
    record(Kind.MEETING_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, what="agenda")
    return item


def _add(meeting: Meeting, point: Point) -> AgendaItem:
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, position=last + 1, title=point.title.strip(), kind=point.kind.value, minutes=point.minutes,
        presenter=point.presenter, programme=point.programme,
    )  # fmt: skip
    Section.objects.create(meeting=meeting, item=item)
    return item


@operation
def invite(*, meeting: Meeting | int, people: Sequence[Person], by: Person, on: date, part: Part = Part.MEMBER) -> int:
    """Invite staff, and return how many were not invited before.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it is over
    :raises PartTaken: if the part is the chair's or the secretary's
    """
    fresh = led(meeting, by, on, State.PLANNED, State.OPEN)
    if part not in {Part.MEMBER, Part.GUEST}:
        raise PartTaken(gettext_noop("Cuộc họp đã có chủ trì và thư ký."))
    known = set(Invitation.objects.filter(meeting=fresh).values_list("person_id", flat=True))
    new = [Invitation(meeting=fresh, person=one, part=part.value) for one in dict.fromkeys(people) if one.pk not in known]
    if not new:
        unchanged()
        return 0
    Invitation.objects.bulk_create(new)
    record(Kind.MEETING_INVITED, unit=fresh.unit, day=on, by=by, about=fresh, amount=len(new))
    return len(new)


@operation
def reply(*, meeting: Meeting | int, answer: Reply, by: Person, on: date) -> Invitation:
    """Answer an invitation: I come, I take part from afar, I can't.

    :raises NotInvited: if `by` is not invited
    :raises WrongState: if the meeting is over
    """
    fresh = taken(meeting, State.PLANNED, State.OPEN)
    mine = invitation_of(fresh, by)
    if mine.reply == answer.value:
        unchanged()
        return mine
    mine.reply, mine.replied_on = answer.value, on
    mine.save(update_fields=["reply", "replied_on"])
    record(Kind.MEETING_REPLIED, unit=fresh.unit, day=on, by=by, about=fresh, reply=answer.value)
    return mine


@operation
def cancel(*, meeting: Meeting | int, by: Person, on: date) -> Meeting:
    """Call a planned meeting off.

    :raises NotAllowed: if `by` neither leads nor writes the meeting
    :raises WrongState: if it has begun
    """
    fresh = led(meeting, by, on, State.PLANNED)
    assert may_step(State(fresh.state), State.CANCELLED)
    fresh.state = State.CANCELLED.value
    saved(fresh)
    record(Kind.MEETING_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, what="cancelled")
    return fresh


def taken(meeting: Meeting | int, *states: State) -> Meeting:
    """Return a meeting as it is now, and keep others from it until our transaction ends.

    :raises WrongState: if it is in none of these states
    """
    pk = meeting if isinstance(meeting, int) else meeting.pk
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("unit", "series").get(pk=pk)
    if states and State(fresh.state) not in states:
        raise WrongState(gettext_noop("Cuộc họp không ở bước này."))
    return fresh


def led(meeting: Meeting | int, by: Person, on: date, *states: State) -> Meeting:
    """Return a meeting that `by` leads, writes, or may hold for its unit.

    :raises NotAllowed: if they don't
    """
    fresh = taken(meeting, *states)
    parts = Invitation.objects.filter(meeting=fresh, person=by, part__in=[Part.CHAIR.value, Part.SECRETARY.value])
    if not may(Right.HOLD_MEETINGS, by=by, unit=fresh.unit, on=on) and not parts.exists():
        raise NotAllowed(gettext_noop("Chỉ chủ trì, thư ký hoặc đơn vị tổ chức làm được việc này."))
    return fresh


def invitation_of(meeting: Meeting, person: Person) -> Invitation:
    """:raises NotInvited: if they are not invited"""
    mine = Invitation.objects.select_for_update().filter(meeting=meeting, person=person).first()
    if mine is None:
        raise NotInvited(gettext_noop("{person} không có trong danh sách mời."), person=person.name)
    return mine


def saved(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


def item_of(meeting: Meeting, item: AgendaItem | int | None) -> AgendaItem | None:
    """Return a point of this meeting's agenda; one of another is none of it."""
    pk = item.pk if isinstance(item, AgendaItem) else item
    return AgendaItem.objects.filter(meeting=meeting, pk=pk).first() if pk is not None else None
