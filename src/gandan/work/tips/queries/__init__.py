"""What faces read of the channel. Nothing here can open a text: what is sealed leaves sealed, for the browser of a member."""

from gandan.work.tips.queries.counting import received_on, uncounted
from gandan.work.tips.queries.desk import current_keys, own_keys, seats
from gandan.work.tips.queries.handing import ExtractToTake, extracts_to_take
from gandan.work.tips.queries.lists import LateRow, TipRow, late, tips, waiting_for
from gandan.work.tips.queries.members import MemberRow, members, recovery_seals, to_reseal
from gandan.work.tips.queries.threads import SealedThread, identity_for, piece, thread, to_give

__all__ = [
    "ExtractToTake",
    "LateRow",
    "MemberRow",
    "SealedThread",
    "TipRow",
    "current_keys",
    "extracts_to_take",
    "identity_for",
    "late",
    "members",
    "own_keys",
    "piece",
    "received_on",
    "recovery_seals",
    "seats",
    "thread",
    "tips",
    "to_give",
    "to_reseal",
    "uncounted",
    "waiting_for",
]
