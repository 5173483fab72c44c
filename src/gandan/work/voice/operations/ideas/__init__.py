"""What is done with calls for ideas."""

from gandan.work.voice.operations.ideas.answering import (
    answer_group,
    drop_milestone,
    reach_milestone,
    see_answer,
    set_milestone,
)
from gandan.work.voice.operations.ideas.calls import draft_call, end_call, extend_call, open_call
from gandan.work.voice.operations.ideas.grouping import confirm_group, join_group, part_from_group, propose_groups, rename_group
from gandan.work.voice.operations.ideas.sending import (
    add_to_idea,
    close_ideas,
    drop_from_idea,
    erase_unsent,
    send_idea,
    write_idea,
)
from gandan.work.voice.operations.ideas.showing import hide_idea, show_idea
from gandan.work.voice.operations.ideas.supporting import ask_code, count_supports, prove, support

__all__ = [
    "add_to_idea",
    "answer_group",
    "ask_code",
    "close_ideas",
    "confirm_group",
    "count_supports",
    "draft_call",
    "drop_from_idea",
    "drop_milestone",
    "end_call",
    "erase_unsent",
    "extend_call",
    "hide_idea",
    "join_group",
    "open_call",
    "part_from_group",
    "propose_groups",
    "prove",
    "reach_milestone",
    "rename_group",
    "see_answer",
    "send_idea",
    "set_milestone",
    "show_idea",
    "support",
    "write_idea",
]
