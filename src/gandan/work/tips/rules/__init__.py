"""The rules of the sealed channel: pure, the same for door and desk. No Django, no clock, no database."""

from gandan.ground.accounts import proof
from gandan.ground.accounts.proof import Unproven
from gandan.work.tips.rules.members import Key, Seat, Side, certify, public_of
from gandan.work.tips.rules.receipts import Costs, Thread, claim_code, draw, grouped, new_receipt, plain
from gandan.work.tips.rules.sealing import Broken, Direction, Place, bytes_of, readers_id, text_of
from gandan.work.tips.rules.threads import (
    About,
    NotThatStep,
    Pledge,
    Reward,
    State,
    Terms,
    UnknownTip,
    Why,
    new_number,
    read_terms,
    readers_of,
)

__all__ = [
    "About",
    "Broken",
    "Costs",
    "Direction",
    "Key",
    "NotThatStep",
    "Place",
    "Pledge",
    "Reward",
    "Seat",
    "Side",
    "State",
    "Terms",
    "Thread",
    "UnknownTip",
    "Unproven",
    "Why",
    "bytes_of",
    "certify",
    "claim_code",
    "draw",
    "grouped",
    "new_number",
    "new_receipt",
    "plain",
    "proof",
    "public_of",
    "read_terms",
    "readers_id",
    "readers_of",
    "text_of",
]
