"""What everybody doesn't read of a published report, because of what they have read of others."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from gandan.results.reports.models.reports import Report


class WithheldFigure(models.Model):
    """A figure that would give something small away beside those of reports that were published before."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="withheld")
    code = models.CharField(max_length=60)
    during = DateRangeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_withheld_figure", fields=["report", "code", "during"])]
