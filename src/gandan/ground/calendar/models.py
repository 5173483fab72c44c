"""What is known of working days and reporting periods: rows with a source, for everybody or for one body and those below it.

Nothing is overwritten: a row is withdrawn, so that a reckoning of the past can be made as it was made then.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gandan.ground.calendar.rules import Grain

STANDING = Q(withdrawn_on__isnull=True)


class Declared(models.Model):
    """What all rows of the calendar share."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")  # null: everybody
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    declared_on = models.DateField(null=True)  # null: known from the beginning
    withdrawn_on = models.DateField(null=True)

    class Meta:
        abstract = True


def one_standing(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(name=name, fields=["unit", *fields], condition=STANDING, nulls_distinct=False)


class Holiday(Declared):
    """A day that is not worked."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_standing("one_holiday_per_day", "day")]


class ExchangedDay(Declared):
    """A working day given free, and the rest day worked instead."""

    off_on = models.DateField()
    worked_on = models.DateField()

    class Meta:
        constraints = [
            one_standing("one_exchange_per_day_off", "off_on"),
            one_standing("one_exchange_per_day_worked", "worked_on"),
            models.CheckConstraint(name="exchange_of_two_days", condition=~Q(off_on=F("worked_on"))),
        ]


class HalfDay(Declared):
    """A day that is worked half."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [one_standing("one_half_day_per_day", "day")]


class WeeklyPattern(Declared):
    """From `since` on, the days of the week (Monday is 0) that are worked whole or half."""

    since = models.DateField()
    full = ArrayField(models.PositiveSmallIntegerField())
    half = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        constraints = [
            one_standing("one_week_per_beginning", "since"),
            models.CheckConstraint(
                name="week_of_seven_days",
                condition=Q(full__contained_by=list(range(7)), half__contained_by=list(range(7))) & ~Q(full__overlap=F("half")),
            ),
        ]


class PeriodCutOff(Declared):
    """From `since` on, the day of the month from which a grain's reporting periods run."""

    since = models.DateField()
    grain = models.CharField(max_length=8, choices=[(grain.value, grain.value) for grain in Grain])
    first_day = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            one_standing("one_cut_off_per_beginning", "grain", "since"),
            models.CheckConstraint(name="cut_off_day_of_every_month", condition=Q(first_day__gte=1, first_day__lte=28)),
            models.CheckConstraint(name="cut_off_grain_known", condition=Q(grain__in=[grain.value for grain in Grain])),
        ]


class CalendarVersion(models.Model):
    """One row. Its token changes with every change of the calendar, so a process knows when its copy is old."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(name="one_calendar_version", condition=Q(pk=1))]
