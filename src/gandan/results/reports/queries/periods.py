"""Over which days a report speaks, cut into years, and how it looks across a changed tree."""

from gandan.ground.calendar.queries import period_rule
from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period
from gandan.ground.organisations.rules import View
from gandan.results.measures.queries import cut
from gandan.results.measures.rules import view_named
from gandan.results.reports.models import Report


def period_of(report: Report) -> Period:
    return Period(report.during.lower, report.during.upper)


def years_of(report: Report) -> tuple[Period, ...]:
    """Return the years of a report, the first and the last cut off where it begins and ends; none if it lies within one."""
    rule = period_rule(report.unit_id, Grain.YEAR) if report.own_periods else CALENDAR_PERIODS[Grain.YEAR]
    whole = period_of(report)
    years = tuple(cut(whole, rule))
    return years if len(years) > 1 else ()


def view_of(report: Report) -> View:
    """Return how a report looks across a changed tree; as is means as of its own last day."""
    return view_named(report.view, today=period_of(report).last)
