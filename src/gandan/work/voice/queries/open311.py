"""What the standard of civic reports serves: only cases that stand in public, in moderated words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from gandan.ground.documents.queries import first_pictures
from gandan.ground.organisations.queries import rows
from gandan.work.voice.flow import OPEN
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models import Case
from gandan.work.voice.queries.one import ABOUT
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of

MOST = 1000
_OPEN = sorted(state.value for state in OPEN)


@dataclass(frozen=True)
class Asked:
    """What a list of requests is narrowed to."""

    ids: Collection[int] = ()
    services: Collection[str] = ()
    is_open: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None
    updated_until: datetime | None = None


@dataclass(frozen=True)
class Reported:
    """A report as it stands in public."""

    id: int
    service: str
    service_name: str
    unit: str
    ward: str
    ward_name: str
    words: str
    answer: str
    place: str
    latitude: float | None
    longitude: float | None
    is_open: bool
    received_at: datetime
    changed_at: datetime
    due_on: date
    photo: str  # the token of its first picture; empty: none


# Each service is read by its own index: one that is rare costs no walk through the others.
PAGE = """
    SELECT c.id, c.service_id, c.unit_id, c.ward_id, c.shown_words, c.place, c.latitude, c.longitude, c.state, c.received_at,
        c.changed_at, c.due_on
    FROM voice_case c WHERE c.showing = 'shown' AND c.kind = %s{narrowed} ORDER BY c.received_at DESC, c.id DESC LIMIT %s
"""
WHOLE = """
    SELECT c.*, s.code, s.name, (
        SELECT r.public_words FROM voice_reply r WHERE r.case_id = c.id AND r.is_answer ORDER BY r.id DESC LIMIT 1
    ) AS answer
    FROM (SELECT * FROM ({page}) every ORDER BY received_at DESC, id DESC LIMIT %s OFFSET %s) c
    LEFT JOIN voice_service s ON s.id = c.service_id ORDER BY c.received_at DESC, c.id DESC
"""


def reported(asked: Asked, *, page: int = 1, size: int = MOST) -> list[Reported]:
    """Return reports that stand in public, the last received first."""
    statement, values = _statement(asked, page, size)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        listed = cursor.fetchall()
    photos = first_pictures(ABOUT, [one[0] for one in listed])
    units = rows({unit for one in listed for unit in one[2:4] if unit is not None})
    found = []
    for pk, _, unit, ward, said, place, north, east, state, received, changed, due, code, name, answer in listed:
        where = units[ward] if ward else None
        found.append(
            Reported(
                id=pk, service=code or "", service_name=name or "", unit=units[unit].name, ward=where.code if where else "",
                ward_name=where.name if where else "", words=said, answer=answer or "", place=place, latitude=north,
                longitude=east, is_open=state in OPEN, received_at=received, changed_at=changed, due_on=due,
                photo=photos.get(pk, ""),
            )
        )  # fmt: skip
    return found


def _statement(asked: Asked, page: int, size: int) -> tuple[str, list[Any]]:
    """Return one statement for a page with the answers, and its values. It is written by hand: it is asked for in a rush."""
    narrowed, values = "", list[Any]()
    for condition, value in (
        ("c.id = ANY(%s)", list(asked.ids)),
        ("c.received_at >= %s", asked.since),
        ("c.received_at <= %s", asked.until),
        ("c.changed_at >= %s", asked.updated_since),
        ("c.changed_at <= %s", asked.updated_until),
    ):
        if value not in (None, []):
            narrowed += f" AND {condition}"
            values.append(value)
    if asked.is_open is not None:
        few = ", ".join(f"'{state}'" for state in _OPEN)  # as its index says it
        narrowed += f" AND c.state {'' if asked.is_open else 'NOT '}IN ({few})"
    inner, most = PAGE.format(narrowed=narrowed), page * size
    values = [CaseKind.REPORT.value, *values, most]
    if asked.services:
        one = PAGE.format(narrowed=" AND c.service_id = wanted.id" + narrowed)
        inner = f"SELECT c.* FROM voice_service wanted CROSS JOIN LATERAL ({one}) c WHERE wanted.code = ANY(%s)"
        values.append(list(asked.services))
    return WHOLE.format(page=inner), [*values, size, most - size]


def id_by_receipt(code: str) -> int:
    """Return the number of the case that a receipt opens.

    :raises UnknownReceipt: if there is none
    """
    found = Case.objects.filter(receipt=digest_of(code), erased_on=None).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownReceipt
    return int(found)
