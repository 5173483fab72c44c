"""Keys of programs."""

from gandan.ground.accounts.queries.keys import KeyPage, KeyRow, UnknownKey, keys

__all__ = ["KeyPage", "KeyRow", "UnknownKey", "keys"]
