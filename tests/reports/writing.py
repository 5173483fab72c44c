"""Writing what of a draft is still to be written."""

from gandan.results.reports.models import Report
from gandan.results.reports.operations import write_section
from gandan.results.reports.rules import filled


def written(report: Report) -> Report:
    """Write out a draft, as who drafted it."""
    for section in report.sections.all():
        text = filled(section.text, lambda asked: "Hai bên thống nhất.")
        write_section(report=report, position=section.position, text=text, by=report.drafted_by, on=report.drafted_on)
    return report
