"""What a body must publish, and the proof that it hangs there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.work.democracy.rules.dated import Place

PLACES = [(one.value, one.value) for one in Place]


class Duty(models.Model):
    """One thing that a body must publish: since when, where, by which day, for how long. What rule it follows is kept with it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    area = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the ward whose people it concerns
    rule = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    places = ArrayField(models.CharField(max_length=8, choices=PLACES))
    born_on = models.DateField()  # decided, signed, known
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()  # for how long it hangs
    source = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posted_on = models.DateField(null=True)  # the day on which it was in every place
    dropped_on = models.DateField(null=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="duty_not_due_before_it_came", condition=Q(due_on__gte=F("born_on"))),
            models.CheckConstraint(name="duty_dropped_for_a_reason", condition=Q(dropped_on__isnull=True) | ~Q(dropped_why="")),
        ]
        indexes = [
            models.Index(fields=["area", "-due_on"], name="duty_area"),
            models.Index(fields=["unit", "-id"], name="duty_unit"),
        ]


class Proof(models.Model):
    """That it hangs in one place from a day: the address of the page, or a photograph of the board."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="proofs")
    place = models.CharField(max_length=8, choices=PLACES)
    posted_on = models.DateField()
    until = models.DateField()  # the last day on which it hangs
    address = models.URLField(max_length=500, blank=True)
    photo = models.CharField(max_length=60, blank=True)  # the token of an attachment
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_proof_for_a_place", fields=["duty", "place"]),
            models.CheckConstraint(name="a_proof_can_be_looked_at", condition=~Q(address="") | ~Q(photo="")),
            models.CheckConstraint(name="it_hangs_for_days", condition=Q(until__gte=F("posted_on"))),
        ]
