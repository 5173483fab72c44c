"""What somebody writes before it is a case."""

from django.db import models
from django.db.models.functions import Now

from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.models.cases import Case


class CaseDraft(models.Model):
    """A case being written, without an account: whoever has its code goes on. Sent, its code is the receipt."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CaseKind])
    written = SealedTextField(blank=True, default="")  # JSON: what was filled in
    begun_on = models.DateField()
    begun_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    keep_until = models.DateField()
    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="draft")

    class Meta:
        indexes = [models.Index(fields=["keep_until"], name="case_draft_ending")]
