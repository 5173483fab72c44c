"""What a programme's file and text say, and what they may not say; how tasks and indicators stand. Pure."""

from gandan.results.programmes.rules.file import (
    BadProgramme,
    ContentSpec,
    GoalSpec,
    IndicatorSpec,
    PartySpec,
    ProgrammeSpec,
    TargetSpec,
    TaskSpec,
    read_programme,
)
from gandan.results.programmes.rules.kinds import ONCE, UNDER, DirectiveKind, DraftState, Origin, PartKind, TurnState
from gandan.results.programmes.rules.outline import parts_of
from gandan.results.programmes.rules.parts import (
    Change,
    Compared,
    Part,
    Stretch,
    Trouble,
    compared,
    content_of,
    everies,
    in_order,
    numbered,
    troubles,
)
from gandan.results.programmes.rules.standing import Standing, falls_short, standing
from gandan.results.programmes.rules.turns import Course, Going, Occurrence, course, occurrence

__all__ = [
    "ONCE",
    "UNDER",
    "BadProgramme",
    "Change",
    "Compared",
    "ContentSpec",
    "Course",
    "DirectiveKind",
    "DraftState",
    "GoalSpec",
    "Going",
    "IndicatorSpec",
    "Occurrence",
    "Origin",
    "Part",
    "PartKind",
    "PartySpec",
    "ProgrammeSpec",
    "Standing",
    "Stretch",
    "TargetSpec",
    "TaskSpec",
    "Trouble",
    "TurnState",
    "compared",
    "content_of",
    "course",
    "everies",
    "falls_short",
    "in_order",
    "numbered",
    "occurrence",
    "parts_of",
    "read_programme",
    "standing",
    "troubles",
]
