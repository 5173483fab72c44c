"""What the law asks for, as dated data with its source: duties to publish, terms of consultations, thresholds of votes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from gandan.ground.calendar.rules import Term, parse_term
from gandan.ground.ledger.rules import Refused, gettext_noop

DATA = Path(__file__).parent.parent / "data" / "rules.yaml"


class NoRule(Refused):
    """No rule of this code holds on that day."""


class Place(StrEnum):
    """Where something is published."""

    BOARD = "board"
    PAGE = "page"
    SPEAKER = "speaker"
    HOME = "home"  # the community house of the neighbourhood


@dataclass(frozen=True)
class Dated:
    """A row of the data: what it is called, from when until when it holds, and where it comes from."""

    code: str
    name: str
    name_en: str
    start: date
    end: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True)
class DutyRule(Dated):
    """What must be published: where, how soon after it came to be, for how many days."""

    places: tuple[Place, ...]
    within: Term
    days: int


@dataclass(frozen=True)
class ConsultationRule(Dated):
    """For how many days a text is put before people, and how soon after that they are answered."""

    open_days: int
    answer: Term


@dataclass(frozen=True)
class PollRule(Dated):
    """What share of all households carries a decision, whether the ballot is secret, how soon its result is out."""

    share: Fraction
    over: bool
    secret: bool
    result: Term


Rule = TypeVar("Rule", bound=Dated)


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return read


def _common(row: dict[str, Any]) -> dict[str, Any]:
    known = {"start": row["from"], "end": row.get("to"), "verified": bool(row["verified"])}
    return {name: row[name] for name in ("code", "name", "name_en", "source")} | known


@cache
def duty_rules() -> tuple[DutyRule, ...]:
    return tuple(
        DutyRule(
            **_common(row), places=tuple(Place(one) for one in row["places"]), within=parse_term(row["within"]), days=row["days"]
        )
        for row in _read()["duties"]
    )


@cache
def consultation_rules() -> tuple[ConsultationRule, ...]:
    return tuple(
        ConsultationRule(**_common(row), open_days=row["open_days"], answer=parse_term(row["answer"]))
        for row in _read()["consultations"]
    )


@cache
def poll_rules() -> tuple[PollRule, ...]:
    return tuple(
        PollRule(
            **_common(row), share=Fraction(row["share"]), over=row["over"], secret=row["secret"], result=parse_term(row["result"])
        )
        for row in _read()["polls"]
    )


def holding(rules: Iterable[Rule], on: date) -> Sequence[Rule]:
    """Return the rules that hold on a day."""
    return [one for one in rules if one.holds(on)]


def rule_of(rules: Iterable[Rule], code: str, on: date) -> Rule:
    """Return the rule of a code that holds on a day.

    :raises NoRule: if there is none
    """
    for one in holding(rules, on):
        if one.code == code:
            return one
    raise NoRule(
        gettext_noop("Ngày {day} không có quy định nào mang mã “{code}”."), code=code, day=f"{on:%d/%m/%Y}", field="rule"
    )
