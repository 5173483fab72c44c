"""Minutes written by several hands: two texts with one ancestor become one, no word of either is lost, the order is kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Change = tuple[int, int, list[str]]  # lines of the ancestor that are replaced, and by what


@dataclass(frozen=True)
class Merged:
    """The text of both, and whether both had written at one place: somebody should read it over then."""

    text: str
    both: bool


def merge(base: str, kept: str, mine: str) -> Merged:
    """Return `mine` brought into `kept`, where both began from `base`. What both wrote at one place stands one after the other.

    What one of them took out and the other left as it was is gone; what the other changed meanwhile stays.
    """
    if kept in (base, mine):
        return Merged(mine, False)
    if mine == base:
        return Merged(kept, False)
    lines = base.splitlines()
    theirs, ours = _changes(lines, kept.splitlines()), _changes(lines, mine.splitlines())
    merged: list[str] = []
    at, both = 0, False
    while theirs or ours:
        start = min(change[0] for changes in (theirs, ours) for change in changes[:1])
        merged += lines[at:start]
        group, end = _together(theirs, ours, start)
        end = max([start, *(change[1] for _who, change in group)])
        sides = [_side(lines, start, end, [change for who, change in group if who == side]) for side in (0, 1)]
        merged += _joined(sides, lines[start:end], [any(who == side for who, _change in group) for side in (0, 1)])
        both |= len({who for who, _change in group}) == 2 and sides[0] != sides[1]
        at = end
    return Merged("\n".join([*merged, *lines[at:]]), both)


def _changes(base: list[str], text: list[str]) -> list[Change]:
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    return [(a, b, text[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _together(theirs: list[Change], ours: list[Change], start: int) -> tuple[list[tuple[int, Change]], int]:
    """Take from both lists the changes that touch each other, beginning at `start`."""
    group: list[tuple[int, Change]] = []
    end = start
    while True:
        taken = False
        for who, changes in ((0, theirs), (1, ours)):
            while changes and _touches(changes[0], start, end):
                change = changes.pop(0)
                group.append((who, change))
                end, taken = max(end, change[1]), True
        if not taken:
            return group, end


def _touches(change: Change, start: int, end: int) -> bool:
    """Say whether a change is at the place of others: it overlaps, or both put something in at one point."""
    return change[0] < end or (change[0] == end and (change[0] == change[1] or start == end))


def _side(lines: list[str], start: int, end: int, changes: list[Change]) -> list[str]:
    """Return what one hand made of a stretch of the ancestor."""
    text: list[str] = []
    at = start
    for first, last, new in changes:
        text += [*lines[at:first], *new]
        at = last
    return text + lines[at:end]


def _joined(sides: list[list[str]], base: list[str], touched: list[bool]) -> list[str]:
    if not touched[1] or sides[0] == sides[1]:
        return sides[0]
    if not touched[0]:
        return sides[1]
    removed = Counter(base) - Counter(sides[1])
    kept = list(_without(sides[0], removed))
    new = list(_without(sides[1], Counter(base)))
    return [*kept, *_without(new, Counter(_without(sides[0], Counter(base))))]


def _without(lines: list[str] | Iterator[str], some: Counter[str]) -> Iterator[str]:
    """Yield lines, but each of some as often less."""
    left = Counter(some)
    for line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            yield line
