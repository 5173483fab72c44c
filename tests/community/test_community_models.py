"""Community models: registered, assessed by both sides by the criteria that held when the round began, recognised, renewed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

import gandan.work.community as package
from gandan.faces.jobs import jobs
from gandan.ground.documents.queries import pdf_of
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.queries import clock
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.promises.models import Promise
from gandan.work.community import operations as community
from gandan.work.community import queries
from gandan.work.community.models import CommunityModel, CriteriaSet, Partner, Round
from gandan.work.community.rules import BadCriteria, BadScores, Criterion, Field, NamesSomebody, Side, State, read_criteria, total
from tests.cast import TODAY

AT = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SHIPPED = Path(package.__file__).parent / "data" / "criteria.yaml"
GOOD = {"rules": 90, "watch": 80, "safety": 85, "care": 100}
POOR = {"rules": 60, "watch": 60, "safety": 60, "care": 60}
ITEMS = [Criterion("a", "A", "A", 70), Criterion("b", "B", "B", 30)]


@pytest.fixture
def city(cast):
    community.load_criteria(rows=read_criteria(SHIPPED.read_text()), unit=cast.city, by=cast.importer, on=TODAY)
    return cast


@pytest.fixture
def model(city):
    return community.register(
        unit=city.unit("CAP-W1"), field=Field.SELF_MANAGED, name="Khu phố không rác", summary="Camera và loa khu phố",
        partner=city.unit("BXDD-W1"), by=city.binh, on=TODAY,
    )  # fmt: skip


def assessed(city, model, police=GOOD, civil=GOOD, on=TODAY):
    community.assess_self(model=model, scores=GOOD, by=city.binh, on=on)
    community.assess(model=model, side=Side.POLICE, scores=police, by=city.giang, on=on)
    community.assess(model=model, side=Side.CIVIL, scores=civil, by=city.hoa, on=on)


def recognised(city, model, on=TODAY):
    assessed(city, model, on=on)
    return community.recognise(model=model, by=city.khanh, on=on, at=AT)


def test_points_are_weighed():
    assert str(total({"a": 80, "b": 55}, ITEMS)) == "72.5"


@pytest.mark.parametrize("weights", [(50, 40), (60, 60)])
def test_weights_add_up(weights):
    row = "{{code: {}, name: x, name_en: x, weight: {}}}"
    items = ", ".join(row.format(code, weight) for code, weight in zip("ab", weights, strict=True))
    text = f"criteria:\n- {{field: economy, valid_from: 2020-01-01, pass_mark: 70, source: x, verified: true, items: [{items}]}}"
    with pytest.raises(BadCriteria):
        read_criteria(text)


def test_criteria_that_hold_are_not_changed(city):
    (first, *_rest) = read_criteria(SHIPPED.read_text())
    same = community.load_criteria(rows=[first], unit=city.city, by=city.importer, on=TODAY)
    assert same[0].field == first.field
    changed = replace(first, pass_mark=99)
    with pytest.raises(community.CriteriaFixed):
        community.load_criteria(rows=[changed], unit=city.city, by=city.importer, on=TODAY)


def test_a_model_goes_from_registration_to_certificate(city, model):
    made = recognised(city, model)

    model.refresh_from_db()
    assert (model.state, model.recognised_until) == (State.RECOGNISED, date(2027, 11, 20))
    assert made.certificate.number_line == "Số: 01/GCN-MH-CAP-W1"
    text = PdfReader(BytesIO(pdf_of(made.certificate_id))).pages[0].extract_text()
    assert "Khu phố không rác" in text
    assert "20/11/2027" in text
    promise = Promise.objects.get(kind="model.renew")
    assert (promise.due_on, promise.unit) == (date(2027, 11, 20), city.unit("CAP-W1"))
    kinds = set(Event.objects.filter(facet_set__kind__startswith="model.").values_list("facet_set__kind", flat=True))
    assert kinds == {"model.registered", "model.assessed", "model.recognised"}
    ((_key, line),) = queries.certificates(city.giang, TODAY)
    assert (line.number, line.name) == ("Số: 01/GCN-MH-CAP-W1", "Khu phố không rác")


def test_both_sides_are_needed_and_neither_speaks_for_the_other(city, model):
    community.assess_self(model=model, scores=GOOD, by=city.binh, on=TODAY)
    community.assess(model=model, side=Side.POLICE, scores=GOOD, by=city.giang, on=TODAY)
    with pytest.raises(community.NotBothSides):
        community.recognise(model=model, by=city.khanh, on=TODAY, at=AT)
    with pytest.raises(NotAllowed):
        community.assess(model=model, side=Side.CIVIL, scores=GOOD, by=city.giang, on=TODAY)
    with pytest.raises(community.AlreadyAssessed):
        community.assess(model=model, side=Side.POLICE, scores=GOOD, by=city.giang, on=TODAY)
    with pytest.raises(community.AlreadyAssessed):
        community.assess_self(model=model, scores=GOOD, by=city.binh, on=TODAY)


def test_nobody_assesses_their_own_work(city, model):
    community.assess_self(model=model, scores=GOOD, by=city.giang, on=TODAY)
    with pytest.raises(community.OwnWork):
        community.assess(model=model, side=Side.POLICE, scores=GOOD, by=city.giang, on=TODAY)


@pytest.mark.parametrize("scores", [{}, {**GOOD, "care": 101}, {**GOOD, "praise": 5}])
def test_points_that_cannot_be_are_refused(city, model, scores):
    with pytest.raises(BadScores):
        community.assess_self(model=model, scores=scores, by=city.binh, on=TODAY)
    assert not Round.objects.exists()


def test_less_than_the_mark_of_one_side_is_not_recognised(city, model):
    assessed(city, model, civil=POOR)
    with pytest.raises(community.NotPassed):
        community.recognise(model=model, by=city.khanh, on=TODAY, at=AT)
    community.decline(model=model, by=city.khanh, on=TODAY)
    model.refresh_from_db()
    assert model.state == State.REGISTERED
    recognised(city, model)


def test_criteria_changed_in_the_middle_do_not_reach_a_round_that_has_begun(city, model):
    community.assess_self(model=model, scores=GOOD, by=city.binh, on=TODAY)
    old = CriteriaSet.objects.get(field="self_managed")
    tomorrow = TODAY + timedelta(1)
    item = {"code": "new", "name": "Mới", "name_en": "New", "weight": 100}
    CriteriaSet.objects.create(field="self_managed", valid_from=tomorrow, pass_mark=95, items=[item], source="tests")

    later = TODAY + timedelta(5)
    community.assess(model=model, side=Side.POLICE, scores=GOOD, by=city.giang, on=later)
    community.assess(model=model, side=Side.CIVIL, scores=GOOD, by=city.hoa, on=later)
    made = community.recognise(model=model, by=city.khanh, on=later, at=AT)

    assert made.criteria == old
    assert [one.code for one in queries.model(model.pk, city.binh, later).rounds[0].items] == list(GOOD)
    assert [one.code for one in queries.criteria_on(Field.SELF_MANAGED, later)] == ["new"]


def test_it_is_renewed_each_year_or_lapses_the_day_after(city, model):
    recognised(city, model)
    in_time = date(2027, 11, 10)
    recognised(city, model, on=in_time)
    model.refresh_from_db()
    assert (model.state, model.recognised_until) == (State.RECOGNISED, date(2028, 11, 20))
    assert Promise.objects.filter(kind="model.renew", state="kept").count() == 1

    assert community.lapse_due(by=clock(), on=date(2028, 11, 20)) == []
    assert community.lapse_due(by=clock(), on=date(2028, 12, 24)) == [model.pk]

    model.refresh_from_db()
    assert (model.state, model.lapsed_on) == (State.LAPSED, date(2028, 11, 21))
    assert not Promise.objects.filter(kind="model.renew", state="open").exists()
    event = Event.objects.get(facet_set__kind="model.lapsed")
    assert event.facet_set.facets == {"field": "self_managed", "was": "recognised", "why": "not_renewed"}
    with pytest.raises(community.WrongState):
        community.assess_self(model=model, scores=GOOD, by=city.binh, on=date(2028, 12, 24))


def test_renewed_long_before_its_end_it_gains_no_second_year(city, model):
    recognised(city, model)
    recognised(city, model, on=date(2027, 3, 1))
    model.refresh_from_db()
    assert model.recognised_until == date(2028, 3, 1)


def test_the_night_lets_it_lapse(city, model, held_clock):
    recognised(city, model)
    CommunityModel.objects.update(recognised_on=date(2025, 11, 1), recognised_until=date(2026, 11, 1))
    assert jobs.lapse_models() == 1
    assert jobs.lapse_models() == 0


def test_it_is_copied_to_another_unit_that_says_whence(city, model):
    with pytest.raises(community.WrongState):
        community.replicate(origin=model, unit=city.unit("CAP-W2"), name="", by=city.chi, on=TODAY)
    recognised(city, model)

    copy = community.replicate(origin=model, unit=city.unit("CAP-W2"), name="", by=city.chi, on=TODAY)

    assert (copy.name, copy.copied_from, copy.state) == (model.name, model, State.REGISTERED)
    assert [one.id for one in queries.model(model.pk, city.giang, TODAY).copies] == [copy.pk]
    assert Event.objects.filter(facet_set__kind="model.replicated", unit=city.unit("CAP-W2")).count() == 1


def test_a_model_whose_ward_was_divided_waits_for_somebody_to_choose(city):
    june, july = date(2025, 6, 1), date(2025, 7, 1)
    old = community.register(unit=city.unit("CAP-O2"), field=Field.SOCIETY, name="Bếp ấm", summary="", by=city.importer, on=june)
    moved = community.follow_succession(by=clock(), on=july)

    old.refresh_from_db()
    assert (moved, old.unit, old.area, old.divided) == ([old.pk], city.unit("CAP-W1"), city.unit("W1"), True)
    community.hand_over(model=old, unit=city.unit("CAP-W2"), by=city.importer, on=TODAY)
    old.refresh_from_db()
    assert (old.unit, old.divided) == (city.unit("CAP-W2"), False)
    told = Event.objects.filter(facet_set__kind__in=("model.handed_over", "model.taken_over")).order_by("id")
    assert [event.unit.code for event in told] == ["CAP-O2", "CAP-W1", "CAP-W1", "CAP-W2"]
    assert community.follow_succession(by=clock(), on=TODAY) == []


def test_a_partner_comes_by_their_own_word_leaves_and_is_forgotten(city, model):
    with pytest.raises(community.NotTheirWord):
        community.join(model=model.pk, name="Hội chữ thập đỏ", as_organisation=True, own_word=False, by=city.binh, on=TODAY)
    partner = community.join(model=model.pk, name="Bà Hai", as_organisation=False, own_word=True, by=city.binh, on=TODAY)
    assert [one.name for one in queries.model(model.pk, city.binh, TODAY).partners] == ["Bà Hai"]
    assert [one.name for one in queries.model(model.pk, city.oanh, TODAY).partners] == [""]

    community.leave(partner=partner.pk, forget=True, by=city.binh, on=TODAY)

    partner.refresh_from_db()
    assert (partner.name, partner.left_on, partner.forgotten_on) == ("", TODAY, TODAY)
    kinds = Event.objects.filter(facet_set__kind__startswith="partner.").values_list("facet_set__kind", flat=True)
    assert sorted(kinds) == ["partner.forgotten", "partner.joined", "partner.left"]


def test_who_left_is_forgotten_when_their_time_is_up(city, model):
    partner = community.join(model=model.pk, name="Bà Hai", as_organisation=False, own_word=True, by=city.binh, on=TODAY)
    community.leave(partner=partner.pk, by=city.binh, on=TODAY)
    later = TODAY + timedelta(400)

    assert community.erase_partners(before=TODAY, but=frozenset(), by=clock(), on=later) == []
    assert community.erase_partners(before=later, but=frozenset(), by=clock(), on=later) == [partner.pk]
    assert Partner.objects.get().name == ""


def test_a_story_is_told_in_the_name_of_a_body_and_names_nobody(city, model):
    publisher = city.unit("CAP-W1")
    appoint(person=city.dung, unit=publisher, role=Role.UNIT_HEAD, line=Line.POLICE, by=city.importer, on=TODAY)
    with pytest.raises(community.WrongState):
        community.tell(model=model, story="Bà con cùng trực đêm.", publisher=publisher, by=city.dung, on=TODAY)
    recognised(city, model)
    with pytest.raises(NamesSomebody):
        community.tell(model=model, story="Ông Tám trực đêm.", publisher=publisher, by=city.dung, on=TODAY)
    community.tell(model=model, story="Bà con cùng trực đêm.", publisher=publisher, by=city.dung, on=TODAY)

    (told,) = queries.stories()
    assert (told.name, told.publisher.code, queries.story(model.pk).story) == (model.name, "CAP-W1", "Bà con cùng trực đêm.")
    community.lapse(model=model, why="closed", by=city.binh, on=TODAY)
    assert queries.stories() == []


def test_models_are_listed_by_field_and_state_and_mapped(city, model):
    assert [one.id for one in queries.models(city.giang, TODAY).rows] == [model.pk]
    assert queries.models(city.giang, TODAY, queries.ModelFilters(state=State.RECOGNISED)).rows == []
    assert queries.models(city.chi, TODAY).rows == []
    (place,) = queries.models_by_area(city.giang, TODAY)
    assert (place.area.code, place.held) == ("W1", 1)
