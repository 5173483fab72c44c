"""Files that were brought in, with the rows they refused."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models.states import ImportState, choices


class Import(models.Model):
    """One file that was, or is being, brought in."""

    source = models.CharField(max_length=30)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    mapping = models.JSONField()
    encoding = models.CharField(max_length=20)
    header = models.JSONField(default=list)
    delimiter = models.CharField(max_length=1)
    go_live = models.DateField()  # what happened before is history: it counts, and nothing follows from it
    simulated = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=choices(ImportState), default=ImportState.RUNNING.value)
    staged_to = models.BigIntegerField(default=0)  # the last line set aside to be joined into cases
    done_to = models.BigIntegerField(default=0)  # the last line, or case, that is done
    taken = models.IntegerField(default=0)
    known = models.IntegerField(default=0)  # had been taken in before, with the same content
    refused = models.IntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=[s.value for s in ImportState])),
            models.UniqueConstraint(
                name="one_import_of_a_file_at_a_time", fields=["digest", "source"], condition=Q(state=ImportState.RUNNING.value)
            ),
        ]


class StagedRow(models.Model):
    """A row of an event log, set aside until all rows of its case are there. Gone when the import is done."""

    of = models.ForeignKey(Import, models.CASCADE, db_index=False, related_name="+")
    line = models.BigIntegerField()
    case = models.CharField(max_length=200)
    cells = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["of", "case", "line"], name="staged_by_case")]
        constraints = [models.UniqueConstraint(name="a_row_is_staged_once", fields=["of", "line"])]


class RefusedRow(models.Model):
    """A row that was not taken in: what stood there, what is wrong with it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="refused_rows")
    line = models.BigIntegerField()
    cells = models.JSONField()
    problems = models.JSONField()  # a list of {code, column, params}, see rules/problems.py

    class Meta:
        constraints = [models.UniqueConstraint(name="a_row_is_refused_once", fields=["of", "line"])]
