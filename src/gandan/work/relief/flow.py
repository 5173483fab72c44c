"""How a need for help goes: waiting, set aside for at a depot, handed out once; how an offer goes."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    SET_ASIDE = "set_aside"  # goods are kept at a depot under a code that opens them once
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


STEPS: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.SET_ASIDE, State.WITHDRAWN, State.DECLINED}),
    State.SET_ASIDE: frozenset({State.GIVEN, State.WAITING, State.WITHDRAWN, State.DECLINED}),
    State.GIVEN: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.DECLINED: frozenset(),
}
OPEN = frozenset({State.WAITING, State.SET_ASIDE})


class Offered(StrEnum):
    OPEN = "open"
    TAKEN_IN = "taken_in"
    DECLINED = "declined"


def may_follow(now: State, then: State) -> bool:
    return then in STEPS[now]
