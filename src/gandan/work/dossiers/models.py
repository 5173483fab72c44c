"""Procedures through time, dossiers, letters of apology, deliveries by post, and imports with the rows they refused."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.calendar.rules import Term, TermUnit
from gandan.ground.organisations.models import Person, Unit


class Status(StrEnum):
    RECEIVED = "received"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class ParcelState(StrEnum):
    WANTED = "wanted"
    HANDED = "handed"
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNED = "returned"


class ImportState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    LEFT = "left"  # never finished: the file was imported anew in another way


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Procedure(models.Model):
    """One procedure under one set of rules: what it is called, its term and fee, who handles it, from when until when."""

    code = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$")])
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    field_code = models.CharField(max_length=40, blank=True)
    term_amount = models.PositiveSmallIntegerField()
    term_unit = models.CharField(max_length=14, choices=_choices(TermUnit))
    term_roll = models.BooleanField(default=False)  # an end on a day off moves to the next working day
    post_amount = models.PositiveSmallIntegerField(null=True, blank=True)  # working days the post has for the result
    fee = models.PositiveIntegerField(null=True, blank=True)  # in đồng; null where it isn't known
    fee_note = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300)
    handled_by = ArrayField(models.CharField(max_length=40))  # codes of units, or patterns of codes: CAP-*
    during = DateRangeField()
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="procedure_term_unit_known", condition=Q(term_unit__in=[u.value for u in TermUnit])),
            models.CheckConstraint(name="procedure_has_a_beginning", condition=Q(during__isempty=False, during__lower_inf=False)),
            ExclusionConstraint(
                name="one_rule_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    @property
    def term(self) -> Term:
        return Term(self.term_amount, TermUnit(self.term_unit), self.term_roll)

    @property
    def post_term(self) -> Term | None:
        return None if self.post_amount is None else Term(self.post_amount, TermUnit.WORKING_DAYS)


class Office(models.Model):
    """A unit that gives out dossier numbers, and the agency code they begin with."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=13, unique=True)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)


class DaySerial(models.Model):
    """The last serial that an office has given out for a day of receipt."""

    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_serial_a_day", fields=["office", "day"])]


class Import(models.Model):
    """One file that was, or is being, brought in."""

    source = models.CharField(max_length=30)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    mapping = models.JSONField()
    encoding = models.CharField(max_length=20)
    header = models.JSONField(default=list)
    delimiter = models.CharField(max_length=1)
    go_live = models.DateField()  # what happened before is history: it counts, and nothing follows from it
    simulated = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=_choices(ImportState), default=ImportState.RUNNING.value)
    staged_to = models.BigIntegerField(default=0)  # the last line set aside to be joined into cases
    done_to = models.BigIntegerField(default=0)  # the last line, or case, that is done
    taken = models.IntegerField(default=0)
    known = models.IntegerField(default=0)  # had been taken in before, with the same content
    refused = models.IntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=[s.value for s in ImportState])),
            models.UniqueConstraint(
                name="one_import_of_a_file_at_a_time", fields=["digest", "source"], condition=Q(state=ImportState.RUNNING.value)
            ),
        ]


class StagedRow(models.Model):
    """A row of an event log, set aside until all rows of its case are there. Gone when the import is done."""

    of = models.ForeignKey(Import, models.CASCADE, db_index=False, related_name="+")
    line = models.BigIntegerField()
    case = models.CharField(max_length=200)
    cells = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["of", "case", "line"], name="staged_by_case")]
        constraints = [models.UniqueConstraint(name="a_row_is_staged_once", fields=["of", "line"])]


class RefusedRow(models.Model):
    """A row that was not taken in: what stood there, what is wrong with it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="refused_rows")
    line = models.BigIntegerField()
    cells = models.JSONField()
    problems = models.JSONField()  # a list of {code, column, params}, see rules/problems.py

    class Meta:
        constraints = [models.UniqueConstraint(name="a_row_is_refused_once", fields=["of", "line"])]


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
    channel = models.CharField(max_length=8, choices=_choices(Channel))
    applicant = models.CharField(max_length=200, blank=True)
    applicant_key = models.CharField(max_length=200, blank=True)  # folded: found without accents
    status = models.CharField(max_length=10, choices=_choices(Status), default=Status.RECEIVED.value)
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


class Delivery(models.Model):
    """A result on its way to the applicant by post."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, db_index=False, related_name="deliveries")
    state = models.CharField(max_length=10, choices=_choices(ParcelState), default=ParcelState.WANTED.value)
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
