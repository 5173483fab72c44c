"""What is done about directives, programmes and tasks."""

from gandan.results.programmes.operations.directives import (
    DIRECTIVES,
    AlreadyNoted,
    BadDirective,
    answer_point,
    load_directives,
    note_directive,
    set_aside,
)
from gandan.results.programmes.operations.loading import close_programme, load_programme
from gandan.results.programmes.operations.taking import NothingWritten, ProgrammeClosed
from gandan.results.programmes.operations.tasks import (
    AlreadyDone,
    NothingShown,
    NoUnit,
    OutsideProgramme,
    UnknownPart,
    add_task,
    begin,
    drop_turn,
    finish,
    give_task_feed,
    plan_steps,
    put_off,
    show,
    take_task_feed_back,
    tick,
)
from gandan.results.programmes.operations.turning import follow_succession, make_turns

__all__ = [
    "DIRECTIVES",
    "AlreadyDone",
    "AlreadyNoted",
    "BadDirective",
    "NoUnit",
    "NothingShown",
    "NothingWritten",
    "OutsideProgramme",
    "ProgrammeClosed",
    "UnknownPart",
    "add_task",
    "answer_point",
    "begin",
    "close_programme",
    "drop_turn",
    "finish",
    "follow_succession",
    "give_task_feed",
    "load_directives",
    "load_programme",
    "make_turns",
    "note_directive",
    "plan_steps",
    "put_off",
    "set_aside",
    "show",
    "take_task_feed_back",
    "tick",
]
