"""Matters between people and authorities: a place and an issue. There is no field for anybody, and no list of people."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.matters.flow import State
from gandan.work.matters.rules import Issue, Pledged

Record = TypeVar("Record", bound=models.Model)


class MatterQuerySet(models.QuerySet["Matter"]):
    """A matter is seen by who may read matters at one of its two owners, or at a unit that promised something in it."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_MATTERS, viewer, on)
        owing = Pledge._default_manager.filter(owner__among=units).values("matter_id")
        return self.filter(Q(unit__among=units) | Q(partner__among=units) | Q(pk__in=owing))

    def whole_to(self, viewer: Person, on: date) -> Self:
        """Those of which the viewer reads everything: at one of the two owners."""
        units = visible_units(Right.READ_MATTERS, viewer, on)
        return self.filter(Q(unit__among=units) | Q(partner__among=units))


class OfMatter(models.QuerySet[Record]):
    """As the matter that it belongs to, for who reads all of it."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        return self.filter(matter__in=Matter.objects.whole_to(viewer, on))


class PledgeQuerySet(OfMatter["Pledge"]):
    """And for the unit that owes it."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        owing = visible_units(Right.READ_MATTERS, viewer, on)
        return self.filter(Q(matter__in=Matter.objects.whole_to(viewer, on)) | Q(owner__among=owing))


class Matter(models.Model):
    """One matter: where it is, what it is about, and the two units that answer for it together."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # who leads
    partner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # of the other side
    area = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # the ward
    issue = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Issue])
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=200)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    search = models.TextField(blank=True)  # title and place, folded
    households = models.PositiveIntegerField(default=0)  # about how many it concerns: a number, never a list
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in State], default=State.OPEN.value)
    opened_on = models.DateField()
    settle_by = models.DateField()
    proposed_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    proposed_for = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    outcome = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    settled_in_time = models.BooleanField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)  # how often
    version = models.PositiveIntegerField(default=1)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_matter_is_of_two_units", condition=~Q(unit=F("partner"))),
            models.CheckConstraint(name="a_matter_is_not_due_before_it_opened", condition=Q(settle_by__gte=F("opened_on"))),
            models.CheckConstraint(
                name="a_settled_matter_says_when_and_how",
                condition=(~Q(state=State.SETTLED.value) & Q(settled_on__isnull=True, settled_in_time__isnull=True))
                | (Q(state=State.SETTLED.value, settled_on__isnull=False, settled_in_time__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="a_matter_is_somewhere_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="matter_newest"),
            models.Index(fields=["unit", "-opened_on", "-id"], name="matter_unit"),
            models.Index(fields=["partner", "-opened_on", "-id"], name="matter_partner"),
            models.Index(fields=["area", "-opened_on", "-id"], name="matter_area"),
            models.Index(fields=["settled_on"], condition=Q(settled_on__isnull=False), name="matter_ending"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="matter_words", fastupdate=False),
        ]

    @property
    def is_open(self) -> bool:
        return self.state != State.SETTLED


class Ask(models.Model):
    """One thing that people ask for, without who asks."""

    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="asks")
    position = models.PositiveSmallIntegerField()
    words = SealedTextField(blank=True, default="")
    noted_on = models.DateField()

    objects = OfMatter["Ask"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_ask_has_its_place", fields=["matter", "position"])]


class Dialogue(models.Model):
    """One dialogue that was held with the people there: how many came, and what was said, without who said it."""

    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="dialogues")
    host = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    heads = models.PositiveIntegerField()
    minutes = SealedTextField(blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")

    objects = OfMatter["Dialogue"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["matter", "held_on"], name="dialogue_matter")]


class Pledge(models.Model):
    """What a unit promised the people of a matter, by a day; kept, or broken with the reason."""

    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False, related_name="pledges")
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, db_index=False, related_name="pledges")
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, null=True, db_index=False, related_name="pledges")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    owner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Pledged], default=Pledged.OPEN.value)
    result = models.CharField(max_length=500, blank=True)  # what was done, or why it was broken
    ended_on = models.DateField(null=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_pledge_has_its_place", fields=["matter", "position"]),
            models.CheckConstraint(
                name="a_pledge_that_ended_says_how",
                condition=Q(state=Pledged.OPEN.value, ended_on__isnull=True)
                | (~Q(state=Pledged.OPEN.value) & Q(ended_on__isnull=False) & ~Q(result="")),
            ),
        ]
