"""The two sides of a programme: to which a unit belongs, and for which somebody may speak."""

from datetime import date

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries.atlas import tree
from gandan.ground.organisations.queries.people import appointments
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line

OFFICERS = {Role.PROGRAMME_OFFICER_POLICE: Line.POLICE, Role.PROGRAMME_OFFICER_CIVIL: Line.CIVIL}
SIDES = {Line.POLICE: Line.POLICE, Line.CIVIL: Line.CIVIL, Line.FRONT: Line.CIVIL}


def line_of(unit: int, day: date) -> Line:
    """Return the line that a unit belongs to beside the administration; that where it has no other."""
    standing = tree()
    return next(
        (line for line in (Line.POLICE, Line.CIVIL, Line.FRONT, Line.POST) if standing.place(unit, line, day)),
        Line.ADMINISTRATION,
    )


def side_of(unit: int, day: date) -> Line | None:
    """Return the side of a unit: police or civil; none where it belongs to neither."""
    return SIDES.get(line_of(unit, day))


def speaks_for(by: Person, on: date) -> frozenset[Line]:
    """Return the sides for which somebody speaks by their roles: programme officers for theirs, heads for their unit's."""
    held = appointments(by, on)
    officers = {OFFICERS[one.role] for one in held if one.role in OFFICERS}
    return frozenset(officers | {SIDES[one.line] for one in held if one.role is Role.UNIT_HEAD and one.line in SIDES})
