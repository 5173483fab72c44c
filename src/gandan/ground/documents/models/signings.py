"""One paper that several sign, each in their turn."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Signing(models.Model):
    """A paper on its way to be signed: its number, the bytes as they now are, and what it is about."""

    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")  # whose register it is
    paper = models.ForeignKey("documents.Stored", models.PROTECT, db_index=False, related_name="+")  # as it now is
    number_line = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    finished_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_signing_of_a_record", fields=["about_type", "about_id"])]


class SigningPart(models.Model):
    """One who signs: in which order, for which body, as what, and once they have, with which certificate."""

    signing = models.ForeignKey(Signing, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    signs_as = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    certificate = models.CharField(max_length=200, blank=True)  # the name in it
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_part_per_position", fields=["signing", "position"]),
            models.CheckConstraint(
                name="signed_with_a_certificate",
                condition=Q(signed_on__isnull=True, signed_at__isnull=True, fingerprint="")
                | (Q(signed_on__isnull=False, signed_at__isnull=False) & ~Q(fingerprint="")),
            ),
        ]
        ordering = ["position"]
