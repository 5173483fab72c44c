"""Lists of cases: only those that may be read, a page at a time, without ever counting everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.folding import Folded, having, said_by
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.vietnam.text import fold, words_of
from gandan.work.voice.flow import Channel, Outcome, Showing, State
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case, CaseQuerySet, Service
from gandan.work.voice.rules.receipts import id_of

EXCERPT = 160


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it. Who sent it is not there."""

    id: int
    number: str
    kind: CaseKind
    service: str
    service_name: str
    service_name_en: str
    unit: UnitRow
    ward: UnitRow | None
    channel: Channel
    source: str
    source_number: str
    excerpt: str
    place: str
    state: State
    outcome: Outcome | None
    showing: Showing
    received_on: date
    due_on: date
    ended_on: date | None
    overdue: bool
    merged: int  # how many others were merged into it
    merged_into: str
    version: int


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; nothing set: everything."""

    units: frozenset[int] | None = None
    kind: CaseKind | None = None
    service: str = ""
    state: State | None = None
    ward: int | None = None
    channel: Channel | None = None
    open: bool = False
    overdue: bool = False
    doubles: bool = False  # also those that were merged into another
    text: str = ""


@dataclass(frozen=True)
class Page:
    """Some cases, the newest first, and the id after which the list goes on (None: it ends here)."""

    rows: Sequence[CaseRow]
    next: int | None


def visible(viewer: Person, on: date) -> CaseQuerySet:
    """Return the cases that the viewer may read on that day: each kind at the units at which they have its right."""
    return Case.objects.visible_to(viewer, on)


def cases(viewer: Person, on: date, filters: Filters = Filters(), *, after: int | None = None, limit: int = 50) -> Page:
    """Return a page of the cases that the viewer may read."""
    found = _narrowed(visible(viewer, on), filters, on)
    if after is not None:
        found = found.filter(pk__lt=after)
    page = list(found.select_related("service").order_by("-pk")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    if page:
        note(What.LISTED, by=viewer, about_type="voice.case", detail=f"{len(page)}{' q' if filters.text else ''}")
    return Page(as_rows(page, on), page[-1].pk if more else None)


def owed(unit: int, on: date) -> list[CaseRow]:
    """Return what a unit still owes an answer, the most pressing first; for commands on the machine itself."""
    return as_rows(list(Case.objects.open().filter(unit_id=unit).select_related("service").order_by("due_on", "pk")), on)


def as_rows(page: Sequence[Case], on: date) -> list[CaseRow]:
    units = rows({unit for one in page for unit in (one.unit_id, one.ward_id) if unit is not None})
    many = dict(
        Case.objects.filter(merged_into__in=[one.pk for one in page]).values_list("merged_into").annotate(Count("pk")).order_by()
    )
    return [_row(one, units, many.get(one.pk, 0), on) for one in page]


def row_of(one: Case, on: date) -> CaseRow:
    """Return a case that an operation has given back, as lists show it."""
    (row,) = as_rows([one], on)
    return row


def _row(one: Case, units: dict[int, UnitRow], merged: int, on: date) -> CaseRow:
    text = " ".join(one.text.split())
    return CaseRow(
        id=one.pk,
        number=one.number,
        kind=CaseKind(one.kind),
        service=one.service.code if one.service else "",
        service_name=one.service.name if one.service else "",
        service_name_en=one.service.name_en if one.service else "",
        unit=units[one.unit_id],
        ward=units[one.ward_id] if one.ward_id is not None else None,
        channel=Channel(one.channel),
        source=one.source,
        source_number=one.source_number,
        excerpt=text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…",
        place=one.place,
        state=State(one.state),
        outcome=Outcome(one.outcome) if one.outcome else None,
        showing=Showing(one.showing),
        received_on=one.received_on,
        due_on=one.due_on,
        ended_on=one.ended_on,
        overdue=one.state != State.WITHDRAWN and (one.ended_on or on) > one.due_on,
        merged=merged,
        merged_into="" if one.merged_into_id is None else one.number.partition("-")[0] + f"-{one.merged_into_id}",
        version=one.version,
    )


def _narrowed(found: CaseQuerySet, filters: Filters, on: date) -> CaseQuerySet:
    exact: dict[str, object] = {
        "kind": filters.kind.value if filters.kind else None,
        "service__code": filters.service or None,
        "state": filters.state.value if filters.state else None,
        "ward_id": filters.ward,
        "channel": filters.channel.value if filters.channel else None,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if filters.units is not None:
        found = found.filter(unit_id__among=filters.units)
    if filters.open:
        found = found.open()
    if filters.overdue:
        found = found.overdue(on)
    text = filters.text.strip()
    number = id_of(text)
    if number is not None:
        return found.filter(pk=number)
    if not filters.doubles:
        found = found.filter(merged_into=None)
    for piece in fold(text).split():
        found = found.filter(Q(search__contains=piece) | Q(source_number__iexact=piece))
    return found


def to_moderate(viewer: Person, on: date, *, after: int | None = None, limit: int = 20) -> list[Case]:
    """Return the cases that wait for a moderator, the oldest first: words and place, and nothing of whose they are."""
    units = visible_units(Right.MODERATE_VOICE, viewer, on)
    found = Case.objects.filter(showing=Showing.WAITING.value, unit_id__among=units, merged_into=None)
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(found.select_related("service", "unit", "ward").order_by("pk")[:limit])


def shown(*, after: int | None = None, ward: int | None = None, service: str = "", limit: int = 20) -> list[Case]:
    """Return what stands in public, the newest first."""
    found = Case.objects.public()
    if after is not None:
        found = found.filter(pk__lt=after)
    if ward is not None:
        found = found.filter(ward_id=ward)
    if service:
        found = found.filter(service__code=service)
    return list(found.select_related("service", "unit", "ward").prefetch_related("replies").order_by("-pk")[:limit])


def shown_saying(text: str, *, kinds: Mapping[CaseKind, str], limit: int = 12) -> list[tuple[Case, int]]:
    """Return what stands in public and has all these words in it or in what it is about, the newest first.

    What says the same of the same is one, with how many they are.

    :param kinds: what cases without a service are called
    """
    known = [(one.pk, f"{one.name} {one.name_en}") for one in Service.objects.only("name", "name_en")]
    held = Case.objects.public().annotate(folded=Folded("shown_words"))
    for word in words_of(text):
        called = Q(service__in=said_by(word, known)) | Q(service=None, kind__in=said_by(word, kinds.items()))
        held = held.filter(having(word) | called)
    alike = held.values("service_id", "kind", "shown_words").annotate(newest=Max("pk"), many=Count("pk")).order_by("-newest")
    many = {one["newest"]: one["many"] for one in alike[:limit]}
    cases = Case.objects.public().filter(pk__in=many).select_related("service", "unit", "ward").order_by("-pk")
    return [(one, many[one.pk]) for one in cases]


def shown_one(number: str) -> Case | None:
    found = id_of(number)
    return None if found is None else Case.objects.public().select_related("service", "unit", "ward").filter(pk=found).first()
