"""The log of what the ledger doesn't tell, its chain, the ends of its months; openings with a reason, and alerts."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.audit.rules import OF_GRANTS, Channel, What
from gandan.ground.organisations.models import Appointment, Person
from gandan.ground.organisations.queries import OnesOwn, visible_units
from gandan.ground.organisations.rights import Right

# The application's role may add to these and never change them; triggers refuse it to every role.
APPEND_ONLY = ("audit_trace", "audit_seal", "audit_monthend")


class TraceQuerySet(models.QuerySet["Trace"]):
    """The log of a unit is for those who read its log; what is of no unit, for those who read that of the person's."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_LOG, viewer, on)
        people = Appointment.objects.filter(unit_id__among=units).values("person_id")
        return self.filter(Q(unit_id__among=units) | Q(unit_id=None, by_id__in=people) | Q(unit_id=None, by_id=None))


class Trace(models.Model):
    """One thing somebody did: looked at a record, took an export, signed in, was refused. Codes and numbers alone.

    No foreign keys: the log is written behind the answer by one statement for many, and outlives nothing it names.
    """

    month = models.DateField()  # its first day; a month is dropped as a whole
    at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=[(w.value, w.value) for w in What])
    by_id = models.BigIntegerField(null=True)
    acting_for_id = models.BigIntegerField(null=True)
    about_type = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)  # the unit concerned
    from_unit_id = models.BigIntegerField(null=True)  # where the role is held that let them
    outside = models.BooleanField(default=False)
    detail = models.CharField(max_length=160, blank=True)
    channel = models.CharField(max_length=8, blank=True, choices=[(c.value, c.value) for c in Channel])
    key_id = models.BigIntegerField(null=True)  # the key of a program
    seal = models.BigIntegerField()

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="trace_newest"),
            models.Index(fields=["by_id", "-at", "-id"], name="trace_by"),
            models.Index(fields=["about_id", "about_type", "-at"], condition=Q(about_id__isnull=False), name="trace_about"),
            models.Index(fields=["unit_id", "-at", "-id"], condition=Q(unit_id__isnull=False), name="trace_unit"),
            models.Index(fields=["seal"], name="trace_seal"),
            models.Index(fields=["month"], name="trace_month"),
        ]


class Seal(models.Model):
    """A numbered batch of the log; its digest covers its traces and the digest before it."""

    number = models.BigIntegerField(primary_key=True)
    month = models.DateField()
    at = models.DateTimeField(db_default=Now())
    traces = models.IntegerField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["month"], name="seal_month")]


class MonthEnd(models.Model):
    """What is left of a month whose time was up: how much it held, and where its chain ended."""

    month = models.DateField(primary_key=True)
    traces = models.BigIntegerField()
    last_seal = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    dropped_at = models.DateTimeField(db_default=Now())
    dropped_by_id = models.BigIntegerField()


class OpeningQuerySet(OnesOwn["Opening"]):
    """What somebody opened is theirs for the day; others learn of it by the alert."""

    whose = "person"


class Opening(models.Model):
    """A record opened by somebody outside its unit, for one day, with the reason they wrote."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")  # whose record it was on that day
    from_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=500)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="opened_once_a_day", fields=["person", "about_type", "about_id", "on"]),
            models.CheckConstraint(name="no_opening_of_ones_own", condition=~Q(unit=F("from_unit"))),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="opening_about")]


class AlertQuerySet(models.QuerySet["Alert"]):
    """What is to be told is for those of the unit who have the right to hear it, and never for who did it."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        heard = Q(what=What.OPENED_OUTSIDE.value, unit__among=visible_units(Right.HEAR_OPENINGS, viewer, on))
        granted = [what.value for what in What if what in OF_GRANTS]
        heard |= Q(what__in=granted, unit__among=visible_units(Right.HEAR_GRANTS, viewer, on))
        return self.filter(heard).exclude(person=viewer)


class Alert(models.Model):
    """Something that a unit's head or the inspectorate must be told, until one of them has seen it."""

    what = models.CharField(max_length=20, choices=[(w.value, w.value) for w in What])
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # who did it
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="alerts")
    detail = models.CharField(max_length=160, blank=True)
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_on = models.DateField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="alert_seen_by_someone",
                condition=Q(seen_by__isnull=True, seen_on__isnull=True) | Q(seen_by__isnull=False, seen_on__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(seen_on__isnull=True), name="alert_unseen")]
