"""A frozen report: as signed, as known now, and what lies between."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import F, Q

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.queries import EventRow, facet_sets, since, snapshot
from gandan.ground.ledger.rules import Refused, Span, gettext_noop
from gandan.ground.organisations.queries import rows, tree
from gandan.ground.organisations.rules import ALWAYS, NEVER, Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import reach
from gandan.results.measures.rules import Cell, Status, Worded
from gandan.results.reports.models import FrozenCell, FrozenComparison, FrozenMeasure, Report
from gandan.results.reports.queries.compiling import compiled, rows_of
from gandan.results.reports.queries.periods import period_of, view_of
from gandan.results.reports.rules import (
    FROZEN_ONCE,
    NOTHING,
    Change,
    Comparison,
    Key,
    Outside,
    Place,
    Redefined,
    Sheet,
    SheetCell,
    SheetMeasure,
    changes,
    described,
    in_words_of,
    period_of_label,
    redefined,
)

KEPT = "_as_signed"
CELL_COLUMNS = (
    "measure_id", "unit_id", "unit_path", "during", "label", "place", "status", "value", "part", "whole", "count", "through",
    "partial", "later", "stated", "stated_whole", "stated_source", "systems",
)  # fmt: skip
ACTS = (Kind.UNIT_FOUNDED, Kind.UNIT_RENAMED, Kind.UNIT_MOVED, Kind.UNIT_SUCCEEDED, Kind.UNIT_CLOSED)


class NotFrozen(Refused):
    """Only a frozen report has figures as signed."""


class UnknownReport(Refused):
    """No report has this code."""


def report(code: str) -> Report:
    """Return a report with its sections.

    :raises UnknownReport: if there is none of this code
    """
    found = Report.objects.select_related("unit", "programme", "superior").prefetch_related("sections").filter(code=code).first()
    if found is None:
        raise UnknownReport(gettext_noop("Không có báo cáo {code}."), code=code)
    return found


def reports(units: Iterable[int] | None = None, *, of_parties: Iterable[int] = (), limit: int = 200) -> list[Report]:
    """Return the latest reports, of these units alone if they are given.

    :param of_parties: and those on programmes that these, or whom they have taken over from, are a party to
    """
    found = Report.objects.select_related("unit", "programme").order_by("-pk")
    if units is not None:
        known, parties = tree(), set(of_parties)
        parties |= {old for unit in of_parties for old in known.predecessors(unit)}
        mine = Report.objects.filter(programme__parties__unit__in=parties, unit=F("programme__unit")).values("pk")
        found = found.filter(Q(unit__among=list(units)) | Q(pk__in=mine)) if parties else found.filter(unit__among=list(units))
    return list(found[:limit])


def published(*, limit: int = 200) -> list[Report]:
    """Return the reports that everybody may read, the latest first."""
    return list(Report.objects.exclude(published_on=None).order_by("-published_on", "-pk")[:limit])


def published_one(code: str) -> Report:
    """:raises UnknownReport: if no report of this code is published"""
    found = Report.objects.exclude(published_on=None).select_related("unit", "programme").filter(code=code).first()
    if found is None:
        raise UnknownReport(gettext_noop("Không có báo cáo {code} đã công bố."), code=code)
    return found


def as_signed(report: Report) -> Sheet:
    """Return the figures that were stored when the report was frozen; nothing is reckoned.

    :raises NotFrozen: if it is a draft
    """
    _check_frozen(report)
    kept: Sheet | None = vars(report).get(KEPT)  # what was frozen never changes: a paper, a document and a workbook read it once
    if kept is None:
        kept = vars(report)[KEPT] = _stored(report)
    return kept


def _stored(report: Report) -> Sheet:
    measures = {measure.pk: _measure(measure) for measure in FrozenMeasure.objects.filter(report=report)}
    stored = list(FrozenCell.objects.filter(measure__report=report).order_by("pk").values_list(*CELL_COLUMNS, named=True))
    named = rows({one.unit_id for one in stored}, period_of(report).last)
    period = cache(period_of_label)  # a few periods stand behind thousands of cells
    cells = {}
    for one in stored:
        measure, unit = measures[one.measure_id], named[one.unit_id]
        days = period(one.label, one.during.lower, one.during.upper)
        key = Key(measure.code, one.unit_id, days.start, days.end)
        beside = one.stated is not None or one.systems
        outside = Outside(one.stated, one.stated_whole, one.stated_source, one.systems) if beside else NOTHING
        name = one.unit_path.rpartition(" › ")[2]
        place = Place(one.place)
        cells[key] = SheetCell(key, days, unit.code, name, one.unit_path, place, _cell(one, measure), outside)
    years = _stored_years(report, cells.values())
    held = {
        measures[one.measure_id].code: _comparison(one, measures[one.measure_id])
        for one in FrozenComparison.objects.filter(measure__report=report)
    }
    return Sheet(tuple(measures.values()), report.unit_id, period_of(report), years, cells, held)


def as_known_now(report: Report) -> Sheet:
    """Return the figures that the ledger gives today, by today's tree and catalogue. Of a draft, these are all there are."""
    return compiled(report, strict=report.status in FROZEN_ONCE)


@dataclass(frozen=True)
class Later:
    """An event that the ledger has learnt of since, and the measures of the report in which it counts."""

    event: EventRow
    unit_code: str
    unit_name: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """What lies between a report as signed and what is known now, and why.

    `figures` differ; `events` came since, `acts` changed the tree since, `definitions` were changed since. `more` says that
    there are more events than are listed.
    """

    figures: tuple[Change, ...]
    events: tuple[Later, ...]
    acts: tuple[Later, ...]
    definitions: tuple[Redefined, ...]
    more: bool

    @property
    def none(self) -> bool:
        return not (self.figures or self.events or self.acts or self.definitions)


def differences(report: Report, *, limit: int = 500, after: int | None = None) -> Differences:
    """Return what has changed since a report was frozen.

    :param limit: how many events are listed
    :param after: list only those events that came after this posting
    :raises NotFrozen: if it is a draft
    """
    _check_frozen(report)
    assert report.posting is not None
    with snapshot():
        signed, now = as_signed(report), as_known_now(report)
        events = _events(report, signed, limit + 1, after or report.posting)
        acts = _acts(report.posting)
    told, kept = rows_of(report), [CATALOGUE[one.code] for one in signed.measures if one.code in CATALOGUE]
    return Differences(
        figures=changes(signed, now),
        events=tuple(events[:limit]),
        acts=tuple(acts),
        definitions=redefined(signed, (in_words_of(described(one), told) for one in kept)),
        more=len(events) > limit,
    )


def check(report: Report) -> tuple[Change, ...]:
    """Recompute a frozen report at its posting and return what differs from what was stored: nothing, unless the tree or
    the catalogue was changed since.

    :raises NotFrozen: if it is a draft
    """
    _check_frozen(report)
    return changes(as_signed(report), compiled(report, as_of=report.posting))


def _check_frozen(report: Report) -> None:
    if report.status not in FROZEN_ONCE:
        raise NotFrozen(gettext_noop("Báo cáo {code} chưa chốt số liệu."), code=report.code)


def _events(report: Report, signed: Sheet, limit: int, after: int) -> list[Later]:
    periods = dict.fromkeys([signed.period, *signed.years, *(one.period for one in signed.cells.values())])
    units = dict.fromkeys([report.unit_id, *(key.unit for key in signed.cells)])
    known = [measure.code for measure in signed.measures if measure.code in CATALOGUE]
    reached = reach(known, list(units), list(periods), line=Line(report.line), view=view_of(report))
    found = since(after, reached.facet_sets, reached.spans(), limit=limit)
    return _named([(event, codes) for event in found if (codes := reached.codes(event))])


def _acts(posting: int) -> list[Later]:
    spans = {Span(0, unit, ALWAYS, NEVER) for line in Line for unit in tree().units(line)}
    return _named([(event, ()) for event in since(posting, [row.id for row in facet_sets(ACTS)], spans)])


def _named(events: list[tuple[EventRow, tuple[str, ...]]]) -> list[Later]:
    named = rows({event.unit_id for event, _ in events})
    return [Later(event, named[event.unit_id].code, named[event.unit_id].name, codes) for event, codes in events]


def _measure(one: FrozenMeasure) -> SheetMeasure:
    return SheetMeasure(
        one.code,
        Worded(one.name_vi, one.name_en),
        Worded(one.definition_vi, one.definition_en),
        Worded(one.unit_vi, one.unit_en),
        one.source,
        one.formula,
        one.heading,
        one.position,
    )


def _cell(one: Any, measure: SheetMeasure) -> Cell:
    return Cell(
        Status(one.status),
        _number(one.value, measure),
        one.part,
        one.whole,
        one.count,
        one.through,
        tuple(one.partial),
        _number(one.later, measure),
    )


def _comparison(one: FrozenComparison, measure: SheetMeasure) -> Comparison:
    return Comparison(_number(one.before, measure), one.before_label, one.target, one.sisters, one.sisters_count, one.unusual)


def _number(value: Decimal | None, measure: SheetMeasure) -> int | Decimal | None:
    """A count is stored as a decimal without a fraction."""
    return value if value is None or measure.decimals else int(value)


def _stored_years(report: Report, cells: Iterable[SheetCell]) -> tuple[Period, ...]:
    whole = period_of(report)
    found = {one.period for one in cells if one.place is Place.YEARS} - {whole}
    return tuple(sorted(found, key=lambda period: period.start))
