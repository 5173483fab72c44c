"""Files that people gave, each belonging to one record and ending on a day."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.documents.attachments import Form
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right


class AttachmentQuerySet(OfUnits["Attachment"]):
    """Files of records are for those who read the records of their unit."""

    right = Right.READ_DOSSIERS


class Attachment(models.Model):
    """One file that was given with a record, as it is kept: checked, cleaned, under a name that nobody can guess."""

    token = models.CharField(max_length=43, unique=True)  # in addresses, and the name on the shelf
    about_type = models.CharField(max_length=40)  # the record it belongs to
    about_id = models.BigIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    purpose = models.CharField(max_length=40, blank=True)  # a code: which component of a dossier it is, say
    shown_name = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=8, choices=[(form.value, form.value) for form in Form])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept
    given_on = models.DateField()
    given_at = models.DateTimeField(db_default=Now())
    keep_until = models.DateField()  # erased on the day after
    erased_on = models.DateField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_form_known", condition=Q(form__in=[form.value for form in Form])),
            models.CheckConstraint(
                name="attachment_nameless_when_erased", condition=Q(erased_on__isnull=True) | Q(shown_name="")
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id", "id"], name="attachment_about"),
            models.Index(fields=["keep_until"], condition=Q(erased_on__isnull=True), name="attachment_ending"),
        ]

    @property
    def shelf(self) -> str:
        """Where it lies: nothing of what its giver wrote is part of it."""
        return f"attachments/{self.token[:2]}/{self.token}"
