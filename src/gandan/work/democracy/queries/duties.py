"""Duties to publish, as everyone reads them and as their unit looks after them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from gandan.ground.ledger.prepared import planned
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.democracy.models import Duty, Proof
from gandan.work.democracy.rules.dated import Place

MOST = 50


class UnknownDuty(Refused):
    """There is no such duty."""


@dataclass(frozen=True)
class ProofRow:
    place: Place
    posted_on: date
    until: date
    address: str
    photo: str


@dataclass(frozen=True)
class DutyRow:
    """What must be published, and where it stands on a day."""

    id: int
    unit: UnitRow
    area: UnitRow
    rule: str
    title: str
    born_on: date
    due_on: date
    days: int
    source: str
    posted_on: date | None
    dropped_on: date | None
    dropped_why: str
    proofs: tuple[ProofRow, ...]
    missing: tuple[Place, ...]
    on: date

    @property
    def overdue(self) -> bool:
        return self.dropped_on is None and (self.posted_on or self.on) > self.due_on

    @property
    def open(self) -> bool:
        return self.posted_on is None and self.dropped_on is None

    @property
    def hangs(self) -> bool:
        """Whether it hangs somewhere today."""
        return any(one.posted_on <= self.on <= one.until for one in self.proofs)


@planned
def _proofs(duties: tuple[int, ...]) -> QuerySet[Proof]:
    return Proof.objects.filter(duty__among=duties).order_by("posted_on", "pk")


def _rows(found: Iterable[Duty], on: date) -> list[DutyRow]:
    records = list(found)
    proofs: dict[int, list[Proof]] = defaultdict(list)
    for proof in _proofs(tuple(sorted(one.pk for one in records))):
        proofs[proof.duty_id].append(proof)
    units = rows({number for one in records for number in (one.unit_id, one.area_id)})
    return [_row(one, proofs[one.pk], units, on) for one in records]


def _row(one: Duty, proved: Iterable[Proof], units: dict[int, UnitRow], on: date) -> DutyRow:
    proofs = tuple(ProofRow(Place(p.place), p.posted_on, p.until, p.address, p.photo) for p in proved)
    done = {proof.place for proof in proofs}
    return DutyRow(
        id=one.pk, unit=units[one.unit_id], area=units[one.area_id], rule=one.rule, title=one.title, born_on=one.born_on,
        due_on=one.due_on, days=one.days, source=one.source, posted_on=one.posted_on, dropped_on=one.dropped_on,
        dropped_why=one.dropped_why, proofs=proofs, missing=tuple(p for p in map(Place, one.places) if p not in done), on=on,
    )  # fmt: skip


def duties_at_desk(viewer: Person, on: date, *, only_open: bool = False, before: int | None = None) -> list[DutyRow]:
    """Return what the viewer's units must publish, the latest first."""
    found = Duty.objects.filter(unit__among=visible_units(Right.WRITE_NOTICES, viewer, on))
    if only_open:
        found = found.filter(posted_on=None, dropped_on=None)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _rows(found.order_by("-pk")[:MOST], on)


def duty_at_desk(number: int, viewer: Person, on: date) -> DutyRow:
    """:raises UnknownDuty: if there is none that the viewer may see"""
    found = Duty.objects.filter(pk=number, unit__among=visible_units(Right.WRITE_NOTICES, viewer, on))
    for one in _rows(found, on):
        return one
    raise UnknownDuty(gettext_noop("Không có nội dung này, hoặc thuộc đơn vị khác."))


def duties_of(areas: Iterable[int], on: date, *, limit: int = MOST) -> Sequence[DutyRow]:
    """Return what people of these wards must be told: what is late first, then what is owed, then what hangs or has hung."""
    return _rows(_of_areas(tuple(sorted(areas)), limit), on)


@planned
def _of_areas(areas: tuple[int, ...], limit: int) -> QuerySet[Duty]:
    due, number = (Case(When(posted_on=None, dropped_on=None, then=field)).asc(nulls_last=True) for field in ("due_on", "pk"))
    return Duty.objects.filter(area__among=areas).order_by(due, number, "-pk")[:limit]


def overdue_everywhere(on: date, limit: int = MOST) -> list[DutyRow]:
    """Return what no ward has been told in time, the longest overdue first."""
    return _rows(Duty.objects.filter(posted_on=None, dropped_on=None, due_on__lt=on).order_by("due_on", "pk")[:limit], on)


def shown_duty(number: int, on: date) -> DutyRow:
    """:raises UnknownDuty: if there is none"""
    for one in _rows(Duty.objects.filter(pk=number), on):
        return one
    raise UnknownDuty(gettext_noop("Không có nội dung này."))


def proof_photo(number: int, place: str) -> str:
    """Return the token of the photograph of a board.

    :raises UnknownDuty: if there is none
    """
    token = Proof.objects.filter(Q(duty=number, place=place) & ~Q(photo="")).values_list("photo", flat=True).first()
    if token is None:
        raise UnknownDuty(gettext_noop("Không có ảnh này."))
    return token
