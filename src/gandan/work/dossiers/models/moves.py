"""Why a dossier is due later than it was: the calendar changed while it was open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gandan.work.dossiers.models.dossiers import Dossier


class DueMove(models.Model):
    """One due date that moved because days were declared off after it was appointed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="due_moves")
    on = models.DateField()
    was_due_on = models.DateField()
    due_on = models.DateField()
    days = ArrayField(models.DateField())  # those that count differently now
    names = ArrayField(models.CharField(max_length=200), default=list)  # what they are called, as declared

    class Meta:
        constraints = [
            models.CheckConstraint(name="due_moves_on", condition=Q(due_on__gt=F("was_due_on"))),
            models.UniqueConstraint(name="due_moves_once_to_a_day", fields=["dossier", "due_on"]),
        ]
