"""Whom people call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gandan.work.notices.models import Contact


@dataclass(frozen=True)
class Number:
    """A number that a body gives out, and what it is for."""

    what: str
    phone: str
    officer: str = ""
    hours: str = ""


def contacts(units: Collection[int], on: date) -> dict[int, list[Number]]:
    """Return whom to call at several units on a day, by unit."""
    found: dict[int, list[Number]] = {unit: [] for unit in units}
    for one in Contact.objects.filter(unit_id__in=list(units), during__contains=on).order_by("unit_id", "position"):
        found[one.unit_id].append(Number(one.what, one.phone, one.officer, one.hours))
    return found
