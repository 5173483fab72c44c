"""A unit derives its own plan, keeps the thread; the city sees who has not, and how targets stand together."""

from datetime import date
from decimal import Decimal

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.results.measures.queries import figures
from gandan.results.programmes import queries
from gandan.results.programmes.models import DraftPart, Programme, Turn
from gandan.results.programmes.operations import (
    AlreadyDrafted,
    NotItsProgramme,
    approve_draft,
    close_programme,
    derive_plan,
    follow_succession,
    make_turns,
    write_part,
)
from tests.cast import TODAY


@pytest.fixture
def heads(cast):
    """Who heads the police of each ward."""
    return {
        code: enrol(username=code.lower(), name=f"Trưởng {code}", unit=cast.unit(code), role=Role.UNIT_HEAD, line=Line.POLICE,
                    by=cast.importer, on=date(2026, 1, 5))
        for code in ("CAP-W1", "CAP-W2")
    }  # fmt: skip


@pytest.fixture
def plan(cast, programme, heads):
    """The plan of ward W1, aiming higher than the city, in force."""
    draft = derive_plan(programme=programme, unit=cast.unit("CAP-W1"), by=heads["CAP-W1"], on=TODAY)
    aim = DraftPart.objects.get(draft=draft, facts__measure="dossiers-on-time-share")
    facts = aim.facts | {"targets": [{"year": 2026, "value": "97.5", "simulated": True, "source": ""}]}
    write_part(draft=draft, key=aim.key, text="", base=1, facts=facts, by=heads["CAP-W1"], on=TODAY)
    approve_draft(draft=draft, by=heads["CAP-W1"], on=TODAY)
    return Programme.objects.get(upper=programme)


def test_a_plan_keeps_the_thread_to_the_programme(cast, programme, plan):
    assert (plan.code, plan.signed_on) == ("thu-2026-cap-w1", TODAY)
    assert {content.upper.number for content in plan.contents.all()} == {1, 2}
    for task in plan.tasks.all():
        assert task.upper.programme == programme
        assert [unit.code for unit in task.units.all()] == ["CAP-W1"]
    assert Turn.objects.filter(task__programme=plan).count() == 3
    assert set(Promise.objects.filter(unit__code="CAP-W1").values_list("owed_to", "subject")) == {("superior", "thu-2026")}
    shown = queries.turn(Turn.objects.filter(task__programme=plan).first().pk, cast.oanh, TODAY)
    assert shown.upper[0] == "thu-2026"


def test_the_city_sees_who_has_not_and_how_targets_stand(cast, programme, plan, heads):
    seen = queries.cascade(programme, TODAY)
    assert [(row.unit.code, row.in_force, row.open) for row in seen.rows] == [("CAP-W2", False, 0), ("CAP-W1", True, 3)]
    assert seen.without == 1
    (target,) = [one for one in seen.targets if one.year == 2026]
    assert (target.whole, target.units, target.total, target.lowest, target.short) == (
        Decimal(95), 1, None, Decimal("97.5"), (),
    )  # fmt: skip

    draft = derive_plan(programme=programme, unit=cast.unit("CAP-W2"), by=heads["CAP-W2"], on=TODAY)
    aim = DraftPart.objects.get(draft=draft, facts__measure="dossiers-on-time-share")
    facts = aim.facts | {"targets": [{"year": 2026, "value": "90", "simulated": True, "source": ""}]}
    write_part(draft=draft, key=aim.key, text="", base=1, facts=facts, by=heads["CAP-W2"], on=TODAY)
    assert queries.cascade(programme, TODAY).rows[0].draft == draft.pk
    approve_draft(draft=draft, by=heads["CAP-W2"], on=TODAY)
    (target,) = [one for one in queries.cascade(programme, TODAY).targets if one.year == 2026]
    assert (target.lowest, target.highest, target.short) == (Decimal(90), Decimal("97.5"), (cast.unit("CAP-W2").pk,))
    day = Period(TODAY, date(2026, 11, 21))
    read = figures(["units-with-plan"], [cast.police.pk], [day], line=Line.POLICE)
    assert read.cell("units-with-plan", cast.police.pk, day).value == 2


def test_each_unit_owes_its_plan_until_it_is_in_force(cast, programme, plan):
    owed = Promise.objects.filter(kind="plan.make")
    assert set(owed.values_list("unit__code", "state", "due_on")) == {
        ("CAP-W1", "kept", date(2026, 12, 15)), ("CAP-W2", "open", date(2026, 12, 15)),
    }  # fmt: skip
    assert make_turns(by=cast.importer, on=TODAY) == 0
    assert owed.count() == 2  # nobody owes it twice
    assert queries.plan_owed(owed.first().about_id) == "thu-2026"
    with pytest.raises(queries.UnknownProgramme):
        queries.plan_owed(0)

    close_programme(programme=programme, by=cast.giang, on=TODAY)
    assert set(owed.values_list("unit__code", "state")) == {("CAP-W1", "kept"), ("CAP-W2", "dropped")}


def test_only_the_unit_and_those_above_write_its_plan(cast, programme, plan, heads):
    with pytest.raises(NotAllowed):
        derive_plan(programme=programme, unit=cast.unit("CAP-W2"), by=heads["CAP-W1"], on=TODAY)
    with pytest.raises(AlreadyDrafted):
        derive_plan(programme=programme, unit=cast.unit("CAP-W1"), by=heads["CAP-W1"], on=TODAY)
    with pytest.raises(NotItsProgramme):
        derive_plan(programme=plan, unit=cast.unit("CAP-W2"), by=heads["CAP-W2"], on=TODAY)
    assert derive_plan(programme=programme, unit=cast.unit("CAP-W2"), by=cast.giang, on=TODAY).programme.upper == programme


def test_a_unit_that_is_merged_passes_its_tasks_on_and_its_plan_ends(cast, programme, plan, monkeypatch):
    unit, heir = cast.unit("CAP-W1"), cast.unit("CAP-W2")
    unit.closed_on = TODAY
    unit.save()
    monkeypatch.setattr("gandan.results.programmes.operations.succeeding.standing", lambda one, on: heir)

    assert follow_succession(unit=unit, by=cast.importer, on=TODAY) == 3
    assert set(Turn.objects.filter(task__programme=plan).values_list("unit__code", flat=True)) == {"CAP-W2"}
    owed = Promise.objects.filter(about_type="programmes.turn", subject="thu-2026", owed_to="superior")
    assert set(owed.values_list("unit__code", flat=True)) == {"CAP-W2"}
    seen = queries.cascade(programme, TODAY)
    assert [row.unit.code for row in seen.ended] == ["CAP-W1"]
    assert Event.objects.filter(facet_set__kind="plan.ended").count() == 1
    # The heir, which has no plan, has it before it as a draft of its own.
    carried = Programme.objects.get(upper=programme, closed_on=None)
    assert (carried.unit.code, carried.code, carried.signed_on) == ("CAP-W2", "thu-2026-cap-w2", None)
    parts = DraftPart.objects.filter(draft__programme=carried)
    assert {tuple(part.facts["units"]) for part in parts.filter(kind="task")} == {("CAP-W2",)}
    aim = parts.get(facts__measure="dossiers-on-time-share")
    assert aim.facts["targets"][0]["value"] == "97.5"  # what the ended unit aimed at
    assert "kế hoạch" in parts.get(kind="title").text.lower()


def test_an_heir_that_has_its_own_plan_keeps_it(cast, programme, plan, heads, monkeypatch):
    own = derive_plan(programme=programme, unit=cast.unit("CAP-W2"), by=heads["CAP-W2"], on=TODAY)
    monkeypatch.setattr("gandan.results.programmes.operations.succeeding.standing", lambda one, on: cast.unit("CAP-W2"))
    follow_succession(unit=cast.unit("CAP-W1"), by=cast.importer, on=TODAY)

    assert Programme.objects.get(upper=programme, closed_on=None) == own.programme
