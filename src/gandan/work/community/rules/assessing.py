"""Criteria with weights, points for each, and what they come to. Criteria are dated data; a round keeps those it began with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

import yaml

from gandan.ground.ledger.rules import Refused, gettext_noop

MOST = 100


class Field(StrEnum):
    """The four fields of “Dân vận khéo”, self-managed models of security, safe areas."""

    ECONOMY = "economy"
    SOCIETY = "society"
    SECURITY = "security"
    SYSTEM = "system"
    SELF_MANAGED = "self_managed"
    SAFE_AREA = "safe_area"


class State(StrEnum):
    REGISTERED = "registered"
    RECOGNISED = "recognised"
    LAPSED = "lapsed"


class Side(StrEnum):
    SELF = "self"
    POLICE = "police"
    CIVIL = "civil"


BOTH = (Side.POLICE, Side.CIVIL)


class BadScores(Refused):
    """There are points from 0 to 100 for each criterion, and no others."""


class BadCriteria(ValueError):
    """A file of criteria contradicts itself."""


@dataclass(frozen=True)
class Criterion:
    """What is looked at, and how much it weighs."""

    code: str
    name: str
    name_en: str
    weight: int


@dataclass(frozen=True)
class Criteria:
    """The criteria of one field from a day on."""

    field: Field
    valid_from: date
    valid_to: date | None
    pass_mark: int
    source: str
    verified: bool
    items: tuple[Criterion, ...]


def check_scores(scores: Mapping[str, int], items: Sequence[Criterion]) -> None:
    """:raises BadScores: naming the first criterion whose points are missing or out of range"""
    for item in items:
        points = scores.get(item.code)
        if points is None or not 0 <= points <= MOST:
            raise BadScores(gettext_noop("“{name}”: ghi điểm từ 0 đến {most}."), name=item.name, most=MOST)
    if set(scores) - {item.code for item in items}:
        raise BadScores(gettext_noop("Có tiêu chí không thuộc bộ tiêu chí của lần đánh giá này."))


def total(scores: Mapping[str, int], items: Sequence[Criterion]) -> Decimal:
    """Return the weighted mean of points, with one decimal."""
    whole = sum(item.weight for item in items)
    points = sum(scores[item.code] * item.weight for item in items)
    return (Decimal(points) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def read_criteria(text: str) -> list[Criteria]:
    """Read criteria as they are shipped.

    :raises BadCriteria: if weights don't add up to 100, a code stands twice, or two sets of one field overlap
    """
    found = [_criteria(row) for row in yaml.safe_load(text)["criteria"]]
    for one in found:
        codes = [item.code for item in one.items]
        if sum(item.weight for item in one.items) != MOST or len(set(codes)) != len(codes):
            raise BadCriteria(f"{one.field} from {one.valid_from}: weights add up to {MOST}, and each code stands once.")
    ordered = sorted(found, key=lambda one: (one.field, one.valid_from))
    for before, after in pairwise(ordered):
        if before.field is after.field and (before.valid_to is None or before.valid_to > after.valid_from):
            raise BadCriteria(f"{before.field}: the set from {before.valid_from} reaches into the next.")
    return ordered


def _criteria(row: Mapping[str, Any]) -> Criteria:
    items = tuple(Criterion(item["code"], item["name"], item["name_en"], item["weight"]) for item in row["items"])
    return Criteria(
        Field(row["field"]), row["valid_from"], row.get("valid_to"), row["pass_mark"], row["source"], row["verified"], items
    )
