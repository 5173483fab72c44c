"""The records of the voice. What is a kind's own stands in a module of its name."""

from gandan.work.voice.models.aside import Aside
from gandan.work.voice.models.cases import Case, CaseQuerySet, Sender
from gandan.work.voice.models.catalogue import Service
from gandan.work.voice.models.channels import BroughtFile, SourceChannel
from gandan.work.voice.models.comments import Remark
from gandan.work.voice.models.drafts import CaseDraft
from gandan.work.voice.models.extensions import Extension
from gandan.work.voice.models.handovers import Item, Link, Protocol, Visit
from gandan.work.voice.models.ideas import Ballot, BallotKey, Call, Idea, IdeaContact, IdeaGroup, IdeaPair, Milestone
from gandan.work.voice.models.receptions import Reception, Visitor
from gandan.work.voice.models.stages import Extract, Stage
from gandan.work.voice.models.words import FollowUp, Note, Passing, Reply

__all__ = [
    "Aside",
    "Ballot",
    "BallotKey",
    "BroughtFile",
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
    "IdeaPair",
    "Item",
    "Link",
    "Milestone",
    "Note",
    "Passing",
    "Protocol",
    "Reception",
    "Remark",
    "Reply",
    "Sender",
    "Service",
    "SourceChannel",
    "Stage",
    "Visit",
    "Visitor",
]
