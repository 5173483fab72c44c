"""Programmes that bodies sign together: their parties, contents, tasks, and the indicators they are held to."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.calendar.rules import Grain
from gandan.ground.organisations.rules import Line
from gandan.results.programmes.rules import Origin


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
    upper = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="plans"
    )  # of a unit's plan: what it is derived from
    planned_by = models.CharField(max_length=14, blank=True)  # the kind of unit that is to make its own plan from it
    plans_due_on = models.DateField(null=True)
    plans_due_source = models.CharField(max_length=300, blank=True)  # what says so
    basis = ArrayField(models.TextField(), default=list)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)  # of the file it was read from

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.UniqueConstraint(
                name="one_plan_of_a_unit", fields=["upper", "unit"], condition=Q(upper__isnull=False, closed_on__isnull=True)
            ),
        ]


class PlanDuty(models.Model):
    """One unit that is to make its own plan from a programme: what the promise of it is about."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_duties")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_plan_duty_per_unit", fields=["programme", "unit"])]


class Party(models.Model):
    """A body that signed a programme, and as what its head signed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    signs_as = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_party_per_unit", fields=["programme", "unit"])]
        ordering = ["position"]


class Keyed(models.Model):
    """What contents, goals and tasks have in common: a key that stays through all versions, and a day on which they were left."""

    key = models.CharField(max_length=12)
    left_on = models.DateField(null=True)  # no longer in force since an amendment; what hangs on it stays

    class Meta:
        abstract = True


class Content(Keyed):
    """One of the numbered contents of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contents")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    upper = models.ForeignKey("self", models.SET_NULL, null=True, related_name="derived")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_content_per_key", fields=["programme", "key"])]
        ordering = ["number"]


class Goal(Keyed):
    """What a content is to come to."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_goal_per_key", fields=["content", "key"])]
        ordering = ["position"]


class Task(Keyed):
    """Something to be done: under a content of a programme as signed, or given beside its text by a conclusion or a directive."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    content = models.ForeignKey(Content, models.CASCADE, null=True, related_name="tasks")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, related_name="tasks")
    number = models.CharField(max_length=12, blank=True)  # as it is numbered in the text
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_en = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    every = models.CharField(max_length=8, choices=[(every.value, every.value) for every in Grain], blank=True)
    units = models.ManyToManyField("organisations.Unit", related_name="+")
    upper = models.ForeignKey("self", models.SET_NULL, null=True, related_name="derived")
    points = models.ManyToManyField("programmes.DirectivePoint", related_name="tasks")
    origin = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Origin], default=Origin.TEXT.value)
    origin_type = models.CharField(max_length=40, blank=True)  # of what it came from, where that is a record of another package
    origin_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_task_per_key", fields=["programme", "key"]),
            models.UniqueConstraint(
                name="one_task_of_an_origin", fields=["origin_type", "origin_id"], condition=Q(origin_id__isnull=False)
            ),
            models.CheckConstraint(name="a_task_is_due_or_recurs", condition=Q(due_on__isnull=True) | Q(every="")),
        ]
        ordering = ["position"]


class Indicator(models.Model):
    """A measure by which a content is followed."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="indicators")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="indicators")  # the one that it measures
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
