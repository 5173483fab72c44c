"""What faces read of the voice."""

from gandan.ground.organisations.queries import all_wards
from gandan.work.voice.queries.bursts import BurstRow, bursts_at
from gandan.work.voice.queries.catalogue import UnknownService, asked_of, service_on, services_on
from gandan.work.voice.queries.drafts import DraftShown, UnknownDraft, draft
from gandan.work.voice.queries.handovers.paper import protocol_pdf
from gandan.work.voice.queries.handovers.shown import (
    ItemRow,
    LinkRow,
    ProtocolRow,
    VisitRow,
    depot,
    held_items,
    may_give_any,
    on_the_way,
    protocol_of,
    visit_of,
)
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
from gandan.work.voice.queries.routing import NoSuchWard, spots, wards
from gandan.work.voice.queries.stages import ExtractRow, StageRow, extracts, extracts_of, stages_of
from gandan.work.voice.rules.receipts import UnknownReceipt

__all__ = [
    "BurstRow",
    "CaseRow",
    "CaseShown",
    "DraftShown",
    "ExtractRow",
    "Filters",
    "ItemRow",
    "LinkRow",
    "NoSuchWard",
    "Page",
    "Passed",
    "ProtocolRow",
    "Said",
    "StageRow",
    "UnknownCase",
    "UnknownDraft",
    "UnknownReceipt",
    "UnknownService",
    "VisitRow",
    "all_wards",
    "asked_of",
    "bursts_at",
    "case",
    "cases",
    "depot",
    "draft",
    "extracts",
    "extracts_of",
    "file_of",
    "held",
    "held_items",
    "is_receipt",
    "may_give_any",
    "on_the_way",
    "owed",
    "photos_of",
    "protocol_of",
    "protocol_pdf",
    "public_photo",
    "row_of",
    "service_on",
    "services_on",
    "shown",
    "shown_one",
    "spots",
    "stages_of",
    "to_moderate",
    "visit_of",
    "wards",
]
