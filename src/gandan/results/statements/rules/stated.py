"""A figure that somebody states, with evidence: it stands beside what is counted and is never added to it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.results.measures.rules import Flow, Measure, NotAdditive, Share

MOST = Decimal(10) ** 15


class StatementStatus(StrEnum):
    WAITING = "waiting"  # for the other side
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    CORRECTED = "corrected"  # by a further statement that was approved


class StatementVerdict(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


class BadValue(Refused):
    """The number can't be one of this measure."""


@dataclass(frozen=True)
class Stated:
    """A stated figure that the other side has approved."""

    id: int
    code: str
    unit: int
    period: Period
    value: Decimal
    source: str


@dataclass(frozen=True)
class Sum:
    """What is stated of a period: of the period itself, or added up from its parts, and whether these cover all of it."""

    value: Decimal
    statements: tuple[Stated, ...]
    whole: bool

    @property
    def source(self) -> str:
        return "; ".join(dict.fromkeys(one.source for one in self.statements))


def allowed(measure: Measure) -> bool:
    """Say whether a figure of a measure may be stated: not what can't be added up, nor what rests on sealed events."""
    return not isinstance(measure, NotAdditive) and not measure.sealed


def value_of(measure: Measure, value: Decimal) -> Decimal:
    """Return a value as it is kept.

    :raises BadValue: if it can't be one of this measure
    """
    if not value.is_finite() or value < 0 or value >= MOST:
        raise BadValue(gettext_noop("Số phải từ 0 trở lên."))
    if isinstance(measure, Share):
        if value > 100:
            raise BadValue(gettext_noop("Tỷ lệ từ 0 đến 100%."))
        return value.quantize(Decimal("0.1"))
    if value != value.to_integral_value():
        raise BadValue(gettext_noop("Chỉ tiêu này là số đếm: xin ghi số nguyên."))
    return value.quantize(Decimal(1))


def added_up(measure: Measure, statements: Iterable[Stated], period: Period) -> Sum | None:
    """Return what is stated of a period: exactly of it, else of a flow the sum of what is stated of parts of it.

    Of parts that overlap the longest stands; a stock is told for its last day.
    """
    inside = [one for one in statements if one.code == measure.code and _within(one.period, period)]
    exact = [one for one in inside if (one.period.start, one.period.end) == (period.start, period.end)]
    if exact:
        return Sum(exact[-1].value, (exact[-1],), whole=True)
    if not isinstance(measure, Flow):
        last = [one for one in inside if one.period.end == period.end and not isinstance(measure, Share)]
        return Sum(last[-1].value, (last[-1],), whole=True) if last else None
    parts = sorted(_apart(inside), key=lambda one: one.period.start)
    if not parts:
        return None
    covered = sum((one.period.end - one.period.start).days for one in parts)
    value = sum((one.value for one in parts), Decimal(0))
    return Sum(value, tuple(parts), whole=covered == (period.end - period.start).days)


def _within(one: Period, period: Period) -> bool:
    return period.start <= one.start and one.end <= period.end


def _apart(statements: Iterable[Stated]) -> list[Stated]:
    """Take the longest first, and leave out what overlaps one that is taken."""
    taken: list[Stated] = []
    for one in sorted(statements, key=lambda each: (_days(each), each.period.start)):
        if not any(_overlap(one.period.start, one.period.end, other) for other in taken):
            taken.append(one)
    return taken


def _days(one: Stated) -> int:
    return -(one.period.end - one.period.start).days


def _overlap(start: date, end: date, other: Stated) -> bool:
    return start < other.period.end and other.period.start < end
