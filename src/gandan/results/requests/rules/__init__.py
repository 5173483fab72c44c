"""What a request for a report asks, how its answers stand, what their figures come to. Pure."""

from gandan.results.requests.rules.asking import (
    AnswerStage,
    AskedRow,
    BadRequest,
    FilledHow,
    UnwrittenPoint,
    added,
    read_points,
    read_rows,
    stage_of,
)

__all__ = [
    "AnswerStage",
    "AskedRow",
    "BadRequest",
    "FilledHow",
    "UnwrittenPoint",
    "added",
    "read_points",
    "read_rows",
    "stage_of",
]
