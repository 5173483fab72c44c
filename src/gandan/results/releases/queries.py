"""Reading what was released: the last one, one measure through time, one measure place by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop
from gandan.ground.organisations.queries import UnitRow, descendants, rows, unit_id
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Measure, Share, Stock, percent
from gandan.results.releases.models import Release, ReleasedFigure, RevisedFigure
from gandan.results.releases.rules import OPEN, closed_halves, end_of


class NotOpen(Refused):
    """There is no such open figure."""


@dataclass(frozen=True)
class Now:
    """A figure as it was known when a later half-month was released, and what came and was taken back since it was first told."""

    total: Decimal
    part: int | None
    whole: int | None
    on: date
    posting: int
    added: int | None
    taken_back: int | None
    redefined: bool


@dataclass(frozen=True)
class Figure:
    """A measure in one half-month, as everyone may have it."""

    code: str
    half: date
    last: date
    total: Decimal | None
    held_back: bool
    part: int | None
    whole: int | None
    places: dict[str, Decimal]
    held: frozenset[str]
    made_on: date
    posting: int
    digest: str
    now: Now | None  # None: nothing that may be told has changed

    @property
    def known_now(self) -> Decimal | None:
        return self.now.total if self.now else self.total

    @property
    def measure(self) -> Measure:
        return CATALOGUE[self.code]


@dataclass(frozen=True)
class Place:
    """A ward with its figure: told, or held back."""

    unit: UnitRow | None  # None: what no ward has
    value: Decimal | None


def wards_of(city: int, on: date) -> dict[int, str]:
    """Return the wards of a city on a day, by number with their codes."""
    found = descendants(city, Line.ADMINISTRATION, on, on + ONE_DAY)
    return {one.unit.id: one.unit.code for one in found if one.unit.kind == UnitKind.WARD}


def missing(since: date, on: date) -> list[date]:
    """Return the closed half-months that are not released yet, the oldest first."""
    known = set(Release.objects.values_list("half", flat=True))
    return [half for half in closed_halves(since, on) if half not in known]


def latest() -> list[Figure]:
    """Return every open figure of the last release, in the order of the table; none before there is one."""
    last = Release.objects.order_by("-half").first()
    found = {one.code: one for one in _told(release=last)} if last else {}
    return [_figure(found[code], last) for code in OPEN if last and code in found]


def series(codes: Sequence[str], halves: int = 24, *, places: bool = True) -> dict[str, list[Figure]]:
    """Return measures through their last releases, the oldest first; without `places` only the sums of the whole city.

    :raises NotOpen: if one of them is not open
    """
    if unknown := next((code for code in codes if code not in OPEN), None):
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=unknown)
    last = list(Release.objects.order_by("-half")[:halves])
    by_code: dict[str, list[Figure]] = {code: [] for code in codes}
    found = _told(release__in=last, code__in=codes).order_by("release__half")
    for one in found if places else found.defer("places", "held"):
        by_code[one.code].append(_figure(one, one.release, places=places))
    return by_code


def by_place(figure: Figure) -> list[Place]:
    """Return a figure place by place, in Vietnamese order; what no ward has at the end."""
    codes = set(figure.places) | figure.held
    ids = {unit_id(code): code for code in codes if code}
    ordered = sorted(rows(ids, figure.last).values(), key=lambda one: (one.sort_key, one.code))
    wards = [Place(one, figure.places.get(one.code)) for one in ordered]
    return wards + [Place(None, figure.places.get(code)) for code in codes if not code]


@dataclass(frozen=True)
class Through:
    """A measure of the whole city over several half-months: as released, and as known now. None: it can't be told."""

    released: Decimal | None
    now: Decimal | None
    halves: int
    held: int  # half-months among them that are held back


def through(code: str, period: Period) -> Through:
    """Return a measure of the whole city over the half-months of a period that are released.

    A stock is that of the last of them. A share is that of those half-months that are told.

    :raises NotOpen: if it is not open
    """
    if code not in OPEN:
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=code)
    measure = CATALOGUE[code]
    within = _told(code=code, release__half__gte=period.start, release__half__lt=period.end).order_by("release__half")
    found = [_figure(one, one.release, places=False) for one in within.defer("places", "held")]
    held = sum(one.held_back or (one.total is None and not isinstance(measure, Share)) for one in found)
    if isinstance(measure, Share):
        return Through(_share(found), _share([one.now or one for one in found]), len(found), held)
    if isinstance(measure, Stock):
        found, held = found[-1:], int(bool(found) and found[-1].total is None)
    if not found or held:
        return Through(None, None, len(found), held)
    return Through(_added([one.total for one in found]), _added([one.known_now for one in found]), len(found), held)


def _added(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value or Decimal(0) for value in values), Decimal(0))


def _share(found: Sequence[Figure | Now]) -> Decimal | None:
    part, whole = sum(one.part or 0 for one in found), sum(one.whole or 0 for one in found)
    return percent(part, whole) if whole else None


def of_ward(code: str) -> list[tuple[Figure, Place]]:
    """Return what the last release tells of one ward."""
    found = [one for one in latest() if code in one.places or code in one.held]
    unit = rows([unit_id(code)])[unit_id(code)]
    return [(one, Place(unit, one.places.get(code))) for one in found]


def _told(**which: Any) -> QuerySet[ReleasedFigure]:
    return ReleasedFigure.objects.filter(**which).select_related("release").prefetch_related("revisions__release")


def _figure(one: ReleasedFigure, release: Release, *, places: bool = True) -> Figure:
    return Figure(
        code=one.code, half=release.half, last=end_of(release.half), total=one.total, held_back=one.held_back, part=one.part,
        whole=one.whole, places={place: Decimal(str(value)) for place, value in one.places.items()} if places else {},
        held=frozenset(one.held if places else ()), made_on=release.made_on, posting=release.posting, digest=release.digest,
        now=max(map(_now, one.revisions.all()), key=lambda told: told.posting, default=None),
    )  # fmt: skip


def _now(told: RevisedFigure) -> Now:
    return Now(
        told.total, told.part, told.whole, told.release.made_on, told.release.posting, told.added, told.taken_back,
        redefined=told.formula != told.figure.formula,
    )  # fmt: skip
