"""Counting a household vote: of all households, not of those that came. Whoever has the list of ballots can count it again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FEWEST = 5  # households: with fewer a count tells who voted what


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


class Outcome(StrEnum):
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"


@dataclass(frozen=True)
class Marked:
    """A ballot as it is published: the mark that its household alone knows, and the choice."""

    mark: str
    choice: Choice


@dataclass(frozen=True)
class Count:
    """How many ballots said what, of how many households."""

    households: int
    in_favour: int
    against: int
    neither: int

    @property
    def ballots(self) -> int:
        return self.in_favour + self.against + self.neither

    @property
    def share(self) -> Fraction:
        """Those in favour, of all households on the roll."""
        return Fraction(self.in_favour, self.households) if self.households else Fraction(0)

    @property
    def percent(self) -> float:
        return round(float(self.share * 100), 1)


def count(households: int, ballots: Iterable[Marked]) -> Count:
    given = [one.choice for one in ballots]
    return Count(households, given.count(Choice.FOR), given.count(Choice.AGAINST), given.count(Choice.NEITHER))


def outcome(counted: Count, share: Fraction, *, over: bool) -> Outcome:
    """Return what a vote comes to, given the share of all households that carries it."""
    carried = counted.share > share if over else counted.share >= share
    return Outcome.CARRIED if carried else Outcome.NOT_CARRIED


def needed(households: int, share: Fraction, *, over: bool) -> int:
    """Return how many households carry the decision."""
    whole = households * share
    enough = -(-whole.numerator // whole.denominator)
    return enough + 1 if over and enough == whole else enough


def listed(ballots: Iterable[Marked]) -> str:
    """Return the list of ballots as it is published and digested: a line each, by mark."""
    return "".join(f"{one.mark},{one.choice.value}\n" for one in sorted(ballots, key=lambda one: one.mark))


def digest_of(ballots: Iterable[Marked]) -> str:
    return hashlib.sha256(listed(ballots).encode()).hexdigest()


def read_list(text: str) -> list[Marked]:
    """Return the ballots of a published list, so that anybody may count them."""
    rows = (line.split(",") for line in text.splitlines() if line.strip())
    return [Marked(mark, Choice(choice)) for mark, choice in rows]
