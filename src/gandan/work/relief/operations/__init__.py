"""What is done in relief."""

from gandan.work.relief.operations.asking import AlreadyAsked, NobodyOpens, ask, decline, offer, withdraw
from gandan.work.relief.operations.ending import erase_ended
from gandan.work.relief.operations.handing import (
    AlreadyGiven,
    NotEnough,
    UnknownCode,
    give_back,
    hand_out,
    set_aside,
    set_depot,
    stock_up,
    take_in,
    turn_down,
)
from gandan.work.relief.operations.opening import KEPT, NoAct, end, open_emergency

__all__ = [
    "KEPT",
    "AlreadyAsked",
    "AlreadyGiven",
    "NoAct",
    "NobodyOpens",
    "NotEnough",
    "UnknownCode",
    "ask",
    "decline",
    "end",
    "erase_ended",
    "give_back",
    "hand_out",
    "offer",
    "open_emergency",
    "set_aside",
    "set_depot",
    "stock_up",
    "take_in",
    "turn_down",
    "withdraw",
]
