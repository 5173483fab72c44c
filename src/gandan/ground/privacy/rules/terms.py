"""By when a request about personal data is acknowledged and answered, by the terms that hold on the day it came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from gandan.ground.calendar.rules import Term, parse_term


@dataclass(frozen=True)
class Terms:
    """The legal terms from a day on."""

    since: date
    basis: str
    source: str
    verified: bool
    acknowledge: Term
    answer: Mapping[str, Term]  # by wish
    extension: Mapping[str, Term]  # by wish


def read_terms(text: str) -> tuple[Terms, ...]:
    """Read the terms from their file, the latest first."""
    return tuple(sorted(map(_terms, yaml.safe_load(text)), key=lambda one: one.since, reverse=True))


def _terms(row: Mapping[str, Any]) -> Terms:
    wishes = row["wishes"]
    return Terms(
        since=row["since"],
        basis=row["basis"],
        source=row["source"],
        verified=row["verified"],
        acknowledge=parse_term(row["acknowledge"]),
        answer={wish: parse_term(told["term"]) for wish, told in wishes.items()},
        extension={wish: parse_term(told["extension"]) for wish, told in wishes.items()},
    )


def terms_on(known: Iterable[Terms], day: date) -> Terms:
    """Return those that hold on a day; before the first the first."""
    known = list(known)
    return next((one for one in known if one.since <= day), known[-1])
