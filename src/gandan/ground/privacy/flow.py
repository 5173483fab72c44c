"""The life of a request about personal data: what somebody wishes, the steps, and how it ends."""

from enum import StrEnum


class Wish(StrEnum):
    """What somebody asks for, of what we keep about them in one record."""

    SEE = "see"
    CORRECT = "correct"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"
    WITHDRAW = "withdraw"  # a consent


class Step(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


class Outcome(StrEnum):
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class Ground(StrEnum):
    """Why a wish is not, or not wholly, granted."""

    LAW_KEEPS = "law_keeps"  # a law says that it is kept
    STILL_NEEDED = "still_needed"  # the purpose goes on
    NOT_THEIRS = "not_theirs"  # who asks is not who it is about
    NOT_KEPT = "not_kept"  # there is no such thing here
    OTHERS_RIGHTS = "others_rights"  # it would give away somebody else's


NEXT: dict[Step, frozenset[Step]] = {
    Step.RECEIVED: frozenset({Step.ACKNOWLEDGED, Step.ANSWERED, Step.TAKEN_BACK}),
    Step.ACKNOWLEDGED: frozenset({Step.ANSWERED, Step.TAKEN_BACK}),
    Step.ANSWERED: frozenset(),
    Step.TAKEN_BACK: frozenset(),
}
OPEN = frozenset(step for step, following in NEXT.items() if following)


def may_step(before: Step, after: Step) -> bool:
    return after in NEXT[before]
