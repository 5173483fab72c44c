"""Reports: their text as it is written, their figures as they were frozen, what was found out later."""

from gandan.results.reports.models.frozen import Citation, CitedDifference, FrozenCell, FrozenComparison, FrozenMeasure
from gandan.results.reports.models.known import KnownFigure, KnownSince
from gandan.results.reports.models.owing import ManyAsked, OwedReport, ReportDuty
from gandan.results.reports.models.reports import Report, ReportSection
from gandan.results.reports.models.restating import RestatedFigure, Restatement
from gandan.results.reports.models.templates import ReportTemplate
from gandan.results.reports.models.withholding import WithheldFigure
from gandan.results.reports.models.writing import Explanation, ReportComment, ReportStep, SectionVersion

__all__ = [
    "Citation",
    "CitedDifference",
    "Explanation",
    "FrozenCell",
    "FrozenComparison",
    "FrozenMeasure",
    "KnownFigure",
    "KnownSince",
    "ManyAsked",
    "OwedReport",
    "Report",
    "ReportComment",
    "ReportDuty",
    "ReportSection",
    "ReportStep",
    "ReportTemplate",
    "RestatedFigure",
    "Restatement",
    "SectionVersion",
    "WithheldFigure",
]
