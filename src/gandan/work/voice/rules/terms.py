"""Legal terms: dated data with their source. Which clock runs for which kind, and how it may be extended."""

from datetime import date
from functools import cache
from pathlib import Path

from gandan.ground.calendar.rules import LegalTerm, NoTerm, holding, read_terms

__all__ = ["AFTER_ANOTHER", "LegalTerm", "NoTerm", "grades", "term_of", "terms"]

DATA = Path(__file__).parent.parent / "data" / "terms.yaml"

# A longer term that begins where another ended, and can be given only after it.
AFTER_ANOTHER = {("crime", "procuracy"): "complex"}


@cache
def terms() -> tuple[LegalTerm, ...]:
    return read_terms(DATA)


def term_of(kind: str, clock: str, on: date, grade: str = "normal") -> LegalTerm:
    """Return the term that holds on a day.

    :raises NoTerm: if the data has none
    """
    return holding(terms(), kind, clock, on, grade)


def grades(kind: str, clock: str, on: date) -> tuple[LegalTerm, ...]:
    """Return every grade of a clock that holds on a day."""
    return tuple(one for one in terms() if (one.kind, one.clock) == (kind, clock) and one.holds(on))
