"""Ideas that may be kept beyond their time, by who leads the call they were sent to."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, pk_of
from gandan.work.voice.models import Idea
from gandan.work.voice.queries.ideas.calls import UnknownIdea


def idea_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return an idea by its number (`HK-12`).

    :raises UnknownIdea: if the viewer leads no call to which it was sent
    """
    leads = visible_units(Right.LEAD_CALLS, viewer, on)
    found = Idea.objects.sent().select_related("call__unit").filter(pk=pk_of(number), call__unit__among=leads).first()
    if found is None:
        raise UnknownIdea(gettext_noop("Không có ý kiến số {number} trong những lời kêu gọi Ông/Bà chủ trì."), number=number[:40])
    return Keepable(found, found.number, found.call.unit, Right.LEAD_CALLS)


def idea_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these ideas that the viewer may read."""
    return {one.pk: one.number for one in Idea.objects.visible_to(viewer, on).filter(pk__in=ids)}
