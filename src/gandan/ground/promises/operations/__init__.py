"""Making, moving, keeping and dropping promises, and noticing those that were not kept.

Promises are made by the operations of the package whose record they are about; that package has checked the right to it.
"""

from gandan.ground.promises.operations.bringing import owe_many
from gandan.ground.promises.operations.excusing import excuse_many
from gandan.ground.promises.operations.handing import hand_over, reassign
from gandan.ground.promises.operations.keeping import AlreadyOwed, drop, keep, keep_many, owe
from gandan.ground.promises.operations.leaving import NotTheirs, hand_work_over, leave
from gandan.ground.promises.operations.moving import AlreadyOverdue, AlreadyWaiting, NotWaiting, move, pause, resume
from gandan.ground.promises.operations.noticing import AlreadySettled, DueBefore, TooEarly
from gandan.ground.promises.operations.sweeping import Swept, Told, sweep
from gandan.ground.promises.operations.undoing import put_back

__all__ = [
    "AlreadyOverdue",
    "AlreadyOwed",
    "AlreadySettled",
    "AlreadyWaiting",
    "DueBefore",
    "NotTheirs",
    "NotWaiting",
    "Swept",
    "Told",
    "TooEarly",
    "drop",
    "excuse_many",
    "hand_over",
    "hand_work_over",
    "keep",
    "keep_many",
    "leave",
    "move",
    "owe",
    "owe_many",
    "pause",
    "put_back",
    "reassign",
    "resume",
    "sweep",
]
