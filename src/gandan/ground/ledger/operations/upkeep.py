"""Keeping the tallies honest: recounting cells at random, and building all of them anew."""

from collections.abc import Collection

from django.db import connection, transaction

from gandan.ground.ledger.models import Discrepancy
from gandan.ground.ledger.operations.posting import POSTER

_RECOUNT = """
    SELECT cell.start, cell.unit_id, cell.facet_set_id, t.count, coalesce(sum(e.sign), 0)
    FROM unnest(%s::date[], %s::bigint[], %s::bigint[]) AS cell(start, unit_id, facet_set_id)
    JOIN ledger_tally t USING (start, unit_id, facet_set_id)
    LEFT JOIN LATERAL (
        SELECT e.sign, e.amount FROM ledger_event e
        WHERE e.facet_set_id = cell.facet_set_id AND (e.unit_id = cell.unit_id
               OR e.unit_id IN (SELECT b.unit_id FROM ledger_block b WHERE b.block = -cell.unit_id))
          AND e.day >= cell.start AND e.day < ledger_next_half(cell.start)
          AND EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = e.id)
    ) e ON true
    GROUP BY 1, 2, 3, t.count, t.amount
    HAVING t.count <> coalesce(sum(e.sign), 0) OR t.amount <> coalesce(sum(e.sign * coalesce(e.amount, 0)), 0)
"""
_REBUILD = """
    INSERT INTO {table} (start, unit_id, facet_set_id, count, amount)
    SELECT {grain}, at.unit_id, e.facet_set_id, sum(e.sign), sum(e.sign * coalesce(e.amount, 0))
    FROM ledger_event e JOIN ledger_entry n ON n.event_id = e.id LEFT JOIN ledger_block b ON b.unit_id = e.unit_id
    CROSS JOIN LATERAL (VALUES (e.unit_id), (-b.block)) AS at (unit_id)
    WHERE at.unit_id IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
"""


def check_cells(*, cells: int = 200) -> list[Discrepancy]:
    """Recount cells taken at random from their events, note each that differs, and return those.

    Tally and events are compared in one statement, so a posting in between can't make a difference of its own.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT start, unit_id, facet_set_id FROM ledger_tally ORDER BY random() LIMIT %s", [cells])
        sample = cursor.fetchall()
        cursor.execute(_RECOUNT, [list(column) for column in zip(*sample, strict=True)] if sample else [[], [], []])
        found = [
            Discrepancy(start=start, unit_id=unit, facet_set_id=facets, tallied=tallied, recounted=recounted)
            for start, unit, facets, tallied, recounted in cursor.fetchall()
        ]
        return Discrepancy.objects.bulk_create(found)


def rebuild_tallies() -> int:
    """Throw all tallies away and build them from the posted events; return the number of half-month cells."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTER])
        cursor.execute("DELETE FROM ledger_yeartally")
        cursor.execute("DELETE FROM ledger_tally")
        cursor.execute(_REBUILD.format(table="ledger_tally", grain="ledger_half(e.day)"))
        cells: int = cursor.rowcount
        cursor.execute(_REBUILD.format(table="ledger_yeartally", grain="date_trunc('year', e.day)::date"))
        cursor.execute("UPDATE ledger_discrepancy SET settled_at = now() WHERE settled_at IS NULL")
    return cells


def group_units(block: int, unit_ids: Collection[int]) -> None:
    """Sum these units together as well. A unit is grouped when it is founded, and never again.

    :raises ValueError: if one of them has tallies already
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM ledger_yeartally WHERE unit_id = ANY(%s) LIMIT 1", [list(unit_ids)])
        if (row := cursor.fetchone()) is not None:
            raise ValueError(f"Unit {row[0]} has tallies already and can't be put into a block.")
        cursor.execute(
            "INSERT INTO ledger_block (unit_id, block) SELECT unit_id, %s FROM unnest(%s::bigint[]) AS unit_id"
            " ON CONFLICT DO NOTHING",
            [block, list(unit_ids)],
        )
