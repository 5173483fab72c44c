"""What becomes of minutes when their time is up."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_anywhere
from gandan.ground.organisations.rights import Right
from gandan.work.meetings.models import Meeting, Revision, Section

AT_ONCE = 100


@operation
def erase_minutes(*, before: date, but: Collection[int], by: Person, on: date) -> list[int]:
    """Erase the minutes of meetings that ended before a day, and return their numbers; conclusions and votes stay.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_anywhere(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    written = Section.objects.exclude(text="").values("meeting_id")
    ended = Meeting.objects.filter(closed_on__lt=before, pk__in=written).exclude(pk__in=but)
    numbers = list(ended.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Revision.objects.filter(section__meeting_id__in=numbers).update(text="", typed="")
    Section.objects.filter(meeting_id__in=numbers).update(text="")
    return numbers
