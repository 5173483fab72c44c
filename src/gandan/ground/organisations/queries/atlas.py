"""The whole tree with its names, kept by each process and read anew when its version has changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast
from uuid import UUID

from gandan.ground.ledger.answering import forget, once
from gandan.ground.ledger.prepared import asked
from gandan.ground.organisations.models import Placement, Succession, Unit, UnitName
from gandan.ground.organisations.rules import ALWAYS, NEVER, How, Line, Passage, Place, Tree, UnitKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as pages show it, by the name it had on the day asked for."""

    id: int
    code: str
    name: str
    name_en: str
    short_name: str
    kind: UnitKind
    founded_on: date
    closed_on: date | None
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    source: str
    verified: bool
    sort_key: bytes

    def stands_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)


@dataclass(frozen=True, slots=True)
class Called:
    """What a unit was called from a day until before a day."""

    name: str
    name_en: str
    short_name: str
    search: str
    sort_key: bytes
    start: date
    end: date


@dataclass(frozen=True)
class Atlas:
    tree: Tree
    rows: dict[int, UnitRow]  # by the latest name
    names: dict[int, tuple[Called, ...]]
    ids: dict[str, int]
    reached: dict[object, frozenset[int]] = field(default_factory=dict, compare=False)  # worked out once for a tree

    def row(self, unit: int, on: date | None = None) -> UnitRow:
        row, names = self.rows[unit], self.names[unit]
        if on is None or len(names) == 1:
            return row
        called = next((name for name in reversed(names) if name.start <= on), names[0])
        return replace(row, name=called.name, name_en=called.name_en, short_name=called.short_name, sort_key=called.sort_key)

    def sorted_rows(self, units: Iterable[int], on: date | None = None) -> tuple[UnitRow, ...]:
        return tuple(sorted((self.row(unit, on) for unit in units), key=lambda row: (row.sort_key, row.code)))


_kept: tuple[UUID, Atlas] | None = None


def atlas(token: UUID | None = None) -> Atlas:
    """Return the tree as this transaction sees it. One small statement if this process has it already.

    :param token: its version, if another statement has just brought it along
    """
    global _kept
    kept, token = _kept, token or once("tree", _token)
    if kept and kept[0] == token:
        return kept[1]
    forget()  # which tree this request had seen before
    while True:
        made = _read()
        again = _token()
        if again == token:  # nobody changed the tree between the first statement and the last
            break
        token = again
    _kept = (token, made)
    return made


def tree() -> Tree:
    return atlas().tree


def _token() -> UUID:
    """Return by what one tree is told from the one after an act."""
    return cast(UUID, asked("SELECT token FROM organisations_treeversion WHERE id = 1")[0][0])


def _read() -> Atlas:
    places = [
        Place(unit, Line(line), parent, during.lower, during.upper or NEVER)
        for unit, line, parent, during in Placement.objects.values_list("unit_id", "line", "parent_id", "during").iterator()
    ]
    passages = [
        Passage(old, new, on, how == How.WHOLE, main)
        for old, new, on, how, main in Succession.objects.values_list("old_id", "new_id", "on", "how", "main").iterator()
    ]
    names: dict[int, list[Called]] = defaultdict(list)
    for unit, name, name_en, short_name, search, key, during in (
        UnitName.objects.order_by("unit_id", "during")
        .values_list("unit_id", "name", "name_en", "short_name", "search", "sort_key", "during")
        .iterator()
    ):
        names[unit].append(Called(name, name_en, short_name, search, bytes(key), during.lower or ALWAYS, during.upper or NEVER))
    rows = {unit.pk: _row(unit, names[unit.pk]) for unit in Unit.objects.all().iterator()}
    return Atlas(
        Tree(places, passages),
        rows,
        {unit: tuple(called) for unit, called in names.items()},
        {row.code: unit for unit, row in rows.items()},
    )


def _row(unit: Unit, names: list[Called]) -> UnitRow:
    return UnitRow(
        id=unit.pk,
        code=unit.code,
        name=unit.name,
        name_en=unit.name_en,
        short_name=unit.short_name,
        kind=UnitKind(unit.kind),
        founded_on=unit.founded_on,
        closed_on=unit.closed_on,
        latitude=unit.latitude,
        longitude=unit.longitude,
        area_km2=unit.area_km2,
        source=unit.source,
        verified=unit.verified,
        sort_key=names[-1].sort_key,
    )
