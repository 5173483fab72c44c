"""Hand-overs: when somebody comes or goes, what was taken in, and through whose hands it went."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.models.cases import Case, OfCases
from gandan.work.voice.rules.handovers.chain import Condition, Ground, Where


class VisitQuerySet(OfCases["Visit"]):
    """As the case it is about."""


class Visit(models.Model):
    """An appointment to hand something over: brought to the unit, or collected where it lies. The latest one holds."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    collected = models.BooleanField()  # False: it is brought
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    place = SealedTextField(blank=True, default="")
    words = SealedTextField(blank=True, default="")  # who comes, what to do until then
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="visit_ends_after_it_begins", condition=Q(ends__gt=F("begins")))]


class ProtocolQuerySet(OfCases["Protocol"]):
    """As the case it is about."""


class Protocol(models.Model):
    """A record of what was taken in (biên bản giao nhận): of one case, by one officer, before a second one."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="protocol")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    number = models.PositiveIntegerField(null=True)  # once both have signed
    year = models.PositiveSmallIntegerField()
    place = SealedTextField(blank=True, default="")
    giver = SealedTextField(blank=True, default="")  # empty: the giver left no name
    giver_address = SealedTextField(blank=True, default="")
    ground = models.CharField(max_length=12, choices=[(g.value, g.value) for g in Ground])
    circumstances = SealedTextField(blank=True, default="")
    taken_on = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    second_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of the first link, once both have signed

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_protocol_of_a_number", fields=["unit", "year", "number"]),
            models.CheckConstraint(name="protocol_two_people", condition=Q(second_by__isnull=True) | ~Q(second_by=F("taken_by"))),
            models.CheckConstraint(
                name="protocol_second_signs_whole",
                condition=Q(second_by__isnull=True, second_at__isnull=True, number__isnull=True, digest="")
                | (Q(second_by__isnull=False, second_at__isnull=False, number__isnull=False) & ~Q(digest="")),
            ),
        ]


class ItemQuerySet(models.QuerySet["Item"]):
    """Things, not people: seen where they were taken in and where they are."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_VOICE, viewer, on)
        return self.filter(Q(holder_id__among=units) | Q(protocol__unit_id__among=units))


class Item(models.Model):
    """One thing, or one lot of the same things, that was handed over."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="items")
    nth = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)  # see data/arms.yaml
    name = models.CharField(max_length=200)  # as it looks: "dao găm cán gỗ"
    mark = models.CharField(max_length=120, blank=True)  # numbers and signs on it
    quantity = models.PositiveIntegerField()
    measure = models.CharField(max_length=10)
    condition = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Condition])
    seal = models.CharField(max_length=60, blank=True)  # the number of the seal on its bag
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # who last took it
    where = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Where], default=Where.HELD.value)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_item_has_its_place", fields=["protocol", "nth"]),
            models.CheckConstraint(name="item_is_something", condition=Q(quantity__gte=1)),
        ]


class LinkQuerySet(models.QuerySet["Link"]):
    """Seen at either end: whose hands they are, and never the giver."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = visible_units(Right.READ_VOICE, viewer, on)
        return self.filter(Q(from_unit_id__among=units) | Q(to_unit_id__among=units))


class Link(models.Model):
    """Items went from one unit to another: one person gave, another took."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="links")
    nth = models.PositiveSmallIntegerField(null=True)  # in the chain, once it was taken
    items = models.ManyToManyField(Item, related_name="links")
    from_unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_depot = models.BooleanField(default=False)
    words = models.CharField(max_length=400, blank=True)  # seal, vehicle, what was looked at
    given_by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    given_on = models.DateField()
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    taken_on = models.DateField(null=True)
    taken_at = models.DateTimeField(null=True)
    remarks = models.CharField(max_length=400, blank=True)  # of who took them
    digest = models.CharField(max_length=64, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_two_people", condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("given_by"))),
            models.CheckConstraint(
                name="link_taken_whole",
                condition=Q(nth__isnull=True, taken_by__isnull=True, taken_on__isnull=True, taken_at__isnull=True, digest="")
                | (Q(nth__isnull=False, taken_by__isnull=False, taken_on__isnull=False, taken_at__isnull=False) & ~Q(digest="")),
            ),
            models.UniqueConstraint(name="a_link_has_its_place", fields=["protocol", "nth"]),
        ]
        indexes = [models.Index(fields=["to_unit", "id"], condition=Q(taken_by__isnull=True), name="link_to_be_taken")]
