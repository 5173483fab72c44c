"""Directives: what those above have resolved or ordered, point by point, and by what each point is answered."""

from django.db import models
from django.db.models import Q

from gandan.ground.documents.models import Attachment
from gandan.ground.organisations.models import Unit
from gandan.results.programmes.rules import DirectiveKind


class Directive(models.Model):
    """A resolution, a programme of action, an order … as a unit has taken note of it."""

    code = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # at which it is carried out
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in DirectiveKind])
    number = models.CharField(max_length=60, blank=True)  # as printed: 12-CT/TU
    body = models.CharField(max_length=200)  # who has issued it
    dated = models.DateField(null=True)
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    file = models.ForeignKey(Attachment, models.SET_NULL, null=True, db_index=False, related_name="+")
    source = models.CharField(max_length=300, blank=True)  # where its words are from
    simulated = models.BooleanField(default=False)
    noted_on = models.DateField()
    answered_on = models.DateField(null=True)  # when no point was open any more

    class Meta:
        constraints = [
            models.CheckConstraint(name="directive_says_where_from", condition=Q(simulated=True) | ~Q(source="")),
        ]
        indexes = [models.Index(fields=["unit", "-dated", "-id"], name="directive_unit")]


class DirectivePoint(models.Model):
    """One point of a directive: answered by tasks, set aside for a reason, or visibly by none."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    aside = models.CharField(max_length=300, blank=True)  # why no task is needed

    class Meta:
        constraints = [models.UniqueConstraint(name="one_point_per_position", fields=["directive", "position"])]
        ordering = ["position"]
