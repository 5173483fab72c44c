"""Reports: drafted over a period, frozen at a point of the ledger, never changed after."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.rules import Line
from gandan.results.reports.rules import LAYOUTS, ReportKind, ReportStatus


class Report(models.Model):
    """One report of a unit over a period: written, submitted, then frozen at a posting when its head approves it.

    `view` is how it looks across a changed tree.
    """

    code = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ReportKind])
    title = models.CharField(max_length=300)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="reports")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="reports")
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    view = models.CharField(max_length=20, default="as-was")
    during = DateRangeField()
    own_periods = models.BooleanField(default=False)  # its years are the unit's reporting years, not calendar years
    measures = ArrayField(models.CharField(max_length=60))
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReportStatus], default=ReportStatus.DRAFT.value)
    simulated = models.BooleanField(default=False)
    drafted_on = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_on = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    through = models.DateField(null=True)  # the last day that is counted
    submitted_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")  # one that was sent back
    superior = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")  # whose template it is
    layout = models.CharField(max_length=10, choices=[(one, one) for one in LAYOUTS], blank=True)
    rows = models.JSONField(default=list)  # of the template: measure, words, heading
    number_line = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)  # by all who sign it
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="report_frozen_at_a_posting",
                condition=Q(
                    status__in=[ReportStatus.FROZEN.value, ReportStatus.RETURNED.value],
                    posting__isnull=False,
                    frozen_on__isnull=False,
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    through__isnull=False,
                )
                | Q(status__in=[ReportStatus.DRAFT.value, ReportStatus.SUBMITTED.value], posting__isnull=True),
            ),
            models.CheckConstraint(
                name="report_numbered_then_signed_then_published",
                condition=(Q(signed_on__isnull=True) | ~Q(number_line=""))
                & (Q(published_on__isnull=True) | Q(signed_on__isnull=False))
                & (Q(number_line="") | Q(posting__isnull=False)),
            ),
        ]


class ReportSection(models.Model):
    """A part of a report's text, with its figures bound in."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_section_per_position", fields=["report", "position"])]
        ordering = ["position"]
