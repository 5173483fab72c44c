"""What has become known of a published report since it was signed, as everybody is told it: never live, step by step."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from gandan.results.reports.models.reports import Report


class KnownSince(models.Model):
    """A published report read again at a later posting."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="known_since")
    posting = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="read_again_once_a_posting", fields=["report", "posting"])]
        ordering = ["posting"]


class KnownFigure(models.Model):
    """A figure of such a reading. What is not told is kept, so that no later one lets it be reckoned back."""

    reading = models.ForeignKey(KnownSince, models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    during = DateRangeField()
    value = models.BigIntegerField()  # of a share: its part
    whole = models.BigIntegerField(null=True)  # of a share
    told = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_known_figure", fields=["reading", "code", "during"])]
