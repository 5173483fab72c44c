"""Legal steps of cases, and extracts, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import Case, Extract, Stage
from gandan.work.voice.queries.one import UnknownCase
from gandan.work.voice.rules.stages import Clock, StageEnd


@dataclass(frozen=True)
class StageRow:
    """One step, by when it is due, and what it came to."""

    clock: Clock
    grade: str
    began_at: datetime
    due_at: datetime
    done_at: datetime | None
    end: StageEnd
    body: str
    words: str
    allowed_by: str

    def late(self, now: datetime) -> bool:
        return self.end is not StageEnd.OVERTAKEN and (self.done_at or now) > self.due_at


@dataclass(frozen=True)
class ExtractRow:
    """What was told of a denunciation to who decides it. Of the case it shows no number: that leads to nobody."""

    id: int
    to_unit: UnitRow
    words: str
    given_on: date
    due_on: date
    conclusion: str
    concluded_on: date | None
    may_conclude: bool


def stages_of(case: Case) -> list[StageRow]:
    """Return the steps of a case. The caller has looked at the right to it, or at its receipt."""
    return [
        StageRow(
            Clock(one.clock), one.grade, one.began_at, one.due_at, one.done_at, StageEnd(one.end), one.body, one.words,
            one.allowed_by,
        )
        for one in Stage.objects.filter(case=case).order_by("pk")
    ]  # fmt: skip


def extracts_of(case: Case, viewer: Person, on: date) -> list[ExtractRow]:
    """Return the extracts of a case that the viewer may see."""
    return _rows(list(Extract.objects.visible_to(viewer, on).filter(case=case).select_related("case").order_by("pk")), viewer, on)


def extracts(viewer: Person, on: date) -> list[ExtractRow]:
    """Return the extracts that were given to the viewer's units, those without a conclusion first."""
    units = visible_units(Right.RESOLVE_EXTRACTS, viewer, on)
    found = Extract.objects.visible_to(viewer, on).filter(to_unit_id__among=units).select_related("case")
    return _rows(list(found.order_by("concluded_on", "-pk")[:200]), viewer, on)


def extract(number: int, viewer: Person, on: date) -> ExtractRow:
    """:raises UnknownCase: if there is none of this number for the viewer"""
    found = list(Extract.objects.visible_to(viewer, on).filter(pk=number).select_related("case"))
    if not found:
        raise UnknownCase(gettext_noop("Không có bản trích này trong những bản Ông/Bà được giao."))
    return _rows(found, viewer, on)[0]


def _rows(found: Sequence[Extract], viewer: Person, on: date) -> list[ExtractRow]:
    units = rows({one.to_unit_id for one in found})
    deciding = visible_units(Right.RESOLVE_EXTRACTS, viewer, on) if found else frozenset[int]()
    return [
        ExtractRow(
            one.pk, units[one.to_unit_id], one.words, one.given_on, one.case.due_on, one.conclusion, one.concluded_on,
            one.concluded_on is None and one.to_unit_id in deciding,
        )
        for one in found
    ]  # fmt: skip
