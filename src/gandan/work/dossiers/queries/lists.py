"""Lists of dossiers: only those that may be seen, a page at a time, without ever counting everything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, row, rows
from gandan.work.dossiers.flow import CLOSED, WAITING
from gandan.work.dossiers.models import Dossier, DossierQuerySet, Status
from gandan.work.dossiers.queries.search import found_by

NEVER_LATE = {status.value for status in WAITING | CLOSED | {Status.WITHDRAWN, Status.REGISTERED}}
NameKey = tuple[bytes, int]  # where the last applicant of a page stands among names, and the dossier's id
Key = tuple[date, int]  # the day of receipt and the id of the last dossier of a page


@dataclass(frozen=True)
class DossierRow:
    """A dossier as lists show it."""

    id: int
    number: str
    source: str
    source_number: str
    procedure: str
    procedure_name: str
    procedure_name_en: str
    unit: UnitRow
    channel: str
    applicant: str
    status: Status
    received_on: date
    due_on: date
    ended_on: date | None
    overdue: bool
    version: int = 0


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; nothing set: everything."""

    units: frozenset[int] | None = None
    procedure: str = ""
    status: Status | None = None
    overdue: bool = False
    text: str = ""


@dataclass(frozen=True)
class Page:
    """Some dossiers, newest first, and the key under which the list goes on (None: it ends here)."""

    rows: Sequence[DossierRow]
    next: Key | None


def visible(viewer: Person, on: date) -> DossierQuerySet:
    """Return the dossiers that the viewer may read on that day. Every face comes through here."""
    return Dossier.objects.visible_to(viewer, on)


def dossiers(viewer: Person, on: date, filters: Filters = Filters(), *, after: Key | None = None, limit: int = 50) -> Page:
    """Return a page of the dossiers that the viewer may read."""
    found = _narrowed(visible(viewer, on), filters, on)
    if after is not None:
        found = found.filter(Q(received_on__lt=after[0]) | Q(received_on=after[0], id__lt=after[1]))
    page = listed(found.order_by("-received_on", "-id")[: limit + 1], on)
    more, page = len(page) > limit, page[:limit]
    if page:
        note(What.LISTED, by=viewer, about_type="dossiers.dossier", detail=f"{len(page)}{' q' if filters.text else ''}")
    return Page(page, (page[-1].received_on, page[-1].id) if more else None)


def in_order(
    viewer: Person, on: date, unit: int, filters: Filters = Filters(), *, after: NameKey | None = None, limit: int = 50
) -> tuple[Sequence[DossierRow], NameKey | None]:
    """Return a page of one unit's dossiers as lists of people are sorted, by given name first, and the key of the next."""
    found = _narrowed(visible(viewer, on).at({unit}), filters, on)
    if after is not None:
        found = found.filter(Q(applicant_order__gt=after[0]) | Q(applicant_order=after[0], id__gt=after[1]))
    page = list(found.select_related("procedure").order_by("applicant_order", "id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    if page:
        note(What.LISTED, by=viewer, about_type="dossiers.dossier", detail=f"{len(page)} name")
    units = rows({unit})
    shown = [as_row(dossier, units[dossier.unit_id], on) for dossier in page]
    return shown, (bytes(page[-1].applicant_order), page[-1].pk) if more else None


def numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these dossiers that the viewer may read."""
    return dict(visible(viewer, on).filter(pk__in=ids).values_list("pk", "number"))


def known_as(number: str) -> tuple[int, int] | None:
    """Return the id and the unit of a dossier by its number, and nothing that is in it."""
    return Dossier.objects.filter(number=number.strip().upper()).values_list("pk", "unit_id").first()


def count_open(viewer: Person, on: date, units: frozenset[int]) -> tuple[int, int]:
    """Return how many dossiers of some units are open, and how many of them overdue."""
    found = visible(viewer, on).at(units).open()
    return found.count(), found.overdue(on).count()


def row_of(dossier: Dossier, on: date) -> DossierRow:
    """Return a dossier that an operation has given back, as lists show it."""
    return as_row(dossier, row(dossier.unit_id), on)


SHOWN = (
    "id", "number", "source", "source_number", "procedure__code", "procedure__name", "procedure__name_en", "unit_id", "channel",
    "applicant", "status", "received_on", "due_on", "finished_on", "withdrawn_on", "closed_on", "version",
)  # fmt: skip


def listed(found: DossierQuerySet, on: date) -> list[DossierRow]:
    """Return dossiers as lists show them, in their order. Nothing else of them is read: a list is many."""
    page = list(found.values_list(*SHOWN))
    units = rows({values[7] for values in page})
    return [_row(values, units[values[7]], on) for values in page]


def as_row(dossier: Dossier, unit: UnitRow, on: date) -> DossierRow:
    procedure = dossier.procedure
    values = (
        dossier.pk, dossier.number, dossier.source, dossier.source_number, procedure.code, procedure.name, procedure.name_en,
        unit.id, dossier.channel, dossier.applicant, dossier.status, dossier.received_on, dossier.due_on, dossier.finished_on,
        dossier.withdrawn_on, dossier.closed_on, dossier.version,
    )  # fmt: skip
    return _row(values, unit, on)


def _row(values: tuple[Any, ...], unit: UnitRow, on: date) -> DossierRow:
    (
        pk, number, source, source_number, procedure, procedure_name, procedure_name_en, _unit, channel, applicant, status,
        received_on, due_on, finished_on, withdrawn_on, closed_on, version,
    ) = values  # fmt: skip
    ended_on = finished_on or withdrawn_on or closed_on
    overdue = (ended_on or on) > due_on and status not in NEVER_LATE
    return DossierRow(
        pk, number, source, source_number, procedure, procedure_name, procedure_name_en, unit, channel, applicant,
        Status(status), received_on, due_on, ended_on, overdue, version,
    )  # fmt: skip


def _narrowed(found: DossierQuerySet, filters: Filters, on: date) -> DossierQuerySet:
    if filters.units is not None:
        found = found.at(filters.units)
    if filters.procedure:
        found = found.filter(procedure__code=filters.procedure)
    if filters.status is not None:
        found = found.filter(status=filters.status.value)
    if filters.overdue:
        found = found.overdue(on)
    return found_by(filters.text, found) if filters.text.strip() else found
