"""Letters of apology, the batches in which they are signed, and the rules of bodies."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.documents.models import Stored
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits, OnesOwn
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.dossiers.models.dossiers import Dossier


class LetterBatchQuerySet(OnesOwn["LetterBatch"]):
    """A batch is for who signs it."""

    whose = "by"


class LetterBatch(models.Model):
    """Letters that a head signs at once, and how far it has come."""

    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField(db_default=Now())

    objects = LetterBatchQuerySet.as_manager()


class ApologyQuerySet(OfUnits["Apology"]):
    """A letter is for those who read the dossier."""

    right = Right.READ_DOSSIERS
    kept_at = "dossier__unit"


class Apology(models.Model):
    """A letter of apology owed for one missed appointment, and whether it was sent."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="apologies")
    appointed_on = models.DateField()  # the appointment that was, or is about to be, missed
    owed_on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)  # a code
    words = models.CharField(max_length=300, blank=True, default="", db_default="")  # the reason as written, for "other"
    wanted_on = models.DateField(null=True)  # the new appointment that an officer chose instead of the rule's
    sent_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    facts = SealedTextField(blank=True, default="")  # all that the letter says, frozen when it was signed
    paper = models.OneToOneField(Stored, models.PROTECT, null=True, related_name="+")
    to_print = models.BooleanField(default=False, db_default=False)  # goes on paper too
    route = models.CharField(max_length=120, blank=True, default="", db_default="")  # by which letters on paper are sorted
    printed_on = models.DateField(null=True)

    objects = ApologyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_apology_per_lateness", fields=["dossier", "appointed_on"]),
            models.CheckConstraint(
                name="apology_not_sent_before_it_was_owed", condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("owed_on"))
            ),
            models.CheckConstraint(name="apology_sent_when_signed", condition=Q(paper__isnull=True) | Q(sent_on__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["appointed_on", "id"], condition=Q(sent_on__isnull=True), name="apology_owed"),
            models.Index(fields=["id"], condition=Q(to_print=True, printed_on__isnull=True), name="apology_to_print"),
        ]


class LetterToSign(models.Model):
    """A letter in a batch: waiting, signed, or why it was not."""

    batch = models.ForeignKey(LetterBatch, models.CASCADE, db_index=False, related_name="letters")
    letter = models.ForeignKey(Apology, models.CASCADE, db_index=False, related_name="+")
    done_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=400, blank=True)  # a code, or empty
    refused_words = models.CharField(max_length=400, blank=True)  # the sentence in Vietnamese

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_letter_is_in_a_batch_once", fields=["batch", "letter"]),
            models.UniqueConstraint(name="a_letter_waits_in_one_batch", fields=["letter"], condition=Q(done_at__isnull=True)),
        ]
        indexes = [models.Index(fields=["batch", "id"], condition=Q(done_at__isnull=True), name="letter_waiting_to_be_signed")]


class LetterRule(models.Model):
    """How a body, and those below it, apologise: from a day on, until its next rule."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    valid_from = models.DateField()
    days_before = models.PositiveSmallIntegerField()  # working days before the appointment that the letter is owed
    again = models.CharField(max_length=40)  # the term of a new appointment: "5 working_days"
    max_reappointments = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_letter_rule_a_day", fields=["unit", "valid_from"])]
