"""A matter is taken up by two units together, changed, added to, and passed on when a unit ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import (
    check_standing,
    may,
    of_another_side,
    require,
    require_anywhere,
    row,
    standing_heir,
)
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.rules import check_nameless
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import owe, reassign
from gandan.ground.promises.queries import open_about
from gandan.ground.vietnam.text import fold
from gandan.work.matters.flow import State
from gandan.work.matters.models import Ask, Matter, Pledge
from gandan.work.matters.rules import Issue, Pledged, check_point, said

SETTLE, PLEDGE = "matter.settle", "matter.pledge"
TYPE, PLEDGE_TYPE = Matter._meta.label_lower, Pledge._meta.label_lower
AT_ONCE = 200


class OneSide(Refused):
    """A matter is owned by two sides, and these two units stand on one."""


@dataclass(frozen=True)
class Told:
    """What is said of a matter when it is taken up or changed."""

    issue: Issue
    title: str
    place: str
    area: Unit
    point: tuple[float, float] | None = None
    households: int = 0


@operation
def open_matter(*, unit: Unit, partner: Unit, told: Told, asks: Sequence[str], settle_by: date, by: Person, on: date) -> Matter:
    """Take up a matter. From now on the unit that leads owes the people there a settlement by a day.

    :raises NotAllowed: if `by` may not work on matters at the unit
    :raises OneSide: if the partner is of the same side
    :raises NothingSaid: if it has no title, no place, or an ask has no words
    :raises NamesSomebody: if something seems to name somebody
    :raises BadPlace: if the point lies elsewhere
    :raises DueBefore: if it would have to be settled before today
    """
    require(Right.WRITE_MATTERS, by=by, unit=unit, on=on)
    check_standing(unit, on)
    check_standing(partner, on)
    if not of_another_side(partner, unit, on):
        raise OneSide(gettext_noop("{partner} cùng một bên với {unit}. Vụ việc do hai bên cùng phụ trách: chọn bên kia."),
                      partner=partner.name, unit=unit.name)  # fmt: skip
    words = [checked_ask(one) for one in asks]
    matter = Matter(unit=unit, partner=partner, opened_on=on, settle_by=max(settle_by, on), **_facts(told))
    matter.save()
    Ask.objects.bulk_create(Ask(matter=matter, position=nth, words=one, noted_on=on) for nth, one in enumerate(words, start=1))
    record(Kind.MATTER_OPENED, unit=unit, day=on, by=by, about=matter, issue=matter.issue)
    owe_settlement(matter, settle_by, by, on)
    return matter


def owe_settlement(matter: Matter, due_on: date, by: Person, on: date) -> None:
    owe(
        kind=SETTLE, about=matter, label=matter.title, owed_to=Receiver.CITIZEN, unit=matter.unit, due_on=due_on, by=by, on=on,
        subject=matter.issue,
    )  # fmt: skip


def _facts(told: Told) -> dict[str, object]:
    title = said(told.title, gettext_noop("Vụ việc cần một tên gọi ngắn."))
    place = said(told.place, gettext_noop("Ghi nơi có vụ việc."))
    check_nameless(title)
    check_nameless(place)
    area = row(told.area.pk)
    middle = (area.latitude, area.longitude) if area.latitude is not None and area.longitude is not None else None
    check_point(told.point, middle)
    latitude, longitude = told.point or (None, None)
    return {
        "issue": told.issue.value,
        "title": title[:160],
        "place": place[:200],
        "area": told.area,
        "latitude": latitude,
        "longitude": longitude,
        "households": told.households,
        "search": fold(f"{title} {place}"),
    }


def checked_ask(words: str) -> str:
    text = said(words, gettext_noop("Chưa ghi điều người dân đề nghị."))
    check_nameless(text)
    return text


@operation
def change(*, matter: Matter | int, told: Told, by: Person, on: date) -> Matter:
    """Set right what is said of a matter.

    :raises NotAllowed: if `by` may not work on it for either side
    :raises NothingSaid: if it has no title or no place
    :raises NamesSomebody: if something seems to name somebody
    :raises BadPlace: if the point lies elsewhere
    """
    fresh = taken(matter)
    acting_for(fresh, by, on)
    for name, value in _facts(told).items():
        setattr(fresh, name, value)
    saved(fresh)
    record(Kind.MATTER_CHANGED, unit=fresh.unit, day=on, by=by, about=fresh, issue=fresh.issue)
    return fresh


@operation
def ask(*, matter: Matter | int, words: str, by: Person, on: date) -> Ask:
    """Note a further thing that people ask for.

    :raises NotAllowed: if `by` may not work on it for either side
    :raises NothingSaid: if it has no words
    :raises NamesSomebody: if it seems to name somebody
    """
    fresh = taken(matter)
    acting_for(fresh, by, on)
    made = Ask.objects.create(matter=fresh, position=next_position(Ask, fresh), words=checked_ask(words), noted_on=on)
    record(Kind.MATTER_ASKED, unit=fresh.unit, day=on, by=by, about=fresh, issue=fresh.issue)
    return made


def next_position(of: type[Ask] | type[Pledge], matter: Matter) -> int:
    last = of._default_manager.filter(matter=matter).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def acting_for(matter: Matter, by: Person, on: date) -> list[Unit]:
    """Return the owners for which somebody may work on a matter.

    :raises NotAllowed: if it is neither
    """
    found = [unit for unit in (matter.unit, matter.partner) if may(Right.WRITE_MATTERS, by=by, unit=unit, on=on)]
    if not found:
        raise NotAllowed(
            gettext_noop("Vụ việc này do {unit} và {partner} cùng phụ trách."),
            unit=matter.unit.name, partner=matter.partner.name,
        )  # fmt: skip
    return found


def taken(matter: Matter | int) -> Matter:
    """Return a matter as it is now, and keep others from it until our transaction ends."""
    pk = matter if isinstance(matter, int) else matter.pk
    return Matter.objects.select_for_update(of=("self",)).select_related("unit", "partner", "area").get(pk=pk)


def saved(matter: Matter) -> None:
    matter.version += 1
    matter.save()


@operation
def hand_over(*, matter: Matter | int, unit: Unit, partner: Unit, by: Person, on: date) -> Matter:
    """Give a matter to two other units: what is open moves with it, what was counted before stays.

    :raises NotAllowed: if `by` may not work on matters at the unit that leads it
    :raises NotStanding: if one of them does not exist on the day
    :raises OneSide: if they are of one side
    """
    fresh = taken(matter)
    require(Right.WRITE_MATTERS, by=by, unit=fresh.unit, on=on)
    check_standing(unit, on)
    check_standing(partner, on)
    if not of_another_side(partner, unit, on):
        raise OneSide(gettext_noop("{partner} cùng một bên với {unit}. Vụ việc do hai bên cùng phụ trách: chọn bên kia."),
                      partner=partner.name, unit=unit.name)  # fmt: skip
    _move(fresh, unit, partner, by, on)
    return fresh


def _move(fresh: Matter, unit: Unit, partner: Unit, by: Person, on: date) -> None:
    unchanged()
    if fresh.unit_id != unit.pk:
        facets = {"issue": fresh.issue}
        moves = ((Kind.MATTER_HANDED_OVER, fresh.unit_id), (Kind.MATTER_TAKEN_OVER, unit.pk))
        record_many(NewEvent(kind, at, on, by.pk, facets, about_type=TYPE, about_id=fresh.pk) for kind, at in moves)
        _pass_on(open_about(TYPE, [fresh.pk], SETTLE).get(fresh.pk), unit, by, on)
    fresh.unit, fresh.partner = unit, partner
    saved(fresh)


def _pass_on(promise: Promise | None, unit: Unit, by: Person, on: date) -> None:
    if promise is not None and promise.unit_id != unit.pk:
        reassign(promise=promise, unit=unit, by=by, on=max(on, promise.changed_on))


@operation
def follow_succession(*, by: Person, on: date) -> list[int]:
    """Move open matters and promises of units that have ended to the main heir; return the numbers of the matters.

    :raises NotAllowed: if `by` may work on matters nowhere
    """
    require_anywhere(Right.WRITE_MATTERS, by=by, on=on)
    unchanged()
    left = Matter.objects.exclude(state=State.SETTLED.value).filter(Q(unit__closed_on__lte=on) | Q(partner__closed_on__lte=on))
    moved = []
    for pk in left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        fresh = taken(pk)
        unit, partner = standing_heir(fresh.unit, on), standing_heir(fresh.partner, on)
        if (unit.pk, partner.pk) == (fresh.unit_id, fresh.partner_id) or unit.pk == partner.pk:
            continue
        _move(fresh, unit, partner, by, on)
        moved.append(pk)
    owed = Pledge.objects.filter(state=Pledged.OPEN.value, owner__closed_on__lte=on).select_related("owner").order_by("pk")
    for one in owed[:AT_ONCE]:
        unit = standing_heir(one.owner, on)
        if unit.pk != one.owner_id:
            _pass_on(open_about(PLEDGE_TYPE, [one.pk], PLEDGE).get(one.pk), unit, by, on)
            Pledge.objects.filter(pk=one.pk).update(owner=unit)
    return moved
