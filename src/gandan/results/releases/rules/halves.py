"""Which half-months are closed: over, and long enough ago that what was entered late is in."""

from collections.abc import Iterator
from datetime import date, timedelta

from gandan.ground.ledger.rules import half_of, next_half

SETTLED = timedelta(days=3)  # after the last day of a half-month it is closed


def end_of(half: date) -> date:
    """Return the last day of a half-month."""
    return next_half(half) - timedelta(days=1)


def last_closed(on: date) -> date:
    """Return the first day of the last half-month that is closed on a day."""
    half = half_of(on)
    while end_of(half) + SETTLED >= on:
        half = half_of(half - timedelta(days=1))
    return half


def closed_halves(since: date, on: date) -> Iterator[date]:
    """Yield the half-months from that of `since` to the last closed one."""
    half, last = half_of(since), last_closed(on)
    while half <= last:
        yield half
        half = next_half(half)
