"""Procedures through time, and the offices that give out numbers."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gandan.ground.calendar.rules import Pause, Term, TermUnit
from gandan.ground.organisations.models import Unit
from gandan.work.dossiers.models.states import choices
from gandan.work.dossiers.rules.procedures import verification


class Procedure(models.Model):
    """One procedure under one set of rules: what it is called, its term and fee, who handles it, from when until when."""

    code = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$")])
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    field_code = models.CharField(max_length=40, blank=True)
    term_amount = models.PositiveSmallIntegerField()
    term_unit = models.CharField(max_length=14, choices=choices(TermUnit))
    term_roll = models.BooleanField(default=False)  # an end on a day off moves to the next working day
    verify_days = models.PositiveSmallIntegerField(default=0)  # calendar days of verification before the term begins
    post_amount = models.PositiveSmallIntegerField(null=True, blank=True)  # working days the post has for the result
    fee = models.PositiveIntegerField(null=True, blank=True)  # in đồng; null where it isn't known
    fee_note = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=300)
    handled_by = ArrayField(models.CharField(max_length=40))  # codes of units, or patterns of codes: CAP-*
    papers = models.JSONField(
        default=list, blank=True
    )  # what is handed in: {code, name, name_en, needed, original, certified, copy}
    decided_by = models.CharField(max_length=200, blank=True)
    forms = models.JSONField(default=list, blank=True)  # names of the forms that an applicant fills in
    delivery_allowed = models.BooleanField(default=True)
    online_allowed = models.BooleanField(default=True)
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

    def verification(self, received_on: date) -> tuple[Pause, ...]:
        """Return the days of verification, in which the term has not begun."""
        return verification(received_on, self.verify_days)

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
