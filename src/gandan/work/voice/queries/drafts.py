"""Drafts of cases."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gandan.ground.documents.queries import AttachmentRow, attachments
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import CaseDraft
from gandan.work.voice.rules.receipts import digest_of

ABOUT = CaseDraft._meta.label_lower


class UnknownDraft(Refused):
    """No draft has this code, or its time was up."""


@dataclass(frozen=True)
class DraftShown:
    """A draft as its writer sees it."""

    record: CaseDraft
    kind: CaseKind
    said: Mapping[str, str]
    files: Sequence[AttachmentRow]


def draft(code: str, on: date) -> DraftShown:
    """:raises UnknownDraft: if there is none"""
    found = CaseDraft.objects.filter(digest=digest_of(code), keep_until__gte=on).first()
    if found is None:
        raise UnknownDraft(gettext_noop("Không có bản nháp nào mang mã này, hoặc đã quá 30 ngày. Xin xem lại từng số."))
    return DraftShown(found, CaseKind(found.kind), json.loads(found.written or "{}"), attachments(ABOUT, [found.pk])[found.pk])
