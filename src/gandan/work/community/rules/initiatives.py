"""The course of an initiative, and who is commended."""

from enum import StrEnum


class Step(StrEnum):
    PROPOSED = "proposed"
    TRIED = "tried"
    RECOGNISED = "recognised"
    DECLINED = "declined"


class Merit(StrEnum):
    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"


NEXT = {
    Step.PROPOSED: frozenset({Step.TRIED, Step.DECLINED}),
    Step.TRIED: frozenset({Step.RECOGNISED, Step.DECLINED}),
    Step.RECOGNISED: frozenset[Step](),
    Step.DECLINED: frozenset[Step](),
}


def may_follow(before: Step, after: Step) -> bool:
    return after in NEXT[before]
