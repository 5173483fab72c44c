"""Advice and joint inspections: of units, by number and day. Nothing of any person."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.counsel.rules import Answer, Step


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Advice is for who reads counsel at the unit that gave it, or at the one to which it went."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_COUNSEL, viewer, on)
        return self.filter(Q(unit__among=units) | Q(addressee__among=units))


class Advice(models.Model):
    """What a unit advised a superior to do, and what became of it."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    addressee = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    number = models.CharField(max_length=80, blank=True)  # of the paper
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    given_on = models.DateField()
    due_on = models.DateField()
    answer = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Answer], default=Answer.NONE.value)
    words = models.TextField(blank=True)  # of the answer
    answered_on = models.DateField(null=True)
    directive = models.CharField(max_length=80, blank=True)  # the number of what came of it

    objects = AdviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="advice_goes_to_another", condition=~Q(unit=F("addressee"))),
            models.CheckConstraint(
                name="answered_advice_says_when",
                condition=Q(answer=Answer.NONE.value, answered_on__isnull=True)
                | (~Q(answer=Answer.NONE.value) & Q(answered_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["-given_on", "-id"], name="advice_newest"),
            models.Index(fields=["unit", "-given_on", "-id"], name="advice_unit"),
            models.Index(fields=["addressee", "-given_on", "-id"], name="advice_addressee"),
        ]


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """An inspection is for both sides that hold it, and for the units in which something was found."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_COUNSEL, viewer, on)
        found = Finding._default_manager.filter(unit__among=units).values("inspection_id")
        return self.filter(Q(unit__among=units) | Q(partner__among=units) | Q(place__among=units) | Q(pk__in=found))


class Inspection(models.Model):
    """One inspection that two sides hold together at a unit: planned, held, closed when all is remedied."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    partner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    place = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # the unit that is inspected
    plan = models.CharField(max_length=80, blank=True)  # the number of the plan
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    planned_on = models.DateField()
    planned_for = models.DateField()
    held_on = models.DateField(null=True)
    conclusion = models.TextField(blank=True)
    step = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Step], default=Step.PLANNED.value)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="two_units_inspect", condition=~Q(unit=F("partner")))]
        indexes = [models.Index(fields=["-planned_for", "-id"], name="inspection_newest")]


class FindingQuerySet(models.QuerySet["Finding"]):
    """As the inspection in which it was found."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        return self.filter(inspection__in=Inspection.objects.visible_to(viewer, on))


class Finding(models.Model):
    """What an inspection found, and what the unit is to do about it by a day."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, db_index=False, related_name="findings")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # that is to remedy it
    words = models.CharField(max_length=500)
    remedy = models.CharField(max_length=500)
    due_on = models.DateField()
    result = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_finding_has_its_place", fields=["inspection", "position"])]
