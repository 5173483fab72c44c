"""Which unit or whom somebody means who has typed a name, a code, or a choice that was offered: `Công an Thành phố (CATP)`."""

import re
from contextlib import suppress
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Appointment, Person, Unit
from gandan.ground.organisations.queries.atlas import UnitRow, atlas
from gandan.ground.organisations.queries.people import UnknownPerson, person
from gandan.ground.organisations.queries.units import UnknownUnit, find_units, unit
from gandan.ground.organisations.rules import Nature, rank
from gandan.ground.vietnam.text import fold

CHOSEN = re.compile(r"\(([^()\s]+)\)$")
FEW = 4


class Several(Refused):
    """More than one is called so; the sentence names some."""


def _codes(text: str) -> list[str]:
    """What may be the code in what was typed: what stands in brackets at its end, or all of it."""
    chosen = CHOSEN.search(text)
    return [*([chosen[1]] if chosen else []), text]


def unit_meant(text: str, on: date) -> Unit:
    """Return the unit that is meant, of those that stand on the day or that have the code.

    :raises UnknownUnit: if there is none
    :raises Several: if several are called so and no code says which
    """
    for code in _codes(text.strip()):
        with suppress(UnknownUnit):
            return unit(code)
    found = find_units(text, on, limit=FEW)
    same = [one for one in found if fold(text) in {fold(one.name), fold(one.short_name)}] or list(found)
    if not same:
        raise UnknownUnit(gettext_noop("Không có đơn vị nào tên hoặc mã là {code}."), code=text)
    if len(same) > 1:
        names = "; ".join(f"{one.name} ({one.code})" for one in same)
        raise Several(gettext_noop("Có nhiều nơi tên như vậy, xin chọn một: {names}."), names=names)
    return unit(same[0].code)


def find_people(text: str, on: date, *, limit: int = 8) -> list[tuple[Person, UnitRow]]:
    """Return staff at work on a day whose name or user name has all the words, with or without marks; each with a unit."""
    wanted = fold(text)
    if not wanted:
        return []
    there = Appointment.objects.filter(during__contains=on, person__is_active=True, person__nature=Nature.PERSON.value)
    names = there.values_list("person_id", "person__name", "person__username", "unit_id").order_by("person__name", "pk")
    found: dict[int, tuple[int, int]] = {}
    for pk, name, username, at in names:
        nth = rank(f"{fold(name)}\n{username}", wanted)
        if nth is not None and pk not in found:
            found[pk] = (nth, at)
    first = sorted(found, key=lambda pk: found[pk][0])[:limit]
    people = Person.objects.in_bulk(first)
    known = atlas()
    return [(people[pk], known.row(found[pk][1], on)) for pk in first]


def person_meant(text: str, on: date) -> Person:
    """Return the one of the staff who is meant.

    :raises UnknownPerson: if nobody is
    :raises Several: if several are called so and no user name says who
    """
    for name in _codes(text.strip()):
        with suppress(UnknownPerson):
            return person(name)
    found = [one for one, _at in find_people(text, on, limit=FEW)]
    same = [one for one in found if fold(one.name) == fold(text)] or found
    if not same:
        raise UnknownPerson(gettext_noop("Không có ai tên hoặc tên đăng nhập là {username}."), username=text)
    if len(same) > 1:
        names = "; ".join(f"{one.name} ({one.username})" for one in same)
        raise Several(gettext_noop("Có nhiều người tên như vậy, xin chọn một: {names}."), names=names)
    return same[0]
