"""Which requests there are, who was asked, how far each answer is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import UnitRow, children, row, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.requests.models import Answer, AnswerStep, ReportRequest
from gandan.results.requests.queries.prefilling import period_of
from gandan.results.requests.rules import AnswerStage


class UnknownAsked(Refused):
    """There is no such request, or it is none of the reader's."""


@dataclass(frozen=True)
class RequestRow:
    """A request with how many of its units have answered."""

    id: int
    code: str
    title: str
    paper: str
    superior: UnitRow
    period: Period
    due_on: date
    asked_on: date
    gathered_on: date | None
    of: int
    answered: int
    excused: int

    @property
    def waiting(self) -> int:
        return self.of - self.answered - self.excused


@dataclass(frozen=True)
class AnswerRow:
    """A unit that was asked."""

    id: int
    unit: UnitRow
    stage: AnswerStage
    answered_on: date | None
    posting: int | None


def report_requests(viewer: Person, on: date, *, limit: int = 100) -> list[RequestRow]:
    """Return the requests that a unit of the reader's made or was asked, the last first."""
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    mine = Answer.objects.visible_to(viewer, on).values("request")
    found = ReportRequest.objects.filter(Q(superior__among=seen) | Q(pk__in=mine))
    return [_row(one) for one in _counted(found.order_by("-pk")[:limit])]


def report_request(code: str, viewer: Person, on: date) -> ReportRequest:
    """:raises UnknownAsked: if there is none that the reader may see"""
    found = ReportRequest.objects.select_related("superior").filter(code=code).first()
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    if found is None or not (found.superior_id in seen or found.answers.filter(unit__among=seen).exists()):
        raise UnknownAsked(gettext_noop("Không có yêu cầu báo cáo {code}."), code=code[:60])
    return found


def request_row(request: ReportRequest) -> RequestRow:
    (one,) = _counted(ReportRequest.objects.filter(pk=request.pk))
    return _row(one)


def _counted(found: QuerySet[ReportRequest]) -> Iterator[ReportRequest]:
    yield from found.annotate(
        of=Count("answers"),
        answered=Count("answers", filter=Q(answers__stage=AnswerStage.ANSWERED.value)),
        excused=Count("answers", filter=Q(answers__stage=AnswerStage.EXCUSED.value)),
    )


def _row(one: ReportRequest) -> RequestRow:
    counted = vars(one)
    return RequestRow(
        one.pk, one.code, one.title, one.paper, row(one.superior_id, one.asked_on), period_of(one), one.due_on, one.asked_on,
        one.gathered_on, counted["of"], counted["answered"], counted["excused"],
    )  # fmt: skip


def right_below(superior: Unit, line: Line, on: date) -> list[Unit]:
    """Return the units right below, of the kind of which there are most: all wards' police, without the departments."""
    found = children(superior.pk, line, on)
    kinds = [one.kind for one in found]
    most: UnitKind | None = max(kinds, key=kinds.count, default=None)
    asked = Unit.objects.in_bulk([one.id for one in found if one.kind is most])
    return [asked[one.id] for one in found if one.id in asked]


def answers(request: ReportRequest, viewer: Person, on: date) -> list[AnswerRow]:
    """Return the units that were asked, as far as the reader may see them; who asked sees all."""
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    found = Answer.objects.filter(request=request)
    several = list(found if request.superior_id in seen else found.filter(unit__among=seen))
    named = rows({one.unit_id for one in several}, request.asked_on)
    made = [_answer_row(one, named[one.unit_id]) for one in several]
    return sorted(made, key=lambda one: (one.unit.sort_key, one.unit.code))


def _answer_row(one: Answer, unit: UnitRow) -> AnswerRow:
    """An answer that was sent back is waited for: the day of the one before is on its way, not here."""
    given = one.stage == AnswerStage.ANSWERED
    return AnswerRow(one.pk, unit, AnswerStage(one.stage), one.answered_on if given else None, one.posting if given else None)


def answer(code: str, unit: str, viewer: Person, on: date) -> Answer:
    """Return a unit's answer: to those who read its figures, and once it is given to those who asked.

    :raises UnknownAsked: if there is none that the reader may see
    """
    known = Answer.objects.select_related("unit", "request__superior").prefetch_related("figures")
    return _seen(known.filter(request__code=code, unit__code=unit.strip().upper()).first(), viewer, on)


def answer_by_number(number: int, viewer: Person, on: date) -> Answer:
    """:raises UnknownAsked: if there is none that the reader may see"""
    known = Answer.objects.select_related("unit", "request__superior").prefetch_related("figures")
    return _seen(known.filter(pk=number).first(), viewer, on)


def _seen(found: Answer | None, viewer: Person, on: date) -> Answer:
    seen = visible_units(Right.READ_FIGURES, viewer, on)
    if found is None or not {found.unit_id, found.request.superior_id} & seen:
        raise UnknownAsked(gettext_noop("Không có câu trả lời này."))
    return found


def way(answer: Answer) -> list[AnswerStep]:
    """Return the steps of an answer, the last first."""
    return list(AnswerStep.objects.filter(answer=answer).select_related("by").order_by("-pk"))
