"""Initiatives that are proposed, tried, recognised and copied; commendations with the numbers of their decisions."""

from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.community.models.community_models import CommunityModel
from gandan.work.community.rules import Merit, Step


class Initiative(models.Model):
    """One way of doing something better, from proposal to recognition."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step], default=Step.PROPOSED.value)
    proposed_on = models.DateField()
    tried_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    result = models.TextField(blank=True)  # of the trial
    decision = models.CharField(max_length=80, blank=True)  # the number by which it was recognised

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_recognised_initiative_has_its_number", condition=~Q(step=Step.RECOGNISED.value) | ~Q(decision="")
            )
        ]
        indexes = [
            models.Index(fields=["-proposed_on", "-id"], name="initiative_newest"),
            models.Index(fields=["unit", "-proposed_on", "-id"], name="initiative_unit"),
        ]


class Copy(models.Model):
    """Another unit has taken up a recognised initiative."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="copies")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="copied_once_by_a_unit", fields=["initiative", "unit"])]


class CommendationQuerySet(OfUnits["Commendation"]):
    """For those who read the community at the unit that decided."""

    right = Right.READ_COMMUNITY


class Commendation(models.Model):
    """One decision by which a collective or a person is commended."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # whose decision it is
    merit = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Merit])
    name = SealedTextField(blank=True, default="")
    reason = models.CharField(max_length=300)
    decision = models.CharField(max_length=80)
    decided_on = models.DateField()
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, db_index=False, related_name="+")
    model = models.ForeignKey(CommunityModel, models.PROTECT, null=True, db_index=False, related_name="+")
    forgotten_on = models.DateField(null=True)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_decision_has_one_number", fields=["unit", "decision"])]
        indexes = [models.Index(fields=["-decided_on", "-id"], name="commendation_newest")]
