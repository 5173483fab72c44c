"""Putting what is sealed under the newest key, a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all, tops
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import keyring
from gandan.ground.privacy.queries import SealedColumn, left_to_reseal, sealed_columns
from gandan.ground.privacy.queries.columns import OLD, PLAIN
from gandan.ground.privacy.rules import VERSION

AT_ONCE = 1000


class StillUnderOldKeys(Refused):
    """Some values are sealed with an older key."""


@dataclass(frozen=True)
class Resealed:
    """How many values a batch put under the newest key, and after which row the next one begins."""

    values: int
    last: Any


@operation
def reseal(*, column: SealedColumn, after: Any = None, by: Person, on: date) -> Resealed:
    """Seal a batch of a column's values anew, with what they are found by. Stopped anywhere, the rest comes at the next call.

    :param after: the `last` of the batch before
    :raises NotAllowed: if `by` may not look after the keys
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # what the values say is the same
    rows = _rows(column, OLD, keyring().newest, after)
    texts = [(key, sealed, keyring().open(sealed, column.field.place)) for key, sealed in rows]
    _seal(column, texts)
    return Resealed(len(rows), rows[-1][0] if rows else after)


@operation
def seal_plain(*, column: SealedColumn, by: Person, on: date) -> int:
    """Seal a batch of what stands in a column from before it was sealed; return how many values that were: 0 when none is left.

    :raises NotAllowed: if `by` may not look after the keys
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()  # what the values say is the same
    rows = _rows(column, PLAIN, VERSION[0])
    _seal(column, [(key, plain, plain.decode()) for key, plain in rows])
    return len(rows)


def _seal(column: SealedColumn, texts: Sequence[tuple[Any, bytes, str]]) -> None:
    """Write values anew, with what they are found by: for each row its key, what stood there, and its text."""
    ring, place = keyring(), column.field.place
    changed = [column.field.column, *(index.column for index in column.indexes)]
    assignments = ", ".join(f'"{name}" = %s' for name in changed)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{column.table}" SET {assignments} WHERE "{column.key}" = %s AND "{column.field.column}" = %s',
            [(ring.seal(text, place), *(index.digest(text) for index in column.indexes), key, old) for key, old, text in texts],
        )


def _rows(column: SealedColumn, condition: str, value: bytes | int, after: Any = None) -> Sequence[tuple[Any, bytes]]:
    """Return the next rows whose value is not as it should be, and keep others from them."""
    key, wrong = f'"{column.key}"', condition.format(column=f'"{column.field.column}"')
    parameters: list[Any] = [value] if after is None else [value, after]
    where = wrong if after is None else f"{wrong} AND {key} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {key}, "{column.field.column}" FROM "{column.table}" WHERE {where} ORDER BY {key} '
            f"LIMIT {AT_ONCE} FOR UPDATE",
            parameters,
        )
        return [(row, bytes(value)) for row, value in cursor.fetchall()]


@operation
def finish_resealing(*, by: Person, on: date) -> None:
    """Tell that everything sealed is under the newest key, so that the older ones can go.

    :raises NotAllowed: if `by` may not look after the keys
    :raises StillUnderOldKeys: if something isn't
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    left = {column.name: count for column in sealed_columns() if (count := left_to_reseal(column))}
    if left:
        raise StillUnderOldKeys(
            gettext_noop("Còn {count} giá trị niêm bằng khoá cũ, như ở {column}. Hãy chạy lại."),
            count=sum(left.values()), column=next(iter(left)),
        )  # fmt: skip
    unchanged()
    for unit in tops(on)[:1]:
        record(Kind.PRIVACY_RESEALED, unit=unit, day=on, by=by)
