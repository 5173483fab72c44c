"""Whom people call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gandan.ground.ledger.prepared import planned
from gandan.work.notices.models import Contact


@dataclass(frozen=True)
class Number:
    """A number that a body gives out, and what it is for."""

    what: str
    phone: str
    officer: str = ""
    hours: str = ""


@planned
def _contacts(units: tuple[int, ...], on: date) -> QuerySet[Contact]:
    return Contact.objects.filter(unit__among=units, during__contains=on).order_by("unit_id", "position")


def contacts(units: Collection[int], on: date) -> dict[int, list[Number]]:
    """Return whom to call at several units on a day, by unit."""
    found: dict[int, list[Number]] = {unit: [] for unit in units}
    for one in _contacts(tuple(sorted(units)), on):
        found[one.unit_id].append(Number(one.what, one.phone, one.officer, one.hours))
    return found
