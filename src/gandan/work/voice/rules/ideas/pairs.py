"""Neighbouring syllables as numbers: most words of Vietnamese are two syllables, and a number is compared faster than a text."""

from itertools import pairwise
from zlib import crc32

from gandan.ground.vietnam.text import words_of

MOST = 80  # of one text


def pairs_of(text: str) -> list[int]:
    """Return the pairs of a text, each once, in their order."""
    found = dict.fromkeys(crc32(f"{one} {other}".encode()) - 2**31 for one, other in pairwise(words_of(text)))
    return list(found)[:MOST]
