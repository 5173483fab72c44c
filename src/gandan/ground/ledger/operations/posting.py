"""The poster: takes what is pending, keeps the tallies, and writes the next posting of the chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from gandan.ground.ledger.queries.chain import LINE

POSTER = 7_310_001  # the advisory lock of which only one poster holds
FIRST_DIGEST = bytes(32)

# A bound, not a join with itself, picks the next ones: the queue swells and empties faster than its statistics follow, and
# where the planner believes it empty a join becomes a loop in a loop. Tallies are written in the order in which they are read,
# so that those of a unit lie together.
_POST = f"""
    WITH taken AS MATERIALIZED (
        DELETE FROM ledger_pending
        WHERE event_id <= (SELECT max(event_id) FROM (SELECT event_id FROM ledger_pending ORDER BY event_id LIMIT %(limit)s) next)
        RETURNING event_id, quiet
    ), happened AS MATERIALIZED (
        SELECT e.id, e.unit_id, e.facet_set_id, e.day, e.sign, e.sign * coalesce(e.amount, 0) AS amount, taken.quiet,
               {LINE} AS line
        FROM taken JOIN ledger_event e ON e.id = taken.event_id JOIN ledger_facetset f ON f.id = e.facet_set_id
    ), halves AS MATERIALIZED (
        SELECT ledger_half(day) AS start, unit_id, facet_set_id, sum(sign) AS count, sum(amount) AS amount
        FROM happened GROUP BY 1, 2, 3
    ), sums AS MATERIALIZED (
        SELECT * FROM halves
        UNION ALL
        SELECT start, -block, facet_set_id, sum(count), sum(amount) FROM halves JOIN ledger_block USING (unit_id) GROUP BY 1, 2, 3
    ), kept AS (
        INSERT INTO ledger_tally AS t (start, unit_id, facet_set_id, count, amount)
        SELECT start, unit_id, facet_set_id, count, amount FROM sums ORDER BY 2, 1, 3
        ON CONFLICT (start, unit_id, facet_set_id)
        DO UPDATE SET count = t.count + excluded.count, amount = t.amount + excluded.amount
    ), kept_by_year AS (
        INSERT INTO ledger_yeartally AS t (start, unit_id, facet_set_id, count, amount)
        SELECT date_trunc('year', start)::date, unit_id, facet_set_id, sum(count), sum(amount) FROM sums
        GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
        ON CONFLICT (start, unit_id, facet_set_id)
        DO UPDATE SET count = t.count + excluded.count, amount = t.amount + excluded.amount
    ), entered AS (
        INSERT INTO ledger_entry (event_id, posting, quiet) SELECT id, %(number)s, quiet FROM happened
    ), sealed AS (
        SELECT count(*) AS events, string_agg(line, E'\\n' ORDER BY id) AS lines FROM happened
    )
    INSERT INTO ledger_posting (number, events, previous, digest)
    SELECT %(number)s, events, %(previous)s,
           sha256(%(previous)s || convert_to(%(number)s || ':' || events || E'\\n' || lines, 'UTF8'))
    FROM sealed WHERE events > 0
    RETURNING events
"""


@dataclass(frozen=True)
class Position:
    """A point of the ledger: the last posting's number and its digest (32 bytes)."""

    number: int
    digest: bytes


def post(*, limit: int = 20_000) -> int:
    """Post at most `limit` pending events and return how many; 0 when none wait or another poster is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [POSTER])
        return _post_next(limit)[1] if cursor.fetchone()[0] else 0


def post_all(*, limit: int = 20_000) -> int:
    """Post, a transaction a batch, until nothing waits; return how many events were posted."""
    total = 0
    while posted := post(limit=limit):
        total += posted
    return total


@contextmanager
def freezing(*, limit: int = 20_000) -> Iterator[Position]:
    """Hold the poster's lock, post all that is pending, and yield the position that results.

    Nothing is posted until the block ends; read figures inside it as of `position.number`. Writers never wait.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTER])
        position, posted = _post_next(limit)
        while posted:
            position, posted = _post_next(limit)
        yield position


def _post_next(limit: int) -> tuple[Position, int]:
    """Write the next posting and return the position reached with the number of its events. The caller holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM ledger_posting ORDER BY number DESC LIMIT 1")
        last = cursor.fetchone()
        number, previous = (last[0] + 1, bytes(last[1])) if last else (1, FIRST_DIGEST)
        cursor.execute(_POST, {"limit": limit, "number": number, "previous": previous})
        row = cursor.fetchone()
        if row is None:
            return Position(number - 1, previous), 0
        cursor.execute("SELECT digest FROM ledger_posting WHERE number = %s", [number])
        return Position(number, bytes(cursor.fetchone()[0])), int(row[0])
