"""Democracy at the grassroots in the demonstration: late and hanging duties, texts, votes, by the real operations."""

from datetime import timedelta

from gandan.faces.cli.demonstration import grassroots
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.democracy.models import Ballot, Consultation, Duty, Poll, Remark
from tests.cast import TODAY


def test_the_latest_weeks_are_decided_together(cast, monkeypatch):
    monkeypatch.setattr(grassroots, "WARD", "W1")
    for name in (grassroots.WRITER, grassroots.EDITOR):
        enrol(username=name, name=name, unit=cast.unit("BTGDVTU"), role=Role.PUBLISHER, line=Line.CIVIL, by=cast.importer,
              on=TODAY - timedelta(30))  # fmt: skip
    grassroots.decide_together(today=TODAY)

    assert {one.posted_on is None for one in Duty.objects.all()} == {True, False}
    assert Duty.objects.filter(posted_on=None, due_on__lt=TODAY).exists()
    assert set(Consultation.objects.values_list("stage", flat=True)) == {"open", "answered"}
    assert set(Remark.objects.values_list("showing", flat=True)) == {"waiting", "shown", "hidden"}
    assert set(Poll.objects.values_list("step", flat=True)) == {"open", "decided"}
    assert Ballot.objects.filter(given_on=None).exists()
