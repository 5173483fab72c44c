"""Dossiers."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.work.dossiers.models.imports import Import
from gandan.work.dossiers.models.procedures import Procedure
from gandan.work.dossiers.models.states import Channel, Status, choices


class DossierQuerySet(models.QuerySet["Dossier"]):
    """The one place that says which dossiers may be seen: those at the units where the viewer may read them."""

    def at(self, units: Collection[int]) -> Self:
        return self.filter(unit_id__in=units)

    def open(self) -> Self:
        return self.filter(status=Status.RECEIVED.value)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


class Dossier(models.Model):
    """One request under one procedure, from receipt to result."""

    number = models.CharField(max_length=30, unique=True)
    source = models.CharField(max_length=30, blank=True)  # the system it came from; empty: received here
    source_number = models.CharField(max_length=60, blank=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, db_index=False, related_name="dossiers")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # where it is now
    channel = models.CharField(max_length=8, choices=choices(Channel))
    applicant = models.CharField(max_length=200, blank=True)
    applicant_key = models.CharField(max_length=200, blank=True)  # folded: found without accents
    status = models.CharField(max_length=10, choices=choices(Status), default=Status.RECEIVED.value)
    received_on = models.DateField()
    due_on = models.DateField()
    due_stated = models.BooleanField(default=False)  # the day appointed was stated by the source, not reckoned
    finished_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    imported = models.ForeignKey(Import, models.PROTECT, null=True, db_index=False, related_name="dossiers")
    imported_line = models.BigIntegerField(null=True)
    fingerprint = models.BinaryField(max_length=16, null=True)  # of the row it came from

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_dossier_per_source_number", fields=["source", "source_number"], condition=~Q(source="")
            ),
            models.CheckConstraint(name="dossier_status_known", condition=Q(status__in=[s.value for s in Status])),
            models.CheckConstraint(name="dossier_channel_known", condition=Q(channel__in=[c.value for c in Channel])),
            models.CheckConstraint(name="dossier_not_due_before_receipt", condition=Q(due_on__gte=F("received_on"))),
            models.CheckConstraint(
                name="dossier_not_finished_before_receipt",
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="dossier_dates_fit_its_status",
                condition=Q(status=Status.RECEIVED.value, finished_on__isnull=True, withdrawn_on__isnull=True)
                | Q(status=Status.FINISHED.value, finished_on__isnull=False, withdrawn_on__isnull=True)
                | Q(status=Status.WITHDRAWN.value, finished_on__isnull=True, withdrawn_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-received_on", "-id"], name="dossier_of_unit"),
            models.Index(fields=["-received_on", "-id"], name="dossier_newest"),
            models.Index(fields=["unit"], condition=Q(status=Status.RECEIVED.value), name="dossier_open_of_unit"),
        ]

    @property
    def ended_on(self) -> date | None:
        return self.finished_on or self.withdrawn_on
