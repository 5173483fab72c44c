"""Why someone has a right at a unit, or what is missing: from which role, by which path in the tree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries.atlas import UnitRow, atlas
from gandan.ground.organisations.queries.people import Held, appointments, may, reaching
from gandan.ground.organisations.rights import ABOUT_PEOPLE, OWN_HANDS, RIGHTS, Right, Role
from gandan.ground.organisations.rules import Line


class Because(StrEnum):
    """The reason of a yes or a no."""

    APPOINTED = "appointed"
    STANDS_IN = "stands_in"
    AFTER_MERGER = "after_merger"  # works on at the heir for a while
    OWN_HAND = "own_hand"
    LEFT = "left"
    NO_ROLE = "no_role"
    ENDED = "ended"  # held a role that carried it
    ROLE_LACKS_IT = "role_lacks_it"
    OTHER_LINE = "other_line"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class Explained:
    """Yes or no, the reason, the roles held, the one it comes from, and the path from its unit down."""

    may: bool
    because: Because
    held: tuple[Held, ...]
    by: Held | None
    path: tuple[UnitRow, ...]
    carried_by: tuple[Role, ...]


def explain(right: Right, *, by: Person, unit: Unit, on: date) -> Explained:
    """Say whether someone has a right at a unit on a day, and why."""
    held = appointments(by, on)
    found = reaching(right, by=by, unit=unit.pk, on=on)
    carried_by = tuple(sorted(RIGHTS[right]))
    if found is None:
        yes = may(right, by=by, unit=unit, on=on)
        because = Because.OWN_HAND if by.username in OWN_HANDS else _missing(right, by, unit, on, held)
        return Explained(yes, because, held, None, (), carried_by)
    because = Because.AFTER_MERGER if found.former else Because.STANDS_IN if found.acting_for else Because.APPOINTED
    return Explained(True, because, held, found, _path(found, unit.pk, on), carried_by)


def _path(held: Held, unit: int, on: date) -> tuple[UnitRow, ...]:
    """Return the units from the role's down to the one that keeps the files of `unit`, and `unit` if that is another."""
    known = atlas()
    keeper = known.tree.keeper(unit, held.line, on) or held.unit
    path = known.tree.path(keeper, held.line, on)
    down = path[path.index(held.unit) :] if held.unit in path else (held.unit,)
    return tuple(known.row(one, on) for one in (*down, *((unit,) if unit not in down else ())))


def _missing(right: Right, by: Person, unit: Unit, on: date, held: tuple[Held, ...]) -> Because:
    if not by.is_active:
        return Because.LEFT
    carrying = [one for one in held if one.role in RIGHTS[right]]
    if carrying:
        lines = atlas().tree.lines(unit.pk)
        strange = all(one.line not in lines or (right in ABOUT_PEOPLE and one.line is Line.ADMINISTRATION) for one in carrying)
        return Because.OTHER_LINE if strange else Because.OUT_OF_REACH
    past = by.appointments.filter(during__endswith__lte=on, role__in=[role.value for role in RIGHTS[right]])
    if past.exists():
        return Because.ENDED
    return Because.ROLE_LACKS_IT if held else Because.NO_ROLE
