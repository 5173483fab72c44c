"""What reaches a set of figures: which events would change them, and which of them each event changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.queries import EventRow, facet_sets
from gandan.ground.ledger.rules import Span
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import Line, View
from gandan.ground.promises.queries import last_swept
from gandan.results.measures.queries.figures import AS_WAS, counted_in, measure, planned_for, weights
from gandan.results.measures.rules import Counted, Stock

Stretches = dict[int, list[tuple[date, date]]]


@dataclass
class Reach:
    """The facet sets and days of units behind a set of figures."""

    flows: Stretches
    stocks: Stretches
    behind: dict[int, list[Counted]] = field(default_factory=lambda: defaultdict(list))

    @property
    def facet_sets(self) -> list[int]:
        return list(self.behind)

    def spans(self) -> list[Span]:
        """Return the days of units, each unit's touching stretches as one."""
        together: Stretches = defaultdict(list)
        for part in (self.flows, self.stocks):
            for unit, stretches in part.items():
                together[unit].extend(stretches)
        return [Span(0, unit, start, end) for unit, stretches in together.items() for start, end in _merged(stretches)]

    def codes(self, event: EventRow) -> tuple[str, ...]:
        """Return the flows and stocks that an event counts in."""
        return tuple(
            one.code
            for one in self.behind.get(event.facet_set_id, ())
            if _within(self.stocks if isinstance(one, Stock) else self.flows, event)
        )


def reach(
    codes: Iterable[str],
    units: Sequence[int],
    periods: Sequence[Period],
    *,
    line: Line = Line.ADMINISTRATION,
    view: View = AS_WAS,
) -> Reach:
    """Return what reaches these figures."""
    counted = list(counted_in([measure(code) for code in codes]))
    planned = planned_for(tree(), tuple(units), tuple(periods), line, view, last_swept())
    found = Reach(_stretches(planned.flows.spans), _stretches(planned.stocks.spans))
    rows = facet_sets({kind for one in counted for kind in one.kinds}) if counted else []
    for one in counted:
        for number in weights(one, rows):
            found.behind[number].append(one)
    return found


def _stretches(spans: Iterable[Span]) -> Stretches:
    found: dict[int, set[tuple[date, date]]] = defaultdict(set)
    for span in spans:
        found[span.unit].add((span.start, span.end))
    return {unit: list(_merged(list(stretches))) for unit, stretches in found.items()}


def _merged(stretches: list[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _within(stretches: Stretches, event: EventRow) -> bool:
    return any(start <= event.day < end for start, end in stretches.get(event.unit_id, ()))
