"""What is known of meetings."""

from gandan.work.meetings.queries.keeping import SIGN, files_of, meeting_numbers, meeting_to_keep
from gandan.work.meetings.queries.meetings import (
    AgendaShown,
    ConclusionShown,
    Invited,
    MeetingRow,
    MeetingShown,
    Page,
    PaperShown,
    UnknownFile,
    UnknownMeeting,
    VoteShown,
    by_door,
    carried_out,
    concluded,
    fed,
    meeting,
    meetings,
    seen,
    version_to_read,
)
from gandan.work.meetings.queries.minutes import minutes_pdf
from gandan.work.meetings.queries.packs import Part, bind, pack
from gandan.work.meetings.queries.ways import conclusion_of, section_of

__all__ = [
    "SIGN",
    "AgendaShown",
    "ConclusionShown",
    "Invited",
    "MeetingRow",
    "MeetingShown",
    "Page",
    "PaperShown",
    "Part",
    "UnknownFile",
    "UnknownMeeting",
    "VoteShown",
    "bind",
    "by_door",
    "carried_out",
    "concluded",
    "conclusion_of",
    "fed",
    "files_of",
    "meeting",
    "meeting_numbers",
    "meeting_to_keep",
    "meetings",
    "minutes_pdf",
    "pack",
    "section_of",
    "seen",
    "version_to_read",
]
