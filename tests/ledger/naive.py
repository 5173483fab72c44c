"""A ledger as anyone would write it first: a list, read from the start each time. What the real one is held against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass
class NaiveLedger:
    """Events as (number, unit, day, facet set, sign, amount), and how long the list was at each posting."""

    events: list[tuple[int, int, date, int, int, int]] = field(default_factory=list)
    known_at: dict[int, frozenset[int]] = field(default_factory=dict)

    def record(self, number: int, unit: int, day: date, facets: int, amount: int = 0) -> None:
        self.events.append((number, unit, day, facets, 1, amount))

    def correct(self, number: int, original: int) -> None:
        _, unit, day, facets, _, amount = next(event for event in self.events if event[0] == original)
        self.events.append((number, unit, day, facets, -1, amount))

    def posted(self, posting: int) -> None:
        self.known_at[posting] = frozenset(event[0] for event in self.events)

    def sums(
        self, facet_sets: Iterable[int], spans: Iterable[tuple[int, int, date, date]], as_of: int | None = None
    ) -> dict[tuple[int, int], tuple[int, int]]:
        """Sum (count, amount) by cell and facet set, leaving out what is zero."""
        wanted, counts, amounts = set(facet_sets), Counter(), Counter()
        for cell, at, start, end in spans:
            for number, unit, day, facets, sign, amount in self.events:
                if as_of is not None and number not in self.known_at[as_of]:
                    continue
                if unit == at and facets in wanted and start <= day < end:
                    counts[cell, facets] += sign
                    amounts[cell, facets] += sign * amount
        return {key: (counts[key], amounts[key]) for key in counts if counts[key] or amounts[key]}
