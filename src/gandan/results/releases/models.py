"""Figures as they were given to everyone: rows that are written once."""

from django.db import models
from django.db.models import F, Q


class Release(models.Model):
    """What everyone may have of one half-month, read at one point of the ledger."""

    half = models.DateField(unique=True)  # its first day
    made_on = models.DateField()
    posting = models.BigIntegerField()  # as of which it was read
    digest = models.CharField(max_length=64)  # of that posting, so that it can be held against a signed report

    class Meta:
        constraints = [
            models.CheckConstraint(name="released_after_its_half", condition=Q(made_on__gt=F("half"))),
        ]


class ReleasedFigure(models.Model):
    """A measure in a release: the sum, the places that are told, and those that are held back."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="figures")
    code = models.CharField(max_length=60)
    formula = models.TextField()  # as it was counted
    total = models.DecimalField(max_digits=16, decimal_places=1, null=True)  # null: held back, or nothing to divide by
    part = models.BigIntegerField(null=True)  # of a share: so many
    whole = models.BigIntegerField(null=True)  # of so many
    places = models.JSONField(default=dict)  # code of a unit → figure; "" is what no ward has
    held = models.JSONField(default=list)
    held_back = models.BooleanField(default=False)  # the sum itself is too small, or would let one be reckoned back

    class Meta:
        constraints = [models.UniqueConstraint(name="a_figure_is_released_once", fields=["release", "code"])]


class RevisedFigure(models.Model):
    """A figure of an earlier half-month, as it was known when a later one was released. What was told first stays beside it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="revised")  # with which it was told
    figure = models.ForeignKey(ReleasedFigure, models.PROTECT, related_name="revisions")
    formula = models.TextField()  # as it was counted now
    total = models.DecimalField(max_digits=16, decimal_places=1)
    part = models.BigIntegerField(null=True)
    whole = models.BigIntegerField(null=True)
    added = models.BigIntegerField(null=True)  # what came since it was first released; null: not told
    taken_back = models.BigIntegerField(null=True)  # what was corrected away since

    class Meta:
        constraints = [models.UniqueConstraint(name="a_figure_is_revised_once_a_release", fields=["release", "figure"])]
