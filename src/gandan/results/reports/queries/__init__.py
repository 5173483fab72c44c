"""Reading reports: drafts, as signed, as known now, what lies between; as a document and as a workbook."""

from gandan.results.reports.models import Report, ReportSection
from gandan.results.reports.queries.annex import xlsx
from gandan.results.reports.queries.compiling import (
    BadReference,
    compiled,
    period_of,
    resolved,
    section_blocks,
    view_of,
    years_of,
)
from gandan.results.reports.queries.document import document, pdf, sheet_of
from gandan.results.reports.queries.linking import Link, linking
from gandan.results.reports.queries.signed import (
    Differences,
    Later,
    NotFrozen,
    UnknownReport,
    as_known_now,
    as_signed,
    check,
    differences,
    report,
    reports,
)
from gandan.results.reports.queries.tables import year_label

__all__ = [
    "BadReference",
    "Differences",
    "Later",
    "Link",
    "NotFrozen",
    "Report",
    "ReportSection",
    "UnknownReport",
    "as_known_now",
    "as_signed",
    "check",
    "compiled",
    "differences",
    "document",
    "linking",
    "pdf",
    "period_of",
    "report",
    "reports",
    "resolved",
    "section_blocks",
    "sheet_of",
    "view_of",
    "xlsx",
    "year_label",
    "years_of",
]
