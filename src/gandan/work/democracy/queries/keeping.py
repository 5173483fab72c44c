"""Polls and consultations that may be kept beyond their time, whole: never by the police, who have no right to rolls or words."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, keepable, numbers_of
from gandan.work.democracy.models import Consultation, Poll
from gandan.work.democracy.queries.consultations import UnknownConsultation
from gandan.work.democracy.queries.polls import UnknownPoll

POLL_SIGN, CONSULTATION_SIGN = "BP", "LY"


def poll_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a poll by its number (`BP-12`): its roll is kept with who voted how in an open vote.

    :raises UnknownPoll: if there is none that the viewer keeps
    """
    unknown = UnknownPoll(gettext_noop("Không có lần bỏ phiếu số {number} do Ông/Bà tổ chức."), number=number)
    return keepable(number, Poll.objects.visible_to(viewer, on), POLL_SIGN, Right.KEEP_POLLS, unknown)


def poll_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these polls that the viewer keeps."""
    return numbers_of(ids, Poll.objects.visible_to(viewer, on), POLL_SIGN)


def consultation_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a consultation by its number (`LY-12`): what people wrote is kept, by the side that moderates it.

    :raises UnknownConsultation: if the viewer moderates none of this number
    """
    unknown = UnknownConsultation(gettext_noop("Không có lần lấy ý kiến này, hoặc thuộc đơn vị khác."))
    return keepable(number, _moderated(viewer, on), CONSULTATION_SIGN, Right.MODERATE_VOICE, unknown)


def consultation_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these consultations that the viewer moderates."""
    return numbers_of(ids, _moderated(viewer, on), CONSULTATION_SIGN)


def _moderated(viewer: Person, on: date) -> QuerySet[Consultation]:
    return Consultation.objects.filter(unit__among=visible_units(Right.MODERATE_VOICE, viewer, on))
