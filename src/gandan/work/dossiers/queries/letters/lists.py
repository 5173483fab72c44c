"""Letters in lists: to be signed, signed, to be printed, stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import shift
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.messages.queries import MessageRow, messages_about
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.flow import OPEN
from gandan.work.dossiers.models import Apology, Dossier, LetterBatch, LetterToSign
from gandan.work.dossiers.queries.letters.laws import letter_laws, next_appointment
from gandan.work.dossiers.rules.letters import reasons

ABOUT = Dossier._meta.label_lower
PATIENCE = 1  # working days that something may lie before it counts as stuck


class UnknownLetter(Refused):
    """There is no such letter, or it isn't the viewer's to see."""


class LetterFilter(StrEnum):
    OWED = "owed"
    SIGNED = "signed"
    PRINT = "print"
    STUCK = "stuck"


@dataclass(frozen=True)
class LetterRow:
    """A letter as a list shows it."""

    id: int
    dossier: str
    applicant: str
    procedure: str
    procedure_name: str
    procedure_name_en: str
    unit: UnitRow
    appointed_on: date
    owed_on: date
    reason: str
    words: str
    wanted_on: date | None
    planned_on: date | None  # of a letter to be signed: the new appointment, if it is signed today
    sent_on: date | None
    new_due_on: date | None
    signed: bool  # here, with a paper
    to_print: bool
    printed_on: date | None
    stuck: str  # a code: unsigned, unprinted; empty: it isn't

    @property
    def after(self) -> tuple[date, int]:
        return self.appointed_on, self.id


@dataclass(frozen=True)
class LetterShown:
    """One letter, with what was sent of it."""

    row: LetterRow
    messages: Sequence[MessageRow]


@dataclass(frozen=True)
class BatchShown:
    """A batch that is being signed, or was: how far it is, and what became of each letter."""

    id: int
    by: str
    asked_on: date
    signed: int
    refused: int
    waiting: int
    rows: Sequence[tuple[LetterRow, bool, str, str]]  # the letter, whether it is done, the code and words of a refusal


@dataclass(frozen=True)
class Stuck:
    """How many letters got stuck, and how."""

    unsigned: int
    unprinted: int

    @property
    def all(self) -> int:
        return self.unsigned + self.unprinted


def letters(
    viewer: Person,
    on: date,
    which: LetterFilter = LetterFilter.OWED,
    *,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[LetterRow]:
    """Return letters of the units whose dossiers the viewer reads, the most pressing first; of those sent, the last."""
    found = _visible(viewer, on).filter(_condition(which, on))
    backwards = which is LetterFilter.SIGNED
    if after is not None:
        day, pk = after
        further = Q(appointed_on__lt=day) | Q(appointed_on=day, pk__lt=pk)
        found = found.filter(further if backwards else Q(appointed_on__gt=day) | Q(appointed_on=day, pk__gt=pk))
    order = ("-appointed_on", "-pk") if backwards else ("appointed_on", "pk")
    return _rows(list(found.order_by(*order)[:limit]), on)


def letters_waiting(viewer: Person, on: date, *, limit: int = 500) -> list[int]:
    """Return the numbers of the letters that the viewer may sign now: owed, with a reason, in no batch that waits."""
    waiting = LetterToSign.objects.filter(done_at=None).values("letter")
    ready = _condition(LetterFilter.OWED, on) & ~Q(reason="", words="")
    found = Apology.objects.visible_to(viewer, on, Right.SIGN_LETTERS).filter(ready).exclude(pk__in=waiting)
    return list(found.order_by("appointed_on", "pk").values_list("pk", flat=True)[:limit])


def letter(number: int, viewer: Person, on: date) -> LetterShown:
    """:raises UnknownLetter: if there is none that the viewer may see"""
    found = _visible(viewer, on).filter(pk=number).first()
    if found is None:
        raise unknown()
    (row,) = _rows([found], on)
    about = messages_about(ABOUT, [found.dossier_id])[found.dossier_id]
    return LetterShown(row, [one for one in about if one.template == "apology-letter" and one.enclosed in (None, found.paper_id)])


def batch(number: int, viewer: Person, on: date) -> BatchShown:
    """:raises UnknownLetter: if there is no such batch of the viewer's"""
    found = LetterBatch.objects.visible_to(viewer, on).select_related("by").filter(pk=number).first()
    if found is None:
        raise unknown()
    parts = list(LetterToSign.objects.filter(batch=found).order_by("pk"))
    shown = {row.id: row for row in _rows(list(_all().filter(pk__in=[part.letter_id for part in parts])), on)}
    done = [part for part in parts if part.done_at is not None]
    return BatchShown(
        id=found.pk,
        by=found.by.name,
        asked_on=found.asked_on,
        signed=sum(not part.refused for part in done),
        refused=sum(bool(part.refused) for part in done),
        waiting=len(parts) - len(done),
        rows=[(shown[part.letter_id], part.done_at is not None, part.refused, part.refused_words) for part in parts],
    )


def batches_waiting() -> list[tuple[int, Person]]:
    """Return the batches in which letters still wait, with who signs them: what a process that died has left."""
    waiting = LetterToSign.objects.filter(done_at=None).values("batch")
    return [(one.pk, one.by) for one in LetterBatch.objects.filter(pk__in=waiting).select_related("by").order_by("pk")]


def stuck(viewer: Person, on: date) -> Stuck:
    """Return how many letters got stuck on their way, by working days."""
    mine = _visible(viewer, on)
    return Stuck(mine.filter(_unsigned(on)).count(), mine.filter(_unprinted(on)).count())


def stuck_letters(viewer: Person, on: date, *, limit: int = 50) -> list[LetterRow]:
    return letters(viewer, on, LetterFilter.STUCK, limit=limit)


def unknown() -> UnknownLetter:
    return UnknownLetter(gettext_noop("Không có thư này, hoặc thư thuộc đơn vị khác."))


def _all() -> QuerySet[Apology]:
    return Apology.objects.select_related("dossier__procedure")


def _visible(viewer: Person, on: date) -> QuerySet[Apology]:
    return Apology.objects.visible_to(viewer, on).select_related("dossier__procedure")


def _condition(which: LetterFilter, on: date) -> Q:
    owed = Q(sent_on=None, dossier__status__in=[status.value for status in OPEN])
    return {
        LetterFilter.OWED: owed,
        LetterFilter.SIGNED: Q(sent_on__isnull=False),
        LetterFilter.PRINT: Q(to_print=True, printed_on=None),
        LetterFilter.STUCK: _unsigned(on) | _unprinted(on),
    }[which]


def _unsigned(on: date) -> Q:
    """A letter that should have gone out no later than the appointment, and hasn't a working day after it."""
    last = shift(on, -PATIENCE, working_calendar())
    return Q(sent_on=None, appointed_on__lt=last, dossier__status__in=[status.value for status in OPEN])


def _unprinted(on: date) -> Q:
    return Q(to_print=True, printed_on=None, sent_on__lt=shift(on, -PATIENCE, working_calendar()))


def _rows(found: list[Apology], on: date) -> list[LetterRow]:
    units = rows({one.dossier.unit_id for one in found})
    laws = letter_laws(set(units), on)
    last = shift(on, -PATIENCE, working_calendar())
    return [
        LetterRow(
            id=one.pk, dossier=one.dossier.number, applicant=one.dossier.applicant, procedure=one.dossier.procedure.code,
            procedure_name=one.dossier.procedure.name, procedure_name_en=one.dossier.procedure.name_en,
            unit=units[one.dossier.unit_id], appointed_on=one.appointed_on, owed_on=one.owed_on, reason=one.reason,
            words=one.words or reasons().get(one.reason, one.reason), wanted_on=one.wanted_on,
            planned_on=next_appointment(one, laws[one.dossier.unit_id], on) if one.sent_on is None else None, sent_on=one.sent_on,
            new_due_on=one.new_due_on, signed=one.paper_id is not None, to_print=one.to_print, printed_on=one.printed_on,
            stuck=_how_stuck(one, last),
        )
        for one in found
    ]  # fmt: skip


def _how_stuck(one: Apology, last: date) -> str:
    if one.sent_on is None:
        return "unsigned" if one.appointed_on < last else ""
    return "unprinted" if one.to_print and one.printed_on is None and one.sent_on < last else ""
