"""Stating a figure of work done outside the system, with evidence; the other side approves it or refuses it with a reason."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.calendar.rules import Period
from gandan.ground.documents.attachments.examining import Readable
from gandan.ground.documents.models import Attachment
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import partners_of, require, side_of, speaks_for, standing_heir
from gandan.ground.organisations.rights import OWN_HANDS, Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, keep, owe
from gandan.ground.promises.queries import open_about, usual_due
from gandan.results.measures.queries import measure
from gandan.results.statements.models import Statement
from gandan.results.statements.queries import OF_STATEMENTS, evidence_of, may_answer
from gandan.results.statements.rules import StatementStatus, StatementVerdict, allowed, value_of

PROMISE = "statement.answer"
KEPT = timedelta(days=3652)  # as long as the yearly reports that rest on it are looked up


class CantBeStated(Refused):
    """A figure of this measure or period can't be stated."""


class NoEvidence(Refused):
    """A stated figure says where it comes from, and shows it."""


class AlreadyAnswered(Refused):
    """The statement was answered, corrected or taken back."""


class OneSide(Refused):
    """The side that states a figure doesn't approve it."""


@operation
def state(
    *,
    unit: Unit,
    code: str,
    period: Period,
    value: Decimal,
    source: str,
    by: Person,
    on: date,
    evidence: str = "",
    file: Readable | None = None,
    file_name: str = "",
    corrects: int | None = None,
    reason: str = "",
    simulated: bool = False,
) -> Statement:
    """State a figure of a unit for a period that is over. It counts for nothing until the other side approves it.

    :param corrects: an approved statement of the same figure, whose place this one takes once it is approved
    :raises NotAllowed: if `by` may not state figures of the unit
    :raises UnknownMeasure: if the catalogue has no such measure
    :raises CantBeStated: if it is no measure to be stated, the period is not over, or the figure is stated already
    :raises BadValue: if the number can't be one of this measure
    :raises NoEvidence: if no source is named, or neither file nor words show it
    """
    require(Right.STATE_FIGURES, by=by, unit=unit, on=on)
    wanted = measure(code)
    if not allowed(wanted):
        raise CantBeStated(gettext_noop("Chỉ tiêu này không nêu từ ngoài được."))
    if period.end > on:
        raise CantBeStated(gettext_noop("Chỉ nêu số của kỳ đã hết."))
    if not source.strip() or not (evidence.strip() or file is not None):
        raise NoEvidence(gettext_noop("Xin ghi văn bản nguồn, và kèm tệp hoặc chép lời của văn bản."))
    during = DateRange(period.start, period.end)
    standing = Statement.objects.filter(unit=unit, measure=wanted.code, during=during)
    old = standing.filter(status=StatementStatus.APPROVED.value).first()
    if standing.filter(status=StatementStatus.WAITING.value).exists():
        raise CantBeStated(gettext_noop("Số này đã được nêu và đang chờ bên kia duyệt."))
    if (old.pk if old else None) != corrects:
        raise CantBeStated(gettext_noop("Số này đã được nêu. Muốn sửa, hãy nêu lại từ bản đang có và ghi lý do."))
    if corrects is not None and not reason.strip():
        raise NoEvidence(gettext_noop("Xin ghi lý do sửa số đã nêu."))
    made = Statement.objects.create(
        unit=unit, measure=wanted.code, during=during, label=period.label, value=value_of(wanted, value),
        source=source.strip()[:300], evidence=evidence.strip(), side=_side(unit, by, on).value, simulated=simulated,
        stated_on=on, stated_by=by, corrects=old, reason=reason.strip() if old else "",
    )  # fmt: skip
    if file is not None:
        attach_evidence(statement=made, file=file, name=file_name, by=by, on=on)
    _owe_answer(made, by, on)
    record(Kind.STATEMENT_MADE, about=made, unit=standing_heir(unit, on), day=on, by=by, corrects="yes" if old else "no")
    return made


@operation
def attach_evidence(*, statement: Statement, file: Readable, name: str, by: Person, on: date) -> Attachment:
    """Put a scanned page with a statement that waits.

    :raises NotAllowed: if `by` may not state figures of the unit
    :raises AlreadyAnswered: if it was answered
    :raises Refused: if the file can't be kept, with what to do instead
    """
    found = _taken(statement)
    require(Right.STATE_FIGURES, by=by, unit=found.unit, on=on)
    return attach(
        about=found,
        unit=standing_heir(found.unit, on),
        source=file,
        name=name,
        keep_until=on + KEPT,
        by=by,
        on=on,
        purpose="evidence",
    )


@operation
def answer_statement(*, statement: Statement, answer: StatementVerdict, by: Person, on: date, reason: str = "") -> Statement:
    """Approve a stated figure for the other side, or refuse it with a reason. One that corrects another takes its place.

    :raises NotAllowed: if `by` may not answer for a body of the same place
    :raises OneSide: if `by` speaks for the side that states it alone, or states it themselves
    :raises AlreadyAnswered: if it was answered
    :raises NoEvidence: if it is refused without a reason, or approved with nothing to be seen
    """
    found = _taken(statement)
    if not may_answer(found, by, on):
        raise NotAllowed(gettext_noop("{person} không có quyền này tại {unit}."), person=by.name, unit=found.unit.name)
    if by.pk == found.stated_by_id or not speaks_for(by, on) - {Line(found.side)}:
        raise OneSide(gettext_noop("Số do một bên nêu thì bên kia duyệt."))
    if answer is StatementVerdict.REFUSED and not reason.strip():
        raise NoEvidence(gettext_noop("Xin ghi lý do không duyệt."))
    if answer is StatementVerdict.APPROVED and not (found.evidence or evidence_of(found)):
        raise NoEvidence(gettext_noop("Chưa có tệp hay lời chép nào làm chứng."))
    if answer is StatementVerdict.APPROVED and found.corrects_id:
        Statement.objects.filter(pk=found.corrects_id).update(status=StatementStatus.CORRECTED.value)
    found.status, found.answered_by, found.answered_on = StatementStatus(answer.value).value, by, on
    found.reason = reason.strip() if answer is StatementVerdict.REFUSED else found.reason
    found.save(update_fields=["status", "answered_by", "answered_on", "reason"])
    if owed := open_about(OF_STATEMENTS, [found.pk], PROMISE).get(found.pk):
        keep(promise=owed, by=by, on=on)
    record(Kind.STATEMENT_ANSWERED, about=found, unit=standing_heir(found.unit, on), day=on, by=by, answer=answer.value)
    return found


@operation
def take_back_statement(*, statement: Statement, by: Person, on: date) -> Statement:
    """Take back a stated figure that waits to be answered.

    :raises NotAllowed: if `by` may not state figures of the unit
    :raises AlreadyAnswered: if it was answered
    """
    found = _taken(statement)
    require(Right.STATE_FIGURES, by=by, unit=found.unit, on=on)
    found.status, found.answered_by, found.answered_on = StatementStatus.TAKEN_BACK.value, by, on
    found.save(update_fields=["status", "answered_by", "answered_on"])
    if owed := open_about(OF_STATEMENTS, [found.pk], PROMISE).get(found.pk):
        drop(promise=owed, by=by, on=on)
    record(Kind.STATEMENT_TAKEN_BACK, about=found, unit=standing_heir(found.unit, on), day=on, by=by)
    return found


def _owe_answer(made: Statement, by: Person, on: date) -> None:
    """The other side's body in the same place owes an answer, where there is one."""
    unit = standing_heir(made.unit, on)
    other = next((one for one in partners_of(unit.pk, on) if side_of(one.id, on) not in {None, Line(made.side)}), None)
    if other is None:
        return
    answers = Unit.objects.get(pk=other.id)
    due_on = usual_due(PROMISE, on, unit=answers)
    label = f"Số nêu của {made.unit.name}, kỳ {made.label}"
    owe(
        kind=PROMISE, about=made, label=label[:200], owed_to=Receiver.PARTNER, unit=answers, due_on=due_on, by=by, on=on
    )  # fmt: skip


def _taken(statement: Statement) -> Statement:
    found = Statement.objects.select_for_update(of=("self",)).select_related("unit").get(pk=statement.pk)
    if found.status != StatementStatus.WAITING:
        unchanged()
        raise AlreadyAnswered(gettext_noop("Số này đã được trả lời hoặc rút lại."))
    return found


def _side(unit: Unit, by: Person, on: date) -> Line:
    """Return the side that states: the unit's own, else that for which `by` speaks."""
    own = side_of(unit.pk, on)
    spoken = sorted(speaks_for(by, on))
    if own is None and not spoken and by.username not in OWN_HANDS:
        raise OneSide(gettext_noop("Số do một bên nêu thì bên kia duyệt."))
    return own or (spoken[0] if spoken else Line.ADMINISTRATION)
