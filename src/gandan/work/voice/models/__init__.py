"""The records of the voice. What is a kind's own stands in a module of its name."""

from gandan.work.voice.models.cases import Case, CaseQuerySet, Sender
from gandan.work.voice.models.catalogue import Service
from gandan.work.voice.models.drafts import CaseDraft
from gandan.work.voice.models.extensions import Extension
from gandan.work.voice.models.handovers import Item, Link, Protocol, Visit
from gandan.work.voice.models.stages import Extract, Stage
from gandan.work.voice.models.words import FollowUp, Note, Passing, Reply

__all__ = [
    "Case",
    "CaseDraft",
    "CaseQuerySet",
    "Extension",
    "Extract",
    "FollowUp",
    "Item",
    "Link",
    "Note",
    "Passing",
    "Protocol",
    "Reply",
    "Sender",
    "Service",
    "Stage",
    "Visit",
]
