"""Reading what was released: the last one, one measure through time, one measure place by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import ONE_DAY, Refused, gettext_noop
from gandan.ground.organisations.queries import UnitRow, descendants, rows, unit_id
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Measure, Share, Stock, percent
from gandan.results.releases.models import Release, ReleasedFigure
from gandan.results.releases.rules import OPEN, closed_halves, end_of


class NotOpen(Refused):
    """There is no such open figure."""


@dataclass(frozen=True)
class Figure:
    """A measure in one half-month, as everyone may have it."""

    code: str
    half: date
    last: date
    total: Decimal | None
    whole: int | None
    places: dict[str, Decimal]
    held: frozenset[str]
    made_on: date
    posting: int
    digest: str

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
    found = {one.code: one for one in ReleasedFigure.objects.filter(release=last)} if last else {}
    return [_figure(found[code], last) for code in OPEN if last and code in found]


def series(codes: Sequence[str], halves: int = 24) -> dict[str, list[Figure]]:
    """Return measures through their last releases, the oldest first.

    :raises NotOpen: if one of them is not open
    """
    if unknown := next((code for code in codes if code not in OPEN), None):
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=unknown)
    last = list(Release.objects.order_by("-half")[:halves])
    by_code: dict[str, list[Figure]] = {code: [] for code in codes}
    for one in (
        ReleasedFigure.objects.filter(release__in=last, code__in=codes).select_related("release").order_by("release__half")
    ):
        by_code[one.code].append(_figure(one, one.release))
    return by_code


def by_place(figure: Figure) -> list[Place]:
    """Return a figure place by place, in Vietnamese order; what no ward has at the end."""
    codes = set(figure.places) | figure.held
    ids = {unit_id(code): code for code in codes if code}
    ordered = sorted(rows(ids, figure.last).values(), key=lambda one: (one.sort_key, one.code))
    wards = [Place(one, figure.places.get(one.code)) for one in ordered]
    return wards + [Place(None, figure.places.get(code)) for code in codes if not code]


def through(code: str, period: Period) -> Decimal | None:
    """Return a measure of the whole city over the half-months of a period that are released; None if it can't be told.

    A stock is that of the last of them.

    :raises NotOpen: if it is not open
    """
    if code not in OPEN:
        raise NotOpen(gettext_noop("Không có số liệu công khai nào tên “{code}”."), code=code)
    within = ReleasedFigure.objects.filter(code=code, release__half__gte=period.start, release__half__lt=period.end)
    found = list(within.order_by("release__half"))
    measure = CATALOGUE[code]
    if isinstance(measure, Share):
        part, whole = sum(one.part or 0 for one in found), sum(one.whole or 0 for one in found)
        return percent(part, whole) if whole else None
    if not found or any(one.total is None for one in found):
        return None
    return found[-1].total if isinstance(measure, Stock) else sum((one.total or Decimal(0) for one in found), Decimal(0))


def of_ward(code: str) -> list[tuple[Figure, Place]]:
    """Return what the last release tells of one ward."""
    found = [one for one in latest() if code in one.places or code in one.held]
    unit = rows([unit_id(code)])[unit_id(code)]
    return [(one, Place(unit, one.places.get(code))) for one in found]


def _figure(one: ReleasedFigure, release: Release) -> Figure:
    return Figure(
        code=one.code, half=release.half, last=end_of(release.half), total=one.total, whole=one.whole,
        places={place: Decimal(str(value)) for place, value in one.places.items()},

        held=frozenset(one.held), made_on=release.made_on, posting=release.posting, digest=release.digest,
    )  # fmt: skip
