import time
from collections import Counter
from datetime import date

import pytest

from gandan.ground.ledger.models import Event, Pending
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.models import LegalAct, Placement, Succession, Unit, UnitName
from gandan.ground.organisations.operations import Loaded, load, load_city
from gandan.ground.organisations.queries import find_units, importer, public, unit
from gandan.ground.organisations.rules import Line
from gandan.ground.organisations.rules.plan import BadPlan, Plan
from tests.cast import miniature

TODAY = date(2026, 11, 20)


@pytest.fixture
def city(db) -> Loaded:
    return load_city(by=importer(), on=TODAY)


def test_the_city_is_loaded_in_seconds_with_its_acts(db, django_assert_max_num_queries):
    start = time.process_time()  # of our own work: the statements are counted
    with django_assert_max_num_queries(200):
        loaded = load_city(by=importer(), on=TODAY)
    assert time.process_time() - start < 5

    assert (loaded.units, loaded.places, loaded.passages) == (2202, Placement.objects.count(), Succession.objects.count())
    assert unit("W26740").founding_act.number == "1685/NQ-UBTVQH15"
    assert unit("CAQ-760").closing_act.verified
    assert LegalAct.objects.filter(number="202/2025/QH15", body="Quốc hội").exists()


def test_the_ledger_is_told_of_every_act_as_history(city):
    kinds = Counter(Event.objects.values_list("facet_set__kind", flat=True))
    ended = Unit.objects.exclude(closed_on=None).count()
    assert kinds == {
        "unit.founded": 2202,
        "unit.moved": kinds["unit.moved"],
        "unit.succeeded": ended,
        "unit.closed": ended,
    }
    assert kinds["unit.moved"] == city.places - sum(1 for _ in Placement.objects.values("unit", "line").distinct())
    closed = Event.objects.get(facet_set__kind="unit.closed", unit__code="CAQ-760")
    assert (closed.day, closed.about_type) == (date(2025, 3, 1), "organisations.unit")
    assert Pending.objects.filter(quiet=False).count() == 0


def test_loading_again_changes_nothing(city):
    before = [model.objects.count() for model in (Unit, UnitName, Placement, Succession, Event)]
    assert load_city(by=importer(), on=TODAY) == Loaded(0, 0, 0)
    assert [model.objects.count() for model in (Unit, UnitName, Placement, Succession, Event)] == before


def test_what_was_missing_is_added(db):
    plan = miniature()
    part = Plan(tuple(one for one in plan.units if one.code in {"79", "CATP"}), (), plan.acts)
    assert load(plan=part, by=importer(), on=TODAY).units == 2
    rest = load(plan=plan, by=importer(), on=TODAY)
    assert rest.units == len(plan.units) - 2
    assert Unit.objects.count() == len(plan.units)
    assert Succession.objects.count() == len(plan.passages)


def test_nothing_of_a_bad_plan_is_loaded(db):
    plan = miniature()
    with pytest.raises(BadPlan):
        load(plan=Plan(plan.units[1:], (), plan.acts), by=importer(), on=TODAY)
    assert not Unit.objects.exists()


def test_not_everybody_may(db):
    with pytest.raises(NotAllowed):
        load_city(by=public(), on=TODAY)


def test_a_ward_is_found_without_marks_among_its_namesakes(city):
    assert [row.code for row in find_units("phuong ben nghe", date(2025, 6, 30))][:1] == ["O26740"]
    assert find_units("phuong ben nghe", TODAY) == ()
    assert [row.code for row in find_units("phường 4, quận 3", limit=1)] == ["O27148"]
    namesakes = find_units("phường 1", date(2025, 6, 30), limit=100)
    assert {row.name for row in namesakes[:10]} == {"Phường 1"}
    assert [row.name for row in find_units("thu duc", TODAY, Line.ADMINISTRATION, limit=2)] == [
        "Phường Thủ Đức", "Ban Xây dựng Đảng phường Thủ Đức",
    ]  # fmt: skip
