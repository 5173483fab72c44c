"""The rules of reports: what a section may say, how a figure is written, what differs. Pure."""

from gandan.results.reports.rules.defaults import Section, default_sections
from gandan.results.reports.rules.sheet import (
    WORDS,
    Change,
    Key,
    Place,
    Redefined,
    Sheet,
    SheetCell,
    SheetMeasure,
    changes,
    described,
    number,
    period_of_label,
    redefined,
    told,
    written,
)
from gandan.results.reports.rules.status import ReportKind, ReportStatus
from gandan.results.reports.rules.text import Block, Bound, BrokenText, Name, Words, bound, read

__all__ = [
    "WORDS",
    "Block",
    "Bound",
    "BrokenText",
    "Change",
    "Key",
    "Name",
    "Place",
    "Redefined",
    "ReportKind",
    "ReportStatus",
    "Section",
    "Sheet",
    "SheetCell",
    "SheetMeasure",
    "Words",
    "bound",
    "changes",
    "default_sections",
    "described",
    "number",
    "period_of_label",
    "read",
    "redefined",
    "told",
    "written",
]
