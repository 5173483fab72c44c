"""The work with people in the demonstration: lived through the real operations, in the city in miniature."""

from collections import Counter

import pytest

from gandan.faces.cli.demonstration.people_work import ACTIVITIES, CONCLUSIONS, MODELS, VISITS, PeopleWork
from gandan.ground.promises.models import Promise
from gandan.work.community.models import Activity, Commendation, CommunityModel, Initiative, Round
from gandan.work.meetings.models import Conclusion, Meeting, PaperVersion, Section, Vote
from tests.cast import TODAY


@pytest.fixture
def lived(cast):
    work = PeopleWork(TODAY)
    work.live_through()
    return work


def test_it_is_lived_through_to_today(lived):
    assert Activity.objects.filter(model=None).count() == ACTIVITIES
    assert Activity.objects.exclude(model=None).count() == len(VISITS) * MODELS // 3
    assert set(Activity.objects.values_list("area__code", flat=True)) == {"W1", "W2"}
    states = Counter(CommunityModel.objects.values_list("state", flat=True))
    assert sum(states.values()) >= MODELS
    assert set(states) == {"registered", "recognised", "lapsed"}
    assert CommunityModel.objects.exclude(published_on=None).exists()
    assert CommunityModel.objects.exclude(copied_from=None).exists()
    assert set(Round.objects.values_list("passed", flat=True)) == {True, False, None}
    assert {one.step for one in Initiative.objects.all()} == {"proposed", "tried", "recognised"}
    assert Commendation.objects.count() == 2

    conference = Meeting.objects.get()
    assert (conference.state, conference.guests, conference.journeys_saved) == ("closed", 180, 2)
    assert conference.agenda.order_by("position").last().programme == "2022-2026"
    assert conference.agenda.get(kind="signing").done_on == conference.held_on
    assert PaperVersion.objects.count() == 3
    assert Section.objects.exclude(text="").count() == 4
    assert Vote.objects.get().outcome == "carried"
    assert Conclusion.objects.count() == len(CONCLUSIONS)
    kept = Promise.objects.filter(kind="meeting.conclusion").values_list("state", "overdue_on")
    assert sorted((state, overdue is not None) for state, overdue in kept) == [("kept", False), ("kept", True), ("open", False)]
