"""Comments: those that stand in public, how many do not and why, and those that wait for a moderator."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q

from gandan.ground.organisations.models import Person
from gandan.work.voice.flow import Showing, WhyHidden
from gandan.work.voice.models import Remark
from gandan.work.voice.rules.comments import About, Appeal
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of


def comments_shown(about: About, number: int, *, after: int | None = None, limit: int = 50) -> list[Remark]:
    """Return what stands under a notice or call, the newest first."""
    found = Remark.objects.filter(about_kind=about.value, about_number=number, showing=Showing.SHOWN.value)
    if after is not None:
        found = found.filter(pk__lt=after)
    return list(found.order_by("-pk")[:limit])


def hidden_counts(about: About, number: int) -> Mapping[WhyHidden, int]:
    """Return how many comments do not stand there, by the reason."""
    found = Remark.objects.filter(about_kind=about.value, about_number=number, showing=Showing.HIDDEN.value)
    return {WhyHidden(why): many for why, many in found.values_list("why_hidden").annotate(Count("pk")).order_by("why_hidden")}


def comment_by_receipt(code: str, on: date) -> Remark:
    """:raises UnknownReceipt: if no comment has it"""
    found = Remark.objects.select_related("unit").filter(receipt=digest_of(code), erased_on=None, on__lte=on).first()
    if found is None:
        raise UnknownReceipt
    return found


def comments_to_moderate(viewer: Person, on: date, *, limit: int = 20) -> list[Remark]:
    """Return the comments that wait for a moderator, and those whose hiding is appealed by somebody else's decision."""
    waiting = Q(showing=Showing.WAITING.value) | (Q(appeal=Appeal.OPEN.value) & ~Q(judged_by=viewer))
    return list(Remark.objects.visible_to(viewer, on).filter(waiting).select_related("unit").order_by("pk")[:limit])
