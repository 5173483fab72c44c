"""What faces read of calls for ideas and of comments."""

from gandan.work.voice.queries.ideas.calls import CallShown, UnknownCall, UnknownIdea, call, calls, calls_to_lead, overview
from gandan.work.voice.queries.ideas.desk import (
    Answerable,
    Sorting,
    group_of,
    group_to_answer,
    groups_to_answer,
    ideas_to_moderate,
    sorting,
)
from gandan.work.voice.queries.ideas.held import IdeaHeld, idea_by_receipt, idea_file, is_idea, unsent_idea
from gandan.work.voice.queries.ideas.keeping import idea_numbers, idea_to_keep
from gandan.work.voice.queries.ideas.near import near
from gandan.work.voice.queries.ideas.public import (
    GroupShown,
    IdeaRow,
    group_shown,
    groups_shown,
    idea_photo,
    idea_shown,
    ideas_shown,
)
from gandan.work.voice.queries.ideas.texts import clusters, ending, to_be_grouped, words_of_ideas

__all__ = [
    "Answerable",
    "CallShown",
    "GroupShown",
    "IdeaHeld",
    "IdeaRow",
    "Sorting",
    "UnknownCall",
    "UnknownIdea",
    "call",
    "calls",
    "calls_to_lead",
    "clusters",
    "ending",
    "group_of",
    "group_shown",
    "group_to_answer",
    "groups_shown",
    "groups_to_answer",
    "idea_by_receipt",
    "idea_file",
    "idea_numbers",
    "idea_photo",
    "idea_shown",
    "idea_to_keep",
    "ideas_shown",
    "ideas_to_moderate",
    "is_idea",
    "near",
    "overview",
    "sorting",
    "to_be_grouped",
    "unsent_idea",
    "words_of_ideas",
]
