"""Recording events: one at a time beside the record it tells of, or many from a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import IntegrityError

from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.models import Event, FacetSet
from gandan.ground.ledger.operations.desk import told
from gandan.ground.ledger.prepared import asked
from gandan.ground.ledger.rules import (
    CODE,
    AlreadyCorrected,
    CountedUnit,
    Named,
    Undeclared,
    WrongDay,
    canonical,
    check_facets,
    existed,
    gettext_noop,
)
from gandan.ground.ledger.taking_back import notice

_RECORD = """
    WITH happened AS (
        INSERT INTO ledger_event (about_type, about_id, unit_id, day, by_id, facet_set_id, sign, amount, reason)
        VALUES (%s, %s, %s, %s, %s, %s, 1, %s, %s) RETURNING id
    )
    INSERT INTO ledger_pending (event_id, quiet) SELECT id, false FROM happened RETURNING event_id
"""
_CORRECT = """
    WITH happened AS (
        INSERT INTO ledger_event (about_type, about_id, unit_id, day, by_id, facet_set_id, sign, amount, corrects_id, reason)
        SELECT about_type, about_id, unit_id, day, %s, facet_set_id, -1, amount, id, %s
        FROM ledger_event WHERE id = %s AND sign = 1 RETURNING id
    )
    INSERT INTO ledger_pending (event_id, quiet) SELECT id, false FROM happened RETURNING event_id
"""

# Facet sets are append-only, so an id that has been committed once stays true; ids are kept by database.
_known: dict[tuple[str, str], int] = {}


@dataclass(frozen=True)
class NewEvent:
    """An event to be recorded with many others. `unit_id` must have existed on `day`: who brings it in has checked that."""

    kind: Kind
    unit_id: int
    day: date
    by_id: int
    facets: Mapping[str, str] = field(default_factory=dict)
    about_type: str = ""
    about_id: int | None = None
    amount: int | None = None
    reason: str = ""


def record(
    kind: Kind,
    *,
    unit: CountedUnit,
    day: date,
    by: Named,
    about: Model | None = None,
    amount: int | None = None,
    reason: str = "",
    **facets: str,
) -> int:
    """Record one event in the transaction of the record it tells of, and return its number.

    :raises Undeclared: if the kind does not declare these facets, values or an amount
    :raises WrongDay: if the unit did not exist on `day`
    """
    if not existed(unit, day):
        raise WrongDay(gettext_noop("Đơn vị {unit} không hoạt động vào ngày {day}."), unit=unit.code, day=f"{day:%d/%m/%Y}")
    if KINDS[kind].sealed and about is not None:
        raise Undeclared(f"{kind} is sealed: it names no record.")
    facet_set = facet_set_id(kind, facets)
    _check(kind, amount, reason)
    event_id: int = asked(_RECORD, [*_about(about), unit.pk, day, by.pk, facet_set, amount, reason])[0][0]
    told()
    notice(kind)
    return event_id


def correct(event_id: int, *, reason: str, by: Named) -> int:
    """Reverse an event: the same unit, day and facets with the sign turned. What is true instead, record anew.

    :raises AlreadyCorrected: if it has been reversed before, is itself a reversal, or does not exist
    """
    if not CODE.match(reason):
        raise Undeclared(f"A correction needs a reason code, not {reason!r}.")
    refusal = AlreadyCorrected(gettext_noop("Lượt ghi nhận số {event} đã được đính chính hoặc không có."), event=event_id)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CORRECT, [by.pk, reason, event_id])
            row = cursor.fetchone()
    except IntegrityError as error:
        if "event_corrected_once" in str(error):
            raise refusal from error
        raise
    if row is None:
        raise refusal
    told()
    return int(row[0])


def record_many(events: Iterable[NewEvent], *, go_live: date | None = None) -> list[int]:
    """Record many events at once and return their numbers, in their order.

    Events dated before `go_live` are history: they count, and nothing follows from them.
    """
    numbers: dict[tuple[Kind, tuple[tuple[str, str], ...]], int] = {}  # of facet sets that may not be committed yet
    return record_rows(
        ((e.about_type, e.about_id, e.unit_id, e.day, e.by_id, _checked(e, numbers), e.amount, e.reason) for e in events),
        go_live=go_live,
    )


Row = tuple[str, int | None, int, date, int, int, int | None, str]


def record_rows(rows: Iterable[Row], *, go_live: date | None = None) -> list[int]:
    """Record rows (about type, about id, unit, day, by, facet set, amount, reason) whose facet sets `facet_set_id` gave."""
    rows = list(rows)
    if not rows:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ledger_event_id_seq') FROM generate_series(1, %s)", [len(rows)])
        numbers = [number for (number,) in cursor.fetchall()]
        with cursor.copy(
            "COPY ledger_event (id, about_type, about_id, unit_id, day, by_id, facet_set_id, sign, amount, reason) FROM STDIN"
        ) as copy:
            for number, (about_type, about_id, unit, day, by, facets, amount, reason) in zip(numbers, rows, strict=True):
                copy.write_row((number, about_type, about_id, unit, day, by, facets, 1, amount, reason))
        with cursor.copy("COPY ledger_pending (event_id, quiet) FROM STDIN") as copy:
            for number, row in zip(numbers, rows, strict=True):
                copy.write_row((number, go_live is not None and row[3] < go_live))
    told()
    return numbers


def facet_set_id(kind: Kind, facets: Mapping[str, str]) -> int:
    """Return the number of a kind with its facets, entering it if it is new.

    :raises Undeclared: if the kind does not declare them
    """
    spelling = _spelling(kind, tuple(sorted(facets.items())))
    key = (str(connection.settings_dict["NAME"]), spelling)
    if key in _known:
        return _known[key]
    row = FacetSet.objects.filter(canonical=spelling).values_list("id", flat=True).first()
    if row is None:
        FacetSet.objects.bulk_create([FacetSet(kind=kind, facets=dict(facets), canonical=spelling)], ignore_conflicts=True)
        row = FacetSet.objects.values_list("id", flat=True).get(canonical=spelling)
    transaction.on_commit(lambda: _known.__setitem__(key, row))
    return row


@lru_cache(maxsize=4096)
def _spelling(kind: Kind, facets: tuple[tuple[str, str], ...]) -> str:
    named = dict(facets)
    check_facets(kind, KINDS[kind], named)
    return canonical(kind, named)


def _checked(event: NewEvent, numbers: dict[tuple[Kind, tuple[tuple[str, str], ...]], int]) -> int:
    _check(event.kind, event.amount, event.reason)
    key = (event.kind, tuple(event.facets.items()))
    if key not in numbers:
        numbers[key] = facet_set_id(event.kind, event.facets)
    return numbers[key]


def _check(kind: Kind, amount: int | None, reason: str) -> None:
    if amount is not None and not KINDS[kind].amount:
        raise Undeclared(f"{kind} declares no amount.")
    if reason and not CODE.match(reason):
        raise Undeclared(f"The reason of an event is a short code, not {reason!r}.")


def _about(record: Model | None) -> Sequence[str | int | None]:
    return ("", None) if record is None else (record._meta.label_lower, record.pk)


__all__ = ["Event", "NewEvent", "correct", "facet_set_id", "record", "record_many", "record_rows"]
