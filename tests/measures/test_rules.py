from datetime import date
from decimal import Decimal

import pytest

from gandan.ground.ledger.kinds import Kind
from gandan.ground.organisations.rules import AsAt, AsIs, AsWas
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.rules import (
    BadView,
    BrokenCatalogue,
    Flow,
    NotAdditive,
    Share,
    Worded,
    assemble,
    percent,
    pick,
    view_named,
    view_text,
)

TODAY = date(2026, 11, 20)
W = Worded("a", "a")
COMMON = {"name": W, "definition": W, "unit": W, "source": "s"}


@pytest.mark.parametrize(
    ("facets", "takes"),
    [
        ({"procedure": "passport", "punctuality": "late"}, True),
        ({"procedure": "passport-lost", "punctuality": "late"}, True),
        ({"procedure": "vehicle", "punctuality": "late"}, False),
        ({"procedure": "passport", "punctuality": "early"}, False),
        ({}, False),
    ],
)
def test_a_selection_takes_values_and_beginnings_of_values(facets, takes):
    assert pick(Kind.DOSSIER_FINISHED, procedure="passport*", punctuality={"late", "in_time"}).takes(facets) is takes


def test_what_goes_out_counts_against_what_came_in():
    stock = CATALOGUE["dossiers-open"]

    assert [
        stock.weight(kind, {"procedure": "vehicle", "punctuality": "late", "channel": "online"})
        for kind in (Kind.DOSSIER_RECEIVED, Kind.DOSSIER_FINISHED, Kind.DOSSIER_HANDED_OVER, Kind.LETTER_OWED)
    ] == [1, -1, -1, 0]


def test_a_formula_is_the_same_however_it_is_written():
    one = Flow(code="a", plus=(pick(Kind.DOSSIER_FINISHED, punctuality={"late", "early"}, procedure="p"),), **COMMON)
    other = Flow(code="b", plus=(pick(Kind.DOSSIER_FINISHED, procedure="p", punctuality={"early", "late"}),), **COMMON)

    assert one.formula() == other.formula() == "flow:count:+dossier.finished[procedure=p][punctuality=early|late]"


def test_a_catalogue_that_contradicts_itself_is_refused():
    flow = Flow(code="a", **COMMON)

    with pytest.raises(BrokenCatalogue, match="defined twice"):
        assemble((flow,), (flow,))
    with pytest.raises(BrokenCatalogue, match="not a flow or a stock"):
        assemble((flow, Share(code="b", part=("a",), whole=("nothing",), **COMMON)))
    with pytest.raises(BrokenCatalogue, match="not a flow or a stock"):
        assemble((NotAdditive(code="n", reason=W, **COMMON), Share(code="b", part=("n",), whole=("n",), **COMMON)))


def test_only_doing_things_in_time_may_have_a_target():
    speech = ("tips", "crime-reports", "ideas", "reports", "claims", "corrections", "ratings", "satisfaction")

    assert [
        code for code, measure in CATALOGUE.items() if measure.timely and code.startswith(speech) and "in-time" not in code
    ] == []
    assert CATALOGUE["dossiers-on-time-share"].timely


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (0, 5, "0.0"), (5, 5, "100.0")]
)
def test_a_share_has_one_decimal_and_rounds_halves_up(part, whole, share):
    assert percent(part, whole) == Decimal(share)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("as-was", AsWas()),
        ("", AsWas()),
        ("AS-IS", AsIs(TODAY)),
        ("as-at:2025-06-30", AsAt(date(2025, 6, 30))),
    ],
)
def test_a_view_is_read_and_written(text, view):
    assert view_named(text, today=TODAY) == view
    assert view_named(view_text(view), today=TODAY) == view


@pytest.mark.parametrize("text", ["as-at", "as-at:2025-02-31", "as-was:2025-01-01", "now", "as-is:1"])
def test_another_view_is_refused(text):
    with pytest.raises(BadView) as refused:
        view_named(text, today=TODAY)

    assert text in str(refused.value)
