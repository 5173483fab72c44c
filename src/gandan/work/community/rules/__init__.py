"""What the work with people is made of, and what may not be written about it. No Django, no clock, no database."""

from gandan.work.community.rules.activities import Form, LongAgo, Noting, NotYet, TooMany, Topic, check_day, check_heads
from gandan.work.community.rules.nameless import NamesSomebody, check_nameless

__all__ = [
    "Form",
    "LongAgo",
    "NamesSomebody",
    "NotYet",
    "Noting",
    "TooMany",
    "Topic",
    "check_day",
    "check_heads",
    "check_nameless",
]
