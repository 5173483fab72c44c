"""What a report holds for good: each figure as signed, what it meant, what it was held against, whose reports it cites."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.results.measures.rules import Status
from gandan.results.reports.models.reports import Report
from gandan.results.reports.rules import Place


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
    stated = models.DecimalField(max_digits=20, decimal_places=1, null=True)  # beside what is counted, never in it
    stated_whole = models.BooleanField(default=True)
    stated_source = models.TextField(blank=True)
    systems = models.TextField(blank=True)  # other systems from which its work came in by file

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_cell_per_unit_and_period", fields=["measure", "unit", "during"]),
            models.CheckConstraint(
                name="cell_has_a_value_or_a_reason",
                condition=Q(status=Status.COUNTED.value, value__isnull=False)
                | (~Q(status=Status.COUNTED.value) & Q(value__isnull=True)),
            ),
        ]


class FrozenComparison(models.Model):
    """What a figure of the whole period was held against when the report was frozen. As written: numbers only."""

    measure = models.OneToOneField(FrozenMeasure, models.CASCADE, related_name="comparison")
    before = models.DecimalField(max_digits=20, decimal_places=1, null=True)  # the same unit, the period before
    before_label = models.CharField(max_length=40, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=1, null=True)
    sisters = models.DecimalField(max_digits=20, decimal_places=1, null=True)  # the middle one of the units beside it
    sisters_count = models.PositiveSmallIntegerField(default=0)
    unusual = models.BooleanField(default=False)


class Citation(models.Model):
    """A frozen report of a unit below that a report rests on."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="citations")
    cited = models.ForeignKey(Report, models.PROTECT, related_name="cited_by")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_citation_of_a_report", fields=["report", "cited"])]


class CitedDifference(models.Model):
    """A figure of a cited report that was no longer so when the report that cites it was frozen."""

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="differences")
    code = models.CharField(max_length=60)
    cited = models.DecimalField(max_digits=20, decimal_places=1, null=True)
    now = models.DecimalField(max_digits=20, decimal_places=1, null=True)
    events = models.PositiveIntegerField(default=0)  # how many came between the two postings

    class Meta:
        constraints = [models.UniqueConstraint(name="one_cited_difference_per_measure", fields=["citation", "code"])]
