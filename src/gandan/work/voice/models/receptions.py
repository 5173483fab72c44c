"""Citizen reception (tiếp công dân): who receives, where, when; and who comes at which time."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField


class Reception(models.Model):
    """One session: a head of a unit receives people on a day (Law on citizen reception, 2013)."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    receiver = models.CharField(max_length=200)  # position and name, as it is published
    place = models.CharField(max_length=300)
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField()  # for each who comes
    source = models.CharField(max_length=300)  # the paper that set the calendar
    called_off_on = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="reception_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="reception_minutes_make_sense", condition=Q(minutes__gte=5, minutes__lte=240)),
            models.UniqueConstraint(
                name="one_reception_at_a_time",
                fields=["unit", "day", "begins", "receiver"],
                condition=Q(called_off_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["day", "begins", "id"], name="reception_by_day")]


class VisitorQuerySet(OfUnits["Visitor"]):
    """Who comes is for those who receive."""

    right = Right.ANSWER_VOICE


class Visitor(models.Model):
    """A time that somebody has taken. Its code cancels it."""

    digest = models.CharField(max_length=64, unique=True)  # of the code
    reception = models.ForeignKey(Reception, models.PROTECT, db_index=False, related_name="visitors")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # the reception's
    time = models.TimeField()
    about = SealedTextField(blank=True, default="")
    name = SealedTextField()
    phone = SealedTextField()
    cancelled_on = models.DateField(null=True)
    made_on = models.DateField()
    keep_until = models.DateField()

    objects = VisitorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_time_of_a_reception_once", fields=["reception", "time"], condition=Q(cancelled_on__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["keep_until"], name="visitor_ending")]
