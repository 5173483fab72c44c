"""Hand-overs as pages show them. The giver stands with the case alone; who holds an item reads the item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, may, names, rows, visible_units
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import Case, Item, Link, Protocol, Visit
from gandan.work.voice.queries.handovers.chain import holds
from gandan.work.voice.rules.handovers.arms import GROUPS, depot_code, named
from gandan.work.voice.rules.handovers.chain import Condition, Ground, Where

PAGE = 50


@dataclass(frozen=True)
class VisitRow:
    """When something is brought or collected."""

    collected: bool
    day: date
    begins: time
    ends: time
    place: str
    words: str


@dataclass(frozen=True)
class ItemRow:
    """One thing, or one lot of the same things."""

    id: int
    case: str  # the number of the case
    protocol: str  # the number of the record; empty before it has one
    nth: int
    kind: str
    kind_name: str
    kind_name_en: str
    group: str
    group_name: str
    name: str
    mark: str
    quantity: int
    measure: str
    condition: Condition
    seal: str
    holder: UnitRow
    where: Where


@dataclass(frozen=True)
class LinkRow:
    """Items on their way, or that went."""

    id: int
    protocol: str
    from_unit: UnitRow
    to_unit: UnitRow
    to_depot: bool
    words: str
    given_by: str
    given_at: datetime
    taken_by: str
    taken_at: datetime | None
    remarks: str
    items: Sequence[ItemRow]
    may_take: bool = False
    may_keep: bool = False


@dataclass(frozen=True)
class ProtocolRow:
    """What was taken in, as both sides may read it; `giver` is for the case's own desk and its sender."""

    id: int
    number: str
    unit: UnitRow
    place: str
    giver: str
    giver_address: str
    ground: Ground
    circumstances: str
    taken_at: datetime
    taken_by: str
    second_by: str
    second_at: datetime | None
    items: Sequence[ItemRow]
    links: Sequence[LinkRow]
    holds: bool
    may_sign: bool = False

    @property
    def may_go_on(self) -> bool:
        """Something of it still lies where it was taken in."""
        return any(one.where is Where.HELD for one in self.items)


def visit_of(case: Case) -> VisitRow | None:
    """Return the appointment that holds. The caller has looked at the right to the case."""
    found = Visit.objects.filter(case=case).order_by("-pk").first()
    if found is None:
        return None
    return VisitRow(found.collected, found.day, found.begins, found.ends, found.place, found.words)


def protocol_of(case: Case, viewer: Person | None, on: date) -> ProtocolRow | None:
    """Return what was taken in. The caller has looked at the right to the case, or at its receipt (no viewer: its sender)."""
    found = Protocol.objects.select_related("unit", "case").filter(case=case).first()
    if found is None or (viewer is None and found.second_by_id is None):
        return None
    people = names([one for one in (found.taken_by_id, found.second_by_id) if one is not None])
    links = list(found.links.order_by("pk")) if viewer is not None else []
    return ProtocolRow(
        id=found.pk,
        number=number_of(found),
        unit=rows({found.unit_id})[found.unit_id],
        place=found.place,
        giver=found.giver,
        giver_address=found.giver_address,
        ground=Ground(found.ground),
        circumstances=found.circumstances,
        taken_at=found.taken_at,
        taken_by=people[found.taken_by_id],
        second_by=people[found.second_by_id] if found.second_by_id is not None else "",
        second_at=found.second_at,
        items=_items(list(found.items.select_related("protocol__case").order_by("nth"))),
        links=_links(links, viewer, on),
        holds=holds(found),
        may_sign=viewer is not None
        and found.second_by_id is None
        and found.taken_by_id != viewer.pk
        and may(Right.ANSWER_VOICE, by=viewer, unit=found.unit, on=on),
    )


def on_the_way(viewer: Person, on: date) -> list[LinkRow]:
    """Return what waits for a signature at the viewer's units, or was given from there, the oldest first."""
    found = Link.objects.visible_to(viewer, on).filter(taken_by=None).order_by("pk")
    return _links(list(found[:PAGE]), viewer, on)


def held_items(viewer: Person, on: date, *, stored: bool = False, after: int | None = None) -> list[ItemRow]:
    """Return the items that the viewer's units hold, or that lie in a depot, the newest first; one more than a page."""
    where = Where.STORED if stored else Where.HELD
    found = Item.objects.visible_to(viewer, on).filter(where=where.value).exclude(protocol__second_by=None)
    if after is not None:
        found = found.filter(pk__lt=after)
    return _items(list(found.select_related("protocol__case").order_by("-pk")[: PAGE + 1]))


def may_give_any(viewer: Person, on: date) -> bool:
    return bool(visible_units(Right.ANSWER_VOICE, viewer, on))


def depot() -> str:
    """Return the code of the unit whose depot it is; empty where the city has none of this code."""
    return depot_code() if depot_code() in atlas().ids else ""


def number_of(protocol: Protocol) -> str:
    return "" if protocol.number is None else f"{protocol.number:02d}/BBGN-{protocol.unit.code}/{protocol.year}"


def _items(found: Sequence[Item]) -> list[ItemRow]:
    units = rows({one.holder_id for one in found})
    return [
        ItemRow(
            id=one.pk,
            case=one.protocol.case.number,
            protocol="" if one.protocol.number is None else f"{one.protocol.number:02d}/{one.protocol.year}",
            nth=one.nth,
            kind=one.kind,
            kind_name=named(one.kind).name,
            kind_name_en=named(one.kind).name_en,
            group=named(one.kind).group,
            group_name=GROUPS[named(one.kind).group],
            name=one.name,
            mark=one.mark,
            quantity=one.quantity,
            measure=one.measure,
            condition=Condition(one.condition),
            seal=one.seal,
            holder=units[one.holder_id],
            where=Where(one.where),
        )
        for one in found
    ]


def _links(found: Sequence[Link], viewer: Person | None, on: date) -> list[LinkRow]:
    units = rows({unit for one in found for unit in (one.from_unit_id, one.to_unit_id)})
    people = names({person for one in found for person in (one.given_by_id, one.taken_by_id) if person is not None})
    answers = visible_units(Right.ANSWER_VOICE, viewer, on) if viewer is not None and found else frozenset[int]()
    through = Link.items.through.objects.filter(link__in=[one.pk for one in found])
    by_link: dict[int, list[int]] = {}
    for link, item in through.values_list("link_id", "item_id"):
        by_link.setdefault(link, []).append(item)
    wanted = {item for several in by_link.values() for item in several}
    known = {row.id: row for row in _items(list(Item.objects.filter(pk__in=wanted).select_related("protocol__case")))}
    made = []
    for one in found:
        items = sorted((known[pk] for pk in by_link.get(one.pk, ())), key=lambda row: row.nth)
        open_, viewed = one.taken_by_id is None, viewer.pk if viewer is not None else None
        made.append(
            LinkRow(
                id=one.pk,
                protocol=items[0].protocol if items else "",
                from_unit=units[one.from_unit_id],
                to_unit=units[one.to_unit_id],
                to_depot=one.to_depot,
                words=one.words,
                given_by=people[one.given_by_id],
                given_at=one.given_at,
                taken_by=people[one.taken_by_id] if one.taken_by_id is not None else "",
                taken_at=one.taken_at,
                remarks=one.remarks,
                items=items,
                may_take=open_ and one.to_unit_id in answers and one.given_by_id != viewed,
                may_keep=open_ and one.from_unit_id in answers,
            )
        )
    return made
