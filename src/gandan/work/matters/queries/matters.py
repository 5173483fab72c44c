"""Matters: a page of them, one with all that belongs to it, where they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gandan.ground.ledger.queries import EventRow, events_about
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, may, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.models import OPEN, Promise
from gandan.ground.vietnam.text import fold
from gandan.work.matters.flow import State
from gandan.work.matters.models import Ask, Dialogue, Matter, Pledge
from gandan.work.matters.queries.fates import PLEDGE_TYPE, TYPE
from gandan.work.matters.rules import Issue, Pledged

Key = tuple[date, int]


class UnknownMatter(Refused):
    """There is no matter of this number."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; nothing set: everything. A unit is one of the two that own a matter."""

    unit: int | None = None
    area: int | None = None
    issue: Issue | None = None
    state: State | None = None
    late: bool = False
    text: str = ""


@dataclass(frozen=True)
class MatterRow:
    """A matter as lists show it."""

    id: int
    unit: UnitRow
    partner: UnitRow
    area: UnitRow
    issue: Issue
    title: str
    place: str
    point: tuple[float, float] | None
    households: int
    state: State
    opened_on: date
    settle_by: date
    settled_on: date | None
    settled_in_time: bool | None
    reopened: int
    late: bool  # open, and past a promised day
    pledges: int
    open_pledges: int
    version: int


@dataclass(frozen=True)
class Page:
    rows: Sequence[MatterRow]
    next: Key | None


@dataclass(frozen=True)
class PledgeShown:
    """A promise to the people: who owes it, until when, what became of it."""

    id: int
    position: int
    words: str
    owner: UnitRow
    made_on: date
    due_on: date
    first_due_on: date
    state: Pledged
    result: str
    ended_on: date | None
    late: bool
    ask: int | None
    may_work: bool


@dataclass(frozen=True)
class AskShown:
    id: int
    position: int
    words: str
    noted_on: date
    pledges: list[PledgeShown]


@dataclass(frozen=True)
class DialogueShown:
    """A dialogue: how many came and what was said, never who."""

    id: int
    host: UnitRow
    held_on: date
    place: str
    heads: int
    minutes: str


@dataclass(frozen=True)
class MatterShown:
    row: MatterRow
    asks: list[AskShown]
    pledges: list[PledgeShown]
    dialogues: list[DialogueShown]
    outcome: str  # how it was settled, or why it stays open
    whole: bool  # False: what the viewer's unit promised is all that they see
    proposed_for: UnitRow | None
    proposed_by: int | None
    timeline: list[EventRow]
    sides: list[UnitRow]  # for which of the two the viewer may work


def matters(viewer: Person, on: date, filters: Filters = Filters(), *, after: Key | None = None, limit: int = 50) -> Page:
    """Return a page of the matters that the viewer may see, the last opened first."""
    found = _narrowed(Matter.objects.visible_to(viewer, on), filters, on)
    if after is not None:
        found = found.filter(Q(opened_on__lt=after[0]) | Q(opened_on=after[0], pk__lt=after[1]), opened_on__lte=after[0])
    page = list(found.order_by("-opened_on", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return Page(_rows(page, on), (page[-1].opened_on, page[-1].pk) if more else None)


def _narrowed(found: QuerySet[Matter], filters: Filters, on: date) -> QuerySet[Matter]:
    wanted = {
        "area": filters.area,
        "issue": filters.issue.value if filters.issue else None,
        "state": filters.state.value if filters.state else None,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if filters.unit is not None:
        found = found.filter(Q(unit=filters.unit) | Q(partner=filters.unit))
    for piece in fold(filters.text).split():
        found = found.filter(search__contains=piece)
    if filters.late:
        late = Promise.objects.filter(OPEN, due_on__lt=on)
        pledged = Pledge.objects.filter(pk__in=late.filter(about_type=PLEDGE_TYPE).values("about_id"))
        own = late.filter(about_type=TYPE).values("about_id")
        found = found.filter(Q(pk__in=own) | Q(pk__in=pledged.values("matter_id")))
    return found


def _rows(page: Sequence[Matter], on: date) -> list[MatterRow]:
    units = rows({u for one in page for u in (one.unit_id, one.partner_id, one.area_id)})
    numbers = [one.pk for one in page]
    pledged: dict[int, list[Pledge]] = defaultdict(list)
    for pledge in Pledge.objects.filter(matter__in=numbers) if page else ():
        pledged[pledge.matter_id].append(pledge)
    return [_row(one, units, pledged[one.pk], on) for one in page]


def _row(one: Matter, units: dict[int, UnitRow], pledges: list[Pledge], on: date) -> MatterRow:
    waiting = [pledge for pledge in pledges if pledge.state == Pledged.OPEN]
    point = (one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else None
    return MatterRow(
        id=one.pk, unit=units[one.unit_id], partner=units[one.partner_id], area=units[one.area_id], issue=Issue(one.issue),
        title=one.title, place=one.place, point=point, households=one.households, state=State(one.state),
        opened_on=one.opened_on, settle_by=one.settle_by, settled_on=one.settled_on, settled_in_time=one.settled_in_time,
        reopened=one.reopened, pledges=len(pledges), open_pledges=len(waiting), version=one.version,
        late=one.is_open and (one.settle_by < on or any(pledge.due_on < on for pledge in waiting)),
    )  # fmt: skip


def matter(number: int, viewer: Person, on: date) -> MatterShown:
    """Return one matter; to a unit of neither side that promised something in it, that promise alone.

    :raises UnknownMatter: if there is none of this number
    :raises NotAllowed: if the viewer reads matters of neither side
    """
    found = seen(number, viewer, on)
    writes = visible_units(Right.WRITE_MATTERS, viewer, on)
    listed = _rows([found], on)[0]
    whole = Matter.objects.whole_to(viewer, on).filter(pk=number).exists()
    sides = [one for one in (listed.unit, listed.partner) if one.id in writes]
    pledges = _pledges(found, viewer, on, bool(sides))
    asks = [
        AskShown(one.pk, one.position, one.words, one.noted_on, [p for p in pledges if p.ask == one.pk])
        for one in Ask.objects.visible_to(viewer, on).filter(matter=found).order_by("position")
    ]
    return MatterShown(
        row=listed,
        asks=asks,
        pledges=pledges,
        dialogues=_dialogues(found, viewer, on),
        outcome=found.outcome if whole else "",
        whole=whole,
        proposed_for=next((one for one in (listed.unit, listed.partner) if one.id == found.proposed_for_id), None),
        proposed_by=found.proposed_by_id,
        timeline=events_about(TYPE, found.pk) if whole else [],
        sides=sides,
    )


def seen(number: int, viewer: Person, on: date) -> Matter:
    """Return a matter that the viewer may see, perhaps of one promise alone.

    :raises UnknownMatter: if there is none of this number
    :raises NotAllowed: if the viewer reads matters of neither side
    """
    found = Matter.objects.select_related("unit", "partner").filter(pk=number).first()
    if found is None:
        raise UnknownMatter(gettext_noop("Không có vụ việc số {number}."), number=number)
    if not Matter.objects.visible_to(viewer, on).filter(pk=number).exists():
        raise NotAllowed(
            gettext_noop("Vụ việc này do {unit} và {partner} cùng phụ trách."), unit=found.unit.name, partner=found.partner.name
        )
    return found


def _pledges(found: Matter, viewer: Person, on: date, both: bool) -> list[PledgeShown]:
    pledges = list(Pledge.objects.visible_to(viewer, on).filter(matter=found).select_related("owner").order_by("position"))
    numbers = [one.pk for one in pledges]
    owed = {one.about_id: one for one in Promise.objects.filter(about_type=PLEDGE_TYPE, about_id__in=numbers)}
    owners = rows({one.owner_id for one in pledges})
    return [
        PledgeShown(
            one.pk, one.position, one.words, owners[one.owner_id], one.made_on, one.due_on, owed[one.pk].first_due_on,
            Pledged(one.state), one.result, one.ended_on, (one.ended_on or on) > owed[one.pk].first_due_on, one.ask_id,
            one.state == Pledged.OPEN and (both or may(Right.WRITE_MATTERS, by=viewer, unit=one.owner, on=on)),
        )
        for one in pledges
    ]  # fmt: skip


def _dialogues(found: Matter, viewer: Person, on: date) -> list[DialogueShown]:
    held = list(Dialogue.objects.visible_to(viewer, on).filter(matter=found).order_by("-held_on", "-pk"))
    hosts = rows({one.host_id for one in held})
    return [DialogueShown(one.pk, hosts[one.host_id], one.held_on, one.place, one.heads, one.minutes) for one in held]


def pledge_of(number: int, viewer: Person, on: date) -> int | None:
    """Return the matter of a promise, if the viewer may see it."""
    return Pledge.objects.visible_to(viewer, on).filter(pk=number).values_list("matter_id", flat=True).first()


@dataclass(frozen=True)
class AtPlace:
    """How many matters stand in a ward, and how many of them are past a promised day."""

    area: UnitRow
    matters: int
    open: int


def by_area(viewer: Person, on: date, filters: Filters) -> list[AtPlace]:
    """Return how many matters there are in each ward, of those that the viewer may see."""
    found = _narrowed(Matter.objects.visible_to(viewer, on), filters, on).values_list("area_id").order_by("area_id")
    counted = list(found.annotate(all=Count("pk"), open=Count("pk", filter=~Q(state=State.SETTLED.value))))
    areas = rows({area for area, _all, _open in counted})
    return [AtPlace(areas[area], number, still) for area, number, still in counted]


def points(viewer: Person, on: date, filters: Filters, limit: int = 500) -> list[MatterRow]:
    """Return the matters that are pointed out on the map, the last opened first."""
    found = _narrowed(Matter.objects.visible_to(viewer, on), filters, on).filter(latitude__isnull=False)
    return _rows(list(found.order_by("-opened_on", "-id")[:limit]), on)
