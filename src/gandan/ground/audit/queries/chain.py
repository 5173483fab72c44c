"""Whether the chain of the log holds, from the oldest month that is kept to the last batch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from gandan.ground.audit.chain import FIRST_DIGEST, LINE
from gandan.ground.audit.models import MonthEnd, Seal

_LINKS = f"""
    WITH link AS (
        SELECT s.number, s.month, s.traces, s.previous, s.digest, count(t.id) AS found,
               bool_and(t.month = s.month) AS of_its_month, string_agg({LINE.format(t="t")}, E'\\n' ORDER BY t.id) AS lines
        FROM audit_seal s LEFT JOIN audit_trace t ON t.seal = s.number
        WHERE s.number >= %(first)s AND s.number < %(until)s GROUP BY s.number
    )
    SELECT number, CASE
        WHEN found <> traces OR NOT of_its_month THEN 'traces'
        WHEN previous <> coalesce((SELECT b.digest FROM audit_seal b WHERE b.number = link.number - 1),
                                  (SELECT e.digest FROM audit_monthend e WHERE e.last_seal = link.number - 1), %(zero)s)
            THEN 'previous'
        WHEN digest <> sha256(previous || convert_to(number || ':' || traces || E'\\n' || lines, 'UTF8')) THEN 'digest'
    END FROM link
"""
_LOOSE = "SELECT count(*) FROM audit_trace t WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.number = t.seal)"


@dataclass(frozen=True)
class Fault:
    """What does not hold: at a seal (`traces`, `previous`, `digest`, `gap`), or in all (`unsealed`)."""

    what: str
    seal: int | None
    count: int = 1


@dataclass(frozen=True)
class Month:
    """A month of the log: how much it holds and where its chain ends. A dropped one is its end alone."""

    month: date
    traces: int
    last_seal: int
    digest: bytes
    dropped: bool


@dataclass(frozen=True)
class Verification:
    """What a walk along the whole chain found."""

    seals: int
    traces: int
    months: tuple[Month, ...]
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def months() -> tuple[Month, ...]:
    """Return every month that is, or was, in the log, the oldest first."""
    dropped = [
        Month(end.month, end.traces, end.last_seal, bytes(end.digest), dropped=True)
        for end in MonthEnd.objects.order_by("last_seal")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.month, m.traces, s.number, s.digest FROM audit_seal s"
            " JOIN (SELECT month, sum(traces) AS traces, max(number) AS last FROM audit_seal GROUP BY month) m"
            " ON m.last = s.number ORDER BY s.number"
        )
        kept = [
            Month(month, int(traces), number, bytes(digest), dropped=False) for month, traces, number, digest in cursor.fetchall()
        ]
    return (*dropped, *kept)


def verify(*, progress: Callable[[int, int], None] = lambda done, of: None, seals: int = 500) -> Verification:
    """Walk along the chain and recompute every digest from the log itself.

    :param progress: told how many seals are done, of how many
    """
    dropped = MonthEnd.objects.order_by("-last_seal").values_list("last_seal", flat=True).first() or 0
    last = Seal.objects.order_by("-number").values_list("number", flat=True).first() or dropped
    faults: list[Fault] = []
    for first in range(dropped + 1, last + 1, seals):
        faults.extend(_faults(first, min(first + seals, last + 1)))
        progress(min(first + seals - 1, last) - dropped, last - dropped)
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE)
        if loose := cursor.fetchone()[0]:
            faults.append(Fault("unsealed", None, loose))
    held = months()
    return Verification(last - dropped, sum(one.traces for one in held if not one.dropped), held, tuple(faults))


def _faults(first: int, until: int) -> list[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, {"first": first, "until": until, "zero": FIRST_DIGEST})
        rows = cursor.fetchall()
    present = {number for number, _ in rows}
    gaps = [Fault("gap", number) for number in range(first, until) if number not in present]
    return gaps + [Fault(fault, number) for number, fault in rows if fault]
