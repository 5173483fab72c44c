"""One measure taken apart: by unit, by year, by facet, down to its events."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gandan.ground.calendar.rules import CALENDAR_PERIODS, Grain, Period, PeriodName
from gandan.ground.ledger.kinds import KINDS, Kind
from gandan.ground.ledger.operations import correct, post_all
from gandan.ground.organisations.operations import move
from gandan.ground.organisations.rules import AsIs, Line
from gandan.results.measures.catalogue import CATALOGUE
from gandan.results.measures.queries import (
    Filter,
    all_events,
    by_facet,
    by_unit,
    by_year,
    events,
    explain,
    key,
    reach,
    recorded,
    trend,
)
from gandan.results.measures.rules import Status
from tests.cast import ACT, TODAY
from tests.measures.happening import finish, happen, overdue, receive

YEAR = {year: CALENDAR_PERIODS[Grain.YEAR].period(PeriodName(year, Grain.YEAR)) for year in range(2015, 2027)}


def ids(cast, *codes):
    return [cast.unit(code).pk for code in codes]


def test_the_units_below_and_what_is_nobodys_make_up_the_whole(cast):
    receive(cast, "CAP-O1", date(2024, 5, 6), times=2)
    receive(cast, "CAP-O3", date(2024, 5, 6), times=3)
    receive(cast, "79", date(2024, 5, 6))

    found = by_unit("dossiers-received", cast.city.pk, YEAR[2024])

    assert found.total.value == 6
    assert [(one.unit.code, one.cell.value) for one in found.below if one.cell.value] == [("D760", 2), ("D761", 3)]
    assert found.rest == 1


def test_units_below_are_those_of_each_day_as_was_and_those_of_the_day_as_is(cast):
    receive(cast, "CAP-O1", date(2025, 5, 6), times=2)
    receive(cast, "CAP-O2", date(2025, 5, 6), times=4)
    receive(cast, "CAP-W1", date(2025, 9, 8), times=3)

    as_was = by_unit("dossiers-received", cast.city.pk, YEAR[2025])
    as_is = by_unit("dossiers-received", cast.city.pk, YEAR[2025], view=AsIs(TODAY))

    assert {one.unit.code: one.cell.value for one in as_was.below if one.unit.code in {"D760", "W1"}} == {"D760": 6, "W1": 3}
    assert as_was.rest == 0
    assert {one.unit.code: one.cell.value for one in as_is.below if one.unit.code in {"W1", "W2"}} == {"W1": 5, "W2": 0}
    assert as_is.rest == 4  # of the ward divided between two, nobody's


def test_a_unit_that_moved_within_the_period_is_told_for_its_stay(cast):
    receive(cast, "CAP-W1", date(2025, 9, 8))
    receive(cast, "CAP-W1", date(2025, 11, 3), times=2)
    moved_on = date(2025, 10, 1)
    move(unit=cast.unit("CAP-W1"), parent=cast.unit("W2"), line=Line.ADMINISTRATION, act=ACT, by=cast.lan, on=moved_on)

    first = by_unit("dossiers-received", cast.unit("W1").pk, YEAR[2025])
    second = by_unit("dossiers-received", cast.unit("W2").pk, YEAR[2025])

    assert [(o.unit.code, o.period.last, o.cell.value) for o in first.below if o.cell.value] == [("CAP-W1", date(2025, 9, 30), 1)]
    assert [(o.unit.code, o.period.start, o.cell.value) for o in second.below if o.cell.value] == [("CAP-W1", moved_on, 2)]
    assert (first.rest, second.rest) == (0, 0)


def test_a_measure_through_the_years_of_a_stretch(cast):
    receive(cast, "PA08", date(2024, 5, 6))
    receive(cast, "PA08", date(2026, 6, 30), times=2)
    receive(cast, "PA08", date(2026, 7, 1), times=4)

    spots = by_year("dossiers-received", cast.city.pk, Period(date(2024, 3, 1), date(2026, 7, 1)))

    assert [(spot.period.label, spot.cell.value) for spot in spots] == [
        ("2024-03-01..2024-12-31", 1),
        ("2025", 0),
        ("2026-01-01..2026-06-30", 2),
    ]


def test_a_trend_breaks_where_the_unit_did_not_exist(cast):
    receive(cast, "CAP-W1", date(2025, 9, 8))

    spots = trend("dossiers-received", cast.unit("W1").pk, [YEAR[2024], YEAR[2025]])

    assert [spot.cell.status for spot in spots] == [Status.ABSENT, Status.COUNTED]


def test_a_figure_by_the_values_of_a_facet(cast):
    receive(cast, "PA08", date(2024, 5, 6), times=3)
    receive(cast, "PC08", date(2024, 5, 6), times=5, procedure="vehicle", channel="online")

    by_procedure = by_facet("dossiers-received", "procedure", cast.city.pk, YEAR[2024])
    by_channel = by_facet("dossiers-received", "channel", cast.city.pk, YEAR[2024])

    assert [(part.value, part.total) for part in by_procedure] == [("vehicle", 5), ("passport", 3)]
    assert [(part.value, part.total) for part in by_channel] == [("online", 5), ("counter", 3)]
    assert by_facet("directives-answered", "item", cast.city.pk, YEAR[2024]) == ()


def test_a_stock_by_facet_counts_what_went_out(cast):
    receive(cast, "PA08", date(2024, 5, 6), times=3)
    finish(cast, "PA08", date(2024, 5, 16), "early")

    parts = by_facet("dossiers-open", "procedure", cast.city.pk, YEAR[2024])

    assert [(part.value, part.total, part.count) for part in parts] == [("passport", 2, 4)]


# Down to the events


def test_a_figure_opens_to_its_events_newest_first(cast):
    receive(cast, "PA08", date(2024, 5, 6), times=2)
    receive(cast, "CAP-O1", date(2024, 7, 8), procedure="identity")
    receive(cast, "PA08", date(2023, 7, 8))

    found = events("dossiers-received", cast.city.pk, YEAR[2024])

    assert [(one.event.day.month, one.unit.code, one.weight) for one in found] == [
        (7, "CAP-O1", 1),
        (5, "PA08", 1),
        (5, "PA08", 1),
    ]
    assert found[0].sentence.vi == "Tiếp nhận hồ sơ"
    assert found[0].event.facets == {"procedure": "identity", "channel": "counter"}


def test_pages_of_events_follow_each_other_without_gap_or_overlap(cast):
    for offset in range(7):
        receive(cast, "PA08", date(2024, 5, 6) + timedelta(days=10 * offset), times=3)
    post_all()
    receive(cast, "PA08", date(2024, 5, 7))

    first = events("dossiers-received", cast.city.pk, YEAR[2024], limit=9)
    second = events("dossiers-received", cast.city.pk, YEAR[2024], limit=100, before=key(first[-1]))
    every = list(all_events("dossiers-received", cast.city.pk, YEAR[2024], page=4))

    assert [one.event.id for one in first + second] == [one.event.id for one in every]
    assert len({one.event.id for one in every}) == 22


def test_the_events_of_a_stock_come_in_and_go_out_and_add_up_to_it(cast):
    receive(cast, "PA08", date(2023, 5, 6), times=3)
    finish(cast, "PA08", date(2024, 5, 6), "late")
    finish(cast, "PA08", date(2025, 5, 6), "late")

    found = events("dossiers-open", cast.city.pk, YEAR[2024])

    assert sum(one.weight for one in found) == 2
    assert len(found) == 4


def test_a_correction_stands_among_the_events_and_takes_back(cast):
    (mistaken,) = happen(cast, Kind.DOSSIER_RECEIVED, "PA08", date(2024, 3, 5), procedure="passport", channel="post")
    correct(mistaken, reason="typed-twice", by=cast.importer)

    found = events("dossiers-received", cast.city.pk, YEAR[2024])

    assert [(one.weight, one.event.reason) for one in found] == [(-1, "typed-twice"), (1, "")]


def test_events_are_filtered_by_kind_facet_and_unit(cast):
    receive(cast, "PA08", date(2024, 5, 6))
    receive(cast, "PC08", date(2024, 5, 6), procedure="vehicle", channel="online")
    finish(cast, "PC08", date(2024, 5, 7), "early", procedure="vehicle")

    def found(wanted):
        return [one.event.kind for one in events("dossiers-open", cast.city.pk, YEAR[2024], wanted=wanted)]

    assert found(Filter(kind="dossier.finished")) == ["dossier.finished"]
    assert found(Filter(facets={"procedure": "vehicle"})) == ["dossier.finished", "dossier.received"]
    assert found(Filter(unit=cast.unit("PA08").pk)) == ["dossier.received"]


def test_a_share_opens_to_its_whole_and_what_has_no_events_to_none(cast):
    finish(cast, "PA08", date(2024, 5, 6), "late", times=2)
    finish(cast, "PA08", date(2024, 5, 6), "early")

    assert len(events("dossiers-on-time-share", cast.city.pk, YEAR[2024])) == 3
    assert events("directives-answered", cast.city.pk, YEAR[2024]) == ()
    assert events("people-reached", cast.city.pk, YEAR[2024]) == ()


def test_an_event_is_told_which_figures_it_reaches(cast):
    finish(cast, "PA08", date(2023, 5, 6), "late")
    reached = reach(["dossiers-finished-late", "dossiers-open", "dossiers-on-time-share"], [cast.city.pk], [YEAR[2024]])
    (one,) = events("dossiers-finished", cast.city.pk, YEAR[2023])

    assert set(reached.codes(one.event)) == {"dossiers-open"}  # the flows of 2024 don't count it, the stock does


# What it means


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_measure_explains_itself(code):
    told = explain(code)

    assert told.measure.code == code
    assert bool(told.counted or told.part or told.reason) == (recorded(told.measure) or bool(told.part or told.reason))
    for facet in told.facets:
        assert any(facet in KINDS[kind].facets for kind in told.measure.kinds)


def test_the_honest_share_names_its_parts():
    told = explain("dossiers-honest-on-time-share")

    assert [one.code for one in told.whole] == ["dossiers-finished", "dossiers-overdue-open"]
    assert told.recorded


def test_an_overdue_dossier_lowers_the_share_of_its_own_unit(cast):
    finish(cast, "PA08", date(2024, 5, 6), "early", times=3)
    overdue(cast, "PA08", date(2024, 6, 6))

    found = by_unit("dossiers-honest-on-time-share", cast.police.pk, YEAR[2024], line=Line.POLICE)

    assert {one.unit.code: one.cell.value for one in found.below if one.cell.counted} == {"PA08": Decimal("75.0")}
    assert found.rest is None
