"""Votes, minutes by several hands, what a meeting saved. No Django, no clock, no database."""

from gandan.work.meetings.rules.merging import Merged, merge
from gandan.work.meetings.rules.saving import FORMULA, Saved, saved
from gandan.work.meetings.rules.voting import Choice, Outcome, Tally, has_quorum, outcome, quorum

__all__ = ["FORMULA", "Choice", "Merged", "Outcome", "Saved", "Tally", "has_quorum", "merge", "outcome", "quorum", "saved"]
