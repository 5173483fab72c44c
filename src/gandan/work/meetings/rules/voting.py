"""A vote: how many have to be there, and what the hands come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    CARRIED = "carried"
    REJECTED = "rejected"
    TIED = "tied"  # and the chair has not decided it
    VOID = "void"  # broken off: it came to nothing, as when too few are left


@dataclass(frozen=True)
class Tally:
    """How many said what."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @classmethod
    def of(cls, choices: Iterable[Choice]) -> "Tally":
        given = list(choices)
        return cls(given.count(Choice.YES), given.count(Choice.NO), given.count(Choice.ABSTAIN))


def quorum(entitled: int, percent: int) -> int:
    """Return how many of those entitled must be there: at least that part of them, and never nobody."""
    return max(1, -(-entitled * percent // 100))


def has_quorum(present: int, entitled: int, percent: int) -> bool:
    return present >= quorum(entitled, percent)


def outcome(tally: Tally, chair: Choice | None = None) -> Outcome:
    """Return what a vote comes to: more yes than no. A tie is decided by how the chair voted, if they did not abstain."""
    if tally.yes != tally.no:
        return Outcome.CARRIED if tally.yes > tally.no else Outcome.REJECTED
    match chair:
        case Choice.YES:
            return Outcome.CARRIED
        case Choice.NO:
            return Outcome.REJECTED
        case _:
            return Outcome.TIED
