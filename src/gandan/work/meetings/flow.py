"""The course of a meeting, the parts people have in it, and what they answer."""

from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Part(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"  # may vote
    GUEST = "guest"  # may read and speak


class Reply(StrEnum):
    NONE = "none"
    COMES = "comes"
    REMOTE = "remote"
    ABSENT = "absent"


class Came(StrEnum):
    QR = "qr"  # by the code at the door
    LIST = "list"  # entered by the secretary
    REMOTE = "remote"


class Item(StrEnum):
    REPORT = "report"
    DISCUSSION = "discussion"
    VOTE = "vote"
    SIGNING = "signing"


STEPS = {
    State.PLANNED: frozenset({State.OPEN, State.CANCELLED}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset[State](),
    State.CANCELLED: frozenset[State](),
}
VOTERS = frozenset({Part.CHAIR, Part.SECRETARY, Part.MEMBER})


def may_step(before: State, after: State) -> bool:
    return after in STEPS[before]
