"""People, the product's own actors, and who may do what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.answering import learnt, once
from gandan.ground.ledger.prepared import asked
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, Grant, Person, Unit
from gandan.ground.organisations.queries.atlas import Atlas, atlas, tree
from gandan.ground.organisations.rights import ABOUT_PEOPLE, CLOCK, IMPORTER, OWN_HANDS, PUBLIC, RIGHTS, Right, Role, Scope
from gandan.ground.organisations.rules import ONE_DAY, Line, Tree

GRACE = timedelta(days=30)  # docs/decisions/the-morning-after-a-merger.md


MOST_REACHES = 2_000  # kept for one tree


class UnknownPerson(Refused):
    """Nobody has this user name."""


def person(username: str) -> Person:
    """:raises UnknownPerson: if nobody has this user name"""
    found = Person.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise UnknownPerson(gettext_noop("Không có người dùng {username}."), username=username)
    return found


def clock() -> Person:
    """Return the actor of what happens by itself, because its time has come."""
    return Person.objects.get(username=CLOCK)


def public() -> Person:
    """Return the actor of what people do from outside. It is never one person."""
    return Person.objects.get(username=PUBLIC)


def importer() -> Person:
    """Return the actor of what is loaded from files."""
    return Person.objects.get(username=IMPORTER)


def somebody(number: int) -> Person | None:
    """Return an actor by the number under which the ledger knows them."""
    return Person.objects.filter(pk=number).first()


def names(ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by number."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


@dataclass(frozen=True)
class Held:
    """A role that someone holds at a unit."""

    id: int
    person: int
    unit: int
    role: Role
    line: Line
    start: date
    end: date | None
    acting_for: int | None = None  # stands in for this person
    former: int | None = None  # the unit that ended; its people work on at the heir for a while


_HELD_BY = """
    SELECT a.id, a.person_id, a.unit_id, a.role, a.line, lower(a.during), upper(a.during), a.acting_for_id,
        (SELECT token FROM organisations_treeversion WHERE id = 1)
    FROM organisations_appointment a JOIN organisations_unit u ON u.id = a.unit_id
    WHERE {whose} AND (
        a.during @> %(on)s OR (u.closed_on > %(lately)s AND u.closed_on <= %(on)s AND upper(a.during) = u.closed_on)
    )
    ORDER BY a.id
"""
_HELD = _HELD_BY.format(whose="a.person_id = %(person)s")
_HELD_BY_SEVERAL = _HELD_BY.format(whose="a.person_id = ANY(%(people)s)")


def appointments(person: Person, on: date) -> tuple[Held, ...]:
    """Return the roles that a person holds on a day, in the order in which they were given.

    Whose unit has just passed into another works on at its main heir, until they are appointed anew or `GRACE` is over.
    """
    return _held(person, on)[0]


def _held(person: Person, on: date) -> tuple[tuple[Held, ...], UUID | None]:
    """Return the roles of a person with the version of the tree, in one statement; without a role no version is needed."""
    return once(("held", person.pk, on), lambda: _ask_held(person.pk, on))


def _ask_held(person: int, on: date) -> tuple[tuple[Held, ...], UUID | None]:
    found = asked(_HELD, {"person": person, "on": on, "lately": on - GRACE})
    if not found:
        return (), None
    token: UUID = found[0][-1]
    learnt("tree", token)
    return tuple(_at_work(_read(found), on)), token


def _read(found: Iterable[tuple[Any, ...]]) -> list[Held]:
    return [Held(pk, who, unit, Role(role), Line(line), *rest) for pk, who, unit, role, line, *rest, _token in found]


def _held_by(people: Iterable[int], on: date, known: Tree) -> dict[int, tuple[Held, ...]]:
    """Return the roles of several people in one statement, as `appointments` does those of one."""
    given = {"people": list(people), "on": on, "lately": on - GRACE}
    several: dict[int, list[Held]] = {}
    for held in _read(asked(_HELD_BY_SEVERAL, given)):
        several.setdefault(held.person, []).append(held)
    return {one: tuple(_at_work(held, on, known)) for one, held in several.items()}


def _at_work(found: Sequence[Held], on: date, known: Tree | None = None) -> Iterator[Held]:
    standing = [one for one in found if one.end is None or one.end > on]
    for held in found:
        if held.end is None or held.end > on:
            yield held
            continue
        known = known or tree()
        heir = known.main_heir(held.unit, on)
        anew = any(other.line == held.line and other.start >= held.end for other in standing)
        if not anew and heir != held.unit and known.place(heir, held.line, on):
            yield replace(held, unit=heir, former=held.unit, end=held.end + GRACE)


def units_of(person: Person, on: date) -> frozenset[int]:
    """Return the units at which a person holds a role; of who holds none, that of their last day or where one is asked for."""
    now = frozenset(one.unit for one in appointments(person, on))
    last = Appointment.objects.filter(person=person).order_by("-during").values_list("unit_id", flat=True).first()
    asked = Grant.objects.filter(person=person, decided_on=None).values_list("unit_id", flat=True)
    return now or (frozenset({last}) if last else frozenset(asked))


def staff(unit: int, on: date) -> tuple[tuple[Person, Held], ...]:
    """Return who holds a role at the unit itself on a day."""
    found = Appointment.objects.filter(unit_id=unit, during__contains=on).select_related("person").order_by("person__name", "pk")
    return tuple((one.person, _as_held(one)) for one in found)


def _as_held(one: Appointment) -> Held:
    during = one.during
    return Held(one.pk, one.person_id, one.unit_id, Role(one.role), Line(one.line), during.lower, during.upper, one.acting_for_id)


def may(right: Right, *, by: Person, unit: Unit, on: date) -> bool:
    """Say whether `by` has the right at this unit on that day.

    An ended unit is its main heir's to look after.
    """
    if not by.is_active:
        return False
    if by.username in OWN_HANDS:
        return right in OWN_HANDS[by.username]
    return reaching(right, by=by, unit=unit.pk, on=on) is not None


def require(right: Right, *, by: Person, unit: Unit, on: date) -> None:
    """:raises NotAllowed: if `by` doesn't have the right at this unit on that day"""
    if not may(right, by=by, unit=unit, on=on):
        raise NotAllowed(gettext_noop("{person} không có quyền này tại {unit}."), person=by.name, unit=unit.name)


def require_anywhere(right: Right, *, by: Person, on: date) -> None:
    """:raises NotAllowed: if `by` has the right at no unit on that day"""
    if not rights(by, on) & {right}:
        raise NotAllowed(gettext_noop("{person} không có quyền này."), person=by.name)


def rights(by: Person, on: date) -> frozenset[Right]:
    """Return the rights that `by` has at one unit or another, for menus and buttons."""
    if not by.is_active:
        return frozenset()
    if by.username in OWN_HANDS:
        return OWN_HANDS[by.username]
    found = rights_of(appointments(by, on))
    return found & by.scope.rights if by.scope else found


def rights_of(held: Iterable[Held]) -> frozenset[Right]:
    """Return the rights that these roles carry, at one unit or another."""
    roles = {one.role for one in held}
    return frozenset(right for right, carriers in RIGHTS.items() if carriers & roles)


def visible_units(right: Right, by: Person, on: date) -> frozenset[int]:
    """Return every unit at which `by` has the right on that day, ended ones included whose files have come down to them."""
    if not by.is_active:
        return frozenset()
    if by.username in OWN_HANDS:
        return frozenset(atlas().rows) if right in OWN_HANDS[by.username] else frozenset()
    held, token = _carrying(right, by, on)
    if not held:
        return frozenset()
    known = atlas(token)
    return frozenset[int]().union(*(_reach(known, one, right, on, by.scope) for one in held))


def reaching(right: Right, *, by: Person, unit: int, on: date) -> Held | None:
    """Return the role by which someone has the right at a unit, or None: `may`, with the reason."""
    held, token = _carrying(right, by, on) if by.is_active else ([], None)
    return _first(atlas(token), held, right, unit, on, by.scope) if held else None


def _first(known: Atlas, held: Iterable[Held], right: Right, unit: int, on: date, scope: Scope | None) -> Held | None:
    return next((one for one in held if _reaches(known, one, right, unit, on, scope)), None)


def bearers(right: Right, *, unit: int, on: date) -> tuple[tuple[Person, int], ...]:
    """Return who has a right at a unit, each with the unit of their role: its own people first, then those from above.

    Whose unit has just passed into this one is among them, as `may` says.
    """
    known = atlas()
    above = {one for line in known.tree.lines(unit) for one in known.tree.path(unit, line, on)}
    before = {old for one in above for old in known.tree.predecessors(one)}
    lately = DateRange(on - GRACE, on + ONE_DAY)
    carriers = RIGHTS[right]
    people = Person.objects.filter(
        is_active=True, appointments__unit__in=above | before, appointments__role__in=[role.value for role in carriers],
        appointments__during__overlap=lately,
    )  # fmt: skip
    found = list(people.distinct().order_by("name", "pk"))
    several = _held_by((one.pk for one in found), on, known.tree)
    carrying = [(one, [held for held in several.get(one.pk, ()) if held.role in carriers]) for one in found]
    bearing = [(one, _first(known, held, right, unit, on, None)) for one, held in carrying]
    return tuple(sorted(((one, held.unit) for one, held in bearing if held), key=lambda pair: pair[1] != unit))


def outside(*, by: Person, unit: int, on: date) -> Held | None:
    """Return the role by which someone may open a record of a unit that is not theirs, for a reason: on the same line alone."""
    held, token = _carrying(Right.READ_OUTSIDE, by, on) if by.is_active and by.scope is None else ([], None)
    known = atlas(token)
    for one in held:
        keeper = known.tree.keeper(unit, one.line, on)
        if keeper is not None and not _of_another_line(known, one.line, Right.READ_DOSSIERS, unit):
            return one
    return None


def _carrying(right: Right, by: Person, on: date) -> tuple[list[Held], UUID | None]:
    if by.scope is not None and right not in by.scope.rights:
        return [], None
    held, token = _held(by, on)
    return [one for one in held if one.role in RIGHTS[right]], token


def _reaches(known: Atlas, held: Held, right: Right, unit: int, on: date, scope: Scope | None) -> bool:
    if held.former is not None:
        return unit in _reach(known, held, right, on, scope)
    keeper = known.tree.keeper(unit, held.line, on)
    if keeper is None:
        return False
    path = known.tree.path(keeper, held.line, on)
    return (
        held.unit in path
        and (scope is None or not scope.units.isdisjoint(path))
        and not _of_another_line(known, held.line, right, unit)
    )


def _reach(known: Atlas, held: Held, right: Right, on: date, scope: Scope | None) -> frozenset[int]:
    """Return the units at which a role gives a right: the same for all who hold it there, so it is worked out once for a tree."""
    key = (held.unit, held.former, held.line, right in ABOUT_PEOPLE, on, None if scope is None else scope.units)
    found = known.reached.get(key)
    if found is None:
        if len(known.reached) >= MOST_REACHES:
            known.reached.clear()
        found = known.reached[key] = _work_out(known, held, right, on, scope)
    return found


def _work_out(known: Atlas, held: Held, right: Right, on: date, scope: Scope | None) -> frozenset[int]:
    if held.former is not None:
        both = {held.unit, held.former} if scope is None else {held.unit, held.former} & scope.units
        return frozenset(unit for unit in both if not _of_another_line(known, held.line, right, unit))
    standing = _below(known, held.unit, held.line, on)
    if scope is not None:
        standing &= set[int]().union(*(_below(known, unit, held.line, on) for unit in scope.units))
    ended = {unit for unit, row in known.rows.items() if row.closed_on is not None and row.closed_on <= on}
    inherited = {unit for unit in ended if known.tree.keeper(unit, held.line, on) in standing}
    return frozenset(unit for unit in standing | inherited if not _of_another_line(known, held.line, right, unit))


def _below(known: Atlas, unit: int, line: Line, on: date) -> set[int]:
    return {below for below, _, _ in known.tree.below(unit, line, on, on + ONE_DAY)}


def _of_another_line(known: Atlas, line: Line, right: Right, unit: int) -> bool:
    """Every unit stands on the administration line; rights on records about people go no further there than its own bodies."""
    return right in ABOUT_PEOPLE and line == Line.ADMINISTRATION and known.tree.lines(unit) != (Line.ADMINISTRATION,)
