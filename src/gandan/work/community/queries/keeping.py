"""Activities that may be kept beyond their time, by the unit that noted them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, pk_of
from gandan.work.community.models import Activity
from gandan.work.community.queries.activities import seen

SIGN = "BH"


def activity_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return an activity by its number (`BH-12`).

    :raises UnknownActivity: if there is none of this number
    :raises NotAllowed: if the viewer sees neither the activities of the unit that noted it nor those of its partner
    """
    found = seen(pk_of(number), viewer, on)
    return Keepable(found, f"{SIGN}-{found.pk}", found.unit, Right.WRITE_COMMUNITY)


def activity_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these activities that the viewer may see."""
    found = Activity.objects.visible_to(viewer, on).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: f"{SIGN}-{pk}" for pk in found}
