"""Letters of apology."""

from django.db import models
from django.db.models import F, Q

from gandan.work.dossiers.models.dossiers import Dossier


class Apology(models.Model):
    """A letter of apology owed for one missed appointment, and whether it was sent."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="apologies")
    appointed_on = models.DateField()  # the appointment that was, or is about to be, missed
    owed_on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)  # a code
    sent_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_apology_per_lateness", fields=["dossier", "appointed_on"]),
            models.CheckConstraint(
                name="apology_not_sent_before_it_was_owed", condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("owed_on"))
            ),
        ]
