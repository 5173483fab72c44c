"""What somebody writes for a dossier before it is one, and what they wrote when they handed it in."""

from django.db import models
from django.db.models.functions import Now

from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.dossiers.models.dossiers import Dossier


class DraftQuerySet(OfUnits["Draft"]):
    """What was written online is for those who work on the dossier that came of it; before, for nobody but its writer."""

    right = Right.WRITE_DOSSIERS
    kept_at = "dossier__unit"


class Draft(models.Model):
    """An online dossier being written, without an account: whoever has its code goes on. Handed in, it is what was written."""

    digest = models.CharField(max_length=64, unique=True)  # of the code by which it is taken up again
    procedure = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    written = SealedTextField(blank=True, default="")  # JSON: what was filled in
    begun_on = models.DateField()
    changed_at = models.DateTimeField(db_default=Now())
    keep_until = models.DateField()
    dossier = models.OneToOneField(Dossier, models.CASCADE, null=True, related_name="submission")

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["keep_until"], name="draft_ending")]
