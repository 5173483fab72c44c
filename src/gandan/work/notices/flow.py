"""The steps of what is published: written, seen by a second person, out, corrected in the open, withdrawn in the open."""

from enum import StrEnum


class Sort(StrEnum):
    """What kind of thing is said."""

    NOTICE = "notice"
    CORRECTION = "correction"
    ALERT = "alert"


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STEPS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}


def may_step(now: State, then: State) -> bool:
    return then in STEPS[now]


class Why(StrEnum):
    """Why something that was out was changed. Everyone sees it."""

    UPDATED = "updated"  # things have changed since
    CLARIFIED = "clarified"  # it was misunderstood
    OUR_ERROR = "our_error"  # it was wrong, and it was ours: stands on the page of our own errors
    REPLY = "reply"  # who was concerned has answered
