"""Finding units, and walking the tree at any date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.prepared import Table, asked
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries.atlas import Atlas, UnitRow, atlas
from gandan.ground.organisations.queries.people import require, require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, rank
from gandan.ground.vietnam.text import fold


class UnknownUnit(Refused):
    """No unit has this code."""


class NotStanding(Refused):
    """The unit doesn't exist on the day: not yet, or no longer."""


UNIT = Table(Unit, "u")
_BY_CODE = f"SELECT {UNIT.columns} FROM organisations_unit u WHERE u.code = %s"


def unit(code: str) -> Unit:
    """Return the unit with this code, whether it still stands or not.

    :raises UnknownUnit: if there is none
    """
    found = asked(_BY_CODE, [code.strip().upper()])
    if not found:
        raise UnknownUnit(gettext_noop("Không có đơn vị nào mang mã {code}."), code=code)
    return UNIT.record(found[0])


def unit_on(code: str, day: date) -> Unit:
    """Return the unit with this code, which must stand on `day`.

    :raises UnknownUnit: if there is none
    :raises NotStanding: if it was founded later, or has ended; the sentence names who took over
    """
    found = unit(code)
    check_standing(found, day)
    return found


def check_standing(unit: Unit, day: date) -> None:
    """:raises NotStanding: if the unit was founded after `day`, or has ended by then"""
    if unit.founded_on > day:
        raise NotStanding(
            gettext_noop("{name} ({code}) chưa thành lập vào ngày {day}; đơn vị hoạt động từ {founded}."),
            name=unit.name, code=unit.code, day=f"{day:%d/%m/%Y}", founded=f"{unit.founded_on:%d/%m/%Y}",
        )  # fmt: skip
    if unit.closed_on is not None and unit.closed_on <= day:
        heirs = successors(unit.pk, day)
        said = {
            "name": unit.name, "code": unit.code, "closed": f"{unit.closed_on:%d/%m/%Y}",
            "heirs": ", ".join(f"{heir.name} ({heir.code})" for heir in heirs),
        }  # fmt: skip
        if heirs:
            raise NotStanding(gettext_noop("{name} ({code}) đã kết thúc từ {closed}; nay là {heirs}."), **said)
        raise NotStanding(gettext_noop("{name} ({code}) đã kết thúc từ {closed}."), **said)


def standing_heir(unit: Unit, on: date) -> Unit:
    """Return the unit itself, or its main heir if it has ended: where what concerns it is told."""
    return unit if unit.stands_on(on) else Unit.objects.get(pk=atlas().tree.main_heir(unit.pk, on))


def unit_id(code: str) -> int:
    """Return the number of the unit with this code.

    :raises UnknownUnit: if there is none
    """
    found = atlas().ids.get(code.strip().upper())
    if found is None:
        raise UnknownUnit(gettext_noop("Không có đơn vị nào mang mã {code}."), code=code)
    return found


def row(unit: int, on: date | None = None) -> UnitRow:
    """Return a unit by the name it had on a day; by its latest without one."""
    return atlas().row(unit, on)


def rows(units: Iterable[int], on: date | None = None) -> dict[int, UnitRow]:
    known = atlas()
    return {unit: known.row(unit, on) for unit in units}


def path(unit: int, line: Line, day: date) -> tuple[UnitRow, ...]:
    """Return the units from the root down to this one."""
    known = atlas()
    return tuple(known.row(upper, day) for upper in known.tree.path(unit, line, day))


def children(unit: int | None, line: Line, day: date) -> tuple[UnitRow, ...]:
    """Return the units right below this one, or the roots of the line, in Vietnamese order."""
    known = atlas()
    return known.sorted_rows(known.tree.children(unit, line, day), day)


def tops(day: date) -> list[Unit]:
    """Return the units at the top of the administration: where what is done for everybody counts."""
    return list(Unit.objects.filter(pk__in=atlas().tree.roots(Line.ADMINISTRATION, day)).order_by("code"))


def require_for_all(right: Right, *, by: Person, on: date) -> None:
    """:raises NotAllowed: if `by` doesn't have the right at the top: what is changed there counts for everybody"""
    above = tops(on)
    for unit in above:
        require(right, by=by, unit=unit, on=on)
    if not above:
        require_anywhere(right, by=by, on=on)


@dataclass(frozen=True)
class Descendant:
    """A unit that was at or under another from a day until before a day."""

    unit: UnitRow
    start: date
    end: date


def descendants(unit: int, line: Line, start: date, end: date) -> tuple[Descendant, ...]:
    """Return who was at or under the unit, and when, within a period; in Vietnamese order."""
    known = atlas()
    found = [Descendant(known.row(below, first), first, last) for below, first, last in known.tree.below(unit, line, start, end)]
    return tuple(sorted(found, key=lambda one: (one.unit.sort_key, one.unit.code, one.start)))


def successors(unit: int, on: date) -> tuple[UnitRow, ...]:
    """Return the units into which this one had passed by that day; none if it had not."""
    known = atlas()
    return known.sorted_rows(known.tree.heirs(unit, on) - {unit}, on)


def predecessors(unit: int) -> tuple[UnitRow, ...]:
    """Return every unit of which this one has taken over all or a part, by their last names."""
    known = atlas()
    return known.sorted_rows(known.tree.predecessors(unit))


def find_units(text: str, on: date | None = None, line: Line | None = None, limit: int = 20) -> tuple[UnitRow, ...]:
    """Return units whose name or code has all the words of `text`, with or without marks, in Vietnamese order.

    With a day, by the names of that day and only those that stand; without one, by any name they ever had. An exact name or
    code comes first, then the words as a phrase.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    known = atlas()
    found: list[tuple[int, UnitRow]] = []
    for unit, names in known.names.items():
        ranks = [rank(called.search, wanted) for called in names if on is None or called.start <= on < called.end]
        best = min((nth for nth in ranks if nth is not None), default=None)
        if best is not None and _is_meant(known, unit, on, line):  # of few that are called so
            found.append((best, known.row(unit, on)))
    found.sort(key=lambda pair: (pair[0], pair[1].sort_key, pair[1].code))
    return tuple(row for _, row in found[:limit])


def _is_meant(known: Atlas, unit: int, on: date | None, line: Line | None) -> bool:
    if on is not None and not known.rows[unit].stands_on(on):
        return False
    if line is None:
        return True
    return bool(known.tree.place(unit, line, on) if on is not None else known.tree.places(unit, line))
