"""Other channels that bring cases: how their files are read, what came, and how answers go back."""

from django.db import models

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField


class SourceChannelQuerySet(OfUnits["SourceChannel"]):
    """Read by those who answer people at the unit that looks after it; its secret by nobody."""

    right = Right.ANSWER_VOICE


class SourceChannel(models.Model):
    """A city's line, a ministry's app, a ward's SOS: its columns as ours, its services as ours, where answers are told."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # that looks after the channel
    columns = models.JSONField(default=dict)  # our field: their column
    services = models.JSONField(default=dict, blank=True)  # their word: our code
    webhook = models.CharField(max_length=300, blank=True)  # where answers are posted
    secret = SealedTextField(blank=True, default="")  # by which they are signed
    told_upto = models.BigIntegerField(default=0)  # the last answer that was posted
    failures = models.PositiveIntegerField(default=0)  # in a row

    objects = SourceChannelQuerySet.as_manager()


class BroughtFileQuerySet(OfUnits["BroughtFile"]):
    """Read by those who answer people at the unit that looks after the channel."""

    right = Right.ANSWER_VOICE


class BroughtFile(models.Model):
    """One file of a channel, and what became of its rows. The same file a second time is the same."""

    source = models.ForeignKey(SourceChannel, models.PROTECT, related_name="files")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # the channel's
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = SealedTextField(blank=True, default="")  # JSON: line, their number, why
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    objects = BroughtFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_brought_file_once", fields=["source", "digest"])]
