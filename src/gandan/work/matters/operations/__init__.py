"""What is done about matters."""

from gandan.work.matters.operations.ending import erase_words
from gandan.work.matters.operations.opening import OneSide, Told, ask, change, follow_succession, hand_over, open_matter
from gandan.work.matters.operations.settling import StillOwed, WrongState, YourOwnWord, agree, propose, reopen, send_back
from gandan.work.matters.operations.talking import break_pledge, hold_dialogue, keep_pledge, pledge, postpone

__all__ = [
    "OneSide",
    "StillOwed",
    "Told",
    "WrongState",
    "YourOwnWord",
    "agree",
    "ask",
    "break_pledge",
    "change",
    "erase_words",
    "follow_succession",
    "hand_over",
    "hold_dialogue",
    "keep_pledge",
    "open_matter",
    "pledge",
    "postpone",
    "propose",
    "reopen",
    "send_back",
]
