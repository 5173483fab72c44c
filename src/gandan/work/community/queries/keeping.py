"""Activities and commendations that may be kept beyond their time, by the unit that noted or decided them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, keepable, numbered, numbers_of, pk_of
from gandan.work.community.models import Activity, Commendation
from gandan.work.community.queries.activities import seen

SIGN, COMMENDED = "BH", "KT"


class UnknownCommendation(Refused):
    """The viewer sees no commendation of this number."""


def activity_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return an activity by its number (`BH-12`).

    :raises UnknownActivity: if there is none of this number
    :raises NotAllowed: if the viewer sees neither the activities of the unit that noted it nor those of its partner
    """
    found = seen(pk_of(number), viewer, on)
    return Keepable(found, numbered(SIGN, found.pk), found.unit, Right.WRITE_COMMUNITY)


def activity_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these activities that the viewer may see."""
    return numbers_of(ids, Activity.objects.visible_to(viewer, on), SIGN)


def commendation_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a commendation by its number (`KT-12`): whom it names is kept.

    :raises UnknownCommendation: if the viewer sees none of this number
    """
    unknown = UnknownCommendation(gettext_noop("Không có khen thưởng số {number}, hoặc thuộc đơn vị khác."), number=number)
    return keepable(number, Commendation.objects.visible_to(viewer, on), COMMENDED, Right.WRITE_COMMUNITY, unknown)


def commendation_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these commendations that the viewer may see."""
    return numbers_of(ids, Commendation.objects.visible_to(viewer, on), COMMENDED)
