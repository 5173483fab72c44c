"""A measure as a report understands it."""

from dataclasses import dataclass

from gandan.results.measures.rules import Measure, Worded


@dataclass(frozen=True)
class SheetMeasure:
    """A measure as the report understands it. `heading` is where it stands in the table; none if only the text names it."""

    code: str
    name: Worded
    definition: Worded
    unit: Worded
    source: str
    formula: str
    heading: str = ""
    position: int | None = None

    @property
    def decimals(self) -> int:
        return 1 if self.unit.vi == "%" else 0

    @property
    def suffix(self) -> str:
        return "%" if self.unit.vi == "%" else ""


def described(measure: Measure, heading: str = "", position: int | None = None) -> SheetMeasure:
    """Take down what a measure means today."""
    return SheetMeasure(
        measure.code, measure.name, measure.definition, measure.unit, measure.source, measure.formula(), heading, position
    )
