"""Whom people call at a body: who is on duty, by work, with a number."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Unit


class Contact(models.Model):
    """A number that a body gives out, for as long as it holds."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.CharField(max_length=100)  # what it is for: the desk on duty, an area of the ward
    officer = models.CharField(max_length=120, blank=True)  # who answers there by office
    phone = models.CharField(max_length=30)
    hours = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    during = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="contact_has_a_beginning", condition=Q(during__isempty=False, during__lower_inf=False))
        ]
