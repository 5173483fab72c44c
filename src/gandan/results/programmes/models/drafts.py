"""The text of a programme: the one in force and those before, and the one being written, part by part."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person
from gandan.results.programmes.models.agreed import Programme
from gandan.results.programmes.rules import DraftState, PartKind


class Draft(models.Model):
    """A text being written: of a new programme, or an amendment of one in force."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="drafts")
    number = models.PositiveSmallIntegerField()  # 0: the programme itself; 1, 2 …: its amendments
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in DraftState])
    begun_on = models.DateField()
    edited_on = models.DateField(null=True)  # the last day of which the ledger was told
    approved_on = models.DateField(null=True)
    returned = models.CharField(max_length=500, blank=True)  # why it was given back
    number_line = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_draft",
                fields=["programme"],
                condition=~Q(state__in=[DraftState.IN_FORCE.value, DraftState.DROPPED.value]),
            ),
        ]
        ordering = ["pk"]


class DraftPart(models.Model):
    """One part of a draft as it stands."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=12)
    parent = models.CharField(max_length=12, blank=True)  # the key of the part under which it stands
    kind = models.CharField(max_length=9, choices=[(kind.value, kind.value) for kind in PartKind])
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    left = models.BooleanField(default=False)  # taken out; it can be taken back

    class Meta:
        constraints = [models.UniqueConstraint(name="one_part_per_key", fields=["draft", "key"])]
        ordering = ["position", "pk"]


class PartVersion(models.Model):
    """The text of a part as somebody saved it. `base` is the version that they had before them."""

    part = models.ForeignKey(DraftPart, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    merged = models.BooleanField(default=False)  # with what others had saved meanwhile
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="one_part_version_per_number", fields=["part", "number"])]
        ordering = ["number"]


class Edition(models.Model):
    """A text that came into force: kept as it was, with what its indicators meant then."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    draft = models.OneToOneField(Draft, models.SET_NULL, null=True, related_name="edition")
    why = models.CharField(max_length=500, blank=True)
    number_line = models.CharField(max_length=80, blank=True)
    parts = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_edition_per_number", fields=["programme", "number"])]
        ordering = ["number"]
