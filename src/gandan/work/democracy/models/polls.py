"""A household vote: its roll, frozen when it is opened; its ballots, tied to nobody where the rule says secret.

The police line reads neither (`Right.KEEP_POLLS`, and nobody who holds an appointment there).
"""

from datetime import date
from typing import Self, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits, appointments
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.democracy.flow import Step, Voted
from gandan.work.democracy.rules.counting import FEWEST, Choice, Outcome

Record = TypeVar("Record", bound=models.Model)
CHOICES = [(one.value, one.value) for one in Choice]


class OfKeepers(OfUnits[Record]):
    """What the keepers of a poll see of it. Whoever serves with the police is no keeper, whatever else they are."""

    right = Right.KEEP_POLLS

    def visible_to(self, viewer: Person, on: date, right: Right | None = None) -> Self:
        found = super().visible_to(viewer, on, right)
        return found.none() if any(one.line is Line.POLICE for one in appointments(viewer, on)) else found


class PollQuerySet(OfKeepers["Poll"]):
    pass


class HouseholdQuerySet(OfKeepers["Household"]):
    kept_at = "poll__unit"


class PaperEntryQuerySet(OfKeepers["PaperEntry"]):
    kept_at = "poll__unit"


class BallotQuerySet(OfKeepers["Ballot"]):
    kept_at = "poll__unit"


class Poll(models.Model):
    """A question put to all households of a neighbourhood, and what they decided."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # of the Front or the civil side, which runs it
    area = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the ward
    neighbourhood = models.CharField(max_length=100)
    rule = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    question = models.TextField()
    secret = models.BooleanField()
    numerator = models.PositiveSmallIntegerField()  # of the share of all households that carries it
    denominator = models.PositiveSmallIntegerField()
    over = models.BooleanField()
    source = models.CharField(max_length=200)
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step], default=Step.PREPARED.value)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_on = models.DateField(null=True)
    closes_on = models.DateField()
    households = models.PositiveIntegerField(default=0)  # on the roll when it was frozen
    closed_on = models.DateField(null=True)
    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    neither = models.PositiveIntegerField(default=0)
    papers_out = models.PositiveIntegerField(default=0)  # handed out and not brought back
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome], blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the list of ballots
    annulled_why = models.CharField(max_length=300, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opened_with_a_frozen_roll",
                condition=~Q(step__in=[Step.OPEN.value, Step.DECIDED.value])
                | Q(opened_on__isnull=False, households__gte=FEWEST, closes_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="decided_by_count", condition=~Q(step=Step.DECIDED.value) | (~Q(outcome="") & ~Q(digest=""))
            ),
            models.CheckConstraint(
                name="no_more_ballots_than_households",
                condition=Q(households__gte=F("in_favour") + F("against") + F("neither")) | Q(step=Step.PREPARED.value),
            ),
            models.CheckConstraint(name="annulled_for_a_reason", condition=~Q(step=Step.ANNULLED.value) | ~Q(annulled_why="")),
        ]
        indexes = [models.Index(fields=["area", "-id"], name="poll_area")]


class Household(models.Model):
    """One household on the roll, told by its address alone. It says that a ballot was used, never which."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="roll")
    number = models.PositiveIntegerField()
    address = SealedTextField(blank=True, default="")
    code = models.BinaryField(max_length=40, default=b"")  # a keyed digest of the sixteen digits on its slip
    voted = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Voted], blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_household_has_its_number", fields=["poll", "number"]),
            models.UniqueConstraint(name="a_code_opens_one_ballot", fields=["code"], condition=~Q(code=b"")),
        ]


class PaperEntry(models.Model):
    """What one of two people read on a paper ballot. A ballot comes of it when both read the same."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="entries")
    serial = models.CharField(max_length=20)
    choice = models.CharField(max_length=8, choices=CHOICES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PaperEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_paper_is_read_once_by_each", fields=["poll", "serial", "by"])]


class Ballot(models.Model):
    """One ballot. Its number has no order, and after its day is over it is written anew among the others in no order.

    `mark`: what the household alone was shown, or the number on the stub of its paper: by it they find theirs in the list.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots")
    mark = models.CharField(max_length=20)
    choice = models.CharField(max_length=8, choices=CHOICES)
    how = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Voted])
    secret = models.BooleanField()
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    given_on = models.DateField(null=True)  # until the ledger has been told of its day

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_mark_is_of_one_ballot", fields=["poll", "mark"]),
            models.CheckConstraint(name="secret_means_nobody_s", condition=Q(secret=False) | Q(household__isnull=True)),
            models.UniqueConstraint(name="one_ballot_a_household", fields=["household"], condition=Q(household__isnull=False)),
        ]
        indexes = [models.Index(fields=["given_on"], condition=Q(given_on__isnull=False), name="ballot_untold")]
