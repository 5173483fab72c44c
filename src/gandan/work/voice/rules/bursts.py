"""Many reports of one event: the same kind and service, in one ward, one after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

APART = timedelta(minutes=60)  # without any for so long, it is another event
LEAST = 5  # fewer are read one by one
CELL = 0.01  # degrees, about a kilometre: pins farther apart are other events


@dataclass(frozen=True)
class Came:
    """One open report, by what tells events apart."""

    id: int
    kind: str
    service: int | None
    unit: int
    ward: int | None
    latitude: float | None
    longitude: float | None
    at: datetime


@dataclass(frozen=True)
class Burst:
    """Reports that came together."""

    kind: str
    service: int | None
    unit: int
    ward: int | None
    first_at: datetime
    last_at: datetime
    ids: tuple[int, ...]


def bursts(came: Iterable[Came]) -> list[Burst]:
    """Return the groups, the largest first."""
    by_place: dict[tuple[object, ...], list[Came]] = {}
    for one in came:
        by_place.setdefault((one.unit, one.kind, one.service, one.ward, *_cell(one)), []).append(one)
    found = []
    for together in by_place.values():
        together.sort(key=lambda one: (one.at, one.id))
        begins = 0
        for nth in range(1, len(together) + 1):
            if nth == len(together) or together[nth].at - together[nth - 1].at > APART:
                group = together[begins:nth]
                if len(group) >= LEAST:
                    first = group[0]
                    ids = tuple(one.id for one in group)
                    found.append(Burst(first.kind, first.service, first.unit, first.ward, first.at, group[-1].at, ids))
                begins = nth
    return sorted(found, key=lambda one: (-len(one.ids), one.first_at))


def _cell(one: Came) -> tuple[int, ...]:
    """Return where a pin lies, coarsely; reports without one stand together by their ward."""
    if one.latitude is None or one.longitude is None or one.ward is not None:
        return ()
    return (int(one.latitude // CELL), int(one.longitude // CELL))
