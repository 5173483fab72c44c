"""Keys of programs, and the buckets that say how often a thing was done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person


class ProgramKey(models.Model):
    """A secret by which a partner's program comes in: what it opens, where, until when. Only its digest is kept.

    What the program may do at all is said by its appointments; a key opens a part of that, never more.
    """

    program = models.ForeignKey(Person, models.PROTECT, related_name="keys")
    label = models.CharField(max_length=80)  # what it is for
    prefix = models.CharField(max_length=8, unique=True)  # by which people tell keys apart
    digest = models.BinaryField(max_length=32, unique=True)
    rights = ArrayField(models.CharField(max_length=40))
    operations = ArrayField(models.CharField(max_length=80), default=list, blank=True)  # of the API; none: all those rights allow
    units = ArrayField(models.BigIntegerField())  # it opens these and what is below them
    per_minute = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    last_used_at = models.DateTimeField(null=True, blank=True)  # to the minute or so

    class Meta:
        constraints = [
            models.CheckConstraint(name="key_opens_something", condition=Q(rights__len__gt=0, units__len__gt=0)),
            models.CheckConstraint(name="key_expires_after_it_was_made", condition=Q(expires_at__gte=F("made_at"))),
            models.CheckConstraint(name="key_has_a_rate", condition=Q(per_minute__gt=0)),
            models.CheckConstraint(
                name="key_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]


class Bucket(models.Model):
    """How much of a limit is used up. Its name is a keyed digest: what was limited, and whom, can't be read from it."""

    name = models.BinaryField(max_length=16, primary_key=True)
    full_until = models.DateTimeField()  # when all that was used will have come back
