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
BITS = 26  # of a cell's number, and of a facet set's
LOWEST = (1 << BITS) - 1
NO_BOUNDS = (date.min, date(9998, 1, 1))

_blocks: dict[tuple[str, int, int, int], Blocks] = {}
_spelled: WeakKeyDictionary[Groups, tuple[list[Part], dict[str, str]]] = WeakKeyDictionary()

# Cell and facet set -> how many, and the sum of amounts.
Sums = dict[tuple[int, int], tuple[int, int]]
# What is wanted: facet sets, each with the one that stands for it, and the spans in which they count.
Lot = tuple[Mapping[int, int], Groups]

# The parts of each lot; `period` numbers those of all lots together.
_PART = """
    SELECT {lot}, cell, unit_id, period + {shift}, sign
    FROM unnest(%(p{lot}_cell)s::int[], %(p{lot}_unit)s::bigint[], %(p{lot}_period)s::int[], %(p{lot}_sign)s::int[])
        AS p (cell, unit_id, period, sign)
"""
_PARTS = """
    part (lot, cell, unit_id, period, sign) AS ({parts}),
    whole (period, since, until) AS (SELECT * FROM unnest(%(w_period)s::int[], %(w_since)s::date[], %(w_until)s::date[])),
    inner_part (period, since, until) AS (SELECT * FROM unnest(%(g_period)s::int[], %(g_since)s::date[], %(g_until)s::date[]))
"""
# Facet sets that stand for the same in every lot are summed under one number. It is looked up by theirs: to join tens of
# thousands of tallies would take as long as to read them.
_NUMBER = "(%(number_of)s::int[])[t.facet_set_id]"
_STANDS_FOR = "(%(stands_for)s::int[])[lot * %(numbers)s + t.number]"
_OF_EVENT = "(%(stands_for)s::int[])[part.lot * %(numbers)s + (%(number_of)s::int[])[e.facet_set_id]]"
# Each tally is read once, however many lots, cells and periods it counts for: a stock's periods all begin where the book does.
# What a unit has no year of, it has no half-month of either, so that units where nothing happens cost one look each.
# Lot, cell and number are one key in the end: to sort by it, and to hand it over, takes less than three would.
# OFFSET 0 keeps the tallies behind their key: the planner can't know how few grains there are.
_SUMS = f"""
    WITH {_PARTS},
    year (period, start, sign) AS (SELECT * FROM unnest(%(y_period)s::int[], %(y_start)s::date[], %(y_sign)s::int[])),
    half AS MATERIALIZED (
        SELECT lot, cell, unit_id, start, date_trunc('year', start)::date AS year, half.sign * part.sign AS sign
        FROM unnest(%(h_period)s::int[], %(h_start)s::date[], %(h_sign)s::int[]) half (period, start, sign)
        JOIN part USING (period)
    ),
    years AS MATERIALIZED (
        SELECT t.unit_id, t.start, t.number, ledger_total(t.count) AS count, ledger_total(t.amount) AS amount
        FROM (SELECT DISTINCT unit_id FROM part) unit CROSS JOIN LATERAL (
            SELECT *, {_NUMBER} AS number FROM ledger_yeartally t
            WHERE t.unit_id = unit.unit_id AND t.start >= %(first)s AND t.start <= %(last)s OFFSET 0
        ) t
        WHERE number > 0
        GROUP BY 1, 2, 3
    ),
    halves AS MATERIALIZED (
        SELECT t.unit_id, t.start, t.number, ledger_total(t.count) AS count, ledger_total(t.amount) AS amount
        FROM (
            SELECT DISTINCT unit_id, start FROM half WHERE (unit_id, year) IN (SELECT unit_id, start FROM years)
        ) wanted CROSS JOIN LATERAL (
            SELECT *, {_NUMBER} AS number FROM ledger_tally t
            WHERE t.start = wanted.start AND t.unit_id = wanted.unit_id OFFSET 0
        ) t
        WHERE number > 0
        GROUP BY 1, 2, 3
    ),
    edge (period, since, until) AS (SELECT * FROM unnest(%(e_period)s::int[], %(e_since)s::date[], %(e_until)s::date[]))
    SELECT place, ledger_total(count), ledger_total(amount) FROM (
        SELECT (lot::bigint << {2 * BITS}) + (cell::bigint << {BITS}) + number AS place, count, amount FROM (
            SELECT lot, cell, {_STANDS_FOR} AS number,
                year.sign * part.sign * t.count AS count, year.sign * part.sign * t.amount AS amount
            FROM years t JOIN part USING (unit_id) JOIN year USING (period, start)
          UNION ALL
            SELECT lot, cell, {_STANDS_FOR}, half.sign * t.count, half.sign * t.amount
            FROM halves t JOIN half USING (unit_id, start)
          {{edges}}
          UNION ALL
            {{later}}
        ) told
        WHERE number >= 0
    ) counted
    GROUP BY place
"""
# An event counts at its unit, and at its unit's block.
_AT = """
    LEFT JOIN ledger_block b ON b.unit_id = e.unit_id
    CROSS JOIN LATERAL (VALUES (e.unit_id), (-b.block)) AS place (unit_id)
    JOIN part ON part.unit_id = place.unit_id
"""
_EDGES = f"""UNION ALL
        SELECT part.lot, part.cell, {_OF_EVENT}, part.sign * e.sign, part.sign * e.sign * coalesce(e.amount, 0)
        FROM (SELECT DISTINCT since, until FROM edge) days JOIN ledger_event e ON e.day >= days.since AND e.day < days.until
        {_AT} JOIN edge ON edge.period = part.period AND edge.since = days.since AND edge.until = days.until
        WHERE e.facet_set_id = ANY(%(facets)s::bigint[]) AND """
# What is pending, or came later, is found once and only then joined: the planner can't know how much that is, and read it anew
# for each facet set: two seconds for one cell, instead of twenty milliseconds.
_POSTED = "NOT EXISTS (SELECT FROM ledger_pending p WHERE p.event_id = e.id)"
_STILL_PENDING = f"""
        SELECT part.lot, part.cell, {_OF_EVENT}, part.sign * e.sign, part.sign * e.sign * coalesce(e.amount, 0)
        FROM (
            WITH found AS MATERIALIZED (
                SELECT e.* FROM ledger_pending p JOIN ledger_event e ON e.id = p.event_id
                WHERE e.facet_set_id = ANY(%(facets)s::bigint[])
            )
            SELECT * FROM found
        ) e {_AT}
        JOIN whole ON whole.period = part.period AND e.day >= whole.since AND e.day < whole.until
"""
# As of an older posting: what is tallied now, less the entries after it; at the edges its own entries alone.
_POSTED_BY_THEN = "EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = e.id AND n.posting <= %(as_of)s)"
_LESS_LATER = f"""
        SELECT part.lot, part.cell, {_OF_EVENT}, part.sign * -e.sign, part.sign * -e.sign * coalesce(e.amount, 0)
        FROM (
            WITH found AS MATERIALIZED (
                SELECT e.* FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id
                WHERE n.posting > %(as_of)s AND e.facet_set_id = ANY(%(facets)s::bigint[])
            )
            SELECT * FROM found
        ) e {_AT}
        JOIN inner_part i ON i.period = part.period AND e.day >= i.since AND e.day < i.until
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
    alike = facet_set_ids if isinstance(facet_set_ids, Mapping) else {number: number for number in facet_set_ids}
    return sums_of([(alike, spans if isinstance(spans, Groups) else Groups(spans))], as_of=as_of)[0]


def sums_of(lots: Sequence[Lot], *, as_of: int | None = None) -> list[Sums]:
    """Sum events for several lots at once, so that tallies that several want are read once.

    :param as_of: the number of a posting; the sums are then those known when it was made
    :return: for each lot what is not 0; as few statements as one lot alone would take
    """
    wanted = [(alike, grouped) for alike, grouped in lots if alike and grouped]
    if not wanted:
        return [{} for _ in lots]
    with snapshot():
        periods: list[tuple[date, date]] = []
        parts, parameters = [], _numbers([alike for alike, _ in wanted]) | {"as_of": as_of}
        for lot, (_, grouped) in enumerate(wanted):
            parts.append(_PART.format(lot=lot, shift=len(periods)))
            parameters |= {f"p{lot}_{name}": column for name, column in _parts(grouped).items()}
            periods.extend(grouped.periods)
        endless = any(grouped.endless for _, grouped in wanted)
        parameters |= _grains(periods, *(bounds() if endless else NO_BOUNDS))
        now = as_of is None
        edges = _EDGES + (_POSTED if now else _POSTED_BY_THEN) if parameters["e_period"] != NO_ROWS else ""
        statement = _SUMS.format(parts="UNION ALL".join(parts), edges=edges, later=_STILL_PENDING if now else _LESS_LATER)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            found: list[Sums] = [{} for _ in wanted]
            for place, count, amount in cursor.fetchall():
                found[place >> 2 * BITS][place >> BITS & LOWEST, place & LOWEST] = (count, amount)
    filled = iter(found)
    return [next(filled) if alike and grouped else {} for alike, grouped in lots]


def recount(facet_set_ids: Collection[int], spans: Collection[Span]) -> Sums:
    """The same sums from nothing but the events: slow, and what the fast ones are held against."""
    columns: list[Any] = [
        [span.cell for span in spans],
        [s.unit for s in spans],
        [s.start for s in spans],
        [s.end for s in spans],
    ]
    days = [min((span.start for span in spans), default=date.min), max((span.end for span in spans), default=date.min)]
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [*columns, sorted(facet_set_ids), *days])
        return {(cell, facets): (count, amount) for cell, facets, count, amount in cursor.fetchall()}


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


def _numbers(lots: Sequence[Mapping[int, int]]) -> dict[str, Any]:
    """Return under which number each facet set is summed, from 1, and what each number stands for in each lot; -1 for nothing."""
    alike: dict[tuple[int, ...], int] = {}
    wanted = {facets: tuple(one.get(facets, -1) for one in lots) for facets in {facets for one in lots for facets in one}}
    number_of = {facets: alike.setdefault(several, len(alike) + 1) for facets, several in wanted.items()}
    return {
        "number_of": f"{{{','.join(str(number_of.get(facets, 0)) for facets in range(1, max(number_of) + 1))}}}",
        "stands_for": f"{{{','.join(str(one[lot]) for lot in range(len(lots)) for one in alike)}}}",
        "numbers": len(alike),
        "facets": list(wanted),
    }


def _grains(periods: Sequence[tuple[date, date]], first: date, last: date) -> dict[str, Any]:
    grains = {number: cut(start, end, first=first, last=last) for number, (start, end) in enumerate(periods)}
    years = [(period, start, sign) for period, cuts in grains.items() for start, sign in cuts.years]
    halves = [(period, start, sign) for period, cuts in grains.items() for start, sign in cuts.halves]
    edges = [(period, since, until) for period, cuts in grains.items() for since, until in cuts.edges]
    inner = [(period, *_inner(start, end, edges=grains[period].edges)) for period, (start, end) in enumerate(periods)]
    return {
        "first": min((date(start.year, 1, 1) for _, start, _ in [*years, *halves]), default=date.max),
        "last": max((start for _, start, _ in [*years, *halves]), default=date.min),
        **_columns("w", ("period", "since", "until"), [(number, start, end) for number, (start, end) in enumerate(periods)]),
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
        kept = _spelled[grouped] = (parts, _spell(("cell", "unit", "period", "sign"), parts))
    return kept[1]


def _columns(prefix: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    return {f"{prefix}_{name}": column for name, column in _spell(names, rows).items()}


def _spell(names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> dict[str, str]:
    """Return the rows' columns as arrays in PostgreSQL's own spelling: numbers and days need no quotes, and this is faster."""
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: f"{{{','.join(map(str, column))}}}" for name, column in zip(names, columns, strict=True)}
