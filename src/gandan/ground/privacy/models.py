"""Requests about personal data, holds on records that must not end yet, and proofs of what was erased."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.ground.privacy.flow import OPEN, Ground, Outcome, Step, Wish

STANDING = Q(lifted_on__isnull=True)


class RequestQuerySet(OfUnits["Request"]):
    """Requests are for those who answer them at the unit that has the record."""

    right = Right.HANDLE_REQUESTS


class Request(models.Model):
    """What somebody asks for of their own data, in one record; and what they were answered."""

    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    label = models.CharField(max_length=60)  # how that record is called: a dossier's number
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # which has the record, and owes the answer
    wish = models.CharField(max_length=8, choices=[(wish.value, wish.value) for wish in Wish])
    channel = models.CharField(max_length=8, choices=[("counter", "counter"), ("online", "online")])
    step = models.CharField(max_length=12, choices=[(step.value, step.value) for step in Step], default=Step.RECEIVED.value)
    text = SealedTextField(blank=True, default="")
    reply_to = SealedTextField(blank=True, default="")
    asked_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    due_on = models.DateField()
    extended_on = models.DateField(null=True)  # the one time at which it was given a later day
    answered_on = models.DateField(null=True)  # or taken back
    outcome = models.CharField(max_length=8, blank=True, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    reason = models.CharField(max_length=16, blank=True, choices=[(ground.value, ground.value) for ground in Ground])
    answer = SealedTextField(blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")  # who took it in
    erased_on = models.DateField(null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_wish_known", condition=Q(wish__in=[wish.value for wish in Wish])),
            models.CheckConstraint(name="request_step_known", condition=Q(step__in=[step.value for step in Step])),
            models.CheckConstraint(name="request_not_due_before_it_came", condition=Q(due_on__gte=F("asked_on"))),
            models.CheckConstraint(
                name="request_ends_on_a_day",
                condition=Q(step__in=sorted(step.value for step in OPEN), answered_on__isnull=True)
                | (~Q(step__in=sorted(step.value for step in OPEN)) & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="request_answered_with_an_outcome", condition=~Q(step=Step.ANSWERED.value) | ~Q(outcome="")
            ),
            models.CheckConstraint(
                name="request_not_granted_for_a_reason",
                condition=Q(outcome__in=["", Outcome.GRANTED.value]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="request_wordless_when_erased",
                condition=Q(erased_on__isnull=True) | Q(text=b"", reply_to=b"", answer=b""),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="request_of_unit"),
            models.Index(fields=["about_type", "about_id", "-id"], name="request_about"),
            models.Index(
                fields=["answered_on", "id"],
                condition=Q(erased_on__isnull=True, answered_on__isnull=False),
                name="request_ending",
            ),
        ]


class Hold(models.Model):
    """A record that is kept beyond its time, because it is needed: a complaint is open, say."""

    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    right = models.CharField(max_length=40, default=Right.HANDLE_REQUESTS.value)  # that it took there; who has it sees the hold
    reason = models.CharField(max_length=40)  # a code
    since = models.DateField()
    until = models.DateField()  # the last day; it ends by itself
    lifted_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_ends_after_it_began", condition=Q(until__gte=F("since"))),
            models.UniqueConstraint(name="one_standing_hold_per_record", fields=["about_type", "about_id"], condition=STANDING),
        ]


class Erasure(models.Model):
    """The proof that on a day the records of a kind whose time was up were erased: how many, and a digest of which."""

    kind = models.CharField(max_length=40)  # of the register
    how = models.CharField(max_length=9)
    on = models.DateField()
    before = models.DateField()  # what had ended before this day
    records = models.PositiveIntegerField(default=0)
    digest = models.BinaryField(max_length=32)  # SHA-256 of their numbers, batch after batch
    finished = models.BooleanField(default=False)  # nothing of it was left
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="one_erasure_a_day", fields=["kind", "on"])]
        indexes = [models.Index(fields=["-on", "-id"], name="erasure_newest")]


class KeepRule(models.Model):
    """From a day on, for how many months records of a kind are kept, where that isn't what the register begins with."""

    kind = models.CharField(max_length=40)  # of the register
    months = models.PositiveSmallIntegerField()
    since = models.DateField()
    source = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_keep_rule_a_day", fields=["kind", "since"]),
            models.CheckConstraint(name="kept_for_a_while", condition=Q(months__gte=1, months__lte=1200)),
        ]
