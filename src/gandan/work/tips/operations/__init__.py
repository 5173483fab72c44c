"""What the desk does. None of it opens a text: that is done in the browser of whoever holds a key.

No event names a tip: the ledger has keys that came and went, decisions without their thread, and a count a day.
"""

from gandan.work.tips.operations.extracts import draft_extract, hand_on, pass_extract, refuse_extract
from gandan.work.tips.operations.handling import WrongSeals, acknowledge, close_thread, say
from gandan.work.tips.operations.identities import ask_identity, give_half
from gandan.work.tips.operations.keeping import NothingToCount, count_day, erase_ended, forget_spent, note_rehearsal, tell_late
from gandan.work.tips.operations.members import BadKey, add_key, remove_key, reseal, reseal_all
from gandan.work.tips.operations.rewards import NothingToPay, grant_reward, pay_reward

__all__ = [
    "BadKey",
    "NothingToCount",
    "NothingToPay",
    "WrongSeals",
    "acknowledge",
    "add_key",
    "ask_identity",
    "close_thread",
    "count_day",
    "draft_extract",
    "erase_ended",
    "forget_spent",
    "give_half",
    "grant_reward",
    "hand_on",
    "note_rehearsal",
    "pass_extract",
    "pay_reward",
    "refuse_extract",
    "remove_key",
    "reseal",
    "reseal_all",
    "say",
    "tell_late",
]
