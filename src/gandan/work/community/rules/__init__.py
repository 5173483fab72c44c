"""What the work with people is made of, and what may not be written about it. No Django, no clock, no database."""

from gandan.ground.privacy.rules import NamesSomebody, check_nameless
from gandan.work.community.rules.activities import Form, LongAgo, Noting, NotYet, TooMany, Topic, check_day, check_heads
from gandan.work.community.rules.assessing import (
    BOTH,
    BadCriteria,
    BadScores,
    Criteria,
    Criterion,
    Field,
    Side,
    State,
    check_scores,
    read_criteria,
    total,
)
from gandan.work.community.rules.initiatives import Merit, Step, may_follow

__all__ = [
    "BOTH",
    "BadCriteria",
    "BadScores",
    "Criteria",
    "Criterion",
    "Field",
    "Form",
    "LongAgo",
    "Merit",
    "NamesSomebody",
    "NotYet",
    "Noting",
    "Side",
    "State",
    "Step",
    "TooMany",
    "Topic",
    "check_day",
    "check_heads",
    "check_nameless",
    "check_scores",
    "may_follow",
    "read_criteria",
    "total",
]
