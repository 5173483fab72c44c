"""The events behind a figure, newest first, and those about one record."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from gandan.ground.ledger.prepared import asked
from gandan.ground.ledger.queries.reading import NO_BOUNDS, blocks, bounds
from gandan.ground.ledger.rules import MANY_UNITS, ONE_DAY, Named, Span, half_of, halves, next_half

COLUMNS = (
    "e.id, f.kind, f.facets::text, e.about_type, e.about_id, e.unit_id, e.day, e.at, e.by_id, e.sign, e.amount,"
    " e.corrects_id, e.reason, f.id"
)
Key = tuple[date, int]

# The tallies serve as an index: only half-months in which one of these units has one of these facet sets are opened,
# newest first, and no more of them than the page needs.
_ENTRIES = f"""
    WITH span (unit_id, since, until) AS (SELECT * FROM unnest(%(units)s::bigint[], %(since)s::date[], %(until)s::date[])),
    opened AS (
        SELECT start FROM unnest(%(starts)s::date[]) AS s(start)
        WHERE EXISTS (
            SELECT FROM ledger_tally t
            WHERE t.start = s.start AND t.unit_id = ANY(%(tallied)s) AND t.facet_set_id = ANY(%(facets)s)
        ) OR s.start IN (SELECT ledger_half(e.day) FROM ledger_pending p JOIN ledger_event e ON e.id = p.event_id)
        ORDER BY start DESC
    )
    SELECT {COLUMNS} FROM opened CROSS JOIN LATERAL (
        SELECT e.* FROM ledger_event e JOIN span ON span.unit_id = e.unit_id AND e.day >= span.since AND e.day < span.until
        WHERE e.facet_set_id = ANY(%(facets)s) AND e.day >= opened.start AND e.day < ledger_next_half(opened.start)
          AND (e.day, e.id) < (%(before_day)s, %(before_id)s)
        ORDER BY e.day DESC, e.id DESC LIMIT %(limit)s
    ) e JOIN ledger_facetset f ON f.id = e.facet_set_id
    ORDER BY opened.start DESC, e.day DESC, e.id DESC LIMIT %(limit)s
"""
_ONE = f"SELECT {COLUMNS} FROM ledger_event e JOIN ledger_facetset f ON f.id = e.facet_set_id"
_ABOUT = f"{_ONE} WHERE e.about_id = %s AND e.about_type = %s ORDER BY e.day, e.id"
_LATEST = f"""
    SELECT {COLUMNS} FROM ledger_facetset f CROSS JOIN LATERAL (
        SELECT * FROM ledger_event WHERE facet_set_id = f.id ORDER BY day DESC, id DESC LIMIT %(limit)s
    ) e
    WHERE f.kind = ANY(%(kinds)s) ORDER BY e.id DESC LIMIT %(limit)s
"""
_SINCE = f"""
    SELECT {COLUMNS} FROM (
        SELECT event_id FROM ledger_entry WHERE posting > %(posting)s UNION ALL SELECT event_id FROM ledger_pending
    ) later
    JOIN ledger_event e ON e.id = later.event_id JOIN ledger_facetset f ON f.id = e.facet_set_id
    WHERE e.facet_set_id = ANY(%(facets)s) AND EXISTS (
        SELECT FROM unnest(%(units)s::bigint[], %(since)s::date[], %(until)s::date[]) AS span(unit_id, since, until)
        WHERE span.unit_id = e.unit_id AND e.day >= span.since AND e.day < span.until
    )
    ORDER BY e.id LIMIT %(limit)s
"""
_SIGNS = """
    SELECT e.facet_set_id, count(*) FILTER (WHERE e.sign > 0), count(*) FILTER (WHERE e.sign < 0)
    FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id
    WHERE n.posting > %(posting)s AND n.posting <= %(until_posting)s AND e.facet_set_id = ANY(%(facets)s) AND EXISTS (
        SELECT FROM unnest(%(units)s::bigint[], %(since)s::date[], %(until)s::date[]) AS span(unit_id, since, until)
        WHERE span.unit_id = e.unit_id AND e.day >= span.since AND e.day < span.until
    )
    GROUP BY e.facet_set_id
"""
_LAST = """
    SELECT coalesce(max(n.posting), %(posting)s)
    FROM ledger_entry n JOIN ledger_event e ON e.id = n.event_id
    WHERE n.posting > %(posting)s AND n.posting <= %(until_posting)s AND e.facet_set_id = ANY(%(facets)s) AND e.day < %(before)s
"""
_BY = f"""
    WITH days AS (
        SELECT %(since)s::timestamp AT TIME ZONE %(zone)s AS since, %(until)s::timestamp AT TIME ZONE %(zone)s AS until
    ), first AS (
        SELECT coalesce(min(n.event_id), 0) AS id FROM ledger_entry n
        WHERE n.posting = (SELECT min(p.number) FROM ledger_posting p, days WHERE p.at >= days.since)
    )
    SELECT {COLUMNS} FROM ledger_event e JOIN ledger_facetset f ON f.id = e.facet_set_id, first, days
    WHERE e.by_id = %(person)s AND e.id >= first.id AND e.at >= days.since AND e.at < days.until
      AND (%(before)s::bigint IS NULL OR e.id < %(before)s)
    ORDER BY e.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True)
class EventRow:
    """One event as it is read."""

    id: int
    kind: str
    facets: Mapping[str, str]
    about_type: str
    about_id: int | None
    unit_id: int
    day: date
    at: datetime
    by_id: int
    sign: int
    amount: int | None
    corrects_id: int | None
    reason: str
    facet_set_id: int


def as_event_row(row: tuple[object, ...]) -> EventRow:
    """Make an `EventRow` of a row of `COLUMNS`."""
    id_, kind, facets, *rest = row
    return EventRow(id_, kind, json.loads(str(facets)), *rest)  # type: ignore[arg-type]  # the cursor's rows have no types


def entries(
    facet_set_ids: Collection[int], spans: Collection[Span], *, before: Key | None = None, limit: int = 50
) -> list[EventRow]:
    """Return the newest events of a figure, at most `limit`, those before the key (day, number) if one is given."""
    if not facet_set_ids or not spans:
        return []
    day, number = before or (NO_BOUNDS[1], 0)
    first, last = bounds()
    start, end = (
        max(first, min(span.start for span in spans)),
        min(next_half(last), day + ONE_DAY, max(span.end for span in spans)),
    )
    units = {span.unit for span in spans}
    parameters = {
        **_spans(facet_set_ids, spans),
        "before_day": day,
        "before_id": number,
        "limit": limit,
        "starts": list(halves(half_of(start), end)),
        "tallied": _tallied(units),
    }
    return _fetch(_ENTRIES, parameters)


def since(posting: int, facet_set_ids: Collection[int], spans: Collection[Span], *, limit: int = 1000) -> list[EventRow]:
    """Return the events of a figure that the ledger has learnt of after a posting, oldest first."""
    if not facet_set_ids or not spans:
        return []
    return _fetch(_SINCE, {**_spans(facet_set_ids, spans), "posting": posting, "limit": limit})


def came_and_went(
    posting: int, until: int, facet_set_ids: Collection[int], spans: Collection[Span]
) -> dict[int, tuple[int, int]]:
    """Return, for each facet set, how many events came between two postings, and how many were taken back."""
    if not facet_set_ids or not spans:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SIGNS, {**_spans(facet_set_ids, spans), "posting": posting, "until_posting": until})
        return {number: (came, went) for number, came, went in cursor.fetchall()}


def last_told(posting: int, until: int, facet_set_ids: Collection[int], before: date) -> int:
    """Return the last posting up to `until` by which any such event of days before that one came; `posting` if none did since."""
    with connection.cursor() as cursor:
        facets = list(facet_set_ids)
        cursor.execute(_LAST, {"posting": posting, "until_posting": until, "facets": facets, "before": before})
        return int(cursor.fetchone()[0])


def event(number: int) -> EventRow | None:
    """Return one event by its number."""
    return next(iter(_fetch(f"{_ONE} WHERE e.id = %(number)s", {"number": number})), None)


def latest(kinds: Collection[str], limit: int) -> list[EventRow]:
    """Return the events of some kinds that were recorded last, the newest first."""
    return _fetch(_LATEST, {"kinds": list(kinds), "limit": limit})


def newest() -> int:
    """Return the number of the event that was recorded last; 0 if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_event")
        return int(cursor.fetchone()[0])


def told_since(number: int, by: Named) -> list[EventRow]:
    """Return what somebody has recorded after an event, in its order."""
    return _fetch(f"{_ONE} WHERE e.id > %(number)s AND e.by_id = %(by)s ORDER BY e.id", {"number": number, "by": by.pk})


def events_about(about_type: str, about_id: int) -> list[EventRow]:
    """Return all that happened to one record, in the order in which it counts."""
    return [as_event_row(row) for row in asked(_ABOUT, [about_id, about_type])]


def _tallied(units: set[int]) -> list[int]:
    """Return whose tallies tell in which half-months something happened at these units: their own, or their blocks'."""
    if len(units) < MANY_UNITS:
        return list(units)
    touched = {block: members for block, members in blocks().items() if members & units}
    return [*(-block for block in touched), *units.difference(*touched.values())]


def _spans(facet_set_ids: Collection[int], spans: Collection[Span]) -> dict[str, Any]:
    return {
        "facets": sorted(facet_set_ids),
        "units": [span.unit for span in spans],
        "since": [span.start for span in spans],
        "until": [span.end for span in spans],
    }


def _fetch(statement: str, parameters: dict[str, Any]) -> list[EventRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [as_event_row(row) for row in cursor.fetchall()]


def events_by(person: int, since: date, until: date, *, before: int | None = None, limit: int = 50) -> list[EventRow]:
    """Return what somebody did from a day until before another, the newest first, found through the postings of those days."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BY,
            {"person": person, "zone": settings.TIME_ZONE, "since": since, "until": until, "before": before, "limit": limit},
        )
        return [as_event_row(row) for row in cursor.fetchall()]
