"""How a matter goes: open, said to be settled by one side, settled once the other agrees; and open again if it was not."""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"  # one side says that it is settled, the other has yet to agree
    SETTLED = "settled"


STEPS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PROPOSED}),
    State.PROPOSED: frozenset({State.SETTLED, State.OPEN}),
    State.SETTLED: frozenset({State.OPEN}),
}


def may_follow(now: State, then: State) -> bool:
    return then in STEPS[now]
