"""Addresses of the pages that open a figure, for paper and workbooks. The site's own address comes from the face."""

from collections.abc import Callable
from urllib.parse import urlencode

from gandan.results.reports.models import Report
from gandan.results.reports.rules import SheetCell

Link = Callable[[SheetCell], str]


def linking(report: Report, base_url: str) -> Link:
    """Return what gives each figure its address: the page that opens it to its events, looked at as the report does."""

    def link(one: SheetCell) -> str:
        # By its days, not by its name: a year may mean other days in the reporting calendar of the unit.
        asked = {
            "unit": one.unit_code,
            "from": one.period.start.isoformat(),
            "to": one.period.last.isoformat(),
            "line": report.line,
        }
        if report.view != "as-was":
            asked["view"] = report.view
        return f"{base_url.rstrip('/')}/measures/{one.key.code}/?{urlencode(asked)}"

    return link


def report_address(report: Report, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/reports/{report.code}/"
