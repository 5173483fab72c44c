"""The call for ideas of the demonstration: a few hundred ideas, groups, answers, supports, by the real operations."""

from gandan.faces.cli.demonstration import thinking
from gandan.work.voice.models import Ballot, Idea, IdeaGroup, Milestone, Remark
from tests.cast import TODAY


def test_the_call_is_lived_through_by_the_real_operations(cast):
    assert thinking.think(today=TODAY) == Idea.objects.count() > 200

    states = set(IdeaGroup.objects.values_list("state", flat=True))
    assert states == {"proposed", "confirmed", "answered"}
    assert IdeaGroup.objects.filter(supports__gte=5).exists()
    assert not Ballot.objects.exclude(on=None).exists()
    assert Idea.objects.public().count() > 150
    assert Idea.objects.filter(showing="hidden").exists()
    assert Milestone.objects.exists()
    assert set(Remark.objects.values_list("showing", flat=True)) == {"shown", "hidden"}
