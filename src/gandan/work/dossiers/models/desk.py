"""What the desk keeps for itself: requests that were answered once, filters that somebody saved."""

from django.db import models
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models.dossiers import Dossier


class Once(models.Model):
    """A request that was answered, by the key its sender gave it: sent again, it is answered alike and nothing happens twice."""

    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of what was asked: another request under the same key is refused
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, db_index=False, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="a_key_answers_once", fields=["by", "key"])]
        indexes = [models.Index(fields=["at"], name="once_at")]


class SavedFilter(models.Model):
    """A view of the queue that somebody comes back to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)  # of the page's address

    class Meta:
        constraints = [models.UniqueConstraint(name="one_saved_filter_of_a_name", fields=["person", "name"])]
