"""What is out, as everyone reads it; what is being written, as its unit sees it; whom to call."""

from gandan.work.notices.models import ClaimCheck, Edition
from gandan.work.notices.queries.calling import Number, contacts
from gandan.work.notices.queries.desk import UnknownDraft, at_desk, one_at_desk, plan_of_month
from gandan.work.notices.queries.public import (
    Shown,
    UnknownPublication,
    alerts_now,
    cap_message,
    cap_messages,
    changed,
    errors_of_ours,
    found,
    news,
    shown,
)

__all__ = [
    "ClaimCheck",
    "Edition",
    "Number",
    "Shown",
    "UnknownDraft",
    "UnknownPublication",
    "alerts_now",
    "at_desk",
    "cap_message",
    "cap_messages",
    "changed",
    "contacts",
    "errors_of_ours",
    "found",
    "news",
    "one_at_desk",
    "plan_of_month",
    "shown",
]
