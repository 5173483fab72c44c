"""Reading figures from outside: what is stated, who may answer it, where work is done, what differs from totals."""

from gandan.results.statements.queries.origins import (
    DeclarationRow,
    Elsewhere,
    ReconciliationRow,
    declarations,
    elsewhere,
    elsewhere_in,
    reconciliations,
)
from gandan.results.statements.queries.stated import (
    OF_STATEMENTS,
    StatementRow,
    UnknownStatement,
    evidence_of,
    may_answer,
    stated,
    stated_of,
    statement,
    statement_row,
    statements,
    to_answer,
)

__all__ = [
    "OF_STATEMENTS",
    "DeclarationRow",
    "Elsewhere",
    "ReconciliationRow",
    "StatementRow",
    "UnknownStatement",
    "declarations",
    "elsewhere",
    "elsewhere_in",
    "evidence_of",
    "may_answer",
    "reconciliations",
    "stated",
    "stated_of",
    "statement",
    "statement_row",
    "statements",
    "to_answer",
]
