"""Who is behind a dossier, as far as it must be known: how to reach them, the receipt in their hand, who fetches for them."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import BlindIndexField, SealedTextField
from gandan.ground.privacy.rules import Normaliser
from gandan.work.dossiers.models.dossiers import Dossier
from gandan.work.dossiers.models.states import choices
from gandan.work.dossiers.rules.holders import Checked, Language


class ContactQuerySet(OfUnits["Contact"]):
    """How an applicant is reached is for those who work on the dossier."""

    right = Right.WRITE_DOSSIERS
    kept_at = "dossier__unit"


class Contact(models.Model):
    """How the applicant of a dossier is reached, for this dossier alone."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="contact")
    phone = SealedTextField(blank=True, default="")  # digits
    phone_index = BlindIndexField(of="phone", normaliser=Normaliser.PHONE)
    email = SealedTextField(blank=True, default="")
    address = SealedTextField(blank=True, default="")
    identity = SealedTextField(blank=True, default="")  # the personal number; found within one unit and one procedure only
    identity_index = BlindIndexField(of="identity")
    language = models.CharField(max_length=2, choices=choices(Language), default=Language.VIETNAMESE.value)
    notices = models.BooleanField(default=True)  # wants to be told by e-mail what happens

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], condition=~Q(phone_index=b""), name="contact_phone"),
            models.Index(fields=["identity_index"], condition=~Q(identity_index=b""), name="contact_identity"),
        ]


class ReceiptKeyQuerySet(OfUnits["ReceiptKey"]):
    """What a receipt opens is printed by those who work on the dossier."""

    right = Right.WRITE_DOSSIERS
    kept_at = "dossier__unit"


class ReceiptKey(models.Model):
    """What the QR of a receipt opens. Replaced when a receipt was lost: the old one opens nothing any more."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="receipt_keys")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token; the token itself is nowhere kept
    given_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = ReceiptKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_receipt_opens_a_dossier", fields=["dossier"], condition=Q(ended_on__isnull=True)),
            models.CheckConstraint(
                name="receipt_not_ended_before_given", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("given_on"))
            ),
        ]


class CollectorQuerySet(OfUnits["Collector"]):
    """Who may fetch a result is for those who work on the dossier."""

    right = Right.WRITE_DOSSIERS
    kept_at = "dossier__unit"


class Collector(models.Model):
    """Somebody who may fetch a result in the applicant's place: checked at the counter, with the paper that says so."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="collectors")
    name = SealedTextField(once_plain=True)
    checked = models.CharField(max_length=14, choices=choices(Checked))  # by which paper who they are was checked
    paper_tail = SealedTextField(once_plain=True)  # its last characters; the number itself is not kept
    noted_by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    noted_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = CollectorQuerySet.as_manager()


class RatingTicket(models.Model):
    """A ticket for one rating. It knows the unit, the procedure and its day, and no dossier: nobody can find out whose it was."""

    digest = models.CharField(max_length=64, primary_key=True)  # no number in order, which could be held beside another's
    unit_code = models.CharField(max_length=20)
    procedure = models.CharField(max_length=40)
    issued_on = models.DateField()
    used_on = models.DateField(null=True)


class TicketTaken(models.Model):
    """That the ticket of a dossier was taken, so that there is one; not which."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="ticket_taken")
