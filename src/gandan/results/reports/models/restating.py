"""What was found out after a report was signed: a list of differences, each with its reason. The report itself stays."""

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Now

from gandan.results.reports.models.reports import Report


class Restatement(models.Model):
    """One list of differences between a signed report and what was known at a later posting."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="restatements")
    nth = models.PositiveSmallIntegerField()
    reason = models.TextField()  # in one sentence, for the whole
    posting = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    number_line = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_restatement_per_number", fields=["report", "nth"])]
        ordering = ["nth"]


class RestatedFigure(models.Model):
    """A figure that is no longer what was signed, or restated before; and why."""

    restatement = models.ForeignKey(Restatement, models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    during = DateRangeField()
    label = models.CharField(max_length=40)
    was = models.CharField(max_length=40)  # as written
    now = models.CharField(max_length=40)
    events = models.PositiveIntegerField(default=0)  # how many came since
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_restated_figure", fields=["restatement", "code", "unit", "during"])]
