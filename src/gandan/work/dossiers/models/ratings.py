"""What people say of a service: answers until they are counted, and a line of text until its end. Nothing says whose."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.dossiers.rules.ratings import BEST, WORST

SCORES = [(score, score) for score in range(WORST, BEST + 1)]


class Rating(models.Model):
    """The answers of one ticket, until they are recorded with those of their whole day. Then the row is gone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # no number in order
    unit_code = models.CharField(max_length=20)
    procedure = models.CharField(max_length=40)
    given_on = models.DateField(db_index=True)
    courtesy = models.PositiveSmallIntegerField(choices=SCORES)
    clarity = models.PositiveSmallIntegerField(choices=SCORES)
    overall = models.PositiveSmallIntegerField(choices=SCORES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scores_from_worst_to_best",
                condition=Q(courtesy__range=(WORST, BEST), clarity__range=(WORST, BEST), overall__range=(WORST, BEST)),
            )
        ]


class RatingWordsQuerySet(models.QuerySet["RatingWords"]):
    """What people wrote is for those who read the ratings of the unit; it knows the unit by its code alone."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        units = Unit.objects.filter(pk__among=visible_units(Right.READ_RATINGS, viewer, on))
        return self.filter(unit_code__in=units.values("code"))


class RatingWords(models.Model):
    """A line that somebody wrote with a rating. It knows its unit and quarter, and neither the day nor the answers."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit_code = models.CharField(max_length=20)
    quarter = models.DateField()  # its first day
    words = SealedTextField()
    of_conduct = models.BooleanField()  # how somebody was treated: for the inspectorate, not for the unit
    told = models.BooleanField(default=False)  # shown to the unit, together with enough others that nobody knows whose is whose
    ends_on = models.DateField()

    objects = RatingWordsQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit_code", "quarter"], name="words_of_a_quarter")]
