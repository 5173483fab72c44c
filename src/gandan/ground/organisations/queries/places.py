"""Where a unit works, and who is the other side there."""

from datetime import date

from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries.atlas import UnitRow, atlas
from gandan.ground.organisations.queries.sides import line_of
from gandan.ground.organisations.queries.units import children, path, rows
from gandan.ground.organisations.rules import Line, UnitKind

AREAS = {UnitKind.WARD, UnitKind.DISTRICT, UnitKind.CITY, UnitKind.PROVINCE}
SIDES = {UnitKind.HEADQUARTERS, UnitKind.DEPARTMENT, UnitKind.STATION, UnitKind.POST, UnitKind.COMMISSION, UnitKind.FRONT}


def area_row(unit: int, day: date) -> UnitRow:
    """Return the ward (or what stands above it) in which a unit works on a day."""
    way = path(unit, Line.ADMINISTRATION, day)
    found = [row for row in way if row.kind in AREAS]
    return found[-1] if found else rows([unit], day)[unit]


def area_of(unit: Unit, day: date) -> Unit:
    return Unit.objects.get(pk=area_row(unit.pk, day).id)


def of_another_side(partner: Unit, unit: Unit, day: date) -> bool:
    return partner.pk != unit.pk and (line_of(partner.pk, day) is not line_of(unit.pk, day))


def partners_of(unit: int, day: date) -> list[UnitRow]:
    """Return the bodies of the other side in the same place: of the ward, or of the city."""
    mine, area = line_of(unit, day), area_row(unit, day)
    near = [row for row in children(area.id, Line.ADMINISTRATION, day) if row.id != unit and row.kind in SIDES]
    return [row for row in near if line_of(row.id, day) is not mine]


def all_wards(on: date) -> tuple[UnitRow, ...]:
    """Return every ward that stands, in Vietnamese order."""
    known = atlas()
    return known.sorted_rows((one.id for one in known.rows.values() if one.kind is UnitKind.WARD and one.stands_on(on)), on)
