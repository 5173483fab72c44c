"""The rules of reports: what a section may say, how a figure is written, what differs. Pure."""

from gandan.ground.documents.merging import Merged, merge
from gandan.results.reports.rules.comparing import Comparison, change_vi, is_unusual, middle, times_vi
from gandan.results.reports.rules.defaults import Section, default_sections
from gandan.results.reports.rules.described import SheetMeasure, described
from gandan.results.reports.rules.outside import NOTHING, Outside, remark
from gandan.results.reports.rules.owing import Every, Stage, due_periods
from gandan.results.reports.rules.public import Frame, Numbers, Spot, Telling, told_as_signed, told_now
from gandan.results.reports.rules.sheet import (
    WORDS,
    Change,
    Key,
    Place,
    Redefined,
    Sheet,
    SheetCell,
    changes,
    number,
    period_of_label,
    redefined,
    told,
    told_of,
    written,
)
from gandan.results.reports.rules.status import FROZEN_ONCE, ReportKind, ReportStatus, WayStep
from gandan.results.reports.rules.templates import (
    LAYOUTS,
    BadTemplate,
    Template,
    TemplateRow,
    in_words_of,
    read_templates,
)
from gandan.results.reports.rules.text import Block, Bound, BrokenText, Name, Words, bound, read

__all__ = [
    "FROZEN_ONCE",
    "LAYOUTS",
    "NOTHING",
    "WORDS",
    "BadTemplate",
    "Block",
    "Bound",
    "BrokenText",
    "Change",
    "Comparison",
    "Every",
    "Frame",
    "Key",
    "Merged",
    "Name",
    "Numbers",
    "Outside",
    "Place",
    "Redefined",
    "ReportKind",
    "ReportStatus",
    "Section",
    "Sheet",
    "SheetCell",
    "SheetMeasure",
    "Spot",
    "Stage",
    "Telling",
    "Template",
    "TemplateRow",
    "WayStep",
    "Words",
    "bound",
    "change_vi",
    "changes",
    "default_sections",
    "described",
    "due_periods",
    "in_words_of",
    "is_unusual",
    "merge",
    "middle",
    "number",
    "period_of_label",
    "read",
    "read_templates",
    "redefined",
    "remark",
    "times_vi",
    "told",
    "told_as_signed",
    "told_now",
    "told_of",
    "written",
]
