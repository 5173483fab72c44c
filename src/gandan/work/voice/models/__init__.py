"""The records of the voice. What is a kind's own stands in a module of its name."""

from gandan.work.voice.models.cases import Case, CaseQuerySet, Sender
from gandan.work.voice.models.catalogue import Service
from gandan.work.voice.models.comments import Remark
from gandan.work.voice.models.drafts import CaseDraft
from gandan.work.voice.models.extensions import Extension
from gandan.work.voice.models.handovers import Item, Link, Protocol, Visit
from gandan.work.voice.models.ideas import Ballot, BallotKey, Call, Idea, IdeaContact, IdeaGroup, Milestone
from gandan.work.voice.models.stages import Extract, Stage
from gandan.work.voice.models.words import FollowUp, Note, Passing, Reply

__all__ = [
    "Ballot",
    "BallotKey",
    "Call",
    "Case",
    "CaseDraft",
    "CaseQuerySet",
    "Extension",
    "Extract",
    "FollowUp",
    "Idea",
    "IdeaContact",
    "IdeaGroup",
    "Item",
    "Link",
    "Milestone",
    "Note",
    "Passing",
    "Protocol",
    "Remark",
    "Reply",
    "Sender",
    "Service",
    "Stage",
    "Visit",
]
