"""Meetings: a page of them, one with everything that belongs to it, what comes back from the meetings before it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from gandan.ground.documents.queries import AttachmentRow, attachment
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, may, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.models import Promise
from gandan.ground.promises.rules import State as Owed
from gandan.work.meetings.flow import Came, Item, Part, Reply, State
from gandan.work.meetings.models import (
    AgendaItem,
    Ballot,
    Conclusion,
    FeedKey,
    Invitation,
    Meeting,
    PaperVersion,
    Reading,
    Section,
    Vote,
)
from gandan.work.meetings.rules import Choice

Key = tuple[datetime, int]
CONCLUSION_TYPE = "meetings.conclusion"


class UnknownMeeting(Refused):
    """There is no meeting of this number."""


class UnknownFile(Refused):
    """There is no such paper."""


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as lists show it."""

    id: int
    unit: UnitRow
    partner: UnitRow | None
    series: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    state: State
    paperless: bool
    quorum_percent: int
    guests: int
    held_on: date | None
    pages_saved: int | None
    journeys_saved: int | None
    my_part: Part | None = None


@dataclass(frozen=True)
class Page:
    rows: Sequence[MeetingRow]
    next: Key | None


@dataclass(frozen=True)
class Invited:
    person: int
    username: str
    name: str
    part: Part
    reply: Reply
    came: Came | None
    came_at: datetime | None
    left_at: datetime | None

    @property
    def here(self) -> bool:
        return self.came_at is not None and self.left_at is None


@dataclass(frozen=True)
class PaperShown:
    """A paper by its last version, and which version the viewer has read."""

    id: int
    position: int
    title: str
    item: int | None
    version: int
    version_id: int
    file: str
    pages: int
    put_at: datetime
    put_by: str
    read: int  # the newest version that the viewer has opened; 0: none
    readers: int  # of the last version

    @property
    def replaced(self) -> bool:
        """The viewer has read a version that is no longer the last: they are told."""
        return 0 < self.read < self.version


@dataclass(frozen=True)
class SectionShown:
    id: int
    text: str
    version: int
    both: bool


@dataclass(frozen=True)
class AgendaShown:
    id: int
    position: int
    title: str
    kind: Item
    minutes: int
    begins_at: datetime
    presenter: UnitRow | None
    programme: str
    done_on: date | None
    section: SectionShown
    papers: list[PaperShown]


@dataclass(frozen=True)
class VoteShown:
    id: int
    question: str
    open: bool
    yes: int
    no: int
    abstain: int
    present: int
    entitled: int
    outcome: str
    mine: Choice | None


@dataclass(frozen=True)
class ConclusionShown:
    id: int
    meeting: int
    meeting_title: str
    held_on: date | None
    position: int
    text: str
    owner: UnitRow
    officer: str
    due_on: date
    programme: str
    done_on: date | None
    outcome: str
    open: bool
    late: bool
    mine: bool  # the viewer may say what came of it


@dataclass(frozen=True)
class MeetingShown:
    row: MeetingRow
    door: str
    agenda: list[AgendaShown]
    papers: list[PaperShown]  # of no point of the agenda
    invited: list[Invited]
    votes: list[VoteShown]
    conclusions: list[ConclusionShown]
    before: list[ConclusionShown]  # what is still open of the series' meetings before, and what was done since the last
    leads: bool
    me: Invited | None


def _visible(viewer: Person, on: date) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(viewer, on)


def meetings(viewer: Person, on: date, *, state: State | None = None, after: Key | None = None, limit: int = 50) -> Page:
    """Return a page of the meetings that the viewer may see: those of their units, and those to which they are invited."""
    found = _visible(viewer, on)
    if state is not None:
        found = found.filter(state=state.value)
    if after is not None:
        found = found.filter(Q(starts_at__lt=after[0]) | Q(starts_at=after[0], pk__lt=after[1]))
    page = list(found.select_related("series").order_by("-starts_at", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return Page(_rows(page, viewer), (page[-1].starts_at, page[-1].pk) if more else None)


def _rows(page: Sequence[Meeting], viewer: Person) -> list[MeetingRow]:
    units = rows({u for one in page for u in (one.unit_id, one.partner_id) if u})
    parts = dict(Invitation.objects.filter(meeting__in=page, person=viewer).values_list("meeting_id", "part"))
    return [
        MeetingRow(
            id=one.pk, unit=units[one.unit_id], partner=units[one.partner_id] if one.partner_id else None, title=one.title,
            series=one.series.name if one.series else "", starts_at=one.starts_at, ends_at=one.ends_at, place=one.place,
            link=one.link, state=State(one.state), paperless=one.paperless, quorum_percent=one.quorum_percent, guests=one.guests,
            held_on=one.held_on, pages_saved=one.pages_saved, journeys_saved=one.journeys_saved,
            my_part=Part(parts[one.pk]) if one.pk in parts else None,
        )
        for one in page
    ]  # fmt: skip


def seen(number: int, viewer: Person, on: date) -> Meeting:
    """Return a meeting that the viewer may see.

    :raises UnknownMeeting: if there is none of this number
    :raises NotAllowed: if they may not
    """
    found = Meeting.objects.select_related("unit", "series").filter(pk=number).first()
    if found is None:
        raise UnknownMeeting(gettext_noop("Không có cuộc họp số {number}."), number=number)
    if not _visible(viewer, on).filter(pk=number).exists():
        raise NotAllowed(
            gettext_noop("Cuộc họp này của {unit}; chỉ người được mời và đơn vị tổ chức xem được."), unit=found.unit.name
        )
    return found


def meeting(number: int, viewer: Person, on: date) -> MeetingShown:
    """Return one meeting with everything that belongs to it.

    :raises UnknownMeeting: if there is none of this number
    :raises NotAllowed: if the viewer may not see it
    """
    found = seen(number, viewer, on)
    invited = _invited(found)
    me = next((one for one in invited if one.person == viewer.pk), None)
    papers = _papers(found, viewer)
    leads = may(Right.HOLD_MEETINGS, by=viewer, unit=found.unit, on=on) or (
        me is not None and me.part in {Part.CHAIR, Part.SECRETARY}
    )
    return MeetingShown(
        row=_rows([found], viewer)[0],
        door=found.door,
        agenda=_agenda(found, papers),
        papers=[paper for paper in papers if paper.item is None],
        invited=invited,
        votes=_votes(found, viewer),
        conclusions=_conclusions(Conclusion.objects.filter(meeting=found), viewer, on),
        before=_before(found, viewer, on),
        leads=leads,
        me=me,
    )


def _invited(found: Meeting) -> list[Invited]:
    order = list(Part)
    people = [
        Invited(
            one.person_id, one.person.username, one.person.name, Part(one.part), Reply(one.reply),
            Came(one.came) if one.came else None, one.came_at, one.left_at,
        )
        for one in Invitation.objects.filter(meeting=found).select_related("person").order_by("pk")
    ]  # fmt: skip
    return sorted(people, key=lambda one: order.index(one.part))


def _papers(found: Meeting, viewer: Person) -> list[PaperShown]:
    versions = (
        PaperVersion.objects.filter(paper__meeting=found).select_related("paper", "file", "by").order_by("paper", "-number")
    )
    last: dict[int, PaperVersion] = {}
    for version in versions.order_by("paper", "-number"):
        last.setdefault(version.paper_id, version)
    read = dict(
        Reading.objects.filter(version__paper__meeting=found, person=viewer)
        .values_list("version__paper_id")
        .annotate(newest=Max("version__number"))
    )
    readers: dict[int, int] = {}
    for pk in Reading.objects.filter(version__in=[one.pk for one in last.values()]).values_list("version_id", flat=True):
        readers[pk] = readers.get(pk, 0) + 1
    shown = [
        PaperShown(
            one.paper_id, one.paper.position, one.paper.title, one.paper.item_id, one.number, one.pk, one.file.token, one.pages,
            one.at, one.by.name, read.get(one.paper_id, 0), readers.get(one.pk, 0),
        )
        for one in last.values()
    ]  # fmt: skip
    return sorted(shown, key=lambda one: one.position)


def _agenda(found: Meeting, papers: list[PaperShown]) -> list[AgendaShown]:
    items = list(AgendaItem.objects.filter(meeting=found).select_related("section").order_by("position"))
    presenters = rows({one.presenter_id for one in items if one.presenter_id})
    shown, begins_at = [], found.starts_at
    for one in items:
        section: Section = one.section
        kept = SectionShown(section.pk, section.text, section.version, section.both)
        shown.append(
            AgendaShown(
                one.pk, one.position, one.title, Item(one.kind), one.minutes, begins_at,
                presenters[one.presenter_id] if one.presenter_id else None, one.programme, one.done_on, kept,
                [paper for paper in papers if paper.item == one.pk],
            )
        )  # fmt: skip
        begins_at += _minutes(one.minutes)
    return shown


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _votes(found: Meeting, viewer: Person) -> list[VoteShown]:
    votes = list(Vote.objects.filter(meeting=found).order_by("pk"))
    mine = dict(Ballot.objects.filter(vote__in=votes, person=viewer).values_list("vote_id", "choice"))
    return [
        VoteShown(
            one.pk, one.question, one.closed_at is None, one.yes, one.no, one.abstain, one.present, one.entitled, one.outcome,
            Choice(mine[one.pk]) if one.pk in mine else None,
        )
        for one in votes
    ]  # fmt: skip


def _conclusions(found: QuerySet[Conclusion], viewer: Person, on: date) -> list[ConclusionShown]:
    made = list(found.select_related("meeting", "officer").order_by("meeting__starts_at", "position"))
    owed = {
        one.about_id: one for one in Promise.objects.filter(about_type=CONCLUSION_TYPE, about_id__in=[one.pk for one in made])
    }
    owners = rows({one.owner_id for one in made})
    held = visible_units(Right.HOLD_MEETINGS, viewer, on) if made else frozenset()
    return [
        ConclusionShown(
            one.pk, one.meeting_id, one.meeting.title, one.meeting.held_on, one.position, one.text, owners[one.owner_id],
            one.officer.name if one.officer else "", owed[one.pk].due_on if one.pk in owed else one.due_on, one.programme,
            one.done_on, one.outcome, one.pk in owed and owed[one.pk].state == Owed.OPEN,
            one.pk in owed and owed[one.pk].overdue_on is not None,
            one.officer_id == viewer.pk or (one.pk in owed and owed[one.pk].unit_id in held),
        )
        for one in made
    ]  # fmt: skip


def _before(found: Meeting, viewer: Person, on: date) -> list[ConclusionShown]:
    """What the meetings before it in its series concluded: all that is open, and what was done since the one before."""
    if found.series_id is None:
        return []
    earlier = Meeting.objects.filter(series_id=found.series_id, starts_at__lt=found.starts_at).order_by("-starts_at")
    last = earlier.exclude(held_on=None).values_list("held_on", flat=True).first()
    wanted = Conclusion.objects.filter(meeting__in=earlier.values("pk"))
    lately = Q(done_on__isnull=True) | Q(done_on__gte=last) if last else Q(done_on__isnull=True)
    return _conclusions(wanted.filter(lately), viewer, on)


def concluded(number: int) -> Conclusion | None:
    """Return a conclusion as it was made, for the programme that it names."""
    return Conclusion.objects.select_related("owner").filter(pk=number).exclude(programme="").first()


def carried_out(numbers: Sequence[int]) -> dict[int, str]:
    """Return of these conclusions what came of those that were carried out."""
    done = Conclusion.objects.filter(pk__in=numbers, done_on__isnull=False)
    return dict(done.values_list("pk", "outcome"))


def version_to_read(token: str, viewer: Person, on: date) -> tuple[PaperVersion, AttachmentRow]:
    """Return a version of a paper by its file.

    :raises Refused: if there is none, or the viewer may not see its meeting
    """
    file = attachment(token)
    version = PaperVersion.objects.select_related("paper").filter(file__token=token).first()
    if version is None:
        raise UnknownFile(gettext_noop("Không có tài liệu này."))
    seen(version.paper.meeting_id, viewer, on)
    return version, file


def by_door(door: str) -> int | None:
    """Return the meeting of a code at the door."""
    return Meeting.objects.filter(door=door).values_list("pk", flat=True).first()


def fed(token: str) -> tuple[Person, list[MeetingRow]] | None:
    """Return whose calendar a key opens, and their meetings; None if it opens nothing."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    key = FeedKey.objects.select_related("person").filter(digest=digest, person__is_active=True).first()
    if key is None:
        return None
    mine = Meeting.objects.filter(invitations__person=key.person).select_related("series").order_by("-starts_at")[:200]
    return key.person, _rows(list(mine), key.person)
