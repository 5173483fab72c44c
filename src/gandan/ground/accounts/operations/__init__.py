"""Keys of programs."""

from gandan.ground.accounts.operations.keys import (
    KeyEnded,
    NewKey,
    NotAProgram,
    UnfitKey,
    make_key,
    revoke_key,
    rotate_key,
)

__all__ = ["KeyEnded", "NewKey", "NotAProgram", "UnfitKey", "make_key", "revoke_key", "rotate_key"]
