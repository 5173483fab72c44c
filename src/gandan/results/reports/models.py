"""Reports: drafted over a period, frozen at a point of the ledger, never changed after."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.rules import Line
from gandan.results.measures.rules import Status
from gandan.results.reports.rules import Place, ReportKind, ReportStatus


class Report(models.Model):
    """One report of a unit over a period: a draft, or frozen at a posting. `view` is how it looks across a changed tree."""

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
    status = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ReportStatus], default=ReportStatus.DRAFT.value)
    simulated = models.BooleanField(default=False)
    drafted_on = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_on = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    through = models.DateField(null=True)  # the last day that is counted

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="report_frozen_at_a_posting",
                condition=Q(
                    status=ReportStatus.FROZEN.value,
                    posting__isnull=False,
                    frozen_on__isnull=False,
                    frozen_at__isnull=False,
                    frozen_by__isnull=False,
                    through__isnull=False,
                )
                | Q(status=ReportStatus.DRAFT.value, posting__isnull=True),
            ),
        ]


class ReportSection(models.Model):
    """A part of a report's text, with its figures bound in."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_section_per_position", fields=["report", "position"])]
        ordering = ["position"]


class FrozenMeasure(models.Model):
    """What a measure meant when the report was frozen. `position` is its place in the table, null if only the text names it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="frozen_measures")
    position = models.PositiveSmallIntegerField(null=True)
    heading = models.CharField(max_length=300, blank=True)  # where it stands in the table
    code = models.CharField(max_length=60)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    definition_vi = models.TextField()
    definition_en = models.TextField()
    unit_vi = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40)
    source = models.TextField()
    formula = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_frozen_measure_per_code", fields=["report", "code"])]


class FrozenCell(models.Model):
    """One figure as signed: of one measure, unit and period, with the unit's path as it then was."""

    measure = models.ForeignKey(FrozenMeasure, models.CASCADE, related_name="cells")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit_path = models.TextField()
    during = DateRangeField()
    label = models.CharField(max_length=40)
    place = models.CharField(max_length=5, choices=[(p.value, p.value) for p in Place])
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Status])
    value = models.DecimalField(max_digits=20, decimal_places=1, null=True)
    part = models.BigIntegerField(null=True)
    whole = models.BigIntegerField(null=True)
    count = models.BigIntegerField(default=0)
    through = models.DateField(null=True)
    partial = ArrayField(models.BigIntegerField(), default=list)  # divided predecessors that are not in the figure
    later = models.DecimalField(max_digits=20, decimal_places=1, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_cell_per_unit_and_period", fields=["measure", "unit", "during"]),
            models.CheckConstraint(
                name="cell_has_a_value_or_a_reason",
                condition=Q(status=Status.COUNTED.value, value__isnull=False)
                | (~Q(status=Status.COUNTED.value) & Q(value__isnull=True)),
            ),
        ]
