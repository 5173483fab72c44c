"""Asking many units for a report, sending an answer back, excusing a unit, and gathering what came."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import Period, shift
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, rows, standing_heir, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, owe
from gandan.ground.promises.queries import open_about
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.requests.models import Answer, AnswerStep, ReportRequest
from gandan.results.requests.rules import AnswerStage, BadRequest, read_points, read_rows

PROMISE = "request.answer"
AGAIN = 2  # working days for an answer that was sent back
OF_ANSWERS = Answer._meta.label_lower


@operation
def ask(
    *,
    superior: Unit,
    title: str,
    paper: str,
    period: Period,
    outline: str,
    annex: str,
    units: Sequence[Unit],
    due_on: date,
    by: Person,
    on: date,
    text: str = "",
    line: Line = Line.ADMINISTRATION,
    simulated: bool = False,
) -> ReportRequest:
    """Ask units for a report by a day. Each owes an answer, prefilled from the ledger.

    :param outline: what is to be written to, a point to a line
    :param annex: what is to be counted, a row to a line: `words | measure`
    :raises NotAllowed: if `by` may not write reports at the unit that asks
    :raises BadRequest: if it asks nothing, nobody, or of a unit that is not below; if it is due before it is asked
    """
    require(Right.WRITE_REPORTS, by=by, unit=superior, on=on)
    points, asked = read_points(outline), read_rows(annex, CATALOGUE)
    if not title.strip() or not paper.strip() or not (points or asked):
        raise BadRequest(gettext_noop("Xin ghi tên, số công văn, và ít nhất một mục đề cương hoặc một dòng biểu."))
    if due_on < on:
        raise BadRequest(gettext_noop("Hạn trả lời đã qua."))
    if period.end > on:
        raise BadRequest(gettext_noop("Chỉ hỏi số liệu của kỳ đã hết."))
    _check_below(superior, units, line, on)
    made = ReportRequest.objects.create(
        code=_next_code(superior), superior=superior, line=line.value, title=title.strip()[:200], paper=paper.strip()[:120],
        text=text.strip(), during=DateRange(period.start, period.end), label=period.label, points=points,
        rows=[{"words": one.words, "measure": one.measure, "unit": one.unit} for one in asked], due_on=due_on,
        simulated=simulated, asked_on=on, asked_by=by,
    )  # fmt: skip
    answers = Answer.objects.bulk_create(Answer(request=made, unit=unit) for unit in units)
    for one in answers:
        _owe(one, f"{made.title} ({made.paper})", due_on, by, on)
    record(Kind.REQUEST_ASKED, about=made, unit=superior, day=on, by=by, amount=len(answers))
    return made


def _check_below(superior: Unit, units: Sequence[Unit], line: Line, on: date) -> None:
    if not units:
        raise BadRequest(gettext_noop("Chưa chọn đơn vị nào."))
    known = tree()
    outside = [one.pk for one in units if superior.pk not in known.path(one.pk, line, on)[:-1]]
    if outside:
        named = ", ".join(row.name for row in list(rows(outside, on).values())[:5])
        raise BadRequest(gettext_noop("Không thuộc đơn vị hỏi: {units}."), units=named)


def _next_code(superior: Unit) -> str:
    Unit.objects.select_for_update().get(pk=superior.pk)  # two at once take two numbers
    return f"yc-{superior.code.lower()}-{ReportRequest.objects.filter(superior=superior).count() + 1}"


def _owe(answer: Answer, label: str, due_on: date, by: Person, on: date) -> None:
    owe(
        kind=PROMISE, about=answer, label=label[:200], owed_to=Receiver.SUPERIOR, unit=standing_heir(answer.unit, on),
        due_on=due_on, by=by, on=on,
    )  # fmt: skip


@operation
def return_answer(*, answer: Answer, reason: str, by: Person, on: date) -> Answer:
    """Send an answer back with a reason. What was given stays on record; it is owed once more.

    :raises NotAllowed: if `by` may not write reports at the unit that asked
    :raises BadRequest: if it was not answered, or no reason is given
    """
    found = _taken(answer, by, on)
    if found.stage != AnswerStage.ANSWERED:
        raise BadRequest(gettext_noop("Chưa có câu trả lời để trả lại."))
    if not reason.strip():
        raise BadRequest(gettext_noop("Xin ghi lý do trả lại để nơi lập báo cáo biết cần sửa gì."))
    found.stage = AnswerStage.RETURNED.value
    found.save(update_fields=["stage"])
    stepped(found, reason.strip(), by, on)
    due_on = max(found.request.due_on, shift(on, AGAIN, working_calendar(found.unit)))
    _owe(found, f"Trả lời lại: {found.request.title}", due_on, by, on)
    record(Kind.REQUEST_RETURNED, about=found.request, unit=found.request.superior, day=on, by=by)
    return found


@operation
def excuse_answer(*, answer: Answer, reason: str, by: Person, on: date) -> Answer:
    """Say that a unit need not answer.

    :raises NotAllowed: if `by` may not write reports at the unit that asked
    :raises BadRequest: if it answered, or no reason is given
    """
    found = _taken(answer, by, on)
    if found.stage in {AnswerStage.ANSWERED, AnswerStage.EXCUSED}:
        raise BadRequest(gettext_noop("Đơn vị đã trả lời, hoặc đã được cho khỏi trả lời."))
    if not reason.strip():
        raise BadRequest(gettext_noop("Xin ghi vì sao đơn vị khỏi phải trả lời."))
    found.stage = AnswerStage.EXCUSED.value
    found.save(update_fields=["stage"])
    stepped(found, reason.strip(), by, on)
    promise = open_about(OF_ANSWERS, [found.pk], PROMISE).get(found.pk)
    if promise is not None:
        drop(promise=promise, by=by, on=on)
    record(Kind.REQUEST_EXCUSED, about=found.request, unit=found.request.superior, day=on, by=by)
    return found


@operation
def gather(*, request: ReportRequest, by: Person, on: date) -> ReportRequest:
    """Say that the answers are gathered into one report. Who has not answered still owes, and is named in it.

    :raises NotAllowed: if `by` may not write reports at the unit that asked
    :raises BadRequest: if nobody has answered yet
    """
    found = ReportRequest.objects.select_for_update(of=("self",)).select_related("superior").get(pk=request.pk)
    require(Right.WRITE_REPORTS, by=by, unit=found.superior, on=on)
    answered = found.answers.filter(stage=AnswerStage.ANSWERED.value).count()
    if not answered:
        raise BadRequest(gettext_noop("Chưa có câu trả lời nào để tổng hợp."))
    if found.gathered_on == on:
        unchanged()
        return found
    found.gathered_on = on
    found.save(update_fields=["gathered_on"])
    record(Kind.REQUEST_GATHERED, about=found, unit=found.superior, day=on, by=by, amount=answered)
    return found


def stepped(answer: Answer, reason: str, by: Person, on: date) -> None:
    """Keep a step, with the figures as they stand."""
    figures = {str(one.position): None if one.value is None else str(one.value) for one in answer.figures.all()}
    AnswerStep.objects.create(
        answer=answer, stage=answer.stage, reason=reason, figures=figures, posting=answer.posting, by=by, on=on
    )


def _taken(answer: Answer, by: Person, on: date) -> Answer:
    known = Answer.objects.select_for_update(of=("self",)).select_related("unit", "request__superior")
    found = known.get(pk=answer.pk)
    require(Right.WRITE_REPORTS, by=by, unit=found.request.superior, on=on)
    return found
