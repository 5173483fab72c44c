"""The events behind a figure.

Who may see the figure sees kind, day, unit and facets. Who acted and on what, the record's own package says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.queries import EventRow, FacetRow, entries, facet_sets, snapshot
from gandan.ground.ledger.rules import Span
from gandan.ground.organisations.queries import UnitRow, rows, tree
from gandan.ground.organisations.rules import Line, View
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries.figures import AS_WAS, measure, planned_for, told, weights
from gandan.results.measures.rules import Counted, Measure, Share, Stock, Worded

Key = tuple[date, int]


@dataclass(frozen=True)
class Behind:
    """One event behind a figure, and how it counts there: +1 or −1."""

    event: EventRow
    unit: UnitRow
    sentence: Worded
    weight: int


@dataclass(frozen=True)
class Filter:
    """Which of the events are wanted: of one kind, with these facets, at one unit."""

    kind: str = ""
    facets: Mapping[str, str] | None = None
    unit: int | None = None

    def takes(self, row: FacetRow) -> bool:
        wanted = (self.facets or {}).items()
        return (not self.kind or row.kind == self.kind) and all(row.facets.get(name) == value for name, value in wanted)


EVERYTHING = Filter()


def events(
    code: str, unit: int, period: Period, *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS, wanted: Filter = EVERYTHING,
    before: Key | None = None, limit: int = 50,
) -> tuple[Behind, ...]:  # fmt: skip
    """Return the newest events behind a figure, those before the key (day, number) if one is given.

    Of a stock, these are all that ever came in and went out, up to its day. Of a share, those of the first measure of its
    whole; its parts open on their own.
    """
    with snapshot():
        counts, spans = _behind(measure(code), unit, period, line, view, wanted)
        found = entries(list(counts), spans, before=before, limit=limit)
        named = rows({event.unit_id for event in found})
    return tuple(
        Behind(event, named[event.unit_id], _sentence(event.kind), event.sign * counts[event.facet_set_id]) for event in found
    )


def all_events(
    code: str, unit: int, period: Period, *, line: Line = Line.ADMINISTRATION, view: View = AS_WAS, wanted: Filter = EVERYTHING,
    page: int = 2000,
) -> Iterator[Behind]:  # fmt: skip
    """Yield all events behind a figure, page by page, for a file."""
    before: Key | None = None
    while found := events(code, unit, period, line=line, view=view, wanted=wanted, before=before, limit=page):
        yield from found
        before = key(found[-1])


def key(last: Behind) -> Key:
    """Return where the page after this event begins."""
    return last.event.day, last.event.id


def _behind(
    wanted: Measure, unit: int, period: Period, line: Line, view: View, only: Filter
) -> tuple[dict[int, int], list[Span]]:
    base = CATALOGUE[wanted.whole[0]] if isinstance(wanted, Share) else wanted
    if not isinstance(base, Counted) or not base.picks or base.sealed:  # what is under seal is counted, never listed
        return {}, []
    planned = planned_for(tree(), (unit,), (told(base, period),), line, view, None)
    spread = planned.stocks if isinstance(base, Stock) else planned.flows
    counts = weights(base, [row for row in facet_sets(base.kinds) if only.takes(row)])
    return counts, [span for span in spread.spans if only.unit is None or span.unit == only.unit]


def _sentence(kind: str) -> Worded:
    spec = KINDS[Kind(kind)]
    return Worded(spec.sentence_vi, spec.sentence_en)
