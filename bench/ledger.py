"""The ledger: recording, posting, reading, verifying; each beside what one would do without it."""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from threading import Event as Signal
from threading import Thread

from django.db import connection, connections, transaction

from bench.city import city, kinds_of_work
from bench.meanwhile import reading_meanwhile
from bench.recording import recording
from bench.rig import Row, in_turns, seconds, step
from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, post_all, record, record_many
from gandan.ground.ledger.queries import verify
from gandan.ground.ledger.rules import Span
from gandan.ground.organisations import queries as organisations
from gandan.ground.organisations.rules import Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import figures

SIZES = {"small": (20_000, 200_000), "full": (2_000_000, 20_000_000)}
CALENDAR = [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(2021, 2026)]
OFFICIAL = [Period(date(year - 1, 12, 15), date(year, 12, 15)) for year in range(2021, 2026)]
# The recount one would write: one pass over the events, joined with the tree's dated places as the figures have them.
RECOUNT = """
    SELECT s.cell, e.facet_set_id, sum(e.sign), sum(e.sign * coalesce(e.amount, 0))
    FROM ledger_event e JOIN unnest(%(cell)s::int[], %(unit)s::bigint[], %(since)s::date[], %(until)s::date[])
      AS s (cell, unit_id, since, until) ON s.unit_id = e.unit_id AND e.day >= s.since AND e.day < s.until
    WHERE e.day < %(end)s
    GROUP BY 1, 2
"""
# And one that is tuned for it: summed by unit and by the stretches between the days at which periods begin or end, then joined.
TUNED = """
    WITH s AS MATERIALIZED (
        SELECT cell, unit_id, width_bucket(since, %(days)s::date[]) AS first, width_bucket(until, %(days)s::date[]) AS after
        FROM unnest(%(cell)s::int[], %(unit)s::bigint[], %(since)s::date[], %(until)s::date[]) AS s (cell, unit_id, since, until)
    ), e AS MATERIALIZED (
        SELECT unit_id, facet_set_id, width_bucket(day, %(days)s::date[]) AS stretch, sum(sign) AS count,
               sum(sign * coalesce(amount, 0)) AS amount
        FROM ledger_event WHERE unit_id IN (SELECT unit_id FROM s) AND day < %(end)s GROUP BY 1, 2, 3
    )
    SELECT s.cell, e.facet_set_id, sum(e.count), sum(e.amount)
    FROM e JOIN s ON s.unit_id = e.unit_id AND e.stretch >= s.first AND e.stretch < s.after
    GROUP BY 1, 2
"""


def run(size: str, *, keep: bool = False) -> Iterator[Row]:
    less, more = SIZES[size]
    full = size == "full"
    with city(less, keep=keep):
        small = {name: _milliseconds(*grid) for name, grid in _grids().items()}
    with city(more, keep=keep):
        yield from _reading(small, full)
        yield from recording(full)
        yield from _posting(100_000 if full else 20_000)
        with step("verifying the chain"):
            took = seconds(verify)
        yield Row(f"verification of the chain, {more:,} events", took, "s", None, "< 180 s", took < 180 if full else None)
        yield from reading_meanwhile(1000 if full else 200)


Grid = tuple[list[int], list[Period]]


def _grids() -> dict[str, Grid]:
    root = organisations.unit_id("79")
    wards = [row.id for row in organisations.children(root, Line.ADMINISTRATION, date(2026, 1, 1)) if row.kind == "ward"]
    return {
        "city × all indicators × five calendar years": ([root], CALENDAR),
        "city × all indicators × five official years": ([root], OFFICIAL),
        f"{len(wards)} wards × all indicators × five calendar years": (wards, CALENDAR),
        f"{len(wards)} wards × all indicators × five official years": (wards, OFFICIAL),
    }


def _all_cells(units: list[int], periods: list[Period]) -> None:
    found = figures(CATALOGUE, units, periods)
    for code in CATALOGUE:
        for _ in found.cells(code):
            pass


def _milliseconds(units: list[int], periods: list[Period]) -> float:
    _all_cells(units, periods)
    return 1000 * in_turns(lambda: seconds(lambda: _all_cells(units, periods)), times=5)[0]


def _reading(small: dict[str, float], full: bool) -> Iterator[Row]:
    for name, (units, periods) in _grids().items():
        asked = _asked(units, periods)
        with step(name):
            _all_cells(units, periods)
            took, plain, tuned = in_turns(
                lambda at=(units, periods): _milliseconds(*at),
                lambda asked=asked: 1000 * seconds(lambda: _recounted(RECOUNT, asked)),
                lambda asked=asked: 1000 * seconds(lambda: _recounted(TUNED, asked)),
                times=3,
            )
        times, limit = (150, 50) if len(units) == 1 else (30, 400)
        kept = plain / took >= times and took < limit
        yield Row(name, took, "ms", plain, f"{times} times faster, < {limit} ms", kept if full else None)
        yield Row("  beside a recount that is tuned for it", took, "ms", tuned)
        growth = took / small[name]
        yield Row("  growth with ten times the events", growth, "times", None, "≤ 1.5", growth <= 1.5 if full else None)


def _asked(units: list[int], periods: list[Period]) -> dict[str, object]:
    """Return what a recount must know to find the same flows and stocks."""
    plan = figures(CATALOGUE, units, periods).plan
    stocks = [Span(plan.flows.cells + span.cell, span.unit, span.start, span.end) for span in plan.stocks.spans]
    spans = [*plan.flows.spans, *stocks]
    cells, units, since, until = (list(column) for column in zip(*map(astuple, spans), strict=True))
    days = sorted({*since, *until})
    return {"cell": cells, "unit": units, "since": since, "until": until, "days": days, "end": days[-1]}


def _recounted(statement: str, asked: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        cursor.fetchall()


def _events(count: int) -> list[NewEvent]:
    chance, clock = random.Random(7), organisations.clock().pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organisations_unit WHERE code LIKE 'CAP-W%%'")
        units = [number for (number,) in cursor.fetchall()]
    sets = kinds_of_work()
    made = []
    for n in range(count):
        kind, facets = sets[n % len(sets)]
        made.append(NewEvent(kind, chance.choice(units), date(2026, 11, 1 + n % 14), clock, facets, "dossiers.dossier", n))
    return made


def _posting(count: int) -> list[Row]:
    """Post many events while one reads and one writes, and see how long those ever waited."""
    with step(f"posting {count:,} events"):
        events = _events(count)
        bare = seconds(lambda: record_many(events))
        done, waits = Signal(), {"reader": [0.0], "writer": [0.0]}

        def keep(name: str, act) -> Thread:
            def again() -> None:
                while not done.is_set():
                    waits[name].append(seconds(act))
                    time.sleep(0.01)
                connections.close_all()

            thread = Thread(target=again)
            thread.start()
            return thread

        root, unit, clock = organisations.unit_id("79"), organisations.unit("PA08"), organisations.clock()
        threads = [
            keep("reader", lambda: figures(["dossiers-received"], [root], CALENDAR)),
            keep("writer", lambda: _record_one(unit, clock)),
        ]
        took = seconds(post_all)
        done.set()
        for thread in threads:
            thread.join()
    rate = count / took
    return [
        Row("posting, with one reader and one writer", rate, "events/s", count / bare, "≥ 20,000", rate >= 20_000),
        Row("  longest a reader took meanwhile", 1000 * max(waits["reader"]), "ms", 1000 * statistics.median(waits["reader"])),
        Row("  longest a writer took meanwhile", 1000 * max(waits["writer"]), "ms", 1000 * statistics.median(waits["writer"])),
    ]


def _record_one(unit, clock) -> None:
    with transaction.atomic():
        record(Kind.DOSSIER_RECEIVED, unit=unit, day=date(2026, 11, 14), by=clock, procedure="passport", channel="counter")
