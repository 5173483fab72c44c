"""The acts that change the tree, and who is appointed where."""

from gandan.ground.organisations.operations.acts import CodeTaken, found, move, rename
from gandan.ground.organisations.operations.changing import AlreadySo, Circle, NoPlace, OutOfOrder, Unfit
from gandan.ground.organisations.operations.endings import NotAmongHeirs, StillHasUnits, close, divide, merge
from gandan.ground.organisations.operations.former import anonymise_former
from gandan.ground.organisations.operations.granting import (
    AlreadyAsked,
    UnknownGrant,
    ask_grant,
    decline_grant,
    enrol_asking,
    give_grant,
)
from gandan.ground.organisations.operations.leaving import (
    AlreadyLeft,
    BadEnd,
    NothingToStandInFor,
    StillHere,
    leave,
    reopen,
    stand_in,
)
from gandan.ground.organisations.operations.loading import Loaded, load, load_city
from gandan.ground.organisations.operations.people import (
    AlreadyEnded,
    AlreadyHeld,
    GaveOneself,
    HasLeft,
    Incompatible,
    NameTaken,
    NeedsTwo,
    WrongLine,
    appoint,
    end_appointment,
    enrol,
)

__all__ = [
    "AlreadyAsked",
    "AlreadyEnded",
    "AlreadyHeld",
    "AlreadyLeft",
    "AlreadySo",
    "BadEnd",
    "Circle",
    "CodeTaken",
    "GaveOneself",
    "HasLeft",
    "Incompatible",
    "Loaded",
    "NameTaken",
    "NeedsTwo",
    "NoPlace",
    "NotAmongHeirs",
    "NothingToStandInFor",
    "OutOfOrder",
    "StillHasUnits",
    "StillHere",
    "Unfit",
    "UnknownGrant",
    "WrongLine",
    "anonymise_former",
    "appoint",
    "ask_grant",
    "close",
    "decline_grant",
    "divide",
    "end_appointment",
    "enrol",
    "enrol_asking",
    "found",
    "give_grant",
    "leave",
    "load",
    "load_city",
    "merge",
    "move",
    "rename",
    "reopen",
    "stand_in",
]
