"""Figures that are stated, where each kind of work is done, and totals held against each other. Written once, then answered."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.results.statements.rules import StatementStatus


class StatementQuerySet(OfUnits["Statement"]):
    """Stated figures are for those who read the figures of the unit."""

    right = Right.READ_FIGURES


class Statement(models.Model):
    """A figure of work done outside the system: by a unit, for a period and a measure, with evidence, answered by the other side.

    It is never changed; a further one corrects it, and takes its place once it is approved.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    during = DateRangeField()
    label = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=20, decimal_places=1)
    source = models.CharField(max_length=300)  # the paper that says so: number, day, body
    evidence = models.TextField(blank=True)  # in words, where no file is given
    side = models.CharField(max_length=14, choices=[(line.value, line.value) for line in Line])  # that states it
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in StatementStatus], default=StatementStatus.WAITING.value
    )
    simulated = models.BooleanField(default=False)
    stated_on = models.DateField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was refused, or what it corrects and why
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_approved_statement",
                fields=["unit", "measure", "during"],
                condition=Q(status=StatementStatus.APPROVED.value),
            ),
            models.UniqueConstraint(
                name="one_waiting_statement",
                fields=["unit", "measure", "during"],
                condition=Q(status=StatementStatus.WAITING.value),
            ),
            models.CheckConstraint(name="statement_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="statement_has_both_ends",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="statement_answered_by_somebody",
                condition=Q(status=StatementStatus.WAITING.value, answered_by__isnull=True)
                | (~Q(status=StatementStatus.WAITING.value) & Q(answered_by__isnull=False, answered_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["status", "measure"], name="statement_standing")]


class Declaration(models.Model):
    """Where a unit does a kind of work, from when until when: here, or in another system that is named."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    work = models.CharField(max_length=20)  # a group of measures
    system = models.CharField(max_length=120, blank=True)  # where; empty: here
    during = DateRangeField()
    source = models.CharField(max_length=300)  # who says so
    declared_on = models.DateField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_kind_of_work_is_done_at_one_place",
                expressions=[
                    ("unit", RangeOperators.EQUAL), ("work", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip


class Reconciliation(models.Model):
    """The official total of another system beside what was counted here when the two were held against each other."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    during = DateRangeField()
    label = models.CharField(max_length=40)
    official = models.DecimalField(max_digits=20, decimal_places=1)
    counted = models.DecimalField(max_digits=20, decimal_places=1, null=True)  # null: nothing records it
    source = models.CharField(max_length=300)  # where the total stands
    explanation = models.TextField(blank=True)  # of the difference
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "measure", "during"], name="reconciled_figure")]
