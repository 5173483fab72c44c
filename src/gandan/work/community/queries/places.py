"""Where something is held, and who is the other side there."""

from datetime import date

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import UnitRow, children, line_of, path, reaching, rows, speaks_for
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.community.rules import Side

SIDES_OF = {Line.POLICE: Side.POLICE, Line.CIVIL: Side.CIVIL}

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


def sides_of(by: Person, unit: Unit, on: date) -> set[Side]:
    """Return the sides for which somebody may assess what a unit looks after."""
    if reaching(Right.ASSESS_MODELS, by=by, unit=unit.pk, on=on) is None:
        return set()
    return {SIDES_OF[line] for line in speaks_for(by, on)}
