"""What a stated figure is, how it stands beside a counted one, what a kind of work is, what differs from a total. Pure."""

from gandan.results.statements.rules.origin import KINDS_OF_WORK, Where, is_kind_of_work
from gandan.results.statements.rules.stated import (
    Stated,
    StatementStatus,
    StatementVerdict,
    Sum,
    added_up,
    allowed,
    value_of,
)
from gandan.results.statements.rules.totals import BadTotals, Total, read_totals

__all__ = [
    "KINDS_OF_WORK",
    "BadTotals",
    "Stated",
    "StatementStatus",
    "StatementVerdict",
    "Sum",
    "Total",
    "Where",
    "added_up",
    "allowed",
    "is_kind_of_work",
    "read_totals",
    "value_of",
]
