"""Reading the ledger: exact and fresh sums, the events behind them, and the chain."""

from gandan.ground.ledger.queries.chain import Fault, LedgerState, Verification, last_posting, state, verify
from gandan.ground.ledger.queries.drill import (
    EventRow,
    came_and_went,
    entries,
    event,
    events_about,
    events_by,
    last_told,
    latest,
    newest,
    since,
    told_since,
)
from gandan.ground.ledger.queries.reading import FacetRow, Sums, bounds, doubtful, facet_sets, recount, snapshot, sums, sums_of

__all__ = [
    "EventRow",
    "FacetRow",
    "Fault",
    "LedgerState",
    "Sums",
    "Verification",
    "bounds",
    "came_and_went",
    "doubtful",
    "entries",
    "event",
    "events_about",
    "events_by",
    "facet_sets",
    "last_posting",
    "last_told",
    "latest",
    "newest",
    "recount",
    "since",
    "snapshot",
    "state",
    "sums",
    "sums_of",
    "told_since",
    "verify",
]
