"""Terms that were extended: which, by whose leave, and why."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.models.cases import Case, OfCases


class ExtensionQuerySet(OfCases["Extension"]):
    """As the case whose term it is."""


class Extension(models.Model):
    """A longer term that the law allows for a case, once each; its sender is told."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    grade = models.CharField(max_length=20)  # of the term: see data/terms.yaml
    was_due_on = models.DateField()
    due_on = models.DateField()
    allowed_by = SealedTextField()  # who decided: office, number of the decision
    words = SealedTextField()  # why, as the sender reads it
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_extension_once", fields=["case", "grade"]),
            models.CheckConstraint(name="extension_is_longer", condition=Q(due_on__gt=F("was_due_on"))),
        ]
