"""Legal steps of a case beside its answer, and extracts of denunciations."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.models.cases import Case, OfCases
from gandan.work.voice.rules.stages import Clock, StageEnd


class StageQuerySet(OfCases["Stage"]):
    """As the case it is a step of."""


class Stage(models.Model):
    """One step that the law asks for, with its moment: told to investigators, accepted or not."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="stages")
    clock = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Clock])
    grade = models.CharField(max_length=20, default="normal")  # of the term
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    end = models.CharField(max_length=9, blank=True, default="", choices=[(e.value, e.value) for e in StageEnd])
    done_at = models.DateTimeField(null=True)
    body = models.CharField(max_length=200, blank=True)  # to whom it went
    words = SealedTextField(blank=True, default="")  # number of the note, reason
    allowed_by = SealedTextField(blank=True, default="")  # who decided that it takes longer
    by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")

    objects = StageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_stage_once", fields=["case", "clock"]),
            models.CheckConstraint(
                name="stage_done_whole",
                condition=Q(end="", done_at__isnull=True) | (~Q(end="") & Q(done_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(end=""), name="stage_open")]


class ExtractQuerySet(models.QuerySet["Extract"]):
    """Seen by the inspectorate whose case it is, and by the head it was given to: what was done, never who said so."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        own = visible_units(Right.HANDLE_COMPLAINTS, viewer, on)
        given = visible_units(Right.RESOLVE_EXTRACTS, viewer, on)
        return self.filter(Q(case__unit_id__among=own) | Q(to_unit_id__among=given))


class Extract(models.Model):
    """What is told of a denunciation to the superior whom the law makes decide it. Who denounced is not in it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extracts")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = SealedTextField()
    given_by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    given_on = models.DateField()
    conclusion = SealedTextField(blank=True, default="")
    concluded_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    concluded_on = models.DateField(null=True)

    objects = ExtractQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_extract_once", fields=["case", "to_unit"])]
