"""Which ideas seem to say the same: by their words alone, without a model, the same each time.

Folded syllables and pairs of neighbouring syllables (most words of Vietnamese are two), weighed by how rare they are, compared by
their angle, joined from the nearest on while groups are near to each other on average: docs/decisions/ideas-that-say-the-same.md
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from gandan.ground.vietnam.text import words_of

NEAR = 0.20  # how alike two groups are on average to be joined; chosen on one labelled call, tried on another
FLOOR = 0.04  # pairs that are less alike count as not alike at all
IN_COMMON = 2  # pieces at least: one syllable alone makes nothing alike
SINGLE = 0.5  # how much weighs what nobody else says, beside what others say too
AS_IF = 100  # ideas at least, so that among a few the little words don't look rare
RARE_OF, RARE_AT_LEAST = 50, 40  # what stands in more than a fiftieth of many ideas tells nothing of one
Weights = dict[str, float]
Likeness = dict[int, dict[int, float]]


def groups_of(texts: Sequence[str], near: float = NEAR) -> list[list[int]]:
    """Return the places of texts that seem to say the same, two or more together, the largest groups first."""
    alike = _alike(_weighed(texts))
    found = [sorted(members) for members in _joined(len(texts), alike, near) if len(members) > 1]
    return sorted(found, key=lambda members: (-len(members), members))


def _pieces(text: str) -> Counter[str]:
    words = words_of(text)
    pieces = Counter(words)
    pieces.update(f"{one} {other}" for one, other in pairwise(words))
    return pieces


def _weighed(texts: Sequence[str]) -> list[Weights]:
    """Return each text's pieces by their weight, its length one; what is too common to tell anything is left out of the sum."""
    pieces = [_pieces(text) for text in texts]
    known = Counter(piece for each in pieces for piece in each)
    many, most = max(AS_IF, len(texts)), max(RARE_AT_LEAST, len(texts) // RARE_OF)
    weighed = []
    for each in pieces:
        weights = {piece: (1 + math.log(times)) * math.log((1 + many) / (1 + known[piece])) for piece, times in each.items()}
        weights = {piece: weight * (SINGLE if known[piece] == 1 else 1) for piece, weight in weights.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        weighed.append({piece: weight / length for piece, weight in weights.items() if 1 < known[piece] <= most})
    return weighed


def _alike(weighed: Sequence[Weights]) -> Likeness:
    """Return how alike each two texts are that have something in common."""
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    alike: Likeness = defaultdict(dict)
    for at, weights in enumerate(weighed):
        sums: dict[int, float] = defaultdict(float)
        shared: dict[int, int] = defaultdict(int)
        for piece, weight in weights.items():
            for other, its in having[piece]:
                sums[other] += weight * its
                shared[other] += 1
            having[piece].append((at, weight))
        for other, value in sums.items():
            if value >= FLOOR and shared[other] >= IN_COMMON:
                alike[at][other] = alike[other][at] = value
    return alike


def _joined(many: int, alike: Likeness, near: float) -> list[list[int]]:
    """Join the two nearest groups again and again, while they are near on average; return the groups."""
    members = {at: [at] for at in range(many)}
    pairs = ((value, at, other) for at, others in alike.items() for other, value in others.items() if at > other)
    waiting = [(-value, at, other) for value, at, other in pairs if value >= near]
    heapq.heapify(waiting)
    following = many
    while waiting:
        _value, one, other = heapq.heappop(waiting)
        if one not in members or other not in members:
            continue
        mine, its = alike.pop(one), alike.pop(other)
        weight, other_weight = len(members[one]), len(members[other])
        joined: dict[int, float] = {}
        for third in mine.keys() | its.keys():
            if third in members and third not in (one, other):
                value = (weight * mine.get(third, 0.0) + other_weight * its.get(third, 0.0)) / (weight + other_weight)
                joined[third] = alike[third][following] = value
                alike[third].pop(one, None)
                alike[third].pop(other, None)
                if value >= near:
                    heapq.heappush(waiting, (-value, following, third))
        members[following] = members.pop(one) + members.pop(other)
        alike[following] = joined
        following += 1
    return list(members.values())
