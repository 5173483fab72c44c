"""Releasing figures: once for each closed half-month, and never again."""

from datetime import date
from decimal import Decimal

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import freezing, operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop, next_half
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import tops
from gandan.ground.promises.operations import sweep
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import Figures, figures
from gandan.results.measures.rules import Counted, Share, percent
from gandan.results.releases.models import Release, ReleasedFigure
from gandan.results.releases.queries import wards_of
from gandan.results.releases.rules import OPEN, Open, last_closed, tell

ELSEWHERE = ""  # the place of what no ward has: departments of the city


class NotClosed(Refused):
    """A half-month is released once it is over and what came late is in."""


@operation
def release(*, half: date, by: Person, on: date) -> Release:
    """Make the figures of a half-month open to everyone; what was released before stays as it is.

    :raises NotClosed: if the half-month is not closed yet
    """
    if half > last_closed(on):
        raise NotClosed(gettext_noop("Nửa tháng này chưa chốt số liệu."))
    known = Release.objects.filter(half=half).first()
    if known is not None:
        unchanged()
        return known
    sweep(by=by, on=on, wait=True)
    period = Period(half, next_half(half))
    (city,) = tops(period.last)[:1]
    wards = wards_of(city.pk, period.last)
    with freezing() as position:
        made = Release.objects.create(half=half, made_on=on, posting=position.number, digest=position.digest.hex())
        read = figures(_bases(), [city.pk, *wards], [period], as_of=position.number)
        ReleasedFigure.objects.bulk_create(_figure(made, one, read, city.pk, wards, period) for one in OPEN.values())
        record(Kind.FIGURES_RELEASED, about=made, unit=city, day=on, by=by)
    return made


def _bases() -> list[str]:
    codes: dict[str, None] = {}
    for code in OPEN:
        measure = CATALOGUE[code]
        codes.update(dict.fromkeys(measure.part + measure.whole if isinstance(measure, Share) else (code,)))
    return list(codes)


def _figure(made: Release, one: Open, read: Figures, city: int, wards: dict[int, str], period: Period) -> ReleasedFigure:
    measure = CATALOGUE[one.code]
    figure = ReleasedFigure(release=made, code=one.code, formula=measure.formula())
    if isinstance(measure, Share):
        part, whole = (_sum(read, codes, city, period) for codes in (measure.part, measure.whole))
        figure.part, figure.whole, figure.total = part, whole, percent(part, whole) if whole else None
    elif isinstance(measure, Counted):
        if one.by_place:
            told = tell(_by_place(read, (one.code,), city, wards, period))
            figure.places, figure.held = dict(told.places), sorted(told.held)
            figure.total = None if told.total is None else Decimal(told.total)
        else:
            figure.total = Decimal(_sum(read, (one.code,), city, period))
    return figure


def _sum(read: Figures, codes: tuple[str, ...], unit: int, period: Period) -> int:
    return sum(int(read.cell(code, unit, period).value or 0) for code in codes)


def _by_place(read: Figures, codes: tuple[str, ...], city: int, wards: dict[int, str], period: Period) -> dict[str, int]:
    found = {code: _sum(read, codes, ward, period) for ward, code in wards.items()}
    return {**found, ELSEWHERE: _sum(read, codes, city, period) - sum(found.values())}
