"""The text that a new report begins with."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from gandan.results.reports.rules.status import ReportKind

RESULTS = 2  # the section in which the tables stand
FILE = Path(__file__).parent.parent / "data" / "sections.yaml"


@dataclass(frozen=True)
class Section:
    title: str
    text: str


def default_sections(kind: ReportKind) -> tuple[Section, ...]:
    return _read()[kind]


@cache
def _read() -> dict[ReportKind, tuple[Section, ...]]:
    found: dict[str, list[dict[str, str]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        ReportKind(kind): tuple(Section(one["title"], one["text"].strip()) for one in one_kind)
        for kind, one_kind in found.items()
    }
