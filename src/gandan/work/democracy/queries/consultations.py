"""Consultations: the text with what people said of it, what waits for a moderator, what became of one's own comment."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from gandan.ground.ledger.prepared import planned
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import keyring
from gandan.work.democracy.flow import Showing, Stage, WhyHidden
from gandan.work.democracy.models import Consultation, Paragraph, Remark
from gandan.work.democracy.rules.writing import code_of

MOST, RECEIPT = 50, b"democracy.remark.receipt"
OUT = (Stage.OPEN.value, Stage.ANSWERED.value)


class UnknownConsultation(Refused):
    """There is no such consultation."""


class UnknownComment(Refused):
    """No comment has this receipt: mistyped, erased or never given, all answered alike."""


@dataclass(frozen=True)
class ConsultationRow:
    """A consultation as lists show it."""

    id: int
    unit: UnitRow
    area: UnitRow
    rule: str
    title: str
    lead: str
    stage: Stage
    opened_on: date | None
    closes_on: date | None
    answer_by: date | None
    answered_on: date | None
    summary: str
    on: date
    written_by: int

    @property
    def takes_comments(self) -> bool:
        return self.stage is Stage.OPEN and self.closes_on is not None and self.on <= self.closes_on

    @property
    def late(self) -> bool:
        return self.answer_by is not None and (self.answered_on or self.on) > self.answer_by


@dataclass(frozen=True)
class Part:
    """A paragraph with what stands about it in public."""

    position: int
    words: str
    answer: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsultationShown:
    row: ConsultationRow
    parts: tuple[Part, ...]
    shown: int
    waiting: int
    hidden: dict[WhyHidden, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """A comment before its moderator: the words and what they are about, nothing of whose they are."""

    id: int
    consultation: int
    title: str
    position: int
    paragraph: str
    words: str
    given_on: date


@dataclass(frozen=True)
class OwnComment:
    """What became of one's own comment."""

    consultation: ConsultationRow
    position: int
    words: str
    showing: Showing
    why: WhyHidden | None
    answer: str


def _rows(found: Iterable[Consultation], on: date) -> list[ConsultationRow]:
    records = list(found)
    units = rows({number for one in records for number in (one.unit_id, one.area_id)})
    return [
        ConsultationRow(
            id=one.pk, unit=units[one.unit_id], area=units[one.area_id], rule=one.rule, title=one.title, lead=one.lead,
            stage=Stage(one.stage), opened_on=one.opened_on, closes_on=one.closes_on, answer_by=one.answer_by,
            answered_on=one.answered_on, summary=one.summary, on=on, written_by=one.written_by_id,
        )
        for one in records
    ]  # fmt: skip


def consultations(
    on: date, *, areas: Iterable[int] | None = None, before: int | None = None, limit: int = MOST
) -> list[ConsultationRow]:
    """Return what people are or were asked about, the latest opened first."""
    return _rows(_out(None if areas is None else tuple(sorted(areas)), before, limit), on)


@planned
def _out(areas: tuple[int, ...] | None, before: int | None, limit: int) -> QuerySet[Consultation]:
    found = Consultation.objects.filter(stage__in=OUT)
    if areas is not None:
        found = found.filter(area__among=areas)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-pk")[:limit]


def consultation(number: int, on: date) -> ConsultationShown:
    """:raises UnknownConsultation: if there is none that everyone may read"""
    return _whole(Consultation.objects.filter(pk=number, stage__in=OUT), on)


def consultations_at_desk(viewer: Person, on: date, *, before: int | None = None) -> list[ConsultationRow]:
    """Return the consultations of the viewer's units, the latest first."""
    found = Consultation.objects.filter(unit__among=visible_units(Right.WRITE_NOTICES, viewer, on))
    if before is not None:
        found = found.filter(pk__lt=before)
    return _rows(found.order_by("-pk")[:MOST], on)


def consultation_at_desk(number: int, viewer: Person, on: date) -> ConsultationShown:
    """:raises UnknownConsultation: if there is none that the viewer may see"""
    return _whole(Consultation.objects.filter(pk=number, unit__among=visible_units(Right.WRITE_NOTICES, viewer, on)), on)


def _whole(found: QuerySet[Consultation], on: date) -> ConsultationShown:
    record = found.first()
    if record is None:
        raise UnknownConsultation(gettext_noop("Không có lần lấy ý kiến này, hoặc thuộc đơn vị khác."))
    said: dict[int, list[str]] = defaultdict(list)
    states: Counter[str] = Counter()
    why: Counter[str] = Counter()
    comments = Remark.objects.filter(consultation=record).order_by("pk")
    for paragraph, showing, words, reason in comments.values_list("paragraph_id", "showing", "shown_words", "why_hidden"):
        states[showing] += 1
        if showing == Showing.SHOWN:
            said[paragraph].append(words)
        if reason:
            why[reason] += 1
    parts = tuple(
        Part(one.position, one.words, one.answer, tuple(said[one.pk]))
        for one in Paragraph.objects.filter(consultation=record).order_by("position")
    )
    return ConsultationShown(
        _rows([record], on)[0], parts, states[Showing.SHOWN], states[Showing.WAITING],
        {WhyHidden(code): many for code, many in sorted(why.items())},
    )  # fmt: skip


def to_moderate(viewer: Person, on: date, limit: int = 20) -> list[Waiting]:
    """Return the comments that wait for a moderator, the oldest first."""
    found = Remark.objects.visible_to(viewer, on).filter(showing=Showing.WAITING.value, consultation__stage=Stage.OPEN.value)
    return [
        Waiting(
            one.pk, one.consultation_id, one.consultation.title, one.paragraph.position, one.paragraph.words, one.words,
            one.given_on,
        )
        for one in found.select_related("consultation", "paragraph").order_by("pk")[:limit]
    ]  # fmt: skip


def own_comments(code: str, on: date) -> list[OwnComment]:
    """Return what became of the comments of a receipt.

    :raises UnknownComment: if none has it
    """
    digits = code_of(code)
    known = keyring().indexes(digits, RECEIPT) if digits else []
    found = list(
        Remark.objects.filter(receipt__in=known).select_related("consultation", "paragraph").order_by("paragraph__position")
    )
    if not found:
        raise UnknownComment(
            gettext_noop("Không mở được bằng mã này. Xin xem lại từng số; góp ý đã quá thời hạn lưu thì không còn.")
        )
    shown = {row.id: row for row in _rows({one.consultation for one in found}, on)}
    return [
        OwnComment(
            shown[one.consultation_id], one.paragraph.position, one.words, Showing(one.showing),
            WhyHidden(one.why_hidden) if one.why_hidden else None, one.paragraph.answer,
        )
        for one in found
    ]  # fmt: skip
