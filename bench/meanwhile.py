"""Figures read while others write and one posts, each held against its recount in the same snapshot."""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from bench.recording import busy_ledger
from bench.rig import Row, step
from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.queries import facet_sets, recount, snapshot
from gandan.ground.ledger.rules import Span
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import AsAt, AsIs, AsWas, Line, View
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import figures, recorded
from gandan.results.measures.queries.figures import planned_for, told, weights
from gandan.results.measures.rules import Cell, Counted, Share, Stock

TOGETHER = 20  # figures of one snapshot: one pass over the events recounts them all
WRITING = date(2026, 11, 14)  # the day for which the eight write
VIEWS: tuple[View, ...] = (AsWas(), AsIs(WRITING), AsAt(date(2025, 6, 30)), AsAt(date(2024, 1, 1)))


@dataclass(frozen=True)
class Asked:
    """One figure as somebody might ask for it."""

    code: str
    unit: int
    period: Period
    view: View

    def read(self) -> Cell:
        return figures([self.code], [self.unit], [self.period], view=self.view).cell(self.code, self.unit, self.period)

    def sides(self) -> list[list[Counted]]:
        """Return the flows or stocks whose sum it is; of a share, those of its part and of its whole."""
        measure = CATALOGUE[self.code]
        sides = (measure.part, measure.whole) if isinstance(measure, Share) else ((self.code,),)
        return [[one for code in side if isinstance(one := CATALOGUE[code], Counted)] for side in sides]

    def spans(self, one: Counted, cell: int) -> list[Span]:
        """Return the days of units at which the events behind it happened."""
        period = told(one, self.period)
        planned = planned_for(organisations.tree(), (self.unit,), (period,), Line.ADMINISTRATION, self.view, None)
        spread = planned.stocks if isinstance(one, Stock) else planned.flows
        return [Span(cell, span.unit, span.start, span.end) for span in spread.spans]


def reading_meanwhile(count: int) -> list[Row]:
    """Read figures at random while eight processes write and one posts, each beside its recount in the same snapshot."""
    asking = _asking()
    differences, took = 0, []
    with step(f"{count} figures read while eight write and one posts"), busy_ledger(writers=8):
        for _ in range(count // TOGETHER):
            asked = [next(asking) for _ in range(TOGETHER)]
            with snapshot():
                cells = []
                for one in asked:
                    begun = time.perf_counter()
                    cells.append(one.read())
                    took.append(1000 * (time.perf_counter() - begun))
                again = _again(asked)
            for one, cell, expected in zip(asked, cells, again, strict=True):
                read = [cell.part or 0, cell.whole or 0] if len(expected) == 2 else [cell.value or 0]
                if read != expected:
                    differences += 1
                    print(f"\n{one}: {cell}, recounted {expected}")
    return [
        Row(f"differences among {len(took)} figures read meanwhile", differences, "figures", None, "0", differences == 0),
        Row("  reading one of them, median", statistics.median(took), "ms"),
    ]


def _asking() -> Iterator[Asked]:
    """Yield figures at random: every other one is of a unit and a period in which is being written."""
    chance = random.Random(11)
    codes = [code for code, measure in CATALOGUE.items() if recorded(measure)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM ledger_block")
        units = [number for (number,) in cursor.fetchall()]
    above = organisations.tree().path(organisations.unit_id("PA08"), Line.ADMINISTRATION, WRITING)
    busy = [code for code in codes if code.startswith("dossiers-")]
    while True:
        period = _period(chance)
        yield Asked(chance.choice(codes), chance.choice(units), period, chance.choice(VIEWS))
        period = Period(period.start, max(period.end, WRITING + timedelta(days=chance.randrange(1, 20))))
        yield Asked(chance.choice(busy), chance.choice(above), period, chance.choice(VIEWS))


def _period(chance: random.Random) -> Period:
    year = chance.randrange(2021, 2027)
    return chance.choice(
        [
            Period(date(year, 1, 1), date(year + 1, 1, 1)),
            Period(date(year - 1, 12, 15), date(year, 12, 15)),
            Period(date(year, 5, 15), date(year, 6, 15)),
            Period(
                start := date(year, 1, 1) + timedelta(days=chance.randrange(300)), start + timedelta(days=chance.randrange(1, 60))
            ),
        ]
    )


def _again(asked: list[Asked]) -> list[list[int]]:
    """Recount them all from the events, in one pass over those that matter."""
    sets = facet_sets()
    parts: list[tuple[int, int, dict[int, int], bool]] = []
    spans: list[Span] = []
    for number, figure in enumerate(asked):
        for side, measures in enumerate(figure.sides()):
            for one in measures:
                spans.extend(figure.spans(one, len(parts)))
                parts.append((number, side, weights(one, sets), one.amount))
    found = [[0] * len(figure.sides()) for figure in asked]
    facets = {row for _, _, counts, _ in parts for row in counts}
    for (cell, row), (count, amount) in recount(facets, spans).items():
        number, side, counts, by_amount = parts[cell]
        found[number][side] += counts.get(row, 0) * (amount if by_amount else count)
    return found
