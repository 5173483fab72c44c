"""What is done with messages: written with their cause, taken in hand and sent, tried again by a person, erased.

Who may write to whom, the package whose record it is about has looked at.
"""

from gandan.ground.messages.operations.handling import NotInTrouble, drop, erase_ended, retry
from gandan.ground.messages.operations.ruling import NoSource, UnknownRule, put_back, rule
from gandan.ground.messages.operations.sending import NOTHING_ENCLOSED, Note, send, send_many
from gandan.ground.messages.operations.taking import Held, begin, claim, failed, release, sent

__all__ = [
    "NOTHING_ENCLOSED",
    "Held",
    "NoSource",
    "NotInTrouble",
    "Note",
    "UnknownRule",
    "begin",
    "claim",
    "drop",
    "erase_ended",
    "failed",
    "put_back",
    "release",
    "retry",
    "rule",
    "send",
    "send_many",
    "sent",
]
