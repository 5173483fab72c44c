"""What everybody may read of a published report: as signed, and as known by now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.rules import ONE_DAY
from gandan.ground.organisations.queries import tops
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Flow, Share, Stock, percent
from gandan.results.releases import queries as releases
from gandan.results.releases.rules import OPEN, Frame, Numbers, Read, Spot, Units, akin, withheld
from gandan.results.reports.models import KnownFigure, KnownSince, Report, WithheldFigure
from gandan.results.reports.queries.periods import period_of, years_of
from gandan.results.reports.queries.signed import as_signed
from gandan.results.reports.rules import Sheet, Telling, told_as_signed


@dataclass(frozen=True)
class Known:
    """A figure as it is known by now."""

    value: int | Decimal | None
    on: date


def columns_of(report: Report) -> dict[str, Period]:
    """Return the columns of a report's table by their names: its years, then the whole."""
    return {_column(one): one for one in (*years_of(report), period_of(report))}


def frame_of(report: Report, sheet: Sheet) -> Frame:
    codes = {one.code for one in sheet.table() if one.code in CATALOGUE}
    shares = {
        code: (dict.fromkeys(one.part, 1), dict.fromkeys(one.whole, 1))
        for code in codes if isinstance(one := CATALOGUE[code], Share)
    }  # fmt: skip
    bases = codes.union(*(side for both in shares.values() for side in both)) - shares.keys()
    adding = frozenset(code for code in bases if isinstance(CATALOGUE[code], Flow))
    stocks = frozenset(code for code in bases if isinstance(CATALOGUE[code], Stock))
    return Frame(shares, adding, tuple(map(_column, years_of(report))), _column(period_of(report)), stocks)


def numbers_of(report: Report, sheet: Sheet) -> dict[Spot, Numbers]:
    """Return what is counted in the table of a report: the unit's own figures, column by column."""
    found: dict[Spot, Numbers] = {}
    columns = columns_of(report)
    for measure in sheet.table():
        for name, period in columns.items():
            one = sheet.at(measure.code, period)
            if one is None or not one.cell.counted or one.cell.value is None:
                continue
            part, whole = one.cell.part, one.cell.whole
            found[measure.code, name] = (int(one.cell.value),) if part is None or whole is None else (part, whole)
    return found


def shown_of(report: Report, sheet: Sheet) -> frozenset[Spot]:
    """Return which of the figures of a report, as signed, everybody reads."""
    figures = numbers_of(report, sheet)
    shown = told_as_signed(figures, frame_of(report, sheet), also_hidden=held_elsewhere(report, figures))
    return shown - {_spot(one) for one in WithheldFigure.objects.filter(report=report)}


def withheld_of(report: Report) -> frozenset[Spot]:
    """Return what everybody must not read of a report that is to be published, as they have read others of the same days: reports
    of the unit, of those in it and above it, and the half-months of open results.
    """
    others = _with_days_in_common(report)
    before = [read for one in others for read in _read(one)] + _open_results([report, *others])
    if not before:
        return frozenset()
    sheet = as_signed(report)
    figures = numbers_of(report, sheet)
    return withheld(
        figures, frame_of(report, sheet), shown=shown_of(report, sheet), before=before, of=_units(report),
        also_hidden=held_elsewhere(report, figures),
    )  # fmt: skip


def told_in_reports(since: date) -> list[Read]:
    """Return what everybody has read of the published reports that reach beyond a day."""
    found = Report.objects.exclude(published_on=None).filter(during__endswith__gt=since).order_by("published_on", "pk")
    return [read for one in found for read in _read(one)]


def _read(report: Report) -> Iterator[Read]:
    """Yield what everybody has read of a published report: as signed, and as it was known later."""
    sheet = as_signed(report)
    frame, of = frame_of(report, sheet), _units(report)
    yield Read(numbers_of(report, sheet), shown_of(report, sheet), frame, of)
    yield from (Read(one.figures, one.told, frame, of) for one in tellings(report))


def _units(report: Report) -> Units:
    return releases.units_in(report.unit_id, Line(report.line))


def _open_results(reports: Collection[Report]) -> list[Read]:
    """Return what was told of the half-months of these reports: of the city, and of the wards that their units are in."""
    since, until = min(one.during.lower for one in reports), max(one.during.upper for one in reports)
    (city,) = tops(until - ONE_DAY)[:1]
    of = [_units(one) for one in reports]
    wards = {code: ward for ward, code in releases.wards_of(city.pk, until - ONE_DAY).items()}
    with_them = {
        code: ward for code, ward in wards.items() if any(one <= releases.units_in(ward, Line.ADMINISTRATION) for one in of)
    }
    return releases.told_before(since, until, city.pk, with_them) if releases.released_in(Period(since, until)) else []


def _with_days_in_common(report: Report) -> list[Report]:
    """Return the published reports of a unit, of those in it and above it, that share days with this, or with one that does."""
    published = list(Report.objects.exclude(published_on=None).exclude(pk=report.pk).order_by("published_on", "pk"))
    kin = akin(_units(report), map(_units, published))
    left, found, near = [one for one in published if _units(one) in kin], list[Report](), [report]
    while near:
        here = near.pop()
        met = [one for one in left if one.during.lower < here.during.upper and here.during.lower < one.during.upper]
        left = [one for one in left if one not in met]
        found, near = found + met, near + met
    return sorted(found, key=lambda one: (one.published_on, one.pk))


def held_elsewhere(report: Report, figures: Mapping[Spot, Numbers]) -> list[Spot]:
    """Return the figures in which a half-month stands that open results hold back: with the others it could be reckoned."""
    held = {name: releases.held_back_in(period) for name, period in columns_of(report).items()}
    return [(code, name) for code, name in figures if code in held[name]]


def followed(report: Report) -> frozenset[str]:
    """Return the columns of which nothing is told anew.

    Those that open results follow, half-month by half-month: what is known of them since is told there. And those of which
    another report tells too, of the unit, of one in it or above it: two readings of the same days could be taken from each other.
    """
    others = [period_of(one) for one in _with_days_in_common(report)]
    return frozenset(
        name for name, period in columns_of(report).items()
        if releases.released_in(period) or any(one.start < period.end and period.start < one.end for one in others)
    )  # fmt: skip


def tellings(report: Report) -> list[Telling]:
    """Return what was known of a report at each later reading, and what of it was told."""
    return [
        Telling(
            {_spot(each): (each.value,) if each.whole is None else (each.value, each.whole) for each in one.figures.all()},
            frozenset(_spot(each) for each in one.figures.all() if each.told),
        )
        for one in _readings(report)
    ]


def known_by_now(report: Report, sheet: Sheet) -> dict[Spot, Known]:
    """Return what everybody is told of the figures that are no longer as signed.

    :param sheet: the report as signed
    """
    found: dict[Spot, Known] = {}
    for one in _readings(report):
        for each in one.figures.all():
            if each.told:
                value = each.value if each.whole is None else percent(each.value, each.whole) if each.whole else None
                found[_spot(each)] = Known(value, one.on)
    return found | dict(_from_open_results(report, sheet))


def _from_open_results(report: Report, sheet: Sheet) -> Iterator[tuple[Spot, Known]]:
    """Yield the figures of the whole city of which every half-month is open: their sum, as known now, tells nothing new."""
    columns = {name: period for name, period in columns_of(report).items() if releases.all_released(period)}
    if not columns or report.unit_id not in {one.pk for one in tops(period_of(report).last)}:
        return
    codes, on = [one.code for one in sheet.table() if one.code in OPEN], releases.last_made_on()
    for name, period in columns.items():
        for code, through in releases.all_through(codes, period).items():
            signed = sheet.at(code, period)
            if signed is not None and through.now is not None and not through.held and through.now != signed.cell.value:
                yield (code, name), Known(through.now, on)


def _readings(report: Report) -> QuerySet[KnownSince]:
    return KnownSince.objects.filter(report=report).prefetch_related("figures")


def _spot(figure: KnownFigure | WithheldFigure) -> Spot:
    return figure.code, _column(Period(figure.during.lower, figure.during.upper))


def _column(period: Period) -> str:
    return f"{period.start:%Y%m%d}-{period.end:%Y%m%d}"
