"""Whether people understand it: sentences that are too long, words of offices with what to say instead, how hard it reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from gandan.ground.vietnam.text import nfc

DATA = Path(__file__).parent.parent / "data" / "plain_words.yaml"
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
SYLLABLE = re.compile(r"[^\W\d_]+|\d[\d.,:/]*")
ABBREVIATION = re.compile(r"\b[A-ZĐ]{3,}\b")
KNOWN = {"CCCD", "VNEID", "QR", "SMS", "PDF"}


class Level(StrEnum):
    """How hard a text reads, by syllables per sentence."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True)
class Finding:
    """One place to look at again, with what could stand there."""

    what: str  # long_sentence, office_word, abbreviation
    where: str
    better: str = ""


@dataclass(frozen=True)
class Reading:
    sentences: int
    syllables: int
    longest: int
    level: Level
    findings: tuple[Finding, ...]

    @property
    def average(self) -> int:
        return round(self.syllables / self.sentences) if self.sentences else 0


@dataclass(frozen=True)
class Words:
    longest: int
    hard_above: int
    words: tuple[tuple[str, str], ...]


@cache
def words() -> Words:
    read = yaml.safe_load(DATA.read_text("utf-8"))
    return Words(read["longest_sentence"], read["hard_above"], tuple((nfc(one["said"]), one["better"]) for one in read["words"]))


def read(text: str) -> Reading:
    """Read a text as its readers will."""
    known, whole = words(), nfc(text)
    sentences = [one.strip() for one in SENTENCE.findall(whole) if SYLLABLE.search(one)]
    lengths = [len(SYLLABLE.findall(one)) for one in sentences]
    found: list[Finding] = [
        Finding("long_sentence", one) for one, length in zip(sentences, lengths, strict=True) if length > known.longest
    ]
    lower = whole.lower()
    found += [Finding("office_word", said, better) for said, better in known.words if re.search(rf"\b{re.escape(said)}\b", lower)]
    found += [Finding("abbreviation", one) for one in dict.fromkeys(ABBREVIATION.findall(whole)) if one.upper() not in KNOWN]
    average = sum(lengths) / len(lengths) if lengths else 0.0
    level = Level.HARD if average > known.hard_above else Level.MEDIUM if average > known.hard_above * 2 / 3 else Level.EASY
    return Reading(len(sentences), sum(lengths), max(lengths, default=0), level, tuple(found))


def numbered(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are of each sort."""
    return {what: sum(one.what == what for one in findings) for what in dict.fromkeys(one.what for one in findings)}
