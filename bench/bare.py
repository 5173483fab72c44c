"""One event by the ledger, and the same row by the ORM alone."""

import time
from collections.abc import Callable
from datetime import date

from django.db import models, transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.models import Event, FacetSet
from gandan.ground.ledger.operations import post, record
from gandan.ground.ledger.operations.recording import facet_set_id
from gandan.ground.organisations import queries
from gandan.ground.organisations.models import Person, Unit

FACETS = {"procedure": "passport", "channel": "counter"}


class BareEvent(models.Model):
    """The row of an event in a table of its own."""

    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(db_default=models.functions.Now())
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    facet_set = models.ForeignKey(FacetSet, models.PROTECT, related_name="+")
    sign = models.SmallIntegerField(default=1)
    amount = models.BigIntegerField(null=True)
    corrects = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, default="")

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_event"


def _place(which: int) -> tuple[Unit, Person]:
    return list(Unit.objects.filter(code__startswith="CAP-W").order_by("id")[:8])[which], queries.clock()


def record_one(which: int, day: date) -> Callable[[], None]:
    unit, clock = _place(which)
    about = unit  # any record will do

    def act() -> None:
        with transaction.atomic():
            record(Kind.DOSSIER_RECEIVED, unit=unit, day=day, by=clock, about=about, **FACETS)

    return act


def insert_one(which: int, day: date) -> Callable[[], None]:
    unit, clock = _place(which)
    facets = facet_set_id(Kind.DOSSIER_RECEIVED, FACETS)

    def act() -> None:
        with transaction.atomic():
            BareEvent.objects.create(
                about_type="organisations.unit", about_id=unit.pk, unit=unit, day=day, by=clock, facet_set_id=facets
            )

    return act


def record_at_pa08(day: date) -> Callable[[], None]:
    unit, clock = Unit.objects.get(code="PA08"), queries.clock()

    def act() -> None:
        with transaction.atomic():
            record(Kind.DOSSIER_RECEIVED, unit=unit, day=day, by=clock, **FACETS)

    return act


def post_some() -> None:
    """Post what waits, or rest a little."""
    if not post(limit=2000):
        time.sleep(0.02)
