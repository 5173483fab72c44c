"""Units and procedures as an import sees them: who is meant, who was there on a day, who took over after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase

from gandan.ground.calendar.rules import Term
from gandan.ground.vietnam.text import fold, same_text


@dataclass(frozen=True)
class Heir:
    """Who took over from a unit, and when; the main one takes what nobody assigns otherwise."""

    id: int
    on: date
    main: bool


@dataclass(frozen=True, eq=False)
class Place:
    """A unit, how long it stood, and what became of it."""

    id: int
    code: str
    name: str
    founded_on: date
    closed_on: date | None = None
    heirs: tuple[Heir, ...] = ()

    def stands_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.closed_on is None or day < self.closed_on)


@dataclass(frozen=True, eq=False)
class ProcedureRule:
    """What one procedure is from `start` until before `end`: its term, and who handles it."""

    id: int
    code: str
    start: date
    end: date | None
    term: Term
    handled_by: tuple[str, ...]
    post_term: Term | None = None
    verify_days: int = 0

    def in_force_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def handles(patterns: Sequence[str], unit_code: str) -> bool:
    """Tell whether a unit is among those that handle a procedure: codes, or patterns of codes such as CAP-*."""
    return any(fnmatchcase(unit_code, pattern) for pattern in patterns)


class Gazetteer:
    """All units, found by code or by what people call them."""

    def __init__(self, places: Iterable[Place], names: Iterable[tuple[int, str]] = ()) -> None:
        """:param names: further (unit id, name) pairs, such as former names"""
        self.by_id: dict[int, Place] = {place.id: place for place in places}
        self._by_code = {fold(place.code): place for place in self.by_id.values()}
        self._spoken: dict[str, dict[int, str]] = {}
        for unit, name in [*((place.id, place.name) for place in self.by_id.values()), *names]:
            self._spoken.setdefault(fold(name), {})[unit] = name
        self._before: dict[int, list[Place]] = {}
        for place in self.by_id.values():
            for heir in place.heirs:
                self._before.setdefault(heir.id, []).append(place)
        self._near: dict[str, list[str]] = {}

    def find(self, text: str) -> list[Place]:
        """Return the unit of that code, else all that ever bore the name: with its accents if one does, else without."""
        key = fold(text)
        if place := self._by_code.get(key):
            return [place]
        spoken = self._spoken.get(key, {})
        exact = [unit for unit, name in spoken.items() if same_text(name, text)]
        return [self.by_id[unit] for unit in exact or spoken]

    def near(self, text: str) -> list[str]:
        """Return the names that the text may have meant."""
        key = fold(text)
        if key not in self._near:
            found = get_close_matches(key, self._spoken, n=3, cutoff=0.75)
            self._near[key] = [next(iter(self._spoken[name].values())) for name in found]
        return self._near[key]

    def before(self, place: Place) -> list[Place]:
        """Return the units that passed into this one."""
        return sorted(self._before.get(place.id, []), key=lambda each: each.code)


@dataclass(frozen=True)
class Move:
    """A dossier that was still open passed from one unit to another."""

    on: date
    old: int
    new: int


class NobodyTookOver(Exception):
    """A unit ended with open dossiers and no heir is the main one: somebody has to say who has them."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.code)
        self.place = place


def follow(place: Place, until: date, places: Mapping[int, Place], wanted: Place | None = None) -> tuple[Move, ...]:
    """Return through whose hands what was open at `place` went, up to and with the day `until`.

    At each end of a unit it goes to `wanted` if that is an heir, else to the main heir; at last to `wanted` in any case.

    :raises NobodyTookOver: where there is no main heir and `wanted` is none
    """
    moves: list[Move] = []
    at = place
    while at.closed_on is not None and at.closed_on <= until and at is not wanted:
        heirs = {heir.id: heir for heir in at.heirs}
        heir = heirs.get(wanted.id) if wanted else None
        heir = heir or next((each for each in at.heirs if each.main), None)
        if heir is None:
            if wanted is None:
                raise NobodyTookOver(at)
            break
        moves.append(Move(at.closed_on, at.id, heir.id))
        at = places[heir.id]
    if wanted is not None and at is not wanted:
        ended = at.closed_on is not None and at.closed_on <= until
        moves.append(Move(max(at.closed_on, wanted.founded_on) if ended and at.closed_on else until, at.id, wanted.id))
    return tuple(moves)


@dataclass(frozen=True)
class Holding:
    """Who has a dossier on which day: while it is open by its moves, and once it is done by who took over from whom."""

    unit: Place
    moves: tuple[Move, ...]
    places: Mapping[int, Place]

    def on(self, day: date) -> int:
        """Return the unit's id.

        :raises NobodyTookOver: if it ended and no heir is the main one
        """
        at = self.unit
        for move in self.moves:
            if move.on <= day:
                at = self.places[move.new]
        if at.closed_on is None or day < at.closed_on:
            return at.id
        later = follow(at, day, self.places)
        return later[-1].new if later else at.id


@dataclass(frozen=True)
class Rulebook:
    """All procedures, each with its rules through time."""

    rules: Mapping[str, Sequence[ProcedureRule]] = field(default_factory=dict)

    def of(self, code: str) -> Sequence[ProcedureRule]:
        return self.rules.get(code, ())

    def on(self, code: str, day: date) -> ProcedureRule | None:
        return next((rule for rule in self.of(code) if rule.in_force_on(day)), None)
