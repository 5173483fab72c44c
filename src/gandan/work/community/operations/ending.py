"""What becomes of what was noted of activities, when its time is up: the place and the points go, the numbers stay."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.community.models import Activity, Point

AT_ONCE = 500


@operation
def erase_activities(*, before: date, but: Collection[int], by: Person, on: date) -> list[int]:
    """Take place and points out of activities held before a day, and return their numbers; the rest comes at the next call.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # that they were ended is told by whoever keeps the rule and the proof
    ended = Activity.objects.filter(day__lt=before).exclude(place="").exclude(pk__in=but)
    numbers = list(ended.order_by("day", "pk").values_list("pk", flat=True)[:AT_ONCE])
    Point.objects.filter(activity_id__in=numbers).update(words="", answer="")
    Activity.objects.filter(pk__in=numbers).update(place="")
    return numbers
