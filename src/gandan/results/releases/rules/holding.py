"""Holding back what is too small to be told, and as much besides as keeps it from being reckoned back.

A half-month's figure of a measure is told place by place, with the sum of all. A place below 5 is held back. What the told
places leave of the sum is then that of the places held back together: a pool. It must tell none of them, so a pool takes in the
smallest told places until it holds two or more, and its sum fits more than one way of sharing it out, for each place in it.

Every number that is told is a sum of whole places, and no place is in two of them. Half-months are told once, and never again:
so no two releases can be taken from each other, and sums over several half-months say nothing that these didn't.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALLEST = 5
HELD = SMALLEST - 1  # the most that is held back for its own sake


@dataclass(frozen=True)
class Told:
    """What is told of one figure by place. `total` is None where even the sum would give something away."""

    places: Mapping[str, int]
    held: frozenset[str]
    total: int | None

    @property
    def pool(self) -> int | None:
        """What the told places leave of the sum: everyone can reckon it, so nothing may follow from it."""
        return None if self.total is None or not self.held else self.total - sum(self.places.values())


def tell(figures: Mapping[str, int], also_held: Collection[str] = ()) -> Told:
    """Say which places are told and which held back.

    :param also_held: those that aren't small, but from which something small would follow beside what was told elsewhere
    """
    held = {place for place, value in figures.items() if value < SMALLEST or place in also_held}
    told = sorted((value, place) for place, value in figures.items() if place not in held)
    taken_in = any(figures[place] >= SMALLEST for place in held)
    while held and told and not safe([figures[place] for place in held], taken_in=taken_in):
        smallest, taken_in = told[0][0], True
        held |= {place for value, place in told if value == smallest}  # all of the same size: their names say nothing
        told = [(value, place) for value, place in told if value > smallest]
    total: int | None = sum(figures.values())
    if held and not safe([figures[place] for place in held], taken_in=taken_in):
        total = None
    return Told({place: value for value, place in told}, frozenset(held), total)


def safe(held: Collection[int], *, taken_in: bool) -> bool:
    """Say whether the sum of what is held back leaves each part open, even to who knows this rule."""
    number, whole = len(held), sum(held)
    if number < 2 or whole < SMALLEST:
        return False
    if taken_in:  # one part or more is 5 or above, nobody knows which; at a sum of just 5 all others would be nothing
        return whole > SMALLEST
    return whole < HELD * number  # at four times the number each would be four
