"""Cases and comments that may be kept beyond their time, by who works on them."""

from collections.abc import Collection
from datetime import date

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.queries import Keepable, keepable, numbers_of
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case, Remark
from gandan.work.voice.queries.one import UnknownCase, case

COMMENT = "BL"


def case_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a case by its number (`PA-12`); a complaint is kept by who handles complaints, and nobody else.

    :raises UnknownCase: if the viewer may read no such case
    """
    found = case(number, viewer, on).record
    return Keepable(found, found.number, found.unit, KINDS[CaseKind(found.kind)].work)


def case_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these cases that the viewer may read."""
    return {one.pk: one.number for one in Case.objects.visible_to(viewer, on).filter(pk__in=ids)}


def comment_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a comment under a notice or a call by its number (`BL-12`), for who moderates it. Nobody knows whose it is.

    :raises UnknownCase: if the viewer moderates none of this number
    """
    unknown = UnknownCase(gettext_noop("Không có bình luận số {number}, hoặc thuộc đơn vị khác."), number=number)
    return keepable(number, Remark.objects.visible_to(viewer, on), COMMENT, Right.MODERATE_VOICE, unknown)


def comment_numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these comments that the viewer moderates."""
    return numbers_of(ids, Remark.objects.visible_to(viewer, on), COMMENT)
