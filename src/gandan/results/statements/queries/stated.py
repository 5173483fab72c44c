"""What is stated: of which unit, by whom, on what evidence, how it was answered; and what stands beside a counted figure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from gandan.ground.calendar.rules import Period, UnknownPeriod, parse_period
from gandan.ground.documents.queries import AttachmentRow, attachments
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, row, speaks_for, tree, visible_units
from gandan.ground.organisations.rights import OWN_HANDS, Right
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Measure
from gandan.results.statements.models import Statement
from gandan.results.statements.rules import Stated, StatementStatus, Sum, added_up, value_of

OF_STATEMENTS = Statement._meta.label_lower


class UnknownStatement(Refused):
    """No such figure is stated, or it is none of the reader's."""


@dataclass(frozen=True)
class StatementRow:
    """A stated figure as a list shows it."""

    id: int
    unit: UnitRow
    measure: Measure
    period: Period
    value: Decimal
    source: str
    evidence: str
    side: Line
    status: StatementStatus
    stated_on: date
    stated_by: str
    answered_on: date | None
    answered_by: str
    reason: str
    corrects: int | None
    simulated: bool


def statements(
    viewer: Person, on: date, *, unit: str = "", measure: str = "", status: str = "", before: int | None = None, limit: int = 50
) -> list[StatementRow]:
    """Return the figures stated of units whose figures the reader may see, the last stated first."""
    found = Statement.objects.visible_to(viewer, on).select_related("unit", "stated_by", "answered_by").order_by("-pk")
    if unit:
        found = found.filter(unit__code=unit.strip().upper())
    if measure:
        found = found.filter(measure=measure)
    if status:
        found = found.filter(status=status)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [statement_row(one) for one in found[:limit]]


def statement(number: int, viewer: Person, on: date) -> Statement:
    """:raises UnknownStatement: if there is none that the reader may see"""
    found = Statement.objects.select_related("unit", "stated_by", "answered_by").filter(pk=number).first()
    if found is None or not (found.unit_id in visible_units(Right.READ_FIGURES, viewer, on) or may_answer(found, viewer, on)):
        raise UnknownStatement(gettext_noop("Không có số đã nêu này."))
    return found


def statement_row(one: Statement) -> StatementRow:
    return StatementRow(
        id=one.pk, unit=row(one.unit_id, one.during.upper), measure=CATALOGUE[one.measure], period=_period(one),
        value=value_of(CATALOGUE[one.measure], one.value),
        source=one.source, evidence=one.evidence,
        side=Line(one.side), status=StatementStatus(one.status),
        stated_on=one.stated_on, stated_by=one.stated_by.name, answered_on=one.answered_on,
        answered_by=one.answered_by.name if one.answered_by else "", reason=one.reason, corrects=one.corrects_id,
        simulated=one.simulated,
    )  # fmt: skip


def stated_of(unit: int, code: str, period: Period) -> Iterator[StatementRow]:
    """Yield all that was ever stated of one figure, the newest first: each correction and what it took the place of."""
    found = Statement.objects.filter(unit=unit, measure=code, during=(period.start, period.end))
    return (statement_row(one) for one in found.select_related("unit", "stated_by", "answered_by").order_by("-pk"))


def evidence_of(one: Statement) -> list[AttachmentRow]:
    """Return the scanned pages of a statement."""
    return attachments(OF_STATEMENTS, [one.pk])[one.pk]


def to_answer(viewer: Person, on: date, *, limit: int = 50) -> list[StatementRow]:
    """Return what waits for the reader's side, the oldest first."""
    waiting = Statement.objects.filter(status=StatementStatus.WAITING.value).exclude(stated_by=viewer)
    found = waiting.exclude(side__in=[line.value for line in Line if not speaks_for(viewer, on) - {line}])
    several = found.select_related("unit", "stated_by", "answered_by").order_by("pk")
    return [statement_row(one) for one in several[: 10 * limit] if may_answer(one, viewer, on)][:limit]


def may_answer(one: Statement, by: Person, on: date) -> bool:
    """Say whether somebody holds the right at the unit, or at a body beside it in the same place."""
    if by.username in OWN_HANDS:
        return Right.STATE_FIGURES in OWN_HANDS[by.username]
    return bool(_beside(one.unit_id, on) & visible_units(Right.STATE_FIGURES, by, on))


def _beside(unit: int, on: date) -> set[int]:
    known = tree()
    now = known.main_heir(unit, on)
    above = known.parent(now, Line.ADMINISTRATION, on)
    return {unit, now, *(known.children(above, Line.ADMINISTRATION, on) if above is not None else ())}


def stated(
    codes: Iterable[str], units: Collection[int], periods: Iterable[Period], *, until: date | None = None
) -> dict[tuple[str, int, Period], Sum]:
    """Return what is stated of these figures and approved, by measure, unit and period. A page asks once for all it shows.

    :param until: the last day on which it had been approved, and not yet corrected; else all that stands now
    """
    wanted, asked = list(dict.fromkeys(codes)), list(dict.fromkeys(periods))
    if not wanted or not asked:
        return {}
    found = Statement.objects.filter(
        _standing(until), unit__among=units, measure__in=wanted,
        during__contained_by=(min(one.start for one in asked), max(one.end for one in asked)),
    )  # fmt: skip
    by_figure: dict[tuple[str, int], list[Stated]] = {}
    for one in found.order_by("pk"):
        kept = Stated(one.pk, one.measure, one.unit_id, _period(one), value_of(CATALOGUE[one.measure], one.value), one.source)
        by_figure.setdefault((one.measure, one.unit_id), []).append(kept)
    sums: dict[tuple[str, int, Period], Sum] = {}
    for (code, unit), several in by_figure.items():
        for period in asked:
            if total := added_up(CATALOGUE[code], several, period):
                sums[code, unit, period] = total
    return sums


def _standing(until: date | None) -> Q:
    if until is None:
        return Q(status=StatementStatus.APPROVED.value)
    stood = Q(status__in=[StatementStatus.APPROVED.value, StatementStatus.CORRECTED.value], answered_on__lte=until)
    later = Statement.objects.filter(stood, corrects__isnull=False).values("corrects")
    return stood & ~Q(pk__in=later)


def _period(one: Statement) -> Period:
    try:
        return Period(one.during.lower, one.during.upper, parse_period(one.label))
    except UnknownPeriod:
        return Period(one.during.lower, one.during.upper)
