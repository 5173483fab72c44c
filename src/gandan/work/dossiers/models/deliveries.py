"""Results on their way by post: parcels, the lists they are handed over with, what was scanned, and the post's offices."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits, visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.dossiers.models.dossiers import Dossier
from gandan.work.dossiers.models.states import ParcelState, choices
from gandan.work.dossiers.rules.parcels import Direction, Outcome, Scanned, Way

AT_THE_OFFICE = (ParcelState.WANTED.value, ParcelState.PACKED.value, ParcelState.DROPPED.value)
ON_ITS_WAY = (
    ParcelState.WANTED.value,
    ParcelState.PACKED.value,
    ParcelState.HANDED.value,
    ParcelState.IN_TRANSIT.value,
    ParcelState.FAILED.value,
)


class DeliveryQuerySet(OfUnits["Delivery"]):
    """A parcel is for those who read its dossier."""

    right = Right.READ_DOSSIERS
    kept_at = "dossier__unit"


class Delivery(models.Model):
    """A result on its way to the applicant by post."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="deliveries")
    state = models.CharField(max_length=10, choices=choices(ParcelState), default=ParcelState.WANTED.value)
    wanted_on = models.DateField()
    handed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)  # delivered, came back, or no longer wanted
    failed_on = models.DateField(null=True)  # the last attempt that found nobody
    tracking = models.CharField(max_length=40, blank=True)
    recipient = SealedTextField(blank=True, default="", once_plain=True)  # empty: the applicant
    address = SealedTextField(blank=True, default="", once_plain=True)
    phone = SealedTextField(blank=True, default="", once_plain=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=[s.value for s in ParcelState])),
            models.CheckConstraint(
                name="delivery_handed_when_on_its_way", condition=Q(state__in=AT_THE_OFFICE) | Q(handed_on__isnull=False)
            ),
            models.UniqueConstraint(name="one_parcel_on_its_way", fields=["dossier"], condition=Q(state__in=ON_ITS_WAY)),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="delivery_of_dossier"),
            models.Index(fields=["tracking"], condition=~Q(tracking=""), name="delivery_tracking"),
        ]

    @property
    def goes_to(self) -> str:
        """Return the address that was named for this parcel, else the one at which the applicant is reached."""
        contact = getattr(self.dossier, "contact", None)
        return self.address or (contact.address if contact else "")


class PostPartner(models.Model):
    """A body of the post whose program tells us of parcels. Two secrets, so that one can be changed without a gap."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    secret = models.CharField(max_length=200)
    former_secret = models.CharField(max_length=200, blank=True)
    former_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="former_secret_ends", condition=Q(former_secret="") | Q(former_until__isnull=False)),
        ]


class ManifestQuerySet(models.QuerySet["Manifest"]):
    """A list for the post is for the office that packs it and the post that fetches it."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        offices = visible_units(Right.WRITE_DOSSIERS, viewer, on)
        return self.filter(Q(unit_id__among=offices) | Q(partner_id__among=visible_units(Right.SCAN_PARCELS, viewer, on)))


class Manifest(models.Model):
    """A list of parcels that one side hands to the other at once, signed by both (biên bản giao nhận)."""

    number = models.CharField(max_length=40, unique=True)
    direction = models.CharField(max_length=4, choices=choices(Direction))
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    partner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    made_on = models.DateField()
    office_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    office_signed_at = models.DateTimeField(null=True)
    post_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    post_name = models.CharField(max_length=200, blank=True)  # who signed on paper for the post, where nobody signed in
    post_signed_at = models.DateTimeField(null=True)
    handed_on = models.DateField(null=True)  # both have signed

    objects = ManifestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="manifest_direction_known", condition=Q(direction__in=[d.value for d in Direction])),
            models.CheckConstraint(
                name="manifest_handed_when_both_signed",
                condition=Q(handed_on__isnull=True)
                | Q(office_signed_at__isnull=False, post_signed_at__isnull=False, handed_on__gte=F("made_on")),
            ),
            models.CheckConstraint(
                name="manifest_signed_by_somebody",
                condition=Q(post_signed_at__isnull=True) | Q(post_by__isnull=False) | ~Q(post_name=""),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="manifest_of_unit"),
            models.Index(fields=["partner", "-id"], name="manifest_of_partner"),
        ]


class ManifestItem(models.Model):
    """A parcel on a list, at its place."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, db_index=False, related_name="items")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_parcel_is_on_a_list_once", fields=["manifest", "delivery"]),
            models.UniqueConstraint(name="one_parcel_at_a_place", fields=["manifest", "position"]),
        ]


class ScanQuerySet(OfUnits["Scan"]):
    """What the post said is the post's own."""

    right = Right.SCAN_PARCELS
    kept_at = "partner"


class Scan(models.Model):
    """Something that the post said of a parcel, once, whether or not it changed anything."""

    partner = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    reference = models.CharField(max_length=80)  # the partner's own number of what it says: the same one counts once
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="scans")
    tracking = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=choices(Scanned))
    at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)  # a code: why it failed
    way = models.CharField(max_length=8, choices=choices(Way))
    outcome = models.CharField(max_length=8, choices=choices(Outcome))
    taken_at = models.DateTimeField(db_default=Now())

    objects = ScanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_scan_counts_once", fields=["partner", "reference"])]
