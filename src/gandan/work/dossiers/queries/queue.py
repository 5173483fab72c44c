"""The queue of dossiers: the promises of it, the most pressing first, with what an officer needs to see of each dossier."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gandan.ground.organisations.models import Person
from gandan.ground.promises import queries as promises
from gandan.ground.promises.rules import Group
from gandan.work.dossiers.models import Delivery, Dossier, ParcelState, SavedFilter, Status
from gandan.work.dossiers.queries.lists import DossierRow, listed, visible

KINDS = ("dossier.take", "dossier.result")
WITH_THE_POST = (ParcelState.WANTED.value, ParcelState.HANDED.value, ParcelState.FAILED.value)
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Queued:
    """A dossier in a queue, with the promise about it (None: the result is there, and on its way)."""

    dossier: DossierRow
    promise: promises.QueueRow | None
    parcel: str = ""

    @property
    def after(self) -> tuple[date, int]:
        return self.promise.after if self.promise else (self.dossier.ended_on or self.dossier.received_on, self.dossier.id)


@dataclass(frozen=True)
class Asked:
    """Whose queue, and what of it."""

    units: frozenset[int] | None = None  # None: all that the viewer may see
    officers: frozenset[int] | None = None  # what these are to do
    nobody_of: frozenset[int] | None = None  # what none of these is to do
    procedure: str = ""

    @property
    def among(self) -> Q:
        found = promises.about(self.procedure) if self.procedure else Q()
        if self.officers is not None:
            found &= promises.of_officers(self.officers)
        if self.nobody_of is not None:
            found &= promises.of_nobody(self.nobody_of)
        return found


def queue(
    viewer: Person, on: date, asked: Asked, *, group: Group | None = None, after: tuple[date, int] | None = None, limit: int = 50
) -> list[Queued]:
    """Return dossiers that are owed, the most pressing first."""
    owed = promises.queue(
        viewer, on, units=asked.units, kinds=KINDS, among=asked.among, group=group, after=after, limit=limit
    )  # fmt: skip
    found = _rows([promise.about_id for promise in owed], on)
    return [Queued(found[promise.about_id], promise) for promise in owed if promise.about_id in found]


def counts(viewer: Person, on: date, asked: Asked) -> promises.Counts:
    return promises.counts(viewer, on, units=asked.units, kinds=KINDS, among=asked.among)


def with_the_post(
    viewer: Person, on: date, asked: Asked, *, after: tuple[date, int] | None = None, limit: int = 50
) -> list[Queued]:
    """Return dossiers whose result is there and waits for the post, or is with it: the longest waiting first."""
    wanted = _on_their_way(viewer, on, asked)
    if after is not None:
        wanted = wanted.filter(Q(dossier__finished_on__gt=after[0]) | Q(dossier__finished_on=after[0], dossier__gt=after[1]))
    parcels = list(wanted.order_by("dossier__finished_on", "dossier_id").values_list("dossier_id", "state")[:limit])
    found = _rows([dossier for dossier, _ in parcels], on)
    return [Queued(found[dossier], None, state) for dossier, state in parcels if dossier in found]


def count_with_the_post(viewer: Person, on: date, asked: Asked) -> int:
    """Return how many there are, up to a thousand."""
    return len(_on_their_way(viewer, on, asked).values_list("pk")[:MOST_COUNTED])


def _on_their_way(viewer: Person, on: date, asked: Asked) -> QuerySet[Delivery]:
    dossiers = visible(viewer, on).filter(status=Status.FINISHED.value)
    if asked.units is not None:
        dossiers = dossiers.at(asked.units)
    if asked.procedure:
        dossiers = dossiers.filter(procedure__code=asked.procedure)
    return Delivery.objects.visible_to(viewer, on).filter(state__in=WITH_THE_POST, dossier__in=dossiers)


def _rows(ids: Collection[int], on: date) -> dict[int, DossierRow]:
    """Return rows by id, of dossiers that somebody has been found to see already."""
    return {row.id: row for row in listed(Dossier.objects.filter(pk__in=ids), on)}


def saved_filters(person: Person) -> Sequence[tuple[int, str, str]]:
    """Return the views of the queue that somebody has saved: id, name, query of the address."""
    return list(SavedFilter.objects.filter(person=person).order_by("name").values_list("pk", "name", "query"))
