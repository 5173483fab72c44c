"""Sums over events, exact and fresh: tallies for whole grains, events at the edges, and what is still pending."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection, transaction

from gandan.ground.ledger.models import Block, Discrepancy, FacetSet
from gandan.ground.ledger.rules import NO_BLOCKS, Blocks, Groups, Part, Span, cut

NO_ROWS = "{}"
NO_BOUNDS = (date.min, date(9998, 1, 1))

_blocks: dict[tuple[str, int, int, int], Blocks] = {}
_spelled: WeakKeyDictionary[Groups, tuple[list[Part], dict[str, str]]] = WeakKeyDictionary()

# Cell and facet set -> how many, and the sum of amounts.
Sums = dict[tuple[int, int], tuple[int, int]]

_PARTS = """
    part (cell, unit_id, period, sign) AS (
        SELECT * FROM unnest(%(p_cell)s::int[], %(p_unit)s::bigint[], %(p_period)s::int[], %(p_sign)s::int[])
    ),
    whole (period, since, until) AS (SELECT * FROM unnest(%(w_period)s::int[], %(w_since)s::date[], %(w_until)s::date[])),
    inner_part (period, since, until) AS (SELECT * FROM unnest(%(g_period)s::int[], %(g_since)s::date[], %(g_until)s::date[]))
"""
# What stands for a facet set, looked up by its number: to join tens of thousands of tallies would take as long as to read them.
_NUMBER = "(%(number_of)s::int[])[t.facet_set_id]"
# Each tally is read once, however many cells and periods it counts for: a stock's periods all begin where the book does. What
# a unit has no year of, it has no half-month of either, so that units where nothing happens cost one look each.
# OFFSET 0 keeps the tallies behind their key: the planner can't know how few grains there are.
_SUMS = f"""
    WITH {_PARTS},
    alike (facet_set_id, number) AS (SELECT * FROM unnest(%(facets)s::bigint[], %(numbers)s::bigint[])),
    year (period, start, sign) AS (SELECT * FROM unnest(%(y_period)s::int[], %(y_start)s::date[], %(y_sign)s::int[])),
    half (period, start, sign, year) AS (
        SELECT *, date_trunc('year', start)::date
        FROM unnest(%(h_period)s::int[], %(h_start)s::date[], %(h_sign)s::int[]) half (period, start)
    ),
    years AS MATERIALIZED (
        SELECT t.unit_id, t.start, t.number, sum(t.count)::bigint AS count, sum(t.amount)::bigint AS amount
        FROM (SELECT DISTINCT unit_id FROM part) unit CROSS JOIN LATERAL (
            SELECT *, {_NUMBER} AS number FROM ledger_yeartally t
            WHERE t.unit_id = unit.unit_id AND t.start >= %(first)s AND t.start <= %(last)s OFFSET 0
        ) t
        WHERE number >= 0
        GROUP BY 1, 2, 3
    ),
    halves AS MATERIALIZED (
        SELECT t.unit_id, t.start, t.number, sum(t.count)::bigint AS count, sum(t.amount)::bigint AS amount
        FROM (
            SELECT DISTINCT part.unit_id, half.start FROM part JOIN half USING (period)
            JOIN (SELECT DISTINCT unit_id, start FROM years) had ON had.unit_id = part.unit_id AND had.start = half.year
        ) wanted CROSS JOIN LATERAL (
            SELECT *, {_NUMBER} AS number FROM ledger_tally t
            WHERE t.start = wanted.start AND t.unit_id = wanted.unit_id OFFSET 0
        ) t
        WHERE number >= 0
        GROUP BY 1, 2, 3
    ),
    edge (period, since, until) AS (SELECT * FROM unnest(%(e_period)s::int[], %(e_since)s::date[], %(e_until)s::date[]))
    SELECT cell, number, sum(count)::bigint, sum(amount)::bigint FROM (
        SELECT part.cell, t.number, year.sign * part.sign * t.count AS count, year.sign * part.sign * t.amount AS amount
        FROM years t JOIN part USING (unit_id) JOIN year ON year.period = part.period AND year.start = t.start
      UNION ALL
        SELECT part.cell, t.number, half.sign * part.sign * t.count, half.sign * part.sign * t.amount
        FROM halves t JOIN part USING (unit_id) JOIN half ON half.period = part.period AND half.start = t.start
      {{edges}}
      UNION ALL
        {{later}}
    ) counted
    GROUP BY cell, number
"""
# An event counts at its unit, and at its unit's block.
_AT = """
    LEFT JOIN ledger_block b ON b.unit_id = e.unit_id
    CROSS JOIN LATERAL (VALUES (e.unit_id), (-b.block)) AS place (unit_id)
    JOIN part ON part.unit_id = place.unit_id
"""
_EDGES = f"""UNION ALL
        SELECT part.cell, alike.number, part.sign * e.sign, part.sign * e.sign * coalesce(e.amount, 0)
        FROM (SELECT DISTINCT since, until FROM edge) days JOIN ledger_event e ON e.day >= days.since AND e.day < days.until
        {_AT} JOIN edge ON edge.period = part.period AND edge.since = days.since AND edge.until = days.until
        JOIN alike USING (facet_set_id)
        WHERE e.facet_set_id = ANY(%(facets)s) AND """
_POSTED = "NOT EXISTS (SELECT FROM ledger_pending p WHERE p.event_id = e.id)"
_STILL_PENDING = f"""
        SELECT part.cell, alike.number, part.sign * e.sign, part.sign * e.sign * coalesce(e.amount, 0)
        FROM ledger_pending p JOIN ledger_event e ON e.id = p.event_id {_AT}
        JOIN whole ON whole.period = part.period AND e.day >= whole.since AND e.day < whole.until
        JOIN alike USING (facet_set_id)
"""
# As of an older posting: what is tallied now, less the entries after it; at the edges its own entries alone.
_POSTED_BY_THEN = "EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = e.id AND n.posting <= %(as_of)s)"
_LESS_LATER = f"""
        SELECT part.cell, alike.number, part.sign * -e.sign, part.sign * -e.sign * coalesce(e.amount, 0)
        FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id {_AT}
        JOIN inner_part i ON i.period = part.period AND e.day >= i.since AND e.day < i.until
        JOIN alike USING (facet_set_id)
        WHERE n.posting > %(as_of)s
"""
_BOUNDS = """
    SELECT min(first), max(last) FROM (
        SELECT min(start) AS first, max(start) AS last FROM ledger_tally
        UNION ALL
        SELECT min(ledger_half(e.day)), max(ledger_half(e.day)) FROM ledger_pending p JOIN ledger_event e ON e.id = p.event_id
    ) part
"""
_RECOUNT = """
    SELECT s.cell, e.facet_set_id, sum(e.sign)::bigint, sum(e.sign * coalesce(e.amount, 0))::bigint
    FROM unnest(%s::int[], %s::bigint[], %s::date[], %s::date[]) AS s (cell, unit_id, since, until)
    JOIN ledger_event e ON e.unit_id = s.unit_id AND e.day >= s.since AND e.day < s.until
    WHERE e.facet_set_id = ANY(%s) AND e.day >= %s AND e.day < %s
    GROUP BY 1, 2
"""


@dataclass(frozen=True)
class FacetRow:
    """One kind with its facets, by number."""

    id: int
    kind: str
    facets: Mapping[str, str]


def facet_sets(kinds: Collection[str] | None = None) -> list[FacetRow]:
    """Return every facet set of these kinds (of all, if none are named), in one statement."""
    rows = FacetSet.objects.all() if kinds is None else FacetSet.objects.filter(kind__in=kinds)
    return [FacetRow(*row) for row in rows.values_list("id", "kind", "facets")]


def bounds() -> tuple[date, date]:
    """Return the first and the last half-month in which any event, posted or pending, stands, by their first days."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS)
        first, last = cursor.fetchone()
    return (first, last) if first else (date(2000, 1, 1), date(2000, 1, 1))


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all statements of the block see one state of the ledger. Inside a transaction it is that one's state."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(savepoint=False):
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def sums(
    facet_set_ids: Collection[int] | Mapping[int, int], spans: Collection[Span] | Groups, *, as_of: int | None = None
) -> Sums:
    """Sum events by cell and facet set.

    :param facet_set_ids: or each with the one that stands for it, where some need not be told apart
    :param spans: what counts for which cell; grouped beforehand where the same are asked for again and again
    :param as_of: the number of a posting; the sums are then those known when it was made
    :return: what is not in the result is 0; one statement that sums, whatever the size, and at most three that prepare it
    """
    if not facet_set_ids or not spans:
        return {}
    alike = facet_set_ids if isinstance(facet_set_ids, Mapping) else {number: number for number in facet_set_ids}
    grouped = spans if isinstance(spans, Groups) else Groups(spans)
    with snapshot():
        parameters = {
            "facets": list(alike),
            "numbers": list(alike.values()),
            "number_of": f"{{{','.join(str(alike.get(number, -1)) for number in range(1, max(alike) + 1))}}}",
            "as_of": as_of,
            **_parts(grouped),
            **_grains(grouped.periods, *(bounds() if grouped.endless else NO_BOUNDS)),
        }
        now = as_of is None
        edges = _EDGES + (_POSTED if now else _POSTED_BY_THEN) if parameters["e_period"] != NO_ROWS else ""
        return _fetch(_SUMS.format(edges=edges, later=_STILL_PENDING if now else _LESS_LATER), parameters)


def recount(facet_set_ids: Collection[int], spans: Collection[Span]) -> Sums:
    """The same sums from nothing but the events: slow, and what the fast ones are held against."""
    columns = [[span.cell for span in spans], [s.unit for s in spans], [s.start for s in spans], [s.end for s in spans]]
    days = [min((span.start for span in spans), default=date.min), max((span.end for span in spans), default=date.min)]
    return _fetch(_RECOUNT, [*columns, sorted(facet_set_ids), *days])


def blocks() -> Blocks:
    """Return the blocks in which units are also summed, kept by process for as long as none is added."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(unit_id), 0), coalesce(sum(unit_id), 0) FROM ledger_block")
        version = (str(connection.settings_dict["NAME"]), *cursor.fetchone())
    if version not in _blocks:
        members: dict[int, set[int]] = {}
        for unit, block in Block.objects.values_list("unit_id", "block"):
            members.setdefault(block, set()).add(unit)
        _blocks.clear()
        _blocks[version] = {block: frozenset(units) for block, units in members.items()}
    return _blocks[version]


def doubtful(facet_set_ids: Collection[int], unit_ids: Collection[int]) -> bool:
    """Whether a recount has found a difference in one of these cells that is not settled yet."""
    open_ones = Discrepancy.objects.filter(settled_at__isnull=True).values_list("facet_set_id", "unit_id")
    return any(facets in facet_set_ids and unit in unit_ids for facets, unit in open_ones)


def _fetch(statement: str, parameters: dict[str, Any] | list[Any]) -> Sums:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {(cell, facets): (count, amount) for cell, facets, count, amount in cursor.fetchall()}


def _grains(periods: Mapping[tuple[date, date], int], first: date, last: date) -> dict[str, Any]:
    grains = {number: cut(start, end, first=first, last=last) for (start, end), number in periods.items()}
    years = [(period, start, sign) for period, cuts in grains.items() for start, sign in cuts.years]
    halves = [(period, start, sign) for period, cuts in grains.items() for start, sign in cuts.halves]
    edges = [(period, since, until) for period, cuts in grains.items() for since, until in cuts.edges]
    inner = [(period, *_inner(start, end, edges=grains[period].edges)) for (start, end), period in periods.items()]
    return {
        "first": min((date(start.year, 1, 1) for _, start, _ in [*years, *halves]), default=date.max),
        "last": max((start for _, start, _ in [*years, *halves]), default=date.min),
        **_columns("w", ("period", "since", "until"), [(number, start, end) for (start, end), number in periods.items()]),
        **_columns("g", ("period", "since", "until"), inner),
        **_columns("y", ("period", "start", "sign"), years),
        **_columns("h", ("period", "start", "sign"), halves),
        **_columns("e", ("period", "since", "until"), edges),
    }


def _inner(start: date, end: date, *, edges: Iterable[tuple[date, date]]) -> tuple[date, date]:
    """Return the part of a period that is read from tallies: the period without its edges."""
    for since, until in edges:
        if since == start:
            start = until
        elif until == end:
            end = since
    return start, max(start, end)


def _parts(grouped: Groups) -> dict[str, str]:
    """Return the parts of which cells are summed, spelled once for as long as they stay what they are."""
    parts = grouped.parts(blocks() if grouped.large else NO_BLOCKS)
    kept = _spelled.get(grouped)
    if kept is None or kept[0] is not parts:
        kept = _spelled[grouped] = (parts, _columns("p", ("cell", "unit", "period", "sign"), parts))
    return kept[1]


def _columns(prefix: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    """Return the rows' columns as arrays in PostgreSQL's own spelling: numbers and days need no quotes, and this is faster."""
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {f"{prefix}_{name}": f"{{{','.join(map(str, column))}}}" for name, column in zip(names, columns, strict=True)}
