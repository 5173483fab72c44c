"""Votes by name among staff, and conclusions with owner and day."""

from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Person, Unit
from gandan.work.meetings.models.meetings import AgendaItem, Meeting
from gandan.work.meetings.rules import Choice, Outcome


class Vote(models.Model):
    """One question put to the vote."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, db_index=False, related_name="+")
    question = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    entitled = models.PositiveSmallIntegerField(default=0)
    present = models.PositiveSmallIntegerField(default=0)  # when it was closed
    yes = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Outcome], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_vote_of_a_meeting", fields=["meeting"], condition=Q(closed_at__isnull=True))
        ]


class Ballot(models.Model):
    """How somebody voted in their duty; changed until the vote is closed."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    choice = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Choice])

    class Meta:
        constraints = [models.UniqueConstraint(name="one_ballot_each", fields=["vote", "person"])]


class Conclusion(models.Model):
    """What a meeting concluded: who does it, until when. A promise from that moment; open, it comes back at the next meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, db_index=False, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    officer = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    due_on = models.DateField()
    programme = models.CharField(max_length=40, blank=True)  # the code of a programme to which it belongs as a task
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=500, blank=True)  # what came of it

    class Meta:
        constraints = [models.UniqueConstraint(name="a_conclusion_has_its_place", fields=["meeting", "position"])]
