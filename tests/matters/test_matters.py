"""Matters: owned by two sides, promised and kept or broken, settled when both agree, opened again; and nobody is named."""

from datetime import date, timedelta

import pytest

from gandan.ground.calendar.rules import Period
from gandan.ground.ledger.models import Event
from gandan.ground.ledger.rules import NotAllowed
from gandan.ground.organisations.operations import appoint
from gandan.ground.organisations.queries import NotStanding, clock, importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.queries import held
from gandan.ground.privacy.rules import NamesSomebody
from gandan.ground.promises.models import Promise
from gandan.ground.promises.operations import sweep
from gandan.ground.promises.operations.noticing import DueBefore
from gandan.results.measures.queries import figures
from gandan.work.matters import operations as matters
from gandan.work.matters import queries
from gandan.work.matters.flow import State
from gandan.work.matters.models import Ask, Dialogue, Matter
from gandan.work.matters.operations.opening import Told
from gandan.work.matters.rules import BadDay, BadPlace, Fate, Issue, NothingSaid, Pledged, in_time
from tests.cast import TODAY, TWO_LEVELS
from tests.privacy.keeping import keep, kept

SOON = TODAY + timedelta(30)
BEFORE = TODAY - timedelta(40)


def told(cast, **other):
    given = {"issue": Issue.LAND, "title": "Lối đi chung sau chợ", "place": "Hẻm sau chợ", "area": cast.unit("W1")}
    return Told(**{**given, "point": (10.781, 106.701), "households": 12, **other})


@pytest.fixture
def city(cast):
    """Binh is a specialist of the ward's police; Quyen of its Party building board."""
    appoint(person=cast.binh, unit=cast.unit("CAP-W1"), role=Role.SPECIALIST, line=Line.POLICE, by=cast.importer, on=TWO_LEVELS)
    return cast


def opened(cast, on=TODAY, **other):
    return matters.open_matter(
        unit=cast.unit("CAP-W1"), partner=cast.unit("BXDD-W1"), told=told(cast, **other), asks=["Mở lại lối đi"],
        settle_by=on + timedelta(30), by=cast.binh, on=on,
    )  # fmt: skip


@pytest.fixture
def matter(city):
    return opened(city)


def pledged(cast, matter, on=TODAY, days=10, by=None, **more):
    owner = more.pop("owner", cast.unit("CAP-W1"))
    return matters.pledge(
        matter=matter, words="Dỡ hàng rào", owner=owner, due_on=on + timedelta(days), by=by or cast.binh, on=on, **more
    )


def settled(cast, matter, on=TODAY):
    matters.propose(matter=matter, outcome="Đã mở lối đi", by=cast.binh, on=on)
    return matters.agree(matter=matter, by=cast.quyen, on=on)


def figure(cast, code):
    at, period = cast.city.pk, Period(date(2026, 1, 1), date(2027, 1, 1))
    return figures([code], [at], [period]).cell(code, at, period).value


def events(kind):
    return Event.objects.filter(facet_set__kind=kind)


def test_a_matter_is_seen_and_worked_on_by_both_sides_and_by_nobody_else(city, matter):
    for person in (city.binh, city.quyen, city.giang, city.hoa, city.dung):
        assert [row.id for row in queries.matters(person, TODAY).rows] == [matter.pk]
    assert queries.matters(city.chi, TODAY).rows == []
    with pytest.raises(NotAllowed):
        queries.matter(matter.pk, city.chi, TODAY)
    with pytest.raises(NotAllowed):
        matters.ask(matter=matter, words="x", by=city.chi, on=TODAY)
    assert matters.ask(matter=matter, words="Thêm đèn", by=city.quyen, on=TODAY).position == 2
    (event,) = events("matter.opened")
    assert (event.unit.code, event.facets) == ("CAP-W1", {"issue": "land"})


def test_two_units_of_one_side_own_no_matter(city):
    with pytest.raises(matters.OneSide):
        matters.open_matter(
            unit=city.unit("CAP-W1"),
            partner=city.unit("CAP-W2"),
            told=told(city),
            asks=[],
            settle_by=SOON,
            by=city.binh,
            on=TODAY,
        )


@pytest.mark.parametrize(("wrong", "why"), [
    ({"title": "Việc nhà ông Tám"}, NamesSomebody),
    ({"place": "Số máy 0909 123 456"}, NamesSomebody),
    ({"title": " "}, NothingSaid),
    ({"place": ""}, NothingSaid),
    ({"point": (21.0, 105.8)}, BadPlace),
    ({"point": (10.0, 999.0)}, BadPlace),
])  # fmt: skip
def test_what_a_matter_may_not_say(city, wrong, why):
    with pytest.raises(why):
        opened(city, **wrong)
    assert not Matter.objects.exists()


def test_a_matter_is_settled_when_the_other_side_agrees(city, matter):
    promised = pledged(city, matter)
    with pytest.raises(matters.StillOwed):
        matters.propose(matter=matter, outcome="Xong", by=city.binh, on=TODAY)
    matters.keep_pledge(pledge=promised, result="Đã dỡ", by=city.quyen, on=TODAY)
    matters.propose(matter=matter, outcome="Đã mở lối đi", by=city.binh, on=TODAY)
    with pytest.raises(NotAllowed):
        matters.agree(matter=matter, by=city.binh, on=TODAY)
    with pytest.raises(NamesSomebody):
        matters.send_back(matter=matter, why="Hỏi lại ông Tám", by=city.quyen, on=TODAY)
    matters.send_back(matter=matter, why="Còn thiếu biển báo", by=city.quyen, on=TODAY)
    done = settled(city, matter)

    assert (done.state, done.settled_in_time) == (State.SETTLED, True)
    assert [event.facets["punctuality"] for event in events("matter.settled")] == ["in_time"]
    assert set(Promise.objects.values_list("state", flat=True)) == {"kept"}


def test_who_called_it_settled_does_not_agree_for_the_other_side(city, matter):
    matters.propose(matter=matter, outcome="Xong", side=city.unit("CAP-W1"), by=city.giang, on=TODAY)
    with pytest.raises(matters.YourOwnWord):
        matters.agree(matter=matter, by=city.giang, on=TODAY)
    assert matters.agree(matter=matter, by=city.hoa, on=TODAY).state == State.SETTLED


@pytest.mark.parametrize("how", ["kept late", "broken", "postponed"])
def test_a_promise_that_was_not_kept_by_its_first_day_makes_the_matter_late(city, how):
    matter = opened(city, on=BEFORE)
    promised = pledged(city, matter, on=BEFORE)
    if how == "broken":
        matters.break_pledge(pledge=promised, why="Chưa có kinh phí", by=city.binh, on=BEFORE + timedelta(5))
    if how == "postponed":
        matters.postpone(pledge=promised, due_on=BEFORE + timedelta(20), by=city.binh, on=BEFORE + timedelta(9))
    if how != "broken":
        matters.keep_pledge(pledge=promised, result="Đã dỡ", by=city.binh, on=BEFORE + timedelta(15))

    done = settled(city, matter, on=BEFORE + timedelta(20))

    assert done.settled_in_time is False
    assert events("matter.pledge_broken").count() == (how == "broken")
    counted = {code: figure(city, code) for code in ("matters-settled", "matters-settled-in-time", "pledges-kept-in-time")}
    assert counted == {"matters-settled": 1, "matters-settled-in-time": 0, "pledges-kept-in-time": how == "postponed"}


def test_a_settled_matter_is_opened_again_and_judged_anew(city):
    matter = opened(city, on=BEFORE)
    late = pledged(city, matter, on=BEFORE)
    matters.break_pledge(pledge=late, why="Chưa có kinh phí", by=city.binh, on=BEFORE)
    settled(city, matter, on=BEFORE)
    with pytest.raises(matters.WrongState):
        pledged(city, matter)
    with pytest.raises(DueBefore):
        matters.reopen(matter=matter, why="Lại bị rào", settle_by=BEFORE, by=city.quyen, on=TODAY)
    again = matters.reopen(matter=matter, why="Lại bị rào", settle_by=SOON, by=city.quyen, on=TODAY)
    assert (again.state, again.reopened, again.settled_on) == (State.OPEN, 1, None)
    assert settled(city, matter).settled_in_time is True
    assert events("matter.settled").count() == 2


def test_a_dialogue_keeps_a_head_count_and_names_nobody(city, matter):
    asked = {"matter": matter, "host": city.unit("BXDD-W1"), "place": "Nhà văn hoá", "heads": 40, "by": city.quyen, "on": TODAY}
    with pytest.raises(NamesSomebody):
        matters.hold_dialogue(held_on=TODAY, minutes="Ông Tám nói chưa được", **asked)
    with pytest.raises(BadDay):
        matters.hold_dialogue(held_on=TODAY + timedelta(1), minutes="Thống nhất", **asked)
    held = matters.hold_dialogue(held_on=TODAY, minutes="Thống nhất mở lối đi", **asked)
    promised = pledged(city, matter, dialogue=held, ask=Ask.objects.get())

    (event,) = events("matter.discussed")
    shown = queries.matter(matter.pk, city.binh, TODAY)
    assert (event.amount, shown.dialogues[0].heads, shown.asks[0].pledges[0].id) == (40, 40, promised.pk)


def test_what_is_done_after_one_side_called_it_settled_opens_it_again(city, matter):
    matters.propose(matter=matter, outcome="Xong", by=city.binh, on=TODAY)
    pledged(city, matter, by=city.quyen)
    assert Matter.objects.get().state == State.OPEN


def test_who_promised_sees_the_matter_and_keeps_the_promise(city, matter):
    promised = pledged(city, matter, owner=city.unit("PC08"))
    appoint(person=city.phuc, unit=city.unit("PC08"), role=Role.SPECIALIST, line=Line.POLICE, by=city.importer, on=TODAY)

    pledged(city, matter)  # another's
    matters.hold_dialogue(
        matter=matter, host=city.unit("CAP-W1"), held_on=TODAY, place="Nhà văn hoá", heads=40, minutes="Đã bàn.", by=city.binh,
        on=TODAY,
    )  # fmt: skip

    shown = queries.matter(matter.pk, city.phuc, TODAY)
    assert ([(one.id, one.may_work) for one in shown.pledges], shown.sides) == ([(promised.pk, True)], [])
    assert (shown.whole, shown.asks, shown.dialogues, shown.outcome, shown.timeline) == (False, [], [], "", [])
    assert queries.matter(matter.pk, city.binh, TODAY).dialogues
    assert queries.pledge_of(promised.pk, city.phuc, TODAY) == matter.pk
    assert matters.keep_pledge(pledge=promised, result="Đã dỡ", by=city.phuc, on=TODAY).state == Pledged.KEPT
    with pytest.raises(NotStanding):
        pledged(city, matter, owner=city.unit("CAP-O1"))


def test_the_list_is_narrowed_paged_and_found_by_words(city):
    made = [
        opened(city, on=TODAY - timedelta(nth), title=f"Vụ việc {nth}", issue=Issue.TRADE if nth else Issue.LAND)
        for nth in range(5)
    ]
    first = queries.matters(city.binh, TODAY, limit=2)
    rest = queries.matters(city.binh, TODAY, after=first.next, limit=9)
    assert [row.id for row in (*first.rows, *rest.rows)] == [one.pk for one in made]
    asked = [
        queries.Filters(issue=Issue.LAND), queries.Filters(text="vu viec 0"), queries.Filters(unit=city.unit("CAP-W2").pk),
        queries.Filters(late=True), queries.Filters(state=State.SETTLED), queries.Filters(area=city.unit("W1").pk),
    ]  # fmt: skip
    assert [len(queries.matters(city.binh, TODAY, one).rows) for one in asked] == [1, 1, 0, 0, 0, 5]
    assert len(queries.matters(city.binh, TODAY + timedelta(60), queries.Filters(late=True)).rows) == 5
    assert [(one.area.code, one.matters, one.open) for one in queries.by_area(city.binh, TODAY, queries.Filters())] == [
        ("W1", 5, 5)
    ]
    assert len(queries.points(city.binh, TODAY, queries.Filters())) == 5


def test_a_list_of_many_costs_as_much_as_a_list_of_one(city, django_assert_max_num_queries):
    for nth in range(12):
        pledged(city, opened(city, title=f"Vụ {nth}"))
    with django_assert_max_num_queries(5):
        assert len(queries.matters(city.binh, TODAY).rows) == 12


def test_a_matter_passes_to_the_heirs_with_what_is_owed(city):
    day = TWO_LEVELS - timedelta(30)
    old = matters.open_matter(
        unit=city.unit("CAP-O2"), partner=city.unit("BDV-760"), told=told(city, area=city.unit("O2")), asks=[],
        settle_by=TODAY, by=city.importer, on=day,
    )  # fmt: skip
    pledged(city, old, on=day, owner=city.unit("CAP-O2"), days=100, by=city.importer)

    assert matters.follow_succession(by=clock(), on=TWO_LEVELS) == [old.pk]
    assert matters.follow_succession(by=clock(), on=TWO_LEVELS) == []
    fresh = Matter.objects.get()
    assert (fresh.unit.code, fresh.partner.code) == ("CAP-W1", "BTGDVTU")
    assert set(Promise.objects.values_list("unit__code", flat=True)) == {"CAP-W1"}
    matters.hand_over(matter=fresh, unit=city.unit("CAP-W2"), partner=city.unit("BXDD-W2"), by=importer(), on=TODAY)
    assert [one.unit.code for one in events("matter.taken_over").order_by("id")] == ["CAP-W1", "CAP-W2"]


def test_words_end_five_years_after_it_was_settled_and_figures_stay(city, matter):
    matters.hold_dialogue(
        matter=matter, host=city.unit("CAP-W1"), held_on=TODAY, place="Chợ", heads=9, minutes="Thống nhất", by=city.binh, on=TODAY
    )
    settled(city, matter)
    assert matters.erase_words(before=TODAY, but=set(), by=clock(), on=TODAY) == []
    number = f"VV-{matter.pk}"
    assert (keep(city.chi, number), keep(city.quyen, number), keep(city.binh, number)) == (403, 302, 400)  # by either side, once
    assert f"/matters/{matter.pk}/" in kept(city.quyen)
    assert matters.erase_words(before=SOON, but=held("matters.matter", SOON), by=clock(), on=SOON) == []
    assert keep(city.quyen, number, step="release") == 302
    assert matters.erase_words(before=SOON, but=held("matters.matter", SOON), by=clock(), on=SOON) == [matter.pk]
    assert (Ask.objects.get().words, Dialogue.objects.get().minutes) == ("", "")
    assert matters.erase_words(before=SOON, but=set(), by=clock(), on=SOON) == []


@pytest.mark.parametrize(("fates", "said"), [
    pytest.param([], True, id="nothing was promised"),
    pytest.param([Fate(Pledged.KEPT, TODAY, TODAY)], True, id="kept on the day"),
    pytest.param([Fate(Pledged.KEPT, TODAY, SOON)], False, id="kept after it"),
    pytest.param([Fate(Pledged.BROKEN, SOON, TODAY)], False, id="broken, however early"),
    pytest.param([Fate(Pledged.OPEN, SOON, None)], False, id="still open"),
])  # fmt: skip
def test_in_time_is_when_every_promise_was_kept_by_its_first_day(fates, said):
    assert in_time(fates) is said


def test_a_matter_past_its_day_stands_among_the_prolonged_until_it_is_settled(city):
    matter = opened(city, on=BEFORE)
    sweep(by=clock(), on=TODAY)
    assert (figure(city, "matters-prolonged"), figure(city, "matters-standing")) == (1, 1)
    assert [row.late for row in queries.matters(city.binh, TODAY).rows] == [True]
    settled(city, matter)
    assert (figure(city, "matters-prolonged"), figure(city, "matters-standing")) == (0, 0)
    assert figure(city, "matters-in-time-share") == 0
