"""Records of conferences and meetings."""

from gandan.work.meetings.models.deciding import Ballot, Conclusion, Vote
from gandan.work.meetings.models.meetings import AgendaItem, FeedKey, Invitation, Meeting, Series
from gandan.work.meetings.models.writing import Paper, PaperVersion, Reading, Revision, Section

__all__ = [
    "AgendaItem",
    "Ballot",
    "Conclusion",
    "FeedKey",
    "Invitation",
    "Meeting",
    "Paper",
    "PaperVersion",
    "Reading",
    "Revision",
    "Section",
    "Series",
    "Vote",
]
