"""Reading measures: figures, one measure taken apart, the events behind it, what it means."""

from gandan.results.measures.queries.breakdown import (
    ByUnit,
    FacetFigure,
    Spot,
    UnitFigure,
    by_facet,
    by_unit,
    by_units,
    by_year,
    cut,
    outermost,
    trend,
)
from gandan.results.measures.queries.drill import Behind, Filter, all_events, events, key
from gandan.results.measures.queries.explain import Explained, explain, recorded
from gandan.results.measures.queries.figures import SEALED, Figures, UnknownMeasure, figures, measure
from gandan.results.measures.queries.reach import Reach, reach

__all__ = [
    "SEALED",
    "Behind",
    "ByUnit",
    "Explained",
    "FacetFigure",
    "Figures",
    "Filter",
    "Reach",
    "Spot",
    "UnitFigure",
    "UnknownMeasure",
    "all_events",
    "by_facet",
    "by_unit",
    "by_units",
    "by_year",
    "cut",
    "events",
    "explain",
    "figures",
    "key",
    "measure",
    "outermost",
    "reach",
    "recorded",
    "trend",
]
