"""The book: events, what waits to be posted, postings with their entries, and the tallies that are kept from them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

# The application's role may add to these and never change them; triggers refuse it to every role.
APPEND_ONLY = ("ledger_facetset", "ledger_event", "ledger_posting", "ledger_entry")


class FacetSet(models.Model):
    """One distinct kind with its facets; an event points at it instead of carrying the words."""

    kind = models.CharField(max_length=40)
    facets = models.JSONField(default=dict)
    canonical = models.CharField(max_length=240, unique=True)

    class Meta:
        indexes = [models.Index(fields=["kind"], name="facetset_kind")]


class Event(models.Model):
    """One thing that happened; never changed, only corrected by a further event."""

    about_type = models.CharField(max_length=40, blank=True, default="")
    about_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    facet_set = models.ForeignKey(FacetSet, models.PROTECT, db_index=False, related_name="+")
    sign = models.SmallIntegerField(default=1)
    amount = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="corrected_by")
    reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_corrected_once", fields=["corrects"], condition=Q(corrects__isnull=False)),
            models.CheckConstraint(name="event_sign", condition=Q(sign__in=[1, -1])),
            models.CheckConstraint(name="event_reversal_corrects", condition=Q(sign=1) | Q(corrects__isnull=False)),
            models.CheckConstraint(name="event_not_its_own_correction", condition=~Q(corrects=F("id"))),
        ]
        indexes = [
            # Figures open to their events, and the edges of a period are summed, through this one.
            models.Index(fields=["facet_set", "day", "id"], include=["unit"], name="event_facets_day"),
            models.Index(fields=["about_id", "about_type"], condition=Q(about_id__isnull=False), name="event_about"),
        ]

    @property
    def kind(self) -> str:
        return self.facet_set.kind

    @property
    def facets(self) -> dict[str, str]:
        return dict(self.facet_set.facets)


class Pending(models.Model):
    """An event that is recorded and not yet posted. `quiet`: brought-in history, nothing follows from it."""

    event_id = models.BigIntegerField(primary_key=True)
    quiet = models.BooleanField(default=False)


class Posting(models.Model):
    """A numbered, gapless batch of events; its digest covers them and the digest before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    events = models.IntegerField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)


class Entry(models.Model):
    """In which posting an event stands. No foreign keys: both sides are append-only and `verify` holds them together."""

    event_id = models.BigIntegerField(primary_key=True)
    posting = models.BigIntegerField()
    quiet = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["posting"], name="entry_posting")]


class Tally(models.Model):
    """The sum of a facet set at a unit in a half-month. Written by the poster alone; can be thrown away and rebuilt.

    A negative unit is a block of units summed together: what a large part of the tree did is read from whole blocks.
    """

    pk = models.CompositePrimaryKey("start", "unit_id", "facet_set_id")
    start = models.DateField()
    unit_id = models.BigIntegerField()
    facet_set_id = models.BigIntegerField()
    count = models.BigIntegerField()
    amount = models.BigIntegerField()


class YearTally(models.Model):
    """The same by calendar year, each unit's years side by side: a stock is read from all of them, and most units have none."""

    pk = models.CompositePrimaryKey("unit_id", "start", "facet_set_id")
    start = models.DateField()
    unit_id = models.BigIntegerField()
    facet_set_id = models.BigIntegerField()
    count = models.BigIntegerField()
    amount = models.BigIntegerField()


class Block(models.Model):
    """The block with which a unit is also summed. Any grouping gives right figures; one that follows the tree gives fast ones."""

    unit_id = models.BigIntegerField(primary_key=True)
    block = models.BigIntegerField()


class Cursor(models.Model):
    """How far a walker of postings has come."""

    name = models.CharField(max_length=40, primary_key=True)
    posting = models.BigIntegerField(default=0)


class Discrepancy(models.Model):
    """A cell whose recount from events differed from its tally. Until it is settled its figures carry a mark."""

    start = models.DateField()
    unit_id = models.BigIntegerField()
    facet_set_id = models.BigIntegerField()
    tallied = models.BigIntegerField()
    recounted = models.BigIntegerField()
    found_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)
