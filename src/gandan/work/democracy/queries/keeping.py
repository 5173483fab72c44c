"""Polls and consultations that may be kept beyond their time, whole: never by the police, who have no right to rolls or words."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, pk_of
from gandan.work.democracy.models import Consultation, Poll
from gandan.work.democracy.queries.consultations import UnknownConsultation
from gandan.work.democracy.queries.polls import UnknownPoll

POLL_SIGN, CONSULTATION_SIGN = "BP", "LY"


def poll_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a poll by its number (`BP-12`): its roll is kept with who voted how in an open vote.

    :raises UnknownPoll: if there is none that the viewer keeps
    """
    found = Poll.objects.visible_to(viewer, on).select_related("unit").filter(pk=pk_of(number)).first()
    if found is None:
        raise UnknownPoll(gettext_noop("Không có lần bỏ phiếu số {number} do Ông/Bà tổ chức."), number=number)
    return Keepable(found, f"{POLL_SIGN}-{found.pk}", found.unit, Right.KEEP_POLLS)


def poll_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these polls that the viewer keeps."""
    found = Poll.objects.visible_to(viewer, on).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: f"{POLL_SIGN}-{pk}" for pk in found}


def consultation_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a consultation by its number (`LY-12`): what people wrote is kept, by the side that moderates it.

    :raises UnknownConsultation: if the viewer moderates none of this number
    """
    found = _moderated(viewer, on).select_related("unit").filter(pk=pk_of(number)).first()
    if found is None:
        raise UnknownConsultation(gettext_noop("Không có lần lấy ý kiến này, hoặc thuộc đơn vị khác."))
    return Keepable(found, f"{CONSULTATION_SIGN}-{found.pk}", found.unit, Right.MODERATE_VOICE)


def consultation_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these consultations that the viewer moderates."""
    found = _moderated(viewer, on).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: f"{CONSULTATION_SIGN}-{pk}" for pk in found}


def _moderated(viewer: Person, on: date) -> QuerySet[Consultation]:
    return Consultation.objects.filter(unit__among=visible_units(Right.MODERATE_VOICE, viewer, on))
