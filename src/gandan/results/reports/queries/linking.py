"""Addresses of the pages that open a figure, for paper and workbooks. The site's own address comes from the face."""

from collections.abc import Callable
from urllib.parse import urlencode

from gandan.ground.organisations.rules import Line
from gandan.results.reports.models import Report
from gandan.results.reports.rules import SheetCell

Link = Callable[[SheetCell], str]


def linking(report: Report, base_url: str) -> Link:
    """Return what gives each figure its address: the page that opens it to its events, looked at as the report does."""

    def link(one: SheetCell) -> str:
        asked = {"unit": one.unit_code, "period": one.period.label}
        if report.view != "as-was":
            asked["view"] = report.view
        if report.line != Line.ADMINISTRATION:
            asked["line"] = report.line
        return f"{base_url.rstrip('/')}/measures/{one.key.code}/?{urlencode(asked)}"

    return link


def report_address(report: Report, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/reports/{report.code}/"
