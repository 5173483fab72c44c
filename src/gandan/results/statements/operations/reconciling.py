"""Holding what was counted against the official totals of another system."""

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.calendar.queries import period as named_period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require, standing_heir, unit
from gandan.ground.organisations.rights import Right
from gandan.results.measures.queries import figures, measure
from gandan.results.statements.models import Reconciliation
from gandan.results.statements.rules import BadTotals, Total, read_totals


@operation
def reconcile(*, totals: str, source: str, by: Person, on: date) -> list[Reconciliation]:
    """Hold official totals, one to a line, against what was counted: all of them are kept, those that differ are listed.

    :param source: where the totals stand
    :raises NotAllowed: if `by` may not state figures of one of the units
    :raises BadTotals: if a line can't be read, or names what does not exist
    """
    if not source.strip():
        raise BadTotals(gettext_noop("Xin ghi tổng số này lấy ở đâu."))
    return [_one(total, source.strip()[:300], by, on) for total in read_totals(totals)]


def _one(total: Total, source: str, by: Person, on: date) -> Reconciliation:
    try:
        of, wanted = unit(total.unit), measure(total.measure)
        period = named_period(None, total.period)
    except Refused as problem:
        raise BadTotals(gettext_noop("Dòng {line}: {problem}"), line=total.line, problem=problem) from None
    require(Right.STATE_FIGURES, by=by, unit=of, on=on)
    cell = figures([wanted.code], [of.pk], [period]).cell(wanted.code, of.pk, period)
    made = Reconciliation.objects.create(
        unit=of, measure=wanted.code, during=DateRange(period.start, period.end), label=period.label, official=total.value,
        counted=None if cell.value is None else Decimal(cell.value), source=source, on=on, by=by,
    )  # fmt: skip
    outcome = "equal" if made.counted == made.official else "differs"
    record(Kind.WORK_RECONCILED, about=made, unit=standing_heir(of, on), day=on, by=by, outcome=outcome)
    return made


@operation
def explain_difference(*, number: int, explanation: str, by: Person, on: date) -> Reconciliation:
    """Say why a total differs from what was counted.

    :raises NotAllowed: if `by` may not state figures of the unit
    :raises BadTotals: if it says nothing
    """
    found = Reconciliation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=number)
    require(Right.STATE_FIGURES, by=by, unit=found.unit, on=on)
    if not explanation.strip():
        raise BadTotals(gettext_noop("Xin viết vài lời trước khi gửi."))
    found.explanation = explanation.strip()
    found.save(update_fields=["explanation"])
    record(Kind.WORK_RECONCILED, about=found, unit=standing_heir(found.unit, on), day=on, by=by, outcome="explained")
    return found
