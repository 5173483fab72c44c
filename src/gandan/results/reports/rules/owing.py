"""When reports are owed: on every month, quarter, half-year or year, or at the end of a programme. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from gandan.ground.calendar.rules import Grain, Period, PeriodRule, periods_between

ONE_DAY = timedelta(days=1)


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CLOSING = "closing"  # the whole of a programme, once

    @property
    def grain(self) -> Grain:
        return Grain(self.value)


def due_periods(rule: PeriodRule, since: date, until: date) -> Iterator[Period]:
    """Yield the periods that began on or after `since` and have ended by `until`, the earliest first."""
    for period in periods_between(rule, since, until + ONE_DAY):
        if period.start >= since and period.end <= until:
            yield period


class Stage(StrEnum):
    """How far an owed report has come."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
