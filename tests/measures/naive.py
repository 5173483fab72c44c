"""Figures as anyone would count them first: event by event, asking of each unit above whether it stood above on that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.rules import Line, Tree
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import Share, Stock, percent


@dataclass(frozen=True)
class Happened:
    unit: int
    day: date
    kind: str
    facets: dict[str, str]
    sign: int
    amount: int


def all_events() -> list[Happened]:
    return [
        Happened(e.unit_id, e.day, e.kind, e.facets, e.sign, e.amount or 0) for e in Event.objects.select_related("facet_set")
    ]


def stands_under(tree: Tree, unit: int, target: int, line: Line, day: date) -> bool:
    """Walk up from a unit by that day's tree; before its beginning by its first place, after its end by its last."""
    at: int | None = unit
    while at is not None:
        if at == target:
            return True
        places = tree.places(at, line)
        if not places:
            return False
        there = [place for place in places if place.start <= day < place.end]
        before = [place for place in places if place.end <= day]
        at = (there or before[-1:] or places[:1])[0].parent
    return False


def counted(tree: Tree, events: Iterable[Happened], code: str, target: int, line: Line, start: date, end: date):
    """Return one figure as it was."""
    measure = CATALOGUE[code]
    if isinstance(measure, Share):
        part, whole = (
            sum(counted(tree, events, base, target, line, start, end) for base in codes)
            for codes in (measure.part, measure.whole)
        )
        return percent(part, whole) if whole > 0 else None
    total = 0
    for event in events:
        weight = measure.weight(event.kind, event.facets)
        if isinstance(measure, Stock):
            inside = event.day < end and stands_under(tree, event.unit, target, line, end - timedelta(days=1))
        else:
            inside = start <= event.day < end and stands_under(tree, event.unit, target, line, event.day)
        if inside:
            total += weight * event.sign * (event.amount if measure.amount else 1)
    return total
