"""Each measure selects kinds and facets that can happen, and says in both languages what it is."""

import pytest

from gandan.ground.ledger.kinds import KINDS
from gandan.results.measures.catalogue import CATALOGUE, GROUPS
from gandan.results.measures.rules import Measure, Pick, pick


def impossible(selection: Pick) -> list[str]:
    """Return what a selection asks for that its kind never carries."""
    declared = KINDS[selection.kind].facets
    found = []
    for facet, values in selection.where:
        if facet not in declared:
            found.append(f"{selection.kind} has no facet {facet}")
        elif (allowed := declared[facet]) is not None:
            found += [f"{selection.kind}: {facet} is never {value}" for value in values if not any_takes(value, allowed)]
    return found


def any_takes(value: str, allowed: frozenset[str]) -> bool:
    return any(one.startswith(value[:-1]) if value.endswith("*") else one == value for one in allowed)


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=CATALOGUE)
def test_a_measure_counts_what_can_happen(measure: Measure):
    assert [fault for selection in measure.picks for fault in impossible(selection)] == []


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=CATALOGUE)
def test_a_measure_says_what_it_is(measure: Measure):
    for words in (measure.name, measure.definition, measure.unit):
        assert words.vi
        assert words.en
    assert measure.source
    assert measure.group in GROUPS


def test_there_are_as_many_as_the_programme_needs():
    assert len(CATALOGUE) >= 40


def test_no_amount_is_summed_where_none_is_recorded():
    summed = [m for m in CATALOGUE.values() if getattr(m, "amount", False)]

    assert [m.code for m in summed if any(not KINDS[kind].amount for kind in m.kinds)] == []


def test_a_selection_of_what_never_happens_is_seen():
    kind = next(iter(KINDS))

    assert impossible(pick(kind, opinion="any")) == [f"{kind} has no facet opinion"]
