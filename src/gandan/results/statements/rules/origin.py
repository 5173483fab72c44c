"""Where a kind of work is done: in this system, or in another whose figures come in by file. Pure."""

from enum import StrEnum

from gandan.results.measures.catalogue import GROUPS

# A kind of work is a group of measures, so that what a unit declares marks the figures of that group.
KINDS_OF_WORK = tuple(GROUPS)


class Where(StrEnum):
    HERE = "here"
    ELSEWHERE = "elsewhere"


def is_kind_of_work(code: str) -> bool:
    return code in GROUPS
