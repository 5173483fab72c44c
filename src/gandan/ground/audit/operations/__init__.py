"""Keeping the log, opening records outside one's units, and telling those who must know."""

from gandan.ground.audit.operations.keeping import TooYoung, drop_ended, erase_reasons
from gandan.ground.audit.operations.telling import NoReason, YourOwn, open_outside, see, tell_of_grant, tell_of_key, tell_of_reset

__all__ = [
    "NoReason",
    "TooYoung",
    "YourOwn",
    "drop_ended",
    "erase_reasons",
    "open_outside",
    "see",
    "tell_of_grant",
    "tell_of_key",
    "tell_of_reset",
]
