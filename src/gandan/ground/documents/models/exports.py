"""Files that somebody asked for: made in the background, fetched by who asked, erased when their time is up."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.organisations.queries import OnesOwn


class ExportState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    ERASED = "erased"


class ExportQuerySet(OnesOwn["Export"]):
    """A file is for who asked for it."""

    whose = "by"


class Export(models.Model):
    """One file that somebody asked for, with what it holds and until when it is there."""

    token = models.CharField(max_length=43, unique=True)  # in addresses, and the name on the shelf
    by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    what = models.CharField(max_length=40)  # a code of the package that makes it
    form = models.CharField(max_length=8)
    wanted = models.JSONField(default=dict)  # codes and days; never words about a person
    language = models.CharField(max_length=2, default="vi")
    right = models.CharField(max_length=40)  # needed when it is made, and again when it is fetched
    units = ArrayField(models.BigIntegerField(), default=list)  # whose records it may hold
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ExportState], default=ExportState.WAITING.value)
    rows_done = models.BigIntegerField(default=0)
    rows_of = models.BigIntegerField(null=True)
    size = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256
    trouble = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    moved_at = models.DateTimeField(db_default=Now())  # the last sign of life
    keep_until = models.DateField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=[s.value for s in ExportState])),
            models.CheckConstraint(
                name="export_known_by_its_digest", condition=~Q(state=ExportState.READY.value) | ~Q(digest="")
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-id"], name="export_of_person"),
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "running"]), name="export_to_make"),
            models.Index(fields=["keep_until"], condition=~Q(state="erased"), name="export_ending"),
        ]

    @property
    def shelf(self) -> str:
        return f"exports/{self.token[:2]}/{self.token}"
