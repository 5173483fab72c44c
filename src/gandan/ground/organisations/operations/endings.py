"""Merging, dividing and closing units: what ends, what takes over, and what becomes of all below."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, LegalAct, Person, Placement, Succession, Unit
from gandan.ground.organisations.operations.changing import (
    OutOfOrder,
    begin,
    check_parent,
    end_places,
    entered,
    finish,
    locked,
    put,
    told_of_move,
)
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Act, How, Line


class StillHasUnits(Refused):
    """A unit can't be closed with others below it: they must have somewhere to go."""


class NotAmongHeirs(Refused):
    """A divided unit needs two heirs or more, and its main heir among them."""


@operation
def merge(*, units: Sequence[Unit], into: Unit, act: Act, by: Person, on: date, effective: date | None = None) -> Unit:
    """End units that pass whole into another. What stood below them comes under it; appointments there end.

    The heir may be new (found it first, from the same day) or have stood for long.

    :raises NotAllowed: if `by` may not manage all of them
    :raises NotStanding: if one of them doesn't exist on the day
    :raises NoPlace: if something stands below a unit on a line where the heir has no place
    :raises OutOfOrder: if a later act on one of them is known already
    """
    day = effective or on
    version = begin()
    into, olds = locked(into, day), [locked(unit, day) for unit in units]
    for unit in (into, *olds):
        require(Right.MANAGE_UNITS, by=by, unit=unit, on=on)
    if into.pk in {old.pk for old in olds}:
        raise NotAmongHeirs(gettext_noop("{name} không thể nhập vào chính mình."), name=into.name)
    entry = entered(act)
    for old in olds:
        _resettle(old, {}, into, {one.pk for one in olds}, day, entry, by)
    for old in olds:
        Succession.objects.create(old=old, new=into, on=day, how=How.WHOLE.value, main=True, act=entry)
        record(Kind.UNIT_SUCCEEDED, unit=old, day=day, by=by, about=old, how=How.WHOLE.value)
        _end(old, day, entry, by)
    finish(version)
    return into


@operation
def divide(
    *,
    unit: Unit,
    among: Sequence[Unit],
    main: Unit,
    act: Act,
    by: Person,
    on: date,
    effective: date | None = None,
    below: Mapping[int, Unit] | None = None,
) -> Unit:
    """End a unit whose area or work passes to several. Its past stays its own and is never apportioned among them.

    :param main: the heir that takes what nobody assigns to another
    :param below: where each unit below it goes, by number; to the main heir if not said
    :raises NotAllowed: if `by` may not manage all of them
    :raises NotStanding: if one of them doesn't exist on the day
    :raises NotAmongHeirs: if there are fewer than two heirs, or the main one is none of them
    :raises NoPlace: if something stands below it on a line where its heir has no place
    :raises OutOfOrder: if a later act on one of them is known already
    """
    day = effective or on
    version = begin()
    old, heirs = locked(unit, day), {heir.pk: locked(heir, day) for heir in among}
    for one in (old, *heirs.values()):
        require(Right.MANAGE_UNITS, by=by, unit=one, on=on)
    if len(heirs) < 2 or main.pk not in heirs or old.pk in heirs:
        raise NotAmongHeirs(
            gettext_noop("{name} phải được chia cho ít nhất hai đơn vị khác, trong đó có đơn vị chính."), name=old.name
        )
    entry = entered(act)
    _resettle(old, below or {}, main, {old.pk}, day, entry, by)
    for heir in heirs.values():
        Succession.objects.create(old=old, new=heir, on=day, how=How.DIVIDED.value, main=heir.pk == main.pk, act=entry)
    record(Kind.UNIT_SUCCEEDED, unit=old, day=day, by=by, about=old, how=How.DIVIDED.value)
    _end(old, day, entry, by)
    finish(version)
    return old


@operation
def close(*, unit: Unit, act: Act, by: Person, on: date, effective: date | None = None) -> Unit:
    """End a unit that nobody succeeds. Its past belongs to the unit that was above it; appointments there end.

    :raises NotAllowed: if `by` may not manage the unit
    :raises NotStanding: if it doesn't exist on the day
    :raises StillHasUnits: if others stand below it
    :raises OutOfOrder: if a later act on it is known already
    """
    day = effective or on
    version = begin()
    unit = locked(unit, day)
    require(Right.MANAGE_UNITS, by=by, unit=unit, on=on)
    below = _open_below(unit)
    if below:
        raise StillHasUnits(
            gettext_noop("{name} còn {count} đơn vị trực thuộc, như {example}."),
            name=unit.name, count=len({place.unit_id for place in below}), example=below[0].unit.name,
        )  # fmt: skip
    _end(unit, day, entered(act), by)
    finish(version)
    return unit


def _open_below(unit: Unit) -> list[Placement]:
    return list(Placement.objects.filter(parent=unit, during__endswith__isnull=True).select_related("unit").order_by("pk"))


def _resettle(old: Unit, chosen: Mapping[int, Unit], heir: Unit, ending: set[int], day: date, act: LegalAct, by: Person) -> None:
    """Move what stands below a unit that ends, line by line."""
    for place in _open_below(old):
        if place.unit_id in ending:
            continue
        line, unit = Line(place.line), place.unit
        above: Unit | int | None = chosen.get(unit.pk, heir)
        if isinstance(above, Unit) and above.pk == unit.pk:  # the heir stood below: it takes the place of the one that ends
            above = tree().parent(old.pk, line, day)
            while above in ending:
                above = tree().parent(above, line, day)
        elif isinstance(above, Unit):
            check_parent(unit, above, line, day)
        put(unit, line, above, day, act)
        told_of_move(unit, line, day, by)


def _end(unit: Unit, day: date, act: LegalAct, by: Person) -> None:
    """End the unit's places, name and appointments.

    The ledger is told first: the last events of a unit are dated the first day without it.
    """
    if unit.founded_on >= day:
        raise OutOfOrder(
            gettext_noop("{name} thành lập ngày {day}; chỉ có thể kết thúc từ ngày sau đó."),
            name=unit.name, day=f"{unit.founded_on:%d/%m/%Y}",
        )  # fmt: skip
    inherited = unit.inheritances.filter(on__gte=day).order_by("on").first()
    if inherited:
        raise OutOfOrder(
            gettext_noop("{name} tiếp nhận đơn vị khác từ {day}; chỉ có thể kết thúc từ ngày sau đó."),
            name=unit.name, day=f"{inherited.on:%d/%m/%Y}",
        )  # fmt: skip
    for held in Appointment.objects.filter(unit=unit, during__endswith__isnull=True) | Appointment.objects.filter(
        unit=unit, during__endswith__gt=day
    ):
        record(Kind.APPOINTMENT_ENDED, unit=unit, day=day, by=by, about=held, role=held.role)
        if held.during.lower >= day:
            held.delete()
            continue
        held.during = DateRange(held.during.lower, day)
        held.save(update_fields=["during"])
    record(Kind.UNIT_CLOSED, unit=unit, day=day, by=by, about=unit)
    end_places([unit.pk], day)
    name = unit.names.get(during__endswith__isnull=True)
    if name.during.lower >= day:
        raise OutOfOrder(
            gettext_noop("{name} mang tên này từ {day}; chỉ có thể kết thúc từ ngày sau đó."),
            name=unit.name, day=f"{name.during.lower:%d/%m/%Y}",
        )  # fmt: skip
    name.during = DateRange(name.during.lower, day)
    name.save(update_fields=["during"])
    unit.closed_on, unit.closing_act = day, act
    unit.save(update_fields=["closed_on", "closing_act"])
