"""Keys as administrators see them: never the secret."""

from dataclasses import dataclass
from datetime import date, datetime

from gandan.ground.accounts.models import ProgramKey
from gandan.ground.ledger.rules import Refused
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, require_anywhere, rows, visible_units
from gandan.ground.organisations.rights import Right


class UnknownKey(Refused):
    """There is no such key."""


@dataclass(frozen=True)
class KeyRow:
    """A key, and how things are with it."""

    id: int
    prefix: str
    label: str
    program: str
    program_name: str
    rights: tuple[str, ...]
    operations: tuple[str, ...]
    units: tuple[UnitRow, ...]
    per_minute: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    replaces: str
    state: str  # holds, expired or revoked


@dataclass(frozen=True)
class KeyPage:
    items: tuple[KeyRow, ...]
    after: int | None  # the key of the page that follows


def keys(*, viewer: Person, on: date, at: datetime, before: int | None = None, limit: int = 50) -> KeyPage:
    """Return the keys of all units that the viewer manages them at, the newest first.

    :raises NotAllowed: if the viewer manages no keys anywhere
    """
    require_anywhere(Right.MANAGE_KEYS, by=viewer, on=on)
    seen = visible_units(Right.MANAGE_KEYS, viewer, on)
    found = ProgramKey.objects.filter(units__contained_by=list(seen)).select_related("program", "replaces").order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found[: limit + 1])
    named = rows({unit for key in page for unit in key.units}, on) if page else {}
    items = tuple(_row(key, named, at) for key in page[:limit])
    return KeyPage(items, items[-1].id if len(page) > limit else None)


def _row(key: ProgramKey, named: dict[int, UnitRow], at: datetime) -> KeyRow:
    return KeyRow(
        key.pk,
        key.prefix,
        key.label,
        key.program.username,
        key.program.name,
        tuple(key.rights),
        tuple(key.operations),
        tuple(named[unit] for unit in key.units),
        key.per_minute,
        key.made_at,
        key.expires_at,
        key.revoked_at,
        key.last_used_at,
        key.replaces.prefix if key.replaces else "",
        "revoked" if key.revoked_at else "holds" if key.expires_at > at else "expired",
    )
