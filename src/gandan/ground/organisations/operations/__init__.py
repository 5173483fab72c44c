"""The acts that change the tree, and who is appointed where."""

from gandan.ground.organisations.operations.acts import CodeTaken, found, move, rename
from gandan.ground.organisations.operations.changing import AlreadySo, Circle, NoPlace, OutOfOrder, Unfit
from gandan.ground.organisations.operations.endings import NotAmongHeirs, StillHasUnits, close, divide, merge
from gandan.ground.organisations.operations.former import anonymise_former
from gandan.ground.organisations.operations.loading import Loaded, load, load_city
from gandan.ground.organisations.operations.people import (
    AlreadyEnded,
    AlreadyHeld,
    NameTaken,
    WrongLine,
    appoint,
    end_appointment,
    enrol,
)

__all__ = [
    "AlreadyEnded",
    "AlreadyHeld",
    "AlreadySo",
    "Circle",
    "CodeTaken",
    "Loaded",
    "NameTaken",
    "NoPlace",
    "NotAmongHeirs",
    "OutOfOrder",
    "StillHasUnits",
    "Unfit",
    "WrongLine",
    "anonymise_former",
    "appoint",
    "close",
    "divide",
    "end_appointment",
    "enrol",
    "found",
    "load",
    "load_city",
    "merge",
    "move",
    "rename",
]
