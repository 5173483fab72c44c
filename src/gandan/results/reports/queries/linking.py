"""Addresses of the pages that open a figure, for paper and workbooks. The site's own address comes from the face."""

from collections.abc import Callable
from datetime import date
from functools import cache
from urllib.parse import urlencode

from gandan.results.reports.models import Report
from gandan.results.reports.rules import SheetCell

Link = Callable[[SheetCell], str]


def linking(report: Report, base_url: str) -> Link:
    """Return what gives each figure its address: the page that opens it to its events, looked at as the report does."""

    root = f"{base_url.rstrip('/')}/measures/"

    @cache
    def asked(unit: str, start: date, last: date) -> str:
        # By its days, not by its name: a year may mean other days in the reporting calendar of the unit.
        said = {"unit": unit, "from": start.isoformat(), "to": last.isoformat(), "line": report.line}
        return urlencode(said if report.view == "as-was" else said | {"view": report.view})

    def link(one: SheetCell) -> str:
        return f"{root}{one.key.code}/?{asked(one.unit_code, one.period.start, one.period.last)}"

    return link


def report_address(report: Report, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/reports/{report.code}/"
