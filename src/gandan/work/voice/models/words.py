"""What is said about a case: to its sender, by its sender, and among officers, each in a table of its own."""

from django.db import models
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.models.cases import Case, OfCases


class ReplyQuerySet(OfCases["Reply"]):
    """As the case it is about."""


class Reply(models.Model):
    """What a unit said to the sender: the answer, or a word on the way."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="replies")
    is_answer = models.BooleanField(default=True)
    words = SealedTextField()
    public_words = models.TextField(blank=True)  # the same, where the case is one that may be shown
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    seen_on = models.DateField(null=True)  # when the sender first opened it

    objects = ReplyQuerySet.as_manager()


class NoteQuerySet(OfCases["Note"]):
    """As the case it is about."""


class Note(models.Model):
    """What officers say among themselves. No page outside reads this table."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    words = SealedTextField()
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    objects = NoteQuerySet.as_manager()


class FollowUpQuerySet(OfCases["FollowUp"]):
    """As the case it is about."""


class FollowUp(models.Model):
    """What the sender added, by the receipt."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    words = SealedTextField()
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    read_on = models.DateField(null=True)  # when the desk first saw it

    objects = FollowUpQuerySet.as_manager()


class PassingQuerySet(OfCases["Passing"]):
    """As the case it is about."""


class Passing(models.Model):
    """A case went from one unit to another, and why: the sender is told."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="passings")
    from_unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    words = SealedTextField(blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    objects = PassingQuerySet.as_manager()
