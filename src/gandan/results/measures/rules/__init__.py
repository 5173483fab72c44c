"""What a measure is, what a figure says, and which days of which units make it up. Pure."""

from gandan.results.measures.rules.cell import ABSENT, FEWEST, HIDDEN, NO_DATA, NOT_ADDITIVE, Cell, Status, percent, shown
from gandan.results.measures.rules.measure import (
    Better,
    BrokenCatalogue,
    Counted,
    Flow,
    Measure,
    NotAdditive,
    Pick,
    Share,
    Stock,
    Worded,
    assemble,
    pick,
)
from gandan.results.measures.rules.plan import Plan, Spread, plan
from gandan.results.measures.rules.service_index import IndexGroup, IndexLine, service_index
from gandan.results.measures.rules.views import BadView, view_named, view_text

__all__ = [
    "ABSENT",
    "FEWEST",
    "HIDDEN",
    "NOT_ADDITIVE",
    "NO_DATA",
    "BadView",
    "Better",
    "BrokenCatalogue",
    "Cell",
    "Counted",
    "Flow",
    "IndexGroup",
    "IndexLine",
    "Measure",
    "NotAdditive",
    "Pick",
    "Plan",
    "Share",
    "Spread",
    "Status",
    "Stock",
    "Worded",
    "assemble",
    "percent",
    "pick",
    "plan",
    "service_index",
    "shown",
    "view_named",
    "view_text",
]
