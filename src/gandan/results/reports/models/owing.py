"""Which reports are owed by whom, to whom, how long after a period; and each one that is."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.reports.models.reports import Report
from gandan.results.reports.rules import Every


class ReportDuty(models.Model):
    """A rule: units of a kind right below one owe it a report on every period of a grain, so many working days after its end."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    superior = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    unit_kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in UnitKind], blank=True)
    every = models.CharField(max_length=8, choices=[(every.value, every.value) for every in Every])
    own_periods = models.BooleanField(default=False)  # as the superior cuts its reporting periods
    template = models.CharField(max_length=40, blank=True)  # the superior's own; its months begin on the day it says
    under = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")  # every unit of the kind below
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="+")
    within = models.PositiveSmallIntegerField()  # working days after the period's end
    measures = ArrayField(models.CharField(max_length=60), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day it no longer holds
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_closing_has_a_programme", condition=~Q(every="closing") | Q(programme__isnull=False)
            ),
            models.CheckConstraint(name="duty_within_some_days", condition=Q(within__gte=1, within__lte=250)),
        ]


class OwedReport(models.Model):
    """A report that a unit owes on a period. The promise that it is stands in the one queue."""

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="owed")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    during = DateRangeField()
    label = models.CharField(max_length=40)
    due_on = models.DateField()
    report = models.OneToOneField(Report, models.SET_NULL, null=True, related_name="owed")

    class Meta:
        constraints = [models.UniqueConstraint(name="owed_once", fields=["duty", "unit", "during"])]
        indexes = [models.Index(fields=["duty", "during"], name="owed_by_duty")]


class ManyAsked(models.Model):
    """Somebody asked for the owed reports of all units on a period to be begun; a job goes on with it until all are."""

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    finished_on = models.DateField(null=True)
