"""Requests for reports: what is asked of many units, and each unit's answer with its figures as they were frozen."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.requests.rules import AnswerStage, FilledHow


class ReportRequest(models.Model):
    """An official letter that asks units for a report: an outline to be written to, an annex that the ledger fills."""

    code = models.CharField(max_length=60, unique=True)
    superior = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    line = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])
    title = models.CharField(max_length=200)
    paper = models.CharField(max_length=120)  # number and day of the letter
    text = models.TextField(blank=True)
    during = DateRangeField()
    label = models.CharField(max_length=40)
    points = ArrayField(models.CharField(max_length=300), default=list)
    rows = models.JSONField(default=list)  # words, measure, unit
    due_on = models.DateField()
    simulated = models.BooleanField(default=False)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gathered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
        ]


class AnswerQuerySet(OfUnits["Answer"]):
    """Answers are for those who read the figures of the unit; who asked reads those that were given."""

    right = Right.READ_FIGURES


class Answer(models.Model):
    """What one unit answers: words to each point, figures frozen at a posting."""

    request = models.ForeignKey(ReportRequest, models.PROTECT, related_name="answers")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AnswerStage], default=AnswerStage.OPEN.value)
    words = models.JSONField(default=dict)  # number of the point → what is said
    typed = models.JSONField(default=dict)  # number of a row that no measure fills → value, source
    posting = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    answered_on = models.DateField(null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_of_a_unit", fields=["request", "unit"]),
            models.CheckConstraint(
                name="answered_at_a_posting",
                condition=~Q(stage=AnswerStage.ANSWERED.value) | Q(posting__isnull=False, answered_on__isnull=False),
            ),
        ]


class AnswerFigure(models.Model):
    """A figure of an answer as it was frozen, and where it comes from."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=8, choices=[(h.value, h.value) for h in FilledHow])
    value = models.DecimalField(max_digits=20, decimal_places=1, null=True)
    part = models.BigIntegerField(null=True)
    whole = models.BigIntegerField(null=True)
    source = models.TextField(blank=True)
    systems = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_figure_of_a_row", fields=["answer", "position"])]


class AnswerStep(models.Model):
    """A step on the way of an answer. Of an answer that was given, with its figures: they stay when it is returned."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=8, choices=[(s.value, s.value) for s in AnswerStage])
    reason = models.TextField(blank=True)
    figures = models.JSONField(default=dict)  # number of the row → value, as it was given
    posting = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
