"""The chain of postings: where it ends, and whether each link still holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

# The bytes of an event that a digest covers: facets as text, numbers as they are, the moment in microseconds of UTC.
# Every part is a number, a date or a short code, so that `|` can't occur in one.
LINE = """concat_ws('|', e.id, f.canonical, e.unit_id, e.day - DATE '2000-01-01',
    (extract(epoch FROM e.at) * 1000000)::bigint, e.by_id, e.sign, coalesce(e.amount::text, ''),
    e.about_type, coalesce(e.about_id::text, ''), coalesce(e.corrects_id::text, ''), e.reason)"""

_LINKS = f"""
    WITH link AS (
        SELECT p.number, p.events, p.previous, p.digest, count(e.id) AS found, string_agg({LINE}, E'\\n' ORDER BY e.id) AS lines
        FROM ledger_posting p
        LEFT JOIN ledger_entry n ON n.posting = p.number
        LEFT JOIN ledger_event e ON e.id = n.event_id
        LEFT JOIN ledger_facetset f ON f.id = e.facet_set_id
        WHERE p.number >= %(first)s AND p.number < %(until)s
        GROUP BY p.number
    )
    SELECT link.number, CASE
        WHEN link.found <> link.events THEN 'events'
        WHEN link.previous <> coalesce((SELECT b.digest FROM ledger_posting b WHERE b.number = link.number - 1), %(zero)s)
            THEN 'previous'
        WHEN link.digest <> sha256(link.previous || convert_to(link.number || ':' || link.events || E'\\n' || link.lines, 'UTF8'))
            THEN 'digest'
    END AS fault
    FROM link
"""
_LOOSE = """
    SELECT 'unposted', count(*) FROM ledger_event e
    WHERE NOT EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = e.id)
      AND NOT EXISTS (SELECT FROM ledger_pending p WHERE p.event_id = e.id)
    UNION ALL
    SELECT 'twice', count(*) FROM ledger_pending p WHERE EXISTS (SELECT FROM ledger_entry n WHERE n.event_id = p.event_id)
    UNION ALL
    SELECT 'no_event', count(*) FROM ledger_entry n WHERE NOT EXISTS (SELECT FROM ledger_event e WHERE e.id = n.event_id)
"""


@dataclass(frozen=True)
class Link:
    """The last posting: its number, digest (32 bytes) and moment."""

    number: int
    digest: bytes
    at: datetime


@dataclass(frozen=True)
class LedgerState:
    """The ledger at a glance."""

    events: int
    pending: int
    last: Link | None


@dataclass(frozen=True)
class Fault:
    """What does not hold: at a posting (`events`, `previous`, `digest`, `gap`), or in all (`unposted`, `twice`, `no_event`)."""

    what: str
    posting: int | None
    count: int = 1


@dataclass(frozen=True)
class Verification:
    """What a walk along the whole chain found."""

    postings: int
    events: int
    last: Link | None
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def last_posting() -> Link | None:
    """Return the end of the chain, or None before the first posting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest, at FROM ledger_posting ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return Link(row[0], bytes(row[1]), row[2]) if row else None


def state() -> LedgerState:
    """Return how much the ledger holds; postings are summed, nothing large is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(events), 0), (SELECT count(*) FROM ledger_pending) FROM ledger_posting")
        posted, pending = cursor.fetchone()
    return LedgerState(int(posted) + pending, pending, last_posting())


def verify(*, progress: Callable[[int, int], None] = lambda done, of: None, postings: int = 50) -> Verification:
    """Walk along the chain and recompute every digest from the events themselves.

    :param progress: told how many postings are done, of how many
    :param postings: how many are read in one statement
    """
    faults: list[Fault] = []
    end = last_posting()
    last = end.number if end else 0
    for first in range(1, last + 1, postings):
        faults.extend(_faults(first, min(first + postings, last + 1)))
        progress(min(first + postings - 1, last), last)
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE)
        faults.extend(Fault(what, None, count) for what, count in cursor.fetchall() if count)
        cursor.execute("SELECT coalesce(sum(events), 0) FROM ledger_posting WHERE number <= %s", [last])
        events = int(cursor.fetchone()[0])
    return Verification(last, events, end, tuple(faults))


def _faults(first: int, until: int) -> list[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, {"first": first, "until": until, "zero": bytes(32)})
        rows = cursor.fetchall()
    present = {number for number, _ in rows}
    gaps = [Fault("gap", number) for number in range(first, until) if number not in present]
    return gaps + [Fault(fault, number) for number, fault in rows if fault]
