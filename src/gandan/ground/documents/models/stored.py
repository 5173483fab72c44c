"""Papers as they were sent, the registers their numbers come from, and the templates that bodies lay over ours."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right


class NumberSeries(models.Model):
    """The register of one body's papers of one kind in one year: the last number given out."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    sign = models.CharField(max_length=20)  # PXL, XLGH … as in the number
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_register_a_year", fields=["unit", "sign", "year"])]


class StoredQuerySet(OfUnits["Stored"]):
    """Papers are for those who read the records of their unit."""

    right = Right.READ_DOSSIERS


class Stored(models.Model):
    """One paper as it was sent or handed over: its number, what it is about, and the digest of its bytes. Never changed."""

    token = models.CharField(max_length=43, unique=True)  # in addresses
    kind = models.CharField(max_length=20)  # a kind of form
    reference = models.CharField(max_length=120)  # which circular's form it was
    layout = models.CharField(max_length=40)  # ours by its name, or "own:<number>"
    title = models.CharField(max_length=200)
    sign = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    number_line = models.CharField(max_length=80, blank=True)  # as printed
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    signed_by = models.CharField(max_length=200, blank=True)  # as the certificate names them; empty: no electronic signature
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256
    keep_until = models.DateField()
    erased_on = models.DateField(null=True)  # the content is gone; that there was this paper stays

    objects = StoredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_number_is_given_once", fields=["unit", "sign", "year", "number"], condition=Q(number__isnull=False)
            ),
            models.CheckConstraint(
                name="a_number_stands_in_a_register",
                condition=Q(number__isnull=True, year__isnull=True, sign="")
                | (Q(number__isnull=False, year__isnull=False) & ~Q(sign="")),
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id", "id"], name="stored_about"),
            models.Index(fields=["digest"], name="stored_digest"),
            models.Index(fields=["keep_until"], condition=Q(erased_on__isnull=True), name="stored_ending"),
        ]


class ContentQuerySet(OfUnits["StoredContent"]):
    """As its paper."""

    right = Right.READ_DOSSIERS
    kept_at = "stored__unit"


class StoredContent(models.Model):
    """The bytes of a paper, apart from what lists read."""

    stored = models.OneToOneField(Stored, models.PROTECT, primary_key=True, related_name="content")
    pdf = models.BinaryField()

    objects = ContentQuerySet.as_manager()


class OwnLayout(models.Model):
    """A template that a body lays over ours, for one kind of form, from a day on."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=20)
    source = models.TextField()  # typst; empty: ours again
    valid_from = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    laid_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_own_layout_a_day", fields=["unit", "kind", "valid_from"])]
