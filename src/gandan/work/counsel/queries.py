"""Advice and inspections, for those whose units gave, got or hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.counsel.models import Advice, Finding, Inspection
from gandan.work.counsel.rules import Answer, Step

Key = tuple[date, int]


class UnknownCounsel(Refused):
    """There is none of this number."""


@dataclass(frozen=True)
class AdviceRow:
    """Advice, and what became of it."""

    id: int
    unit: UnitRow
    addressee: UnitRow
    number: str
    subject: str
    text: str
    given_on: date
    due_on: date
    answer: Answer
    words: str
    answered_on: date | None
    directive: str
    may_work: bool


@dataclass(frozen=True)
class AdvicePage:
    rows: Sequence[AdviceRow]
    next: Key | None


@dataclass(frozen=True)
class FindingShown:
    """What was found, and how far its remedy is."""

    id: int
    position: int
    unit: UnitRow
    words: str
    remedy: str
    due_on: date
    result: str
    done_on: date | None
    late: bool
    may_work: bool


@dataclass(frozen=True)
class InspectionRow:
    """A joint inspection."""

    id: int
    unit: UnitRow
    partner: UnitRow
    place: UnitRow
    plan: str
    title: str
    about: str
    planned_for: date
    held_on: date | None
    conclusion: str
    step: Step
    found: int
    remedied: int
    may_work: bool = False
    findings: list[FindingShown] = field(default_factory=list)


@dataclass(frozen=True)
class InspectionPage:
    rows: Sequence[InspectionRow]
    next: Key | None


def advice(viewer: Person, on: date, *, answer: Answer | None = None, after: Key | None = None, limit: int = 50) -> AdvicePage:
    """Return a page of the advice that the viewer's units gave or got, the last given first."""
    found = Advice.objects.visible_to(viewer, on)
    if answer is not None:
        found = found.filter(answer=answer.value)
    if after is not None:
        found = found.filter(Q(given_on__lt=after[0]) | Q(given_on=after[0], pk__lt=after[1]))
    page = list(found.order_by("-given_on", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return AdvicePage(_advice(page, viewer, on), (page[-1].given_on, page[-1].pk) if more else None)


def one_advice(number: int, viewer: Person, on: date) -> AdviceRow:
    """Return one piece of advice.

    :raises UnknownCounsel: if there is none of this number
    :raises NotAllowed: if the viewer's units neither gave nor got it
    """
    known = Advice.objects.select_related("unit").filter(pk=number).first()
    if known is None:
        raise UnknownCounsel(gettext_noop("Không có tham mưu số {number}."), number=number)
    found = list(Advice.objects.visible_to(viewer, on).filter(pk=number))
    if not found:
        raise NotAllowed(gettext_noop("Tham mưu này của {unit}."), unit=known.unit.name)
    return _advice(found, viewer, on)[0]


def _advice(page: Sequence[Advice], viewer: Person, on: date) -> list[AdviceRow]:
    units = rows({u for one in page for u in (one.unit_id, one.addressee_id)})
    writes = visible_units(Right.WRITE_COUNSEL, viewer, on)
    return [
        AdviceRow(
            one.pk, units[one.unit_id], units[one.addressee_id], one.number, one.subject, one.text, one.given_on, one.due_on,
            Answer(one.answer), one.words, one.answered_on, one.directive, bool({one.unit_id, one.addressee_id} & writes),
        )
        for one in page
    ]  # fmt: skip


def inspections(
    viewer: Person, on: date, *, step: Step | None = None, after: Key | None = None, limit: int = 50
) -> InspectionPage:
    """Return a page of the inspections that the viewer's units hold or undergo, the last planned first."""
    found = Inspection.objects.visible_to(viewer, on)
    if step is not None:
        found = found.filter(step=step.value)
    if after is not None:
        found = found.filter(Q(planned_for__lt=after[0]) | Q(planned_for=after[0], pk__lt=after[1]))
    page = list(found.order_by("-planned_for", "-id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return InspectionPage(_inspections(page, viewer, on), (page[-1].planned_for, page[-1].pk) if more else None)


def inspection(number: int, viewer: Person, on: date) -> InspectionRow:
    """Return one inspection with its findings.

    :raises UnknownCounsel: if there is none of this number
    :raises NotAllowed: if the viewer's units neither hold nor undergo it
    """
    known = Inspection.objects.select_related("unit", "partner").filter(pk=number).first()
    if known is None:
        raise UnknownCounsel(gettext_noop("Không có đợt kiểm tra số {number}."), number=number)
    found = list(Inspection.objects.visible_to(viewer, on).filter(pk=number))
    if not found:
        raise NotAllowed(
            gettext_noop("Đợt kiểm tra này do {unit} và {partner} cùng làm."), unit=known.unit.name, partner=known.partner.name
        )
    return _inspections(found, viewer, on)[0]


def _inspections(page: Sequence[Inspection], viewer: Person, on: date) -> list[InspectionRow]:
    writes = visible_units(Right.WRITE_COUNSEL, viewer, on)
    findings: dict[int, list[Finding]] = {one.pk: [] for one in page}
    for each in Finding.objects.filter(inspection__in=list(findings)).order_by("position") if page else ():
        findings[each.inspection_id].append(each)
    units = rows(
        {u for one in page for u in (one.unit_id, one.partner_id, one.place_id)}
        | {each.unit_id for several in findings.values() for each in several}
    )
    shown = []
    for one in page:
        mine, found = bool({one.unit_id, one.partner_id} & writes), findings[one.pk]
        shown.append(
            InspectionRow(
                one.pk, units[one.unit_id], units[one.partner_id], units[one.place_id], one.plan, one.title, one.about,
                one.planned_for, one.held_on, one.conclusion, Step(one.step), len(found), sum(bool(f.done_on) for f in found),
                mine, [_finding(f, units, on, mine or f.unit_id in writes) for f in found],
            )
        )  # fmt: skip
    return shown


def _finding(one: Finding, units: dict[int, UnitRow], on: date, mine: bool) -> FindingShown:
    return FindingShown(
        one.pk, one.position, units[one.unit_id], one.words, one.remedy, one.due_on, one.result, one.done_on,
        (one.done_on or on) > one.due_on, mine and one.done_on is None,
    )  # fmt: skip


def inspection_of(number: int) -> int | None:
    """Return the inspection of a finding, and nothing that is in it."""
    return Finding.objects.filter(pk=number).values_list("inspection_id", flat=True).first()
