"""What was erased and when, and what is held beyond its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.models import STANDING, Erasure, Hold


@dataclass(frozen=True)
class ErasureRow:
    """The proof of what a day erased of one kind."""

    id: int
    kind: str
    how: str
    on: date
    before: date
    records: int
    digest: str
    finished: bool


@dataclass(frozen=True)
class HoldRow:
    """A record that is kept beyond its time, with the reason and the last day."""

    id: int
    about_type: str
    about_id: int
    unit: UnitRow
    reason: str
    since: date
    until: date


def erasures(*, after: tuple[date, int] | None = None, limit: int = 50) -> Sequence[ErasureRow]:
    """Return the proofs, the newest first; those that come after (day, number) in that order."""
    found = Erasure.objects.order_by("-on", "-id")
    if after:
        found = found.filter(Q(on__lt=after[0]) | Q(on=after[0], id__lt=after[1]))
    return [
        ErasureRow(one.pk, one.kind, one.how, one.on, one.before, one.records, bytes(one.digest).hex(), one.finished)
        for one in found[:limit]
    ]


def held(about_type: str, on: date) -> frozenset[int]:
    """Return the records of a type that may not end on that day."""
    standing = Hold.objects.filter(STANDING, about_type=about_type, since__lte=on, until__gte=on)
    return frozenset(standing.values_list("about_id", flat=True))


def hold_on(about_type: str, about_id: int) -> Hold | None:
    """Return what keeps a record beyond its time, if anything does."""
    return Hold.objects.filter(STANDING, about_type=about_type, about_id=about_id).first()


def holds(viewer: Person, on: date, limit: int = 100) -> Sequence[HoldRow]:
    """Return what is held at units whose ends the viewer looks after, and what they might have held themselves."""
    standing = Hold.objects.filter(STANDING, until__gte=on)
    seen = Q(unit_id__among=visible_units(Right.MANAGE_PRIVACY, viewer, on))
    for right in standing.order_by("right").values_list("right", flat=True).distinct():
        seen |= Q(right=right, unit_id__among=visible_units(Right(right), viewer, on))
    found = list(standing.filter(seen).order_by("until", "pk")[:limit])
    units = rows({one.unit_id for one in found})
    return [HoldRow(one.pk, one.about_type, one.about_id, units[one.unit_id], one.reason, one.since, one.until) for one in found]
