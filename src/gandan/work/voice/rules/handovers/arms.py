"""What can be handed over on a day, by the law's groups: dated data with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gandan.ground.ledger.rules import Refused, gettext_noop

DATA = Path(__file__).parent.parent.parent / "data" / "arms.yaml"
GROUPS = {
    "military": gettext_noop("vũ khí quân dụng"),
    "hunting": gettext_noop("súng săn"),
    "crude": gettext_noop("vũ khí thô sơ"),
    "sport": gettext_noop("vũ khí thể thao"),
    "explosive": gettext_noop("vật liệu nổ"),
    "precursor": gettext_noop("tiền chất thuốc nổ"),
    "support": gettext_noop("công cụ hỗ trợ"),
    "fireworks": gettext_noop("pháo"),
    "other": gettext_noop("chưa rõ loại"),
}
WEIGHED = frozenset({"kg", "g", "m"})  # a lot of it counts as one item


class UnknownArms(Refused):
    """The law of that day knows nothing of this code."""


@dataclass(frozen=True)
class ArmsKind:
    """One kind of thing that is handed over. `stays`: it is left where it is, and somebody comes."""

    code: str
    group: str  # the law's own: military, crude, explosive, …
    name: str
    name_en: str
    measure: str
    stays: bool
    start: date
    end: date | None
    source: str
    verified: bool

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data


@cache
def arms() -> tuple[ArmsKind, ...]:
    rows: Sequence[Mapping[str, Any]] = _data()["kinds"]
    return tuple(
        ArmsKind(
            row["code"], row["class"], row["name"], row["name_en"], row["measure"], bool(row.get("stays")), row["from"],
            row.get("to"), row["source"], bool(row["verified"]),
        )
        for row in rows
    )  # fmt: skip


def arms_on(on: date) -> tuple[ArmsKind, ...]:
    """Return what the law of a day knows, in its order."""
    return tuple(one for one in arms() if one.holds(on))


def arms_of(code: str, on: date) -> ArmsKind:
    """:raises UnknownArms: if the law of that day knows nothing of this code"""
    for one in arms_on(on):
        if one.code == code:
            return one
    raise UnknownArms(gettext_noop("Ngày {day} luật không có loại “{code}”."), day=f"{on:%d/%m/%Y}", code=code[:40])


def named(code: str) -> ArmsKind:
    """Return a kind that stands in a record, of whatever day."""
    return next(one for one in arms() if one.code == code)


def depot_code() -> str:
    """Return the code of the unit whose depot takes items in at last; a city without it names another by hand."""
    return str(_data()["depot"])


def pieces(measure: str, quantity: int) -> int:
    """Return how many items a row is, as they are counted."""
    return 1 if measure in WEIGHED else quantity
