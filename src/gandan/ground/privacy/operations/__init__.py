"""Answering people about their data, keeping and ending what is kept, and putting it under another key."""

from gandan.ground.privacy.operations.erasing import UnknownRule, erase, erase_requests, erase_sessions
from gandan.ground.privacy.operations.holding import AlreadyHeld, EndsTooLate, NotHeld, hold, release
from gandan.ground.privacy.operations.keeping import BadTime, NotToBeSet, keep_for
from gandan.ground.privacy.operations.requests import (
    AlreadyExtended,
    AlreadyOpen,
    NoWords,
    WrongStep,
    acknowledge,
    answer,
    ask,
    extend,
    take_back,
)
from gandan.ground.privacy.operations.sealing import Resealed, StillUnderOldKeys, finish_resealing, reseal, seal_plain

__all__ = [
    "AlreadyExtended",
    "AlreadyHeld",
    "AlreadyOpen",
    "BadTime",
    "EndsTooLate",
    "NoWords",
    "NotHeld",
    "NotToBeSet",
    "Resealed",
    "StillUnderOldKeys",
    "UnknownRule",
    "WrongStep",
    "acknowledge",
    "answer",
    "ask",
    "erase",
    "erase_requests",
    "erase_sessions",
    "extend",
    "finish_resealing",
    "hold",
    "keep_for",
    "release",
    "reseal",
    "seal_plain",
    "take_back",
]
