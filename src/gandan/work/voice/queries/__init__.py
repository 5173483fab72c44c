"""What faces read of the voice."""

from gandan.work.voice.queries.catalogue import UnknownService, service_on, services_on
from gandan.work.voice.queries.drafts import DraftShown, UnknownDraft, draft
from gandan.work.voice.queries.lists import CaseRow, Filters, Page, cases, owed, row_of, shown, shown_one, to_moderate
from gandan.work.voice.queries.one import (
    CaseShown,
    Passed,
    Said,
    UnknownCase,
    case,
    file_of,
    held,
    is_receipt,
    photos_of,
    public_photo,
)
from gandan.work.voice.queries.routing import NoSuchWard, all_wards, spots, wards
from gandan.work.voice.rules.receipts import UnknownReceipt

__all__ = [
    "CaseRow",
    "CaseShown",
    "DraftShown",
    "Filters",
    "NoSuchWard",
    "Page",
    "Passed",
    "Said",
    "UnknownCase",
    "UnknownDraft",
    "UnknownReceipt",
    "UnknownService",
    "all_wards",
    "case",
    "cases",
    "draft",
    "file_of",
    "held",
    "is_receipt",
    "owed",
    "photos_of",
    "public_photo",
    "row_of",
    "service_on",
    "services_on",
    "shown",
    "shown_one",
    "spots",
    "to_moderate",
    "wards",
]
