"""Meetings that may be kept beyond their time, by the unit that holds them; and the papers that stay with them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, numbered, numbers_of, pk_of
from gandan.work.meetings.models import Meeting, PaperVersion
from gandan.work.meetings.queries.meetings import seen

SIGN = "CH"


def meeting_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a meeting by its number (`CH-12`).

    :raises UnknownMeeting: if there is none of this number
    :raises NotAllowed: if the viewer may not see it
    """
    found = seen(pk_of(number), viewer, on)
    return Keepable(found, numbered(SIGN, found.pk), found.unit, Right.HOLD_MEETINGS)


def meeting_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these meetings that the viewer may see."""
    return numbers_of(ids, Meeting.objects.visible_to(viewer, on), SIGN)


def files_of(meetings: Collection[int]) -> frozenset[int]:
    """Return the files of the papers that were put before these meetings, all their versions."""
    return frozenset(PaperVersion.objects.filter(paper__meeting__in=meetings).values_list("file_id", flat=True))
