"""Open dossiers that change their unit."""

from datetime import date, timedelta

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.operations import post_all
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.queries import NotStanding
from gandan.ground.organisations.rules import AsIs, AsWas, Line
from gandan.ground.promises.models import Promise
from gandan.results.measures.queries import figures
from gandan.work.dossiers.models import Dossier
from gandan.work.dossiers.operations import (
    NobodyNamed,
    StillStanding,
    WrongStep,
    finish,
    follow_succession,
    hand_over,
    owe_apology,
    receive,
)
from tests.cast import TWO_LEVELS
from tests.dossiers.lived import told

BEFORE = date(2025, 6, 25)
AS_WAS = AsWas()


@pytest.fixture
def card(office):
    def card(unit, on=BEFORE):
        return receive(procedure="identity-card", unit=office.unit(unit), applicant="A", by=office.importer, on=on)

    return card


def test_a_dossier_is_handed_over_with_what_is_owed_about_it(office):
    new = receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.importer, on=date(2026, 11, 16))
    handed = hand_over(dossier=new, to=office.police, by=office.alice, on=date(2026, 11, 18))

    assert handed.unit == Dossier.objects.get().unit == Promise.objects.get().unit == office.police
    assert sorted(told(new)[2:]) == [
        ("dossier.handed_over", "PA08", date(2026, 11, 18), {"procedure": "passport"}),
        ("dossier.taken_over", "CATP", date(2026, 11, 18), {"procedure": "passport"}),
        ("promise.handed_over", "PA08", date(2026, 11, 18), {"promise": "dossier.result", "subject": "passport", "was": "open"}),
        ("promise.taken_over", "CATP", date(2026, 11, 18), {"promise": "dossier.result", "subject": "passport", "was": "open"}),
    ]


def test_handing_over_to_oneself_changes_nothing(office):
    new = receive(procedure="passport", unit=office.unit("PA08"), applicant="A", by=office.alice, on=date(2026, 11, 16))
    before = told(new)

    hand_over(dossier=new, to=office.unit("PA08"), by=office.alice, on=date(2026, 11, 18))

    assert told(new) == before


def test_what_a_whole_unit_left_open_goes_to_its_heir(office, card):
    late, _, done = card("CAP-O1", date(2025, 6, 10)), card("CAP-O1"), card("CAP-O1")
    owe_apology(dossier=late, by=office.importer, on=date(2025, 6, 19))
    finish(dossier=done, by=office.importer, on=date(2025, 6, 27))

    assert follow_succession(unit=office.unit("CAP-O1"), by=office.importer, on=TWO_LEVELS) == 2

    assert set(Dossier.objects.filter(status="received").values_list("unit__code", flat=True)) == {"CAP-W1"}
    assert Dossier.objects.get(pk=done.pk).unit.code == "CAP-O1"
    assert set(Promise.objects.filter(state="open").values_list("unit__code", "kind")) == {
        ("CAP-W1", "dossier.result"),
        ("CAP-W1", "apology.letter"),
    }
    passed = {
        (kind, unit): facets["was"]
        for kind, unit, _, facets in told(late)
        if kind.startswith("promise") and "over" in kind and "was" in facets
    }
    assert passed == {("promise.handed_over", "CAP-O1"): "overdue", ("promise.taken_over", "CAP-W1"): "overdue"}
    assert follow_succession(unit=office.unit("CAP-O1"), by=office.importer, on=TWO_LEVELS) == 0


def test_what_a_divided_unit_left_open_goes_where_somebody_says_and_the_rest_to_the_main_heir(office, card):
    chosen, rest = card("CAP-O2"), card("CAP-O2")

    follow_succession(unit=office.unit("CAP-O2"), to={chosen.pk: office.unit("CAP-W2")}, by=office.importer, on=TWO_LEVELS)

    assert [Dossier.objects.get(pk=each.pk).unit.code for each in (chosen, rest)] == ["CAP-W2", "CAP-W1"]


def test_without_a_main_heir_somebody_must_say(office, card):
    card("CAP-O2")
    old = office.unit("CAP-O2")
    old.successions.update(main=False)

    with pytest.raises(NobodyNamed):
        follow_succession(unit=old, by=office.importer, on=TWO_LEVELS)

    assert follow_succession(unit=old, rest=office.unit("CAP-W2"), by=office.importer, on=TWO_LEVELS) == 1


def test_the_stock_moves_and_the_flows_stay_true(office, card, stocks):
    for unit in ("CAP-O1", "CAP-O1", "CAP-O3"):
        card(unit)
    before, day = stocks("dossiers-open", BEFORE), TWO_LEVELS
    for unit in ("CAP-O1", "CAP-O3"):
        follow_succession(unit=office.unit(unit), by=office.importer, on=day)
    post_all()

    assert before == {"79": 3, "CAP-O1": 2, "CAP-O3": 1, "CAP-W1": 0, "CAP-W2": 0}
    assert stocks("dossiers-open", day) == {"79": 3, "CAP-O1": 0, "CAP-O3": 0, "CAP-W1": 2, "CAP-W2": 1}
    assert stocks("dossiers-open", day - timedelta(days=1)) == before
    assert stocks("dossiers-open", day, AsIs(day))["79"] == 3


@pytest.fixture
def stocks(office):
    def stocks(code, day, view=AS_WAS):
        units = {name: office.unit(name) for name in ("79", "CAP-O1", "CAP-O3", "CAP-W1", "CAP-W2")}
        period = Period(date(2025, 1, 1), day + timedelta(days=1))
        found = figures([code], [unit.pk for unit in units.values()], [period], line=Line.ADMINISTRATION, view=view)
        return {name: found.cell(code, unit.pk, period).value or 0 for name, unit in units.items()}

    return stocks


def test_refused(office, card):
    new = card("CAP-O1")
    with pytest.raises(StillStanding):
        follow_succession(unit=office.unit("CAP-O1"), by=office.importer, on=TWO_LEVELS - timedelta(days=1))
    with pytest.raises(NotStanding, match="nay là"):
        finish(dossier=new, by=office.importer, on=TWO_LEVELS)
    with pytest.raises(NotStanding):
        hand_over(dossier=new, to=office.unit("CAP-W1"), by=office.importer, on=BEFORE)
    with pytest.raises(NotAllowed):
        follow_succession(unit=office.unit("CAP-O1"), by=office.chi, on=TWO_LEVELS)
    finish(dossier=new, by=office.importer, on=BEFORE)
    with pytest.raises(WrongStep):
        hand_over(dossier=new, to=office.police, by=office.importer, on=BEFORE)


def test_the_heir_s_officer_may_take_them_over(office, card):
    card("CAP-O1")

    assert follow_succession(unit=office.unit("CAP-O1"), by=office.binh, on=TWO_LEVELS) == 1
