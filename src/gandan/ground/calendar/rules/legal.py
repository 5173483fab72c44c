"""Terms as data: each dated, with its source, and whether the official text was read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gandan.ground.calendar.rules.terms import Term, parse_term


class NoTerm(LookupError):
    """No term is on file for this: a gap in the data, not somebody's slip."""


@dataclass(frozen=True)
class LegalTerm:
    """How long one clock of a kind runs, by which source, from when until when."""

    kind: str
    clock: str
    grade: str  # normal, complex, …
    term: Term
    start: date
    end: date | None
    source: str
    verified: bool
    words: str

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


def read_terms(file: Path) -> tuple[LegalTerm, ...]:
    rows: Sequence[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))["terms"]
    return tuple(
        LegalTerm(
            row["kind"], row["clock"], row.get("grade", "normal"), parse_term(row["term"]), row["from"], row.get("to"),
            row["source"], bool(row.get("verified", False)), row.get("words", ""),
        )
        for row in rows
    )  # fmt: skip


def holding(terms: Iterable[LegalTerm], kind: str, clock: str, on: date, grade: str = "normal") -> LegalTerm:
    """Return the term that holds on a day.

    :raises NoTerm: if the data has none
    """
    for one in terms:
        if (one.kind, one.clock, one.grade) == (kind, clock, grade) and one.holds(on):
            return one
    raise NoTerm(f"No term of {kind} for {clock} ({grade}) on {on}.")
