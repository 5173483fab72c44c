"""Writing to the ledger: `record` and `correct` for everyone, `post` for the poster, upkeep for its keepers."""

from gandan.ground.ledger.operations.desk import if_undone, operation, part, unchanged
from gandan.ground.ledger.operations.posting import Position, freezing, post, post_all
from gandan.ground.ledger.operations.recording import NewEvent, correct, record, record_many
from gandan.ground.ledger.operations.upkeep import check_cells, group_units, rebuild_tallies
from gandan.ground.ledger.operations.walking import walk

__all__ = [
    "NewEvent",
    "Position",
    "check_cells",
    "correct",
    "freezing",
    "group_units",
    "if_undone",
    "operation",
    "part",
    "post",
    "post_all",
    "rebuild_tallies",
    "record",
    "record_many",
    "unchanged",
    "walk",
]
