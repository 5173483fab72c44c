"""When an owner is reminded, when a promise falls overdue, when others are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.ground.calendar.rules import Reason, ReasonCode, WorkingCalendar
from gandan.ground.ledger.facets import PROMISES
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import PROMISE_KINDS, PromiseKind, Receiver
from gandan.ground.promises.rules import Life, Notice, Said, Standing, State, events_of, steps, swept

MONDAY = date(2026, 11, 23)
NOBODY_LOOKED, KIND = WorkingCalendar(), PromiseKind("x", "", "", Right.READ_FIGURES, (2, 0), (1, 5))


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_the_days_of_a_promise_are_working_days_but_lateness_is_not():
    known = steps(KIND, made_on=MONDAY, due_on=day(4), calendar=WorkingCalendar())  # due on Friday
    assert known.reminders == (day(2), day(4))
    assert known.overdue == day(5)
    assert known.escalations == (day(7), day(11))
    holiday = WorkingCalendar(closed={day(7): Reason(ReasonCode.HOLIDAY)})
    assert steps(KIND, MONDAY, day(4), holiday).escalations == (day(8), day(14))


def test_nobody_is_reminded_on_the_day_of_the_promise():
    assert steps(KIND, made_on=MONDAY, due_on=MONDAY, calendar=WorkingCalendar()).reminders == ()


def test_after_an_outage_each_level_is_told_and_overtaken_reminders_are_not_given():
    known = steps(KIND, MONDAY, day(4), WorkingCalendar())
    standing, said = swept(known, Standing(), day(4))
    assert (standing, said) == (Standing(2, 0, False, day(5)), [Said(Notice.REMINDED, 2)])
    standing, said = swept(known, Standing(), day(30))
    assert (standing, said) == (Standing(2, 2, True, None), [Said(Notice.ESCALATED, 1), Said(Notice.ESCALATED, 2)])


@given(
    st.integers(0, 30),
    st.lists(st.integers(-2, 60), min_size=1, max_size=12).map(sorted),
    st.sampled_from(list(PROMISE_KINDS.values())),
)
@settings(deadline=None, max_examples=200)
def test_whenever_somebody_looks_each_thing_is_said_once_and_nothing_is_forgotten(term, looks, kind):
    known = steps(kind, MONDAY, day(term), WorkingCalendar())
    standing, said = Standing(next_on=min((*known.reminders, known.overdue))), []
    for look in looks:
        if standing.next_on is not None and standing.next_on <= day(look):  # or else the sweep would not have come by
            before = standing
            standing, now = swept(known, standing, day(look))
            said += now
            assert standing != before
            assert standing.next_on is None or standing.next_on > day(look)
        assert standing.overdue == (day(look) > day(term))
    assert len(said) == len(set(said))
    last = day(looks[-1])
    assert [s.level for s in said if s.notice is Notice.ESCALATED] == [
        level for level, when in enumerate(known.escalations, start=1) if when <= last
    ]
    if set(looks) >= set(range(looks[-1] + 1)):  # somebody looked every day
        reminded = [s.level for s in said if s.notice is Notice.REMINDED]
        assert reminded == [level for level, when in enumerate(known.reminders, start=1) if when <= last]


@pytest.mark.parametrize("kind", PROMISE_KINDS.values(), ids=lambda kind: kind.code)
def test_a_kind_reminds_ever_later_and_escalates_ever_higher(kind):
    assert list(kind.remind_before) == sorted(set(kind.remind_before), reverse=True)
    assert list(kind.escalate_after) == sorted(set(kind.escalate_after))
    assert min(kind.escalate_after, default=1) > 0
    assert kind.name_vi != kind.name_en


def test_the_ledger_knows_every_kind():
    assert set(PROMISE_KINDS) == PROMISES


def a_life(**more: object) -> Life:
    known = {"made_on": MONDAY, "due_on": day(4), "state": State.OPEN, "settled_on": None} | more
    return Life("dossier.result", "dossiers.dossier", 1, "Hồ sơ 1", Receiver.CITIZEN, 7, subject="passport", **known)


@pytest.mark.parametrize(
    ("life", "events"),
    [
        (a_life(), ["owed 0", "overdue 5"]),
        (a_life(due_on=day(30)), ["owed 0"]),
        (a_life(state=State.KEPT, settled_on=day(4)), ["owed 0", "kept 4 in_time"]),
        (a_life(state=State.KEPT, settled_on=day(5)), ["owed 0", "overdue 5", "kept 5 late"]),
        (a_life(state=State.DROPPED, settled_on=day(2)), ["owed 0", "dropped 2 open"]),
        (a_life(state=State.DROPPED, settled_on=day(9)), ["owed 0", "overdue 5", "dropped 9 overdue"]),
        (a_life(moves=((day(3), 8),)), ["owed 0", "handed_over 3 open", "taken_over 3 open", "overdue 5"]),
        (a_life(moves=((day(5), 8),)), ["owed 0", "overdue 5", "handed_over 5 overdue", "taken_over 5 overdue"]),
    ],
)
def test_a_life_that_is_brought_in_is_told_as_it_was_lived(life, events):
    lived = list(events_of(life, on=day(30)))
    written = [
        " ".join(
            [
                event.kind.removeprefix("promise."),
                str((event.day - MONDAY).days),
                *(value for facet, value in event.facets.items() if facet in {"punctuality", "was"}),
            ]
        )
        for event in lived
    ]
    assert written == events
    assert all(event.facets["promise"] == "dossier.result" and event.facets["subject"] == "passport" for event in lived)


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": day(-1)},
        {"settled_on": day(1)},
        {"state": State.KEPT},
        {"state": State.KEPT, "settled_on": day(-1)},
        {"moves": ((day(-1), 8),)},
        {"state": State.KEPT, "settled_on": day(3), "moves": ((day(4), 8),)},
    ],
)
def test_a_life_that_nobody_can_have_lived_is_refused(wrong):
    with pytest.raises(ValueError, match=r"can't have happened|before it was made"):
        a_life(**wrong)
