"""An idea in the hands of its sender, by the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.queries import AttachmentRow, attachment, attachments
from gandan.ground.ledger.rules import gettext_noop
from gandan.work.voice.models import Idea
from gandan.work.voice.queries.ideas.calls import UnknownIdea
from gandan.work.voice.queries.ideas.public import GroupShown, as_groups
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of

ABOUT = Idea._meta.label_lower


@dataclass(frozen=True)
class IdeaHeld:
    """An idea as its sender finds it."""

    record: Idea
    files: Sequence[AttachmentRow]
    phone: str = ""
    email: str = ""
    group: GroupShown | None = None


def unsent_idea(code: str, call: int, on: date) -> IdeaHeld:
    """Return what is being written for a call.

    :raises UnknownReceipt: if nothing is, or it was sent
    """
    found = Idea.objects.select_related("contact").filter(receipt=digest_of(code), call=call, keep_until__gte=on).first()
    if found is None:
        raise UnknownReceipt
    return IdeaHeld(found, attachments(ABOUT, [found.pk])[found.pk], found.contact.phone, found.contact.email)


def idea_by_receipt(code: str, on: date) -> IdeaHeld:
    """Return the idea that a receipt opens, being written or sent, with what became of its group.

    :raises UnknownReceipt: if there is none
    """
    found = Idea.objects.select_related("call__unit", "call__decider", "group").filter(receipt=digest_of(code), erased_on=None)
    idea = found.first()
    if idea is None:
        raise UnknownReceipt
    group = as_groups([idea.group], on)[0] if idea.group else None
    return IdeaHeld(idea, attachments(ABOUT, [idea.pk])[idea.pk], group=group)


def is_idea(code: str) -> bool:
    return Idea.objects.filter(receipt=digest_of(code), erased_on=None).exists()


def idea_file(idea: int, token: str) -> AttachmentRow:
    """:raises UnknownIdea: if it is no file of this idea"""
    found = attachment(token)
    if (found.about_type, found.about_id) != (ABOUT, idea):
        raise UnknownIdea(gettext_noop("Không có tệp này, hoặc tệp đã được xoá theo thời hạn lưu."))
    return found
