"""A database of the benchmark's own: the real city, and as many simulated events as are asked for, posted as they would be."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connections

from bench.kept import filled
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.operations import post, post_all
from gandan.ground.ledger.operations.recording import facet_set_id
from gandan.ground.organisations import operations, queries

FIRST, LAST = "2015-12-15", "2026-11-15"
PROCEDURES = ("identity-card", "passport", "vehicle-registration")
# Which units work when: police of the districts, then of the wards, and the departments throughout.
WORKING = """
    CREATE TEMP TABLE working AS
    SELECT row_number() OVER (PARTITION BY era ORDER BY id) - 1 AS place, count(*) OVER (PARTITION BY era) AS places, id, era
    FROM (
        SELECT u.id, e.era FROM organisations_unit u,
            (VALUES (1, DATE '2015-12-15', DATE '2025-03-01'), (2, DATE '2025-03-01', DATE '2025-07-01'),
                    (3, DATE '2025-07-01', DATE '2027-01-01')) AS e (era, since, until)
        WHERE u.founded_on <= e.since AND (u.closed_on IS NULL OR u.closed_on >= e.until)
          AND (u.code LIKE 'CAQ-%' OR u.code ~ '^P[AC]0[68]' OR (u.code LIKE 'CAP-%' AND e.era > 1))
    ) unit
"""
FILL = """
    WITH made AS (
        SELECT i, random() AS r,
               DATE %(first)s + (i::numeric / %(of)s * (DATE %(last)s - DATE %(first)s))::int - floor(random() * 4)::int AS day,
               facets.id AS facet_set
        FROM generate_series(%(since)s::bigint, %(until)s::bigint) i
        JOIN facets ON facets.place = (i * 7919) %% (SELECT count(*) FROM facets)
    ), placed AS (
        SELECT made.*, CASE WHEN day < DATE '2025-03-01' THEN 1 WHEN day < DATE '2025-07-01' THEN 2 ELSE 3 END AS era FROM made
    ), happened AS (
        INSERT INTO ledger_event (about_type, about_id, unit_id, day, by_id, facet_set_id, sign, reason)
        SELECT 'dossiers.dossier', i / 5, w.id, greatest(p.day, DATE %(first)s), %(by)s, p.facet_set, 1, ''
        FROM placed p JOIN working w ON w.era = p.era AND w.place = floor(p.r * w.places)
        RETURNING id
    )
    INSERT INTO ledger_pending (event_id, quiet) SELECT id, true FROM happened
"""


@contextmanager
def city(events: int, *, keep: bool = False) -> Iterator[None]:
    """Point Django at a database that holds the city with this many events, filling it if it isn't there yet.

    :param keep: leave it for the next run, which migrates it; filling it with 20 million events takes a quarter of an hour
    """
    with filled("city", events, "".join((FIRST, LAST, *PROCEDURES, WORKING, FILL)), _fill, keep=keep):
        post_all()  # what a run that was ended early has left
        yield


def _fill(events: int, batch: int = 100_000) -> None:
    clock = queries.clock()
    operations.load_city(by=queries.importer(), on=date.fromisoformat(LAST))
    sets = [facet_set_id(kind, facets) for kind, facets in kinds_of_work()]
    start = time.perf_counter()
    with connections["default"].cursor() as cursor:
        cursor.execute(WORKING)
        cursor.execute(
            "CREATE TEMP TABLE facets AS SELECT id, row_number() OVER () - 1 AS place FROM unnest(%s::bigint[]) id", [sets]
        )
        for since in range(1, events + 1, batch):
            until = min(since + batch - 1, events)
            values = {"first": FIRST, "last": LAST, "of": events, "since": since, "until": until, "by": clock.pk}
            cursor.execute(FILL, values)
            while post(limit=50_000):
                pass
            print(
                f"\r{until:,} of {events:,} events, {until / (time.perf_counter() - start):,.0f} a second",
                end="",
                file=sys.stderr,
            )
    print(file=sys.stderr)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def kinds_of_work() -> list[tuple[Kind, dict[str, str]]]:
    """Return every combination of facets that work on dossiers, letters, deliveries and promises records."""
    found: list[tuple[Kind, dict[str, str]]] = []
    for kind, spec in KINDS.items():
        if kind.split(".")[0] not in {"dossier", "letter", "delivery", "promise"}:
            continue
        sets: list[dict[str, str]] = [{}]
        for facet, values in spec.facets.items():
            allowed = sorted(values) if values else PROCEDURES
            if facet == "promise":
                allowed = ["apology.letter", "dossier.result"]
            sets = [{**one, facet: value} for one in sets for value in allowed]
        found.extend((kind, facets) for facets in sets)
    return found
