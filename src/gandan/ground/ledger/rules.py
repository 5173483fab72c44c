"""The ledger's rules: what a fact must look like, how a period is cut into grains. No Django, no clock, no database."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

CODE = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")
ONE_DAY = timedelta(days=1)


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation where no framework may be imported."""
    return text


class Refused(Exception):
    """The rules say no. Pages show it in the form, the API answers 409, the command line exits with 1.

    :param template: the sentence in Vietnamese, with `{names}`; faces translate it before filling it in
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template, params)
        self.template, self.params = template, params

    @property
    def code(self) -> str:
        """The reason for programs: the class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language, and with it what it quotes of other rules."""
        params = {name: value.said(translate) if isinstance(value, Refused) else value for name, value in self.params.items()}
        return translate(self.template).format(**params)

    def __str__(self) -> str:
        return self.said(gettext_noop)


class NotAllowed(Refused):
    """Who asks has no right to it."""


class WrongDay(Refused):
    """A unit did not exist on the day that something is said to have happened there."""


class AlreadyCorrected(Refused):
    """An event can be corrected once; what is still wrong is said by a further event."""


class NothingRecorded(Exception):
    """An operation ended without an event and did not say `unchanged()`: a bug of ours, not a refusal."""


class Undeclared(ValueError):
    """A kind, a facet or a value that `kinds.py` does not know: a bug of ours, or a bad file."""


class CountedUnit(Protocol):
    """What the ledger needs to know of a unit."""

    @property
    def pk(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def founded_on(self) -> date: ...
    @property
    def closed_on(self) -> date | None: ...


class Named(Protocol):
    """What the ledger needs to know of an actor: a number."""

    @property
    def pk(self) -> int: ...


@dataclass(frozen=True)
class KindSpec:
    """What an event of one kind carries, and the sentence that tells of it.

    `facets` maps each facet to its values, or to None for any short code (a procedure, say); those in `optional` may be left out.
    `amount` is the unit of measure of the amount, or "" where there is none.
    A `sealed` kind carries no `about` and no actor of the public (design, section 6).
    """

    sentence_vi: str
    sentence_en: str
    facets: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    amount: str = ""
    sealed: bool = False


def check_facets(kind: str, spec: KindSpec, facets: Mapping[str, str]) -> None:
    """Hold facets against their declaration.

    :raises Undeclared: naming the facet, what it was, and what it may be
    """
    if facets.keys() - spec.facets.keys():
        extra = ", ".join(sorted(facets.keys() - spec.facets.keys()))
        raise Undeclared(f"{kind} declares no facet {extra}; it has {', '.join(sorted(spec.facets)) or 'none'}.")
    for name, allowed in spec.facets.items():
        if name not in facets:
            if name in spec.optional:
                continue
            raise Undeclared(f"{kind} needs the facet {name}.")
        value = facets[name]
        if allowed is None:
            if not CODE.match(value):
                raise Undeclared(f"{kind}: {name}={value!r} is not a short code (small letters, digits, . _ -).")
        elif value not in allowed:
            raise Undeclared(f"{kind}: {name} is one of {', '.join(sorted(allowed))}, not {value!r}.")


def canonical(kind: str, facets: Mapping[str, str]) -> str:
    """Return the one spelling of a kind with its facets: `dossier.finished procedure=passport punctuality=late`."""
    return " ".join([kind, *(f"{name}={facets[name]}" for name in sorted(facets))])


def existed(unit: CountedUnit, day: date) -> bool:
    return unit.founded_on <= day and (unit.closed_on is None or day < unit.closed_on)


# Half-months: days 1-14 and 15-end, because official periods often run from the 15th to the 14th.


def half_of(day: date) -> date:
    """Return the first day of the half-month in which `day` lies."""
    return day.replace(day=1 if day.day < 15 else 15)


def next_half(start: date) -> date:
    """Return the first day of the half-month after the one that begins on `start`."""
    if start.day == 1:
        return start.replace(day=15)
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


@dataclass(frozen=True)
class Span:
    """A unit's share of a cell: what happened at `unit` from `start` until before `end` counts for `cell`.

    A stock is asked with `start=date.min`.
    """

    cell: int
    unit: int
    start: date
    end: date


@dataclass(frozen=True)
class Grains:
    """A period as signed whole years and half-months, and the days at its edges that are read from events."""

    years: tuple[tuple[date, int], ...]
    halves: tuple[tuple[date, int], ...]
    edges: tuple[tuple[date, date], ...]


def cut(start: date, end: date, *, first: date, last: date) -> Grains:
    """Cut the period from `start` until before `end` into as few grains as possible.

    A year may enter whole and give half-months back: 15 December to 14 December is a year, plus the half-month before it,
    less its own last. Nothing lies before the year of `first` or after that of `last`, so that a stock begins and ends there.
    """
    start, end = max(start, date(first.year, 1, 1)), min(end, date(last.year + 1, 1, 1))
    if start >= end:
        return Grains((), (), ())
    lower = start if start == half_of(start) else next_half(half_of(start))
    upper = half_of(end)
    if lower >= upper:
        if lower == upper:
            return Grains((), (), tuple((a, b) for a, b in ((start, lower), (upper, end)) if a < b))
        return Grains((), (), ((start, end),))
    edges = tuple((a, b) for a, b in ((start, lower), (upper, end)) if a < b)
    years: list[tuple[date, int]] = []
    parts: list[tuple[date, int]] = []
    for year in range(lower.year, (upper - ONE_DAY).year + 1):
        inside = list(halves(max(lower, date(year, 1, 1)), min(upper, date(year + 1, 1, 1))))
        outside = [
            *halves(date(year, 1, 1), max(lower, date(year, 1, 1))),
            *halves(min(upper, date(year + 1, 1, 1)), date(year + 1, 1, 1)),
        ]
        if len(outside) + 1 < len(inside):
            years.append((date(year, 1, 1), 1))
            parts.extend((half, -1) for half in outside)
        else:
            parts.extend((half, 1) for half in inside)
    return Grains(tuple(years), tuple(parts), edges)


def halves(start: date, end: date) -> Iterator[date]:
    """Yield the first days of the half-months from `start`, which is one, until before `end`."""
    while start < end:
        yield start
        start = next_half(start)


Blocks = Mapping[int, frozenset[int]]
NO_BLOCKS: Blocks = {}
Part = tuple[int, int, int, int]
MANY_UNITS = 24  # a cell of so many units is read by blocks


class Groups:
    """Spans by cell and period, and the periods numbered, so that each is cut into grains once."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.periods: dict[tuple[date, date], int] = {}
        self._units: dict[tuple[int, int], list[int]] = {}
        for span in spans:
            period = self.periods.setdefault((span.start, span.end), len(self.periods))
            self._units.setdefault((span.cell, period), []).append(span.unit)
        self._parts: tuple[Blocks, list[Part]] | None = None

    def __len__(self) -> int:
        return len(self._units)

    @property
    def endless(self) -> bool:
        """Whether a period has no beginning or no end."""
        return any(start == date.min or end == date.max for start, end in self.periods)

    @property
    def large(self) -> bool:
        """Whether a cell has so many units that reading them by blocks pays."""
        return any(len(units) >= MANY_UNITS for units in self._units.values())

    def parts(self, blocks: Blocks) -> list[Part]:
        """Return what each cell is the sum of, as (cell, unit, period, sign); a negative unit is a whole block.

        A block of which most units are wanted enters whole, and the others are taken off again.
        """
        if self._parts is None or self._parts[0] is not blocks:
            self._parts = (blocks, self._summed_from(blocks))
        return self._parts[1]

    def _summed_from(self, blocks: Blocks) -> list[Part]:
        found: list[Part] = []
        for (cell, period), units in self._units.items():
            rest = set(units)
            if len(units) >= MANY_UNITS and len(rest) == len(units):
                for block, members in blocks.items():
                    inside = rest & members
                    if len(inside) > 1 + len(members) - len(inside):
                        found.append((cell, -block, period, 1))
                        found.extend((cell, unit, period, -1) for unit in members - inside)
                        rest -= inside
                units = list(rest)
            found.extend((cell, unit, period, 1) for unit in units)
        return found
