"""Programmes that bodies sign together: their parties, contents, tasks, and the indicators they are held to."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.rules import Line


class Programme(models.Model):
    """One programme, as the document says it. It covers a unit and all below it."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="programmes")
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    during = DateRangeField()
    signed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    basis = ArrayField(models.TextField(), default=list)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)  # of the file it was read from

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
        ]


class Party(models.Model):
    """A body that signed a programme, and as what its head signed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    signs_as = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_party_per_unit", fields=["programme", "unit"])]
        ordering = ["position"]


class Content(models.Model):
    """One of the numbered contents of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contents")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_content_per_number", fields=["programme", "number"])]
        ordering = ["number"]


class Task(models.Model):
    """Something to be done under a content, by units of each side."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_en = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    units = models.ManyToManyField("organisations.Unit", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_task_per_position", fields=["content", "position"])]
        ordering = ["position"]


class Indicator(models.Model):
    """A measure by which a content is followed."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_indicator_per_measure", fields=["content", "measure"])]
        ordering = ["position"]


class Target(models.Model):
    """What an indicator is to reach in a year. Only on doing things in time, never on how much people say."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")  # null: the whole programme
    value = models.DecimalField(max_digits=12, decimal_places=1)
    simulated = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_target_per_year", fields=["indicator", "year", "unit"], nulls_distinct=False),
            models.CheckConstraint(name="target_says_where_from", condition=Q(simulated=True) | ~Q(source="")),
        ]
        ordering = ["year"]
