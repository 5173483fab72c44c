"""Founding, renaming and moving units. Each act has a legal act and a day, and is undone only by a later one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import LegalAct, Person, Unit, UnitName
from gandan.ground.organisations.operations.changing import (
    AlreadySo,
    NoPlace,
    OutOfOrder,
    begin,
    check_parent,
    entered,
    finish,
    locked,
    put,
    save_fit,
    told_of_move,
)
from gandan.ground.organisations.queries import require, require_for_all, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Act, Line, UnitKind, search_key
from gandan.ground.vietnam.text import nfc, sort_key


class CodeTaken(Refused):
    """Another unit has this code. Codes are never used again."""


@operation
def found(
    *,
    code: str,
    name: str,
    kind: UnitKind,
    places: Mapping[Line, Unit | None],
    act: Act,
    by: Person,
    on: date,
    effective: date | None = None,
    name_en: str = "",
    short_name: str = "",
    **more: Any,
) -> Unit:
    """Found a unit, with its place on each of its lines; every unit has one on the administration line.

    :param places: the unit above it on each line, None where it is the root
    :param effective: the day from which the act holds, if not `on`
    :raises NotAllowed: if `by` may not manage the units above
    :raises CodeTaken: if the code has ever been used
    :raises Unfit: if the code has another shape, or a name is too long
    :raises NoPlace: if there is no place on the administration line, or a unit above has none on its line
    """
    day = effective or on
    version = begin()
    if Line.ADMINISTRATION not in places:
        raise NoPlace(gettext_noop("{name} phải có vị trí trong hệ thống hành chính."), name=name)
    for line, parent in places.items():
        if parent is None:
            require_for_all(Right.MANAGE_UNITS, by=by, on=on)
            continue
        require(Right.MANAGE_UNITS, by=by, unit=parent, on=on)
        check_parent(None, locked(parent, day), line, day)
    if Unit.objects.filter(code=code).exists():
        raise CodeTaken(gettext_noop("Mã {code} đã được dùng."), code=code)

    entry = entered(act)
    unit = Unit(
        code=code, name=nfc(name), name_en=name_en, short_name=nfc(short_name), kind=kind.value,
        founded_on=day, founding_act=entry, **more,
    )  # fmt: skip
    save_fit(unit)
    _call(unit, day, entry)
    record(Kind.UNIT_FOUNDED, unit=unit, day=day, by=by, about=unit, type=kind.value)
    for line, parent in places.items():
        put(unit, line, parent, day, entry)
    finish(version, founded={unit.pk: day})
    return unit


@operation
def rename(
    *,
    unit: Unit,
    name: str,
    act: Act,
    by: Person,
    on: date,
    effective: date | None = None,
    name_en: str = "",
    short_name: str = "",
) -> Unit:
    """Give a unit another name; on earlier days it keeps the one it had.

    :raises NotAllowed: if `by` may not manage the unit
    :raises NotStanding: if the unit doesn't exist on the day
    :raises OutOfOrder: if it has been renamed on that day or later
    :raises AlreadySo: if that is its name
    """
    day = effective or on
    version = begin()
    unit = locked(unit, day)
    require(Right.MANAGE_UNITS, by=by, unit=unit, on=on)
    last = unit.names.get(during__endswith__isnull=True)
    if last.during.lower >= day:
        raise OutOfOrder(
            gettext_noop("{name} mang tên này từ {day}; tên mới phải từ ngày sau đó."),
            name=unit.name, day=f"{last.during.lower:%d/%m/%Y}",
        )  # fmt: skip
    if (last.name, last.short_name) == (nfc(name), nfc(short_name)):
        raise AlreadySo(gettext_noop("Đơn vị đã mang tên {name}."), name=name)

    last.during = DateRange(last.during.lower, day)
    last.save(update_fields=["during"])
    unit.name, unit.name_en, unit.short_name = nfc(name), name_en, nfc(short_name)
    save_fit(unit, ["name", "name_en", "short_name"])
    _call(unit, day, entered(act))
    record(Kind.UNIT_RENAMED, unit=unit, day=day, by=by, about=unit)
    finish(version)
    return unit


@operation
def move(*, unit: Unit, parent: Unit | None, line: Line, act: Act, by: Person, on: date, effective: date | None = None) -> Unit:
    """Put a unit, with all below it, under another unit of a line; or give it a place on a line where it had none.

    :raises NotAllowed: if `by` may not manage the unit and the one above
    :raises NotStanding: if one of them doesn't exist on the day
    :raises NoPlace: if the unit above has no place on the line
    :raises Circle: if the unit above is under this one
    :raises OutOfOrder: if the unit was moved on that day or later
    :raises AlreadySo: if it is there already
    """
    day = effective or on
    version = begin()
    unit = locked(unit, day)
    require(Right.MANAGE_UNITS, by=by, unit=unit, on=on)
    if parent is not None:
        parent = locked(parent, day)
        require(Right.MANAGE_UNITS, by=by, unit=parent, on=on)
    place = tree().place(unit.pk, line, day)
    if place and place.parent == (parent.pk if parent else None):
        raise AlreadySo(gettext_noop("{name} đã ở vị trí đó."), name=unit.name)
    if parent is not None:
        check_parent(unit, parent, line, day)

    put(unit, line, parent, day, entered(act))
    told_of_move(unit, line, day, by)
    finish(version)
    return unit


def _call(unit: Unit, day: date, act: LegalAct) -> None:
    UnitName.objects.create(
        unit=unit,
        name=unit.name,
        name_en=unit.name_en,
        short_name=unit.short_name,
        during=DateRange(day, None),
        act=act,
        search=search_key(unit.name, unit.short_name, unit.code),
        sort_key=sort_key(unit.name),
    )
