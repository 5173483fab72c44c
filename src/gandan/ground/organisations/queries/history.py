"""A unit's life: how it began, what it was called, where it stood, what became of it, and by which acts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from gandan.ground.organisations.models import LegalAct, Placement, Succession, Unit, UnitName
from gandan.ground.organisations.queries.atlas import Atlas, UnitRow, atlas
from gandan.ground.organisations.rules import How, Line


class Turn(StrEnum):
    """In the order in which things of one day are told."""

    FOUNDED = "founded"
    CAME_FROM = "came_from"  # it took over other units, or parts of them
    RENAMED = "renamed"
    PLACED = "placed"
    LEFT = "left"  # it lost its place on a line, and got no other
    PASSED_INTO = "passed_into"  # it ended, and others took it over
    CLOSED = "closed"  # it ended, and nobody did


@dataclass(frozen=True)
class ActRow:
    """The legal act behind an entry."""

    number: str
    title: str
    body: str
    day: date | None
    source: str
    verified: bool


@dataclass(frozen=True)
class Kin:
    """Another unit in a succession. `wholly`: all of the older one passed into the newer."""

    unit: UnitRow
    wholly: bool
    main: bool


@dataclass(frozen=True)
class HistoryEntry:
    day: date
    what: Turn
    act: ActRow | None = None
    name: str = ""  # founded, renamed: what it was called from then on
    line: Line | None = None  # placed, left
    parent: UnitRow | None = None  # placed: None if it became a root
    kin: tuple[Kin, ...] = ()  # came from, passed into


def history(unit: int) -> tuple[HistoryEntry, ...]:
    """Return all that happened to a unit in the tree, the earliest first."""
    known = atlas()
    of = Unit.objects.select_related("founding_act", "closing_act").get(pk=unit)
    names = UnitName.objects.filter(unit_id=unit).select_related("act").order_by("during")
    places = Placement.objects.filter(unit_id=unit).select_related("act").order_by("line", "during")
    passages = Succession.objects.filter(Q(old_id=unit) | Q(new_id=unit)).select_related("act").order_by("on", "pk")
    entries = [
        *_names(of, list(names)),
        *_places(known, of, list(places)),
        *_passages(known, unit, list(passages)),
    ]
    if of.closed_on and not any(entry.what == Turn.PASSED_INTO for entry in entries):
        entries.append(HistoryEntry(of.closed_on, Turn.CLOSED, _act(of.closing_act)))
    order = list(Turn)
    return tuple(sorted(entries, key=lambda entry: (entry.day, order.index(entry.what), entry.line or "")))


def _names(unit: Unit, names: list[UnitName]) -> list[HistoryEntry]:
    founded = HistoryEntry(unit.founded_on, Turn.FOUNDED, _act(unit.founding_act), name=names[0].name)
    return [founded, *(HistoryEntry(one.during.lower, Turn.RENAMED, _act(one.act), name=one.name) for one in names[1:])]


def _places(known: Atlas, unit: Unit, places: list[Placement]) -> list[HistoryEntry]:
    entries = []
    for nth, place in enumerate(places):
        start, end = place.during.lower, place.during.upper
        parent = known.row(place.parent_id, start) if place.parent_id is not None else None
        entries.append(HistoryEntry(start, Turn.PLACED, _act(place.act), line=Line(place.line), parent=parent))
        after = places[nth + 1] if nth + 1 < len(places) else None
        goes_on = after is not None and after.line == place.line and after.during.lower == end
        if end is not None and end != unit.closed_on and not goes_on:
            entries.append(HistoryEntry(end, Turn.LEFT, line=Line(place.line)))
    return entries


def _passages(known: Atlas, unit: int, passages: list[Succession]) -> list[HistoryEntry]:
    grouped: dict[tuple[date, Turn], list[Succession]] = defaultdict(list)
    for passage in passages:
        grouped[passage.on, Turn.PASSED_INTO if passage.old_id == unit else Turn.CAME_FROM].append(passage)
    return [
        HistoryEntry(day, what, _act(several[0].act), kin=_kin(known, several, what)) for (day, what), several in grouped.items()
    ]


def _kin(known: Atlas, passages: list[Succession], what: Turn) -> tuple[Kin, ...]:
    kin = [
        Kin(
            known.row(one.new_id, one.on) if what == Turn.PASSED_INTO else known.row(one.old_id),
            wholly=one.how == How.WHOLE,
            main=one.main,
        )
        for one in passages
    ]
    return tuple(sorted(kin, key=lambda one: (not one.main, one.unit.sort_key, one.unit.code)))


def _act(act: LegalAct | None) -> ActRow | None:
    return ActRow(act.number, act.title, act.body, act.day, act.source, act.verified) if act else None
