"""The door: takes tips and looks them up by receipt. It runs in a process of its own, as a role that can do just that.

It is no set of operations: it knows no ledger, no person and no right, writes by plain SQL and never reads a table. What it
holds of a text or a receipt is in its memory while it works.
"""

from gandan.ground.accounts.gate import Full, Gate
from gandan.work.tips.door.house import LOOK_UP, TAKES, Closed, House, Offer, offer
from gandan.work.tips.door.taking import AlreadySent, Sent, Upload, WrongUpload, send, use
from gandan.work.tips.door.threads import Followed, Said, TooMany, follow, reply, withdraw_code

__all__ = [
    "LOOK_UP",
    "TAKES",
    "AlreadySent",
    "Closed",
    "Followed",
    "Full",
    "Gate",
    "House",
    "Offer",
    "Said",
    "Sent",
    "TooMany",
    "Upload",
    "WrongUpload",
    "follow",
    "offer",
    "reply",
    "send",
    "use",
    "withdraw_code",
]
