"""What a measure is: a selection over events, defined once. No figure is ever typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gandan.ground.ledger.kinds import KINDS, Kind

Better = Literal["up", "down", ""]


@dataclass(frozen=True)
class Worded:
    """The same words in both languages."""

    vi: str
    en: str

    def __call__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True)
class Pick:
    """Events of one kind whose facets have one of the given values. A value ending in `*` takes all that begin so."""

    kind: Kind
    where: tuple[tuple[str, frozenset[str]], ...] = ()

    def takes(self, facets: Mapping[str, str]) -> bool:
        return all(any(_same(facets.get(name, ""), value) for value in values) for name, values in self.where)

    def text(self) -> str:
        """The selection in one fixed spelling, as it is kept with a frozen report."""
        return self.kind.value + "".join(f"[{name}={'|'.join(sorted(values))}]" for name, values in sorted(self.where))


def _same(value: str, wanted: str) -> bool:
    return value.startswith(wanted[:-1]) if wanted.endswith("*") else value == wanted


def pick(kind: Kind, **where: str | set[str]) -> Pick:
    return Pick(kind, tuple(sorted((name, frozenset({v} if isinstance(v, str) else v)) for name, v in where.items())))


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An agreed number: what it is called, what it counts, and who says so."""

    code: str
    name: Worded
    definition: Worded
    unit: Worded
    source: str
    group: str = ""
    better: Better = ""
    timely: bool = False
    """Says whether something was done in time. Only such a measure may have a target: there is no quota on speech."""

    @property
    def picks(self) -> tuple[Pick, ...]:
        return ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(dict.fromkeys(p.kind for p in self.picks))

    @property
    def sealed(self) -> bool:
        """Rests on events under seal: open to a count and no further, and not below 5."""
        return any(KINDS[kind].sealed for kind in self.kinds)

    @property
    def sort(self) -> str:
        return type(self).__name__.lower()

    def formula(self) -> str:
        """The definition as the ledger reads it, in one fixed spelling."""
        raise TypeError(f"{type(self).__name__} has no formula.")


@dataclass(frozen=True, kw_only=True)
class Counted(Measure):
    """A sum of events: those of `plus` less those of `minus`. Without any, no package records it yet."""

    plus: tuple[Pick, ...] = ()
    minus: tuple[Pick, ...] = ()
    amount: bool = False
    """Adds up the events' amounts instead of counting them."""

    @property
    def picks(self) -> tuple[Pick, ...]:
        return self.plus + self.minus

    def weight(self, kind: str, facets: Mapping[str, str]) -> int:
        """How often an event with these facets counts."""
        return sum(p.kind == kind and p.takes(facets) for p in self.plus) - sum(
            p.kind == kind and p.takes(facets) for p in self.minus
        )

    def formula(self) -> str:
        signed = [f"+{p.text()}" for p in self.plus] + [f"-{p.text()}" for p in self.minus]
        return f"{self.sort}:{'amount' if self.amount else 'count'}:" + " ".join(signed)


@dataclass(frozen=True, kw_only=True)
class Flow(Counted):
    """What happened in a period: adds across units and across periods."""


@dataclass(frozen=True, kw_only=True)
class Stock(Counted):
    """What stands at the end of a day: what came in less what went out. Adds across units, never across periods."""

    @property
    def swept(self) -> bool:
        """Rests on the sweep of overdue promises, so it is known only through the last day swept."""
        return Kind.PROMISE_OVERDUE in self.kinds


@dataclass(frozen=True, kw_only=True)
class Share(Measure):
    """A part of a whole, each a sum of other measures. Divided last, never stored."""

    part: tuple[str, ...]
    whole: tuple[str, ...]

    def formula(self) -> str:
        return f"share:{'+'.join(self.part)}/{'+'.join(self.whole)}"


@dataclass(frozen=True, kw_only=True)
class NotAdditive(Measure):
    """A number that can't be added up the tree, and says so."""

    reason: Worded

    def formula(self) -> str:
        return "not-additive"


class BrokenCatalogue(ValueError):
    """The catalogue contradicts itself. Found when the product starts, never by a reader."""


def assemble(*groups: tuple[Measure, ...]) -> dict[str, Measure]:
    """Put the groups together and check what a reader relies on."""
    measures: dict[str, Measure] = {}
    for measure in (m for group in groups for m in group):
        if measure.code in measures:
            raise BrokenCatalogue(f"Measure {measure.code} is defined twice.")
        measures[measure.code] = measure
    for measure in measures.values():
        if isinstance(measure, Share):
            for code in measure.part + measure.whole:
                if not isinstance(measures.get(code), Counted):
                    raise BrokenCatalogue(f"Share {measure.code} rests on {code}, which is not a flow or a stock.")
    return measures
