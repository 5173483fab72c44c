"""What is done in the work with people."""

from gandan.work.community.operations.activities import KeyUsedBefore, OneSide, change, keep_apart, merge, note, withdraw
from gandan.work.community.operations.ending import erase_activities
from gandan.work.community.operations.photos import NotAPhoto, SomebodySeen, drop_photo, put_photo
from gandan.work.community.operations.points import answer_point, raise_point

__all__ = [
    "KeyUsedBefore",
    "NotAPhoto",
    "OneSide",
    "SomebodySeen",
    "answer_point",
    "change",
    "drop_photo",
    "erase_activities",
    "keep_apart",
    "merge",
    "note",
    "put_photo",
    "raise_point",
    "withdraw",
]
