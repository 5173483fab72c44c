"""Keys of programs, and accounts of people: the first, their sessions, their second factors."""

from gandan.ground.accounts.operations.keys import (
    KeyEnded,
    NewKey,
    NotAProgram,
    UnfitKey,
    make_key,
    revoke_key,
    rotate_key,
)
from gandan.ground.accounts.operations.people import (
    AlreadyBegun,
    WrongCode,
    begin,
    end_sessions,
    forget_ended,
    reset_factors,
    set_password,
)
from gandan.ground.accounts.operations.sealing import reseal_factors

__all__ = [
    "AlreadyBegun",
    "KeyEnded",
    "NewKey",
    "NotAProgram",
    "UnfitKey",
    "WrongCode",
    "begin",
    "end_sessions",
    "forget_ended",
    "make_key",
    "reseal_factors",
    "reset_factors",
    "revoke_key",
    "rotate_key",
    "set_password",
]
