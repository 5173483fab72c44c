"""A table of figures, and how they hang together: shares and their wholes, years and their sum, measures that add up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gandan.results.releases.rules.table import SUMS
from gandan.results.releases.rules.together import Form, is_small, minus

# What was delivered is what was delivered of each field; where there are others besides, more is held back than need be.
BY_FIELD: Form = {
    "deliveries-delivered": 1,
    "deliveries-delivered-passport": -1,
    "deliveries-delivered-vehicle": -1,
    "deliveries-delivered-identity": -1,
}
Spot = tuple[str, str]
"""A figure in the table: its measure, its column."""
Numbers = tuple[int, ...]
"""A count; of a share its part and its whole."""


@dataclass(frozen=True)
class Frame:
    """How the figures of a report hang together."""

    shares: Mapping[str, tuple[Form, Form]]  # what is summed as the part and as the whole
    adding: frozenset[str]  # measures whose years add up to the whole period
    years: tuple[str, ...]
    whole: str
    stocks: frozenset[str] = frozenset()  # measures of a day: that at which a column ends

    def forms(self, spot: Spot, mark: str = "") -> tuple[Form, ...]:
        code, column = spot
        sides = self.shares.get(code) or ({code: 1},)
        return tuple({f"{one}@{column}{mark}": times for one, times in side.items()} for side in sides)

    def nothing(self, mark: str = "") -> Iterator[Form]:
        """Yield the sums that are nothing, whatever happened."""
        for column in (*self.years, self.whole):
            yield from ({f"{one}@{column}{mark}": times for one, times in form.items()} for form in (*SUMS, BY_FIELD))
        for code in sorted(self.adding) if self.years else ():
            yield {f"{code}@{self.whole}{mark}": 1, **{f"{code}@{year}{mark}": -1 for year in self.years}}

    def small(self, figures: Mapping[Spot, Numbers], *marks: str) -> Iterator[Form]:
        """Yield what is too small among figures, and among the rests that shares leave of their wholes."""
        for spot, numbers in figures.items():
            sides = [summed([self.forms(spot, mark) for mark in marks or ("",)], nth) for nth in range(len(numbers))]
            yield from (form for form, number in zip(sides, numbers, strict=True) if is_small(number))
            if len(numbers) == 2 and is_small(numbers[1] - numbers[0]):
                yield minus(sides[1], sides[0])


def summed(forms: Iterable[Sequence[Form]], side: int) -> dict[str, int]:
    """Return one side of figures that stand for one another's rests: a count with what came to it since, say."""
    return {name: times for form in forms for name, times in form[side].items()}
