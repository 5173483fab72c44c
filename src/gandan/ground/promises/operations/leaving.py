"""Leaving no work behind: what somebody was to do is handed over before their last role ends."""

from collections.abc import Mapping
from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations import operations as organisations
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import PROMISE_KINDS
from gandan.ground.promises.models import OPEN, Promise
from gandan.ground.promises.operations.handing import reassign


class NotTheirs(Refused):
    """Who is to take the work over may not do it at that unit."""


@operation
def hand_work_over(
    *,
    person: Person,
    by: Person,
    on: date,
    to: Person | None = None,
    each: Mapping[int, Person] | None = None,
    unit: Unit | None = None,
) -> int:
    """Give what somebody was to do to another, or back to the unit's queue, where all of the unit see it; return how much.

    :param to: who takes what `each` doesn't name; without one it goes back to the unit
    :param each: who takes over which promise, by number
    :param unit: only the work of this unit
    :raises NotAllowed: if `by` may not arrange the people of one of the units
    :raises NotTheirs: if somebody is given work of a unit where they may not do it
    """
    open_ones = Promise.objects.filter(OPEN, officer=person).select_related("unit").order_by("pk")
    found = list(open_ones if unit is None else open_ones.filter(unit=unit))
    for one in {promise.unit_id: promise.unit for promise in found}.values():
        require(Right.ARRANGE_PEOPLE, by=by, unit=one, on=on)
    for promise in found:
        taker = (each or {}).get(promise.pk, to)
        if taker and not may(PROMISE_KINDS[promise.kind].right, by=taker, unit=promise.unit, on=on):
            raise NotTheirs(
                gettext_noop("{person} không làm được việc này tại {unit}."), person=taker.name, unit=promise.unit.name
            )
        reassign(promise=promise, officer=taker, by=by, on=on)
    if not found:
        unchanged()
    return len(found)


@operation
def leave(*, person: Person, by: Person, on: date, to: Person | None = None, each: Mapping[int, Person] | None = None) -> int:
    """Let somebody leave: their work is handed over, their roles end, and nobody signs in by their name from now on.

    :return: how many promises were handed over
    :raises NotAllowed: if `by` may not manage people at one of the units
    :raises NotTheirs: if somebody is given work of a unit where they may not do it
    :raises AlreadyLeft: if the person has left already
    :raises GaveOneself: if `person` is `by`
    """
    handed = hand_work_over(person=person, to=to, each=each, by=by, on=on)
    organisations.leave(person=person, by=by, on=on)
    return handed
