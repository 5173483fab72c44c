"""Matters that may be kept beyond their time, by either of the two units that answer for them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import may
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, numbered, numbers_of, pk_of
from gandan.work.matters.models import Matter
from gandan.work.matters.queries.matters import seen

SIGN = "VV"


def matter_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a matter by its number (`VV-12`).

    :raises UnknownMatter: if there is none of this number
    :raises NotAllowed: if the viewer reads matters of neither side
    """
    found = seen(pk_of(number), viewer, on)
    leads = may(Right.WRITE_MATTERS, by=viewer, unit=found.unit, on=on)
    return Keepable(found, numbered(SIGN, found.pk), found.unit if leads else found.partner, Right.WRITE_MATTERS)


def matter_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these matters that the viewer may read."""
    return numbers_of(ids, Matter.objects.whole_to(viewer, on), SIGN)
