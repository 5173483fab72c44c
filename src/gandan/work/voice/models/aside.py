"""What was set aside as abuse: its words are kept under seal for an appeal."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.models.cases import Case


class AsideQuerySet(models.QuerySet["Aside"]):
    """Read by who decides appeals, and by nobody of the desk that set it aside."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        return self.filter(case__unit_id__among=visible_units(Right.HANDLE_COMPLAINTS, viewer, on))


class Aside(models.Model):
    """A case that a person set aside as abuse: its words, why, and what came of an appeal."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="aside")
    words = SealedTextField()  # the sender's, as they came
    why = SealedTextField()  # as the sender reads it
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()
    appeal = SealedTextField(blank=True, default="")
    appealed_on = models.DateField(null=True)
    upheld = models.BooleanField(null=True)  # that it was set aside
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    decided_on = models.DateField(null=True)

    objects = AsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_decided_by_another", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by"))
            ),
        ]
