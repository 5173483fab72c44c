"""Answering a request: words to its points, what no measure fills stated with its source, the rest counted at a posting."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require, standing_heir
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.operations import keep, sweep
from gandan.ground.promises.queries import open_about
from gandan.results.requests.models import Answer, AnswerFigure
from gandan.results.requests.operations.asking import OF_ANSWERS, PROMISE, stepped
from gandan.results.requests.queries import prefilled
from gandan.results.requests.rules import AnswerStage, BadRequest, UnwrittenPoint

LONGEST = 20_000


class NotAsked(Refused):
    """The answer was given, or the unit was excused."""


@operation
def write_answer(
    *, answer: Answer, words: Mapping[int, str], typed: Mapping[int, tuple[Decimal, str]], by: Person, on: date
) -> Answer:
    """Write to the points of a request, and state what no measure fills.

    :param typed: for the number of a row its value and source
    :raises NotAllowed: if `by` may not write reports at the unit
    :raises NotAsked: if the answer was given, or the unit was excused
    :raises BadRequest: if a figure has no source, or stands where the ledger counts
    """
    found = _taken(answer, Right.WRITE_REPORTS, by, on)
    rows = found.request.rows
    for number, (value, source) in typed.items():
        if not 0 <= number < len(rows) or rows[number]["measure"]:
            raise BadRequest(gettext_noop("Dòng này lấy số từ sổ cái, không gõ vào được."))
        if not source.strip() or not value.is_finite() or not 0 <= value < 10**15:
            raise BadRequest(gettext_noop("Dòng {nth}: xin ghi số và văn bản nguồn."), nth=number + 1)
    known = range(len(found.request.points))
    found.words = {str(nth): text[:LONGEST] for nth, text in words.items() if nth in known}
    found.typed = {str(nth): [str(value), source.strip()[:300]] for nth, (value, source) in typed.items()}
    found.stage = AnswerStage.DRAFT.value if found.stage == AnswerStage.OPEN else found.stage
    found.save(update_fields=["words", "typed", "stage"])
    record(Kind.REQUEST_EDITED, about=found.request, unit=standing_heir(found.unit, on), day=on, by=by)
    return found


@operation
def answer_request(*, answer: Answer, by: Person, on: date) -> Answer:
    """Give the answer: every figure is stored as of a posting.

    :raises NotAllowed: if `by` may not approve reports at the unit
    :raises NotAsked: if the answer was given, or the unit was excused
    :raises UnwrittenPoint: if a point is left empty
    """
    found = _taken(answer, Right.FREEZE_REPORTS, by, on)
    missing = [nth for nth in range(len(found.request.points)) if not found.words.get(str(nth), "").strip()]
    if missing:
        raise UnwrittenPoint(gettext_noop("Mục {nth} của đề cương chưa viết."), nth=missing[0] + 1)
    sweep(on=on, by=by, wait=True)
    with freezing() as position:
        figures = prefilled(found, as_of=position.number)
        found.figures.all().delete()
        AnswerFigure.objects.bulk_create(
            AnswerFigure(
                answer=found, position=nth, how=one.how.value, value=one.value, part=one.part, whole=one.whole,
                source=one.source, systems=one.systems,
            )
            for nth, one in enumerate(figures)
        )  # fmt: skip
        found.stage, found.answered_on = AnswerStage.ANSWERED.value, on
        found.posting, found.digest = position.number, position.digest.hex()
        found.save()
        stepped(found, "", by, on)
        promise = open_about(OF_ANSWERS, [found.pk], PROMISE).get(found.pk)
        punctuality = "in_time" if promise is None or on <= promise.due_on else "late"
        unit = standing_heir(found.unit, on)
        record(Kind.REQUEST_ANSWERED, about=found.request, unit=unit, day=on, by=by, punctuality=punctuality)
        if promise is not None:
            keep(promise=promise, by=by, on=on)
    return found


def _taken(answer: Answer, right: Right, by: Person, on: date) -> Answer:
    known = Answer.objects.select_for_update(of=("self",)).select_related("unit", "request__superior")
    found = known.get(pk=answer.pk)
    require(right, by=by, unit=found.unit, on=on)
    if found.stage in {AnswerStage.ANSWERED, AnswerStage.EXCUSED}:
        raise NotAsked(gettext_noop("Đơn vị đã trả lời yêu cầu này, hoặc được cho khỏi trả lời."))
    return found
