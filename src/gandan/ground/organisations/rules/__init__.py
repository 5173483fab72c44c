"""The rules of the tree: pure, no Django, no clock, no database."""

from gandan.ground.organisations.rules.acts import Act
from gandan.ground.organisations.rules.attribution import AsAt, AsIs, AsWas, Attribution, View, attribution, balance
from gandan.ground.organisations.rules.lines import LINE_NAMES, How, Line, Nature, UnitKind
from gandan.ground.organisations.rules.names import rank, search_key
from gandan.ground.organisations.rules.tree import ALWAYS, NEVER, ONE_DAY, Passage, Place, Span, Tree

__all__ = [
    "ALWAYS",
    "LINE_NAMES",
    "NEVER",
    "ONE_DAY",
    "Act",
    "AsAt",
    "AsIs",
    "AsWas",
    "Attribution",
    "How",
    "Line",
    "Nature",
    "Passage",
    "Place",
    "Span",
    "Tree",
    "UnitKind",
    "View",
    "attribution",
    "balance",
    "rank",
    "search_key",
]
