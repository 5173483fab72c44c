"""Results on their way by post."""

from django.db import models
from django.db.models import Q

from gandan.work.dossiers.models.dossiers import Dossier
from gandan.work.dossiers.models.states import ParcelState, choices


class Delivery(models.Model):
    """A result on its way to the applicant by post."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="deliveries")
    state = models.CharField(max_length=10, choices=choices(ParcelState), default=ParcelState.WANTED.value)
    wanted_on = models.DateField()
    handed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)  # delivered, or came back
    failed_on = models.DateField(null=True)  # the last attempt that found nobody
    tracking = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=[s.value for s in ParcelState])),
            models.CheckConstraint(
                name="delivery_handed_when_on_its_way", condition=Q(state=ParcelState.WANTED.value) | Q(handed_on__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_parcel_on_its_way",
                fields=["dossier"],
                condition=Q(state__in=[ParcelState.WANTED.value, ParcelState.HANDED.value, ParcelState.FAILED.value]),
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="delivery_of_dossier"),
            models.Index(fields=["tracking"], condition=~Q(tracking=""), name="delivery_tracking"),
        ]
