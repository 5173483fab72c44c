"""From what a meeting made to the meeting, for who may see it."""

from datetime import date

from django.db.models import QuerySet

from gandan.ground.organisations.models import Person
from gandan.work.meetings.models import Conclusion, Section
from gandan.work.meetings.queries.meetings import seen


def conclusion_of(number: int, viewer: Person, on: date) -> int:
    """Return the meeting of a conclusion, and nothing that is in it.

    :raises UnknownMeeting: if there is no such conclusion
    :raises NotAllowed: if the viewer may not see the meeting
    """
    return _seen(Conclusion.objects.filter(pk=number), viewer, on)


def section_of(number: int, viewer: Person, on: date) -> int:
    """Return the meeting of a section of its minutes.

    :raises UnknownMeeting: if there is no such section
    :raises NotAllowed: if the viewer may not see the meeting
    """
    return _seen(Section.objects.filter(pk=number), viewer, on)


def _seen(found: QuerySet[Conclusion] | QuerySet[Section], viewer: Person, on: date) -> int:
    return seen(found.values_list("meeting_id", flat=True).first() or 0, viewer, on).pk
