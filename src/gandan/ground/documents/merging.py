"""Joining what two people wrote from one text, so that no word of either is lost.

Where they changed different places, both changes are taken. Where they changed the same place, both wordings stand one after the
other, and it is said how many such places there are. What one deleted and the other left alone is gone; what one deleted and the
other rewrote stays as rewritten.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKENS = re.compile(r"\S+[^\S\n]*|\s+")


@dataclass(frozen=True)
class Merged:
    """The joined text, and in how many places both wordings were kept."""

    text: str
    both: int = 0


@dataclass(frozen=True)
class _Hunk:
    """What stands instead of the words from `start` until before `end`."""

    start: int
    end: int
    words: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Join two texts that came from one."""
    if mine == theirs or theirs == base:
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    old = _words(base)
    ours, other = _hunks(old, _words(mine)), _hunks(old, _words(theirs))
    made: list[str] = []
    at = both = 0
    for start, end, left, right in _places(ours, other):
        made += old[at:start]
        kept, was_both = _joined(old[start:end], _apply(old, start, end, left), _apply(old, start, end, right))
        made += kept
        both += was_both
        at = end
    return Merged("".join([*made, *old[at:]]), both)


def _words(text: str) -> list[str]:
    return TOKENS.findall(text)


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Hunk(a, b, tuple(new[c:d])) for what, a, b, c, d in matched if what != "equal"]


def _places(ours: list[_Hunk], other: list[_Hunk]) -> Iterator[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Yield each stretch of the old words that one or both changed, in order; changes that touch each other are one."""
    waiting = sorted([(one.start, one.end, 0, one) for one in ours] + [(one.start, one.end, 1, one) for one in other], key=_first)
    while waiting:
        start, end, _, _ = waiting[0]
        sides: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        while waiting and (waiting[0][0] < end or waiting[0][0] == start):
            _, until, side, hunk = waiting.pop(0)
            sides[side].append(hunk)
            end = max(end, until)
        yield start, end, *sides


def _first(one: tuple[int, int, int, _Hunk]) -> tuple[int, int, int]:
    return one[:3]


def _apply(old: Sequence[str], start: int, end: int, hunks: list[_Hunk]) -> list[str]:
    made: list[str] = []
    at = start
    for hunk in hunks:
        made += [*old[at : hunk.start], *hunk.words]
        at = hunk.end
    return [*made, *old[at:end]]


def _joined(was: list[str], mine: list[str], theirs: list[str]) -> tuple[list[str], int]:
    """Return what stands in a place that one or both changed, and whether both wordings had to be kept."""
    said, other = "".join(mine).strip(), "".join(theirs).strip()
    if mine == theirs or theirs == was or not other or said.startswith(other):
        return (mine if said or not other else theirs), 0
    if mine == was or not said or other.startswith(said):
        return theirs, 0
    gap = [] if theirs[-1][-1].isspace() or mine[0][0].isspace() else [" "]
    return [*theirs, *gap, *mine], 1
