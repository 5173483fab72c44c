"""Keys of programs, second factors and sessions of people, whether anybody has an account yet."""

from gandan.ground.accounts.queries.beginning import beginning_code, nobody_yet
from gandan.ground.accounts.queries.factors import Factor, factors, has_second_factor, needs_second_factor
from gandan.ground.accounts.queries.keys import KeyPage, KeyRow, UnknownKey, keys
from gandan.ground.accounts.queries.sessions import SessionRow, sessions

__all__ = [
    "Factor",
    "KeyPage",
    "KeyRow",
    "SessionRow",
    "UnknownKey",
    "beginning_code",
    "factors",
    "has_second_factor",
    "keys",
    "needs_second_factor",
    "nobody_yet",
    "sessions",
]
