"""Reading what was released: the last one, one measure through time, one measure place by place."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop, half_of, next_half
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


def released_in(period: Period) -> bool:
    """Say whether any half-month that reaches into a period is released."""
    return Release.objects.filter(half__gte=half_of(period.start), half__lt=period.end).exists()


def all_released(period: Period) -> bool:
    """Say whether a period is made of half-months that are all released."""
    halves, half = [], period.start
    while half < period.end:
        halves.append(half)
        half = next_half(half)
    whole = half_of(period.start) == period.start and half == period.end
    return whole and Release.objects.filter(half__in=halves).count() == len(halves)


def held_back_in(period: Period) -> frozenset[str]:
    """Return the measures of which some half-month of a period is held back for the whole city."""
    within = ReleasedFigure.objects.filter(release__half__gte=half_of(period.start), release__half__lt=period.end)
    return frozenset(within.filter(held_back=True).values_list("code", flat=True))


def last_made_on() -> date:
    """Return the day of the last release: what is known now is known as of it."""
    return Release.objects.order_by("-half").values_list("made_on", flat=True)[0]


def latest() -> list[Figure]:
    """Return every open figure of the last release, in the order of the table; none before there is one."""
    found = {one.code: one for one in told(release__half=Release.objects.order_by("-half").values("half")[:1])}
    return [found[code] for code in OPEN if code in found]


def series(codes: Sequence[str], halves: int = 24, *, places: bool = True) -> dict[str, list[Figure]]:
    """Return measures through their last releases, the oldest first; without `places` only the sums of the whole city.

    :raises NotOpen: if one of them is not open
    """
    if unknown := next((code for code in codes if code not in OPEN), None):
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=unknown)
    last = Release.objects.order_by("-half").values("half")[:halves]
    by_code: dict[str, list[Figure]] = {code: [] for code in codes}
    for one in told(places=places, release__half__in=last, code__in=codes):
        by_code[one.code].append(one)
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
    return all_through([code], period)[code]


def all_through(codes: Collection[str], period: Period) -> dict[str, Through]:
    """Return several measures so, in as many statements as for one.

    :raises NotOpen: if one of them is not open
    """
    if unknown := next((code for code in codes if code not in OPEN), None):
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=unknown)
    found: dict[str, list[Figure]] = {code: [] for code in codes}
    for one in told(places=False, code__in=list(codes), release__half__gte=period.start, release__half__lt=period.end):
        found[one.code].append(one)
    return {code: _through(CATALOGUE[code], told) for code, told in found.items()}


def _through(measure: Measure, found: list[Figure]) -> Through:
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
    last = Release.objects.order_by("-half").values("half")[:1]
    of_it = {
        one.code: one for one in told(which=Q(places__has_key=code) | Q(held__contains=[code]), now=False, release__half__in=last)
    }
    found = [of_it[each] for each in OPEN if each in of_it]
    unit = rows([unit_id(code)])[unit_id(code)]
    return [(one, Place(unit, one.places.get(code))) for one in found]


ALL = Q()
COLUMNS = (
    "pk", "code", "release__half", "total", "held_back", "part", "whole", "formula", "release__made_on", "release__posting",
    "release__digest",
)  # fmt: skip
NOW = ("figure", "total", "part", "whole", "release__made_on", "release__posting", "added", "taken_back", "formula")


def told(*, which: Q = ALL, places: bool = True, now: bool = True, **more: Any) -> Iterator[Figure]:
    """Yield what was released, the oldest first, in two statements: rows alone, as whole records cost a page most of its time.

    :param now: with what is known by now
    """
    asked = ReleasedFigure.objects.filter(which, **more).order_by("release__half", "pk")
    found = list(asked.values_list(*COLUMNS, *(("places", "held") if places else ())))
    revised = RevisedFigure.objects.filter(figure__in=asked.order_by().values("pk")).order_by("release__posting")
    later = {one[0]: one[1:] for one in revised.values_list(*NOW)} if now else {}  # of each the last
    for pk, code, half, total, held_back, part, whole, formula, made_on, posting, digest, *by_place in found:
        told, held = by_place or ({}, ())
        yield Figure(
            code=code, half=half, last=end_of(half), total=total, held_back=held_back, part=part, whole=whole,
            places={place: Decimal(str(value)) for place, value in told.items()}, held=frozenset(held), made_on=made_on,
            posting=posting, digest=digest,
            now=_now(formula, *later[pk]) if pk in later else None,
        )  # fmt: skip


def _now(
    formula: str,
    total: Decimal,
    part: int | None,
    whole: int | None,
    on: date,
    posting: int,
    added: int | None,
    taken_back: int | None,
    counted_now: str,
) -> Now:
    return Now(total, part, whole, on, posting, added, taken_back, redefined=counted_now != formula)
