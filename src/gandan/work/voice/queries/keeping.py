"""Cases that may be kept beyond their time, by who works on them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.organisations.models import Person
from gandan.ground.privacy.queries import Keepable
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.queries.one import case


def case_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a case by its number (`PA-12`); a complaint is kept by who handles complaints, and nobody else.

    :raises UnknownCase: if the viewer may read no such case
    """
    found = case(number, viewer, on).record
    return Keepable(found, found.number, found.unit, KINDS[CaseKind(found.kind)].work)


def case_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these cases that the viewer may read."""
    return {one.pk: one.number for one in Case.objects.visible_to(viewer, on).filter(pk__in=ids)}
