"""Records of directives, programmes and tasks."""

from gandan.results.programmes.models.agreed import Content, Goal, Indicator, Party, PlanDuty, Programme, Target, Task
from gandan.results.programmes.models.directives import Directive, DirectivePoint
from gandan.results.programmes.models.drafts import Draft, DraftPart, Edition, PartVersion
from gandan.results.programmes.models.turns import Evidence, Step, TaskFeedKey, Turn

__all__ = [
    "Content",
    "Directive",
    "DirectivePoint",
    "Draft",
    "DraftPart",
    "Edition",
    "Evidence",
    "Goal",
    "Indicator",
    "PartVersion",
    "Party",
    "PlanDuty",
    "Programme",
    "Step",
    "Target",
    "Task",
    "TaskFeedKey",
    "Turn",
]
