"""Dossiers."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.flow import AT_WORK, CLOSED, OPEN, Status
from gandan.work.dossiers.models.imports import Import
from gandan.work.dossiers.models.procedures import Procedure
from gandan.work.dossiers.models.states import Channel, choices

_OPEN = sorted(status.value for status in OPEN)
_UNSETTLED = [Status.REGISTERED.value, *_OPEN]


class DossierQuerySet(OfUnits["Dossier"]):
    """The one place that says which dossiers may be seen: those at the units where the viewer may read them."""

    right = Right.READ_DOSSIERS

    def at(self, units: Collection[int]) -> Self:
        return self.filter(unit__among=units)

    def open(self) -> Self:
        """Taken in, and no result yet."""
        return self.filter(status__in=_OPEN)

    def unsettled(self) -> Self:
        """Open, or waiting to be taken in."""
        return self.filter(status__in=_UNSETTLED)

    def overdue(self, on: date) -> Self:
        return self.filter(status__in=sorted(status.value for status in AT_WORK), due_on__lt=on)


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
    applicant_order = models.BinaryField(default=b"")  # sorts as lists of people are: by given name first
    status = models.CharField(max_length=10, choices=choices(Status), default=Status.RECEIVED.value)
    handed_in_on = models.DateField(null=True)  # online: the day on which it was sent, before anybody took it in
    received_on = models.DateField()  # of one that waits to be taken in: the day on which it was handed in
    due_on = models.DateField()  # moved by what stops the clock, never by a new appointment
    due_stated = models.BooleanField(default=False)  # the day appointed was stated by the source, not reckoned
    finished_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)  # refused or stopped
    returned_on = models.DateField(null=True)  # the result is in the applicant's hands
    version = models.PositiveIntegerField(default=0, db_default=0)  # one more with every step
    papers = models.JSONField(default=list, db_default=[], blank=True)  # handed in: {code, name, original, certified, copy}
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
                condition=Q(
                    status__in=_UNSETTLED,
                    finished_on__isnull=True,
                    withdrawn_on__isnull=True,
                    closed_on__isnull=True,
                    returned_on__isnull=True,
                )
                | Q(
                    status=Status.FINISHED.value,
                    finished_on__isnull=False,
                    withdrawn_on__isnull=True,
                    closed_on__isnull=True,
                    returned_on__isnull=True,
                )
                | Q(
                    status=Status.RETURNED.value,
                    finished_on__isnull=False,
                    returned_on__gte=F("finished_on"),
                    withdrawn_on__isnull=True,
                    closed_on__isnull=True,
                )
                | Q(
                    status=Status.WITHDRAWN.value,
                    finished_on__isnull=True,
                    withdrawn_on__isnull=False,
                    closed_on__isnull=True,
                    returned_on__isnull=True,
                )
                | Q(
                    status__in=sorted(status.value for status in CLOSED),
                    finished_on__isnull=True,
                    withdrawn_on__isnull=True,
                    closed_on__isnull=False,
                    returned_on__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-received_on", "-id"], name="dossier_of_unit"),
            models.Index(fields=["-received_on", "-id"], name="dossier_newest"),
            models.Index(fields=["unit"], condition=Q(status__in=_UNSETTLED), name="dossier_open_of_unit"),
            models.Index(fields=["unit", "applicant_order", "id"], name="dossier_by_name"),
            models.Index(fields=["source_number"], condition=~Q(source=""), name="dossier_source_number"),
            # What is new waits in a short list, and is sorted into the index a few hundred dossiers at once.
            GinIndex(fields=["number"], opclasses=["gin_trgm_ops"], name="dossier_number_parts", gin_pending_list_limit=128),
            GinIndex(
                fields=["source_number"],
                opclasses=["gin_trgm_ops"],
                condition=~Q(source=""),
                name="dossier_source_number_parts",
                gin_pending_list_limit=128,
            ),
        ]

    @property
    def ended_on(self) -> date | None:
        return self.finished_on or self.withdrawn_on or self.closed_on


class WaitQuerySet(OfUnits["Wait"]):
    """As the dossier that waits."""

    right = Right.READ_DOSSIERS
    kept_at = "dossier__unit"


class Wait(models.Model):
    """A time in which the clock of a dossier stands still, because its applicant is to do something first."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="waits")
    status = models.CharField(max_length=10)  # supplement or payment
    came_from = models.CharField(max_length=10)  # the state to which it goes back
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which the clock runs again
    words = models.TextField()  # what is asked for and why, in words for the applicant
    papers = models.JSONField(default=list, blank=True)  # what is missing: {name, original, certified, copy}
    amount = models.PositiveIntegerField(null=True)  # in đồng
    answer_by = models.DateField(null=True)  # until when the applicant is asked to answer

    objects = WaitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_wait_at_a_time", fields=["dossier"], condition=Q(until__isnull=True)),
            models.CheckConstraint(name="a_wait_ends_after_it_began", condition=Q(until__isnull=True) | Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="a_wait_is_for_papers_or_money", condition=Q(status__in=[Status.SUPPLEMENT.value, Status.PAYMENT.value])
            ),
        ]


class StepTakenQuerySet(OfUnits["StepTaken"]):
    """As the dossier with which it was taken."""

    right = Right.READ_DOSSIERS
    kept_at = "dossier__unit"


class StepTaken(models.Model):
    """A step that an officer took, with the words for the applicant, and what it takes to undo a slip within the day."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    why = models.CharField(max_length=40, blank=True)  # a code
    words = models.TextField(blank=True)  # why, in words for the applicant
    first_event = models.BigIntegerField()  # the ledger's first event of it
    before = models.JSONField()  # the dossier's own fields, and its promises, as they were
    undone_on = models.DateField(null=True)
    undone_why = models.CharField(max_length=40, blank=True)

    objects = StepTakenQuerySet.as_manager()
