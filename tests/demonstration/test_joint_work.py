"""Matters, relief, advice and inspections in the demonstration: lived through the real operations, in the city in miniature."""

from collections import Counter

from gandan.faces.cli.demonstration.joint_work import ADVICE, HOUSEHOLDS, MATTERS, JointWork
from gandan.ground.organisations.queries import clock
from gandan.work.counsel.models import Advice, Finding, Inspection
from gandan.work.matters.models import Dialogue, Matter, Pledge
from gandan.work.relief.models import Emergency, Given, Need
from gandan.work.relief.operations import erase_ended
from tests.cast import TODAY


def test_it_is_lived_through_to_today_and_what_is_over_is_erased(cast):
    JointWork(TODAY).live_through()

    states = Counter(Matter.objects.values_list("state", flat=True))
    assert (sum(states.values()), set(states)) == (MATTERS, {"open", "settled"})
    assert set(Matter.objects.values_list("settled_in_time", flat=True)) == {True, False, None}
    assert Dialogue.objects.count() == MATTERS
    assert set(Pledge.objects.values_list("state", flat=True)) == {"open", "kept", "broken"}
    assert Advice.objects.count() == len(ADVICE)
    assert set(Advice.objects.values_list("answer", flat=True)) == {"accepted", "in_part", "refused", "none"}
    assert {"planned", "held", "closed"} >= set(Inspection.objects.values_list("step", flat=True)) >= {"held", "closed"}
    assert Finding.objects.filter(done_on=None).exists()

    epidemic, flood = Emergency.objects.order_by("opened_on")
    assert (Need.objects.filter(emergency=epidemic).count(), epidemic.ended_on is not None) == (HOUSEHOLDS, True)
    assert (epidemic.erased_on, erase_ended(by=clock(), on=TODAY)) == (epidemic.erase_on, [])
    assert not Need.objects.filter(emergency=epidemic).exclude(name=b"").exists()
    assert Given.objects.filter(need__emergency=epidemic).count() == HOUSEHOLDS * 7 // 8
    assert (flood.ended_on, Need.objects.filter(emergency=flood).exclude(name=b"").count()) == (None, 6)
