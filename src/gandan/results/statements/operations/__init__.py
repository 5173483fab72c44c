"""What is done with figures from outside: stated, answered by the other side, corrected; declared; held against totals."""

from gandan.results.statements.operations.declaring import UnknownWork, declare
from gandan.results.statements.operations.reconciling import explain_difference, reconcile
from gandan.results.statements.operations.stating import (
    AlreadyAnswered,
    CantBeStated,
    NoEvidence,
    OneSide,
    answer_statement,
    attach_evidence,
    state,
    take_back_statement,
)

__all__ = [
    "AlreadyAnswered",
    "CantBeStated",
    "NoEvidence",
    "OneSide",
    "UnknownWork",
    "answer_statement",
    "attach_evidence",
    "declare",
    "explain_difference",
    "reconcile",
    "state",
    "take_back_statement",
]
