"""The doing of tasks: each turn by one unit until a day, its steps, and what shows that it was done."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from gandan.ground.documents.models import Attachment
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OnesOwn, visible_units
from gandan.ground.organisations.rights import Right
from gandan.results.programmes.models.agreed import Task
from gandan.results.programmes.rules import TurnState


class TurnQuerySet(models.QuerySet["Turn"]):
    """Turns are seen by whoever reads figures at the unit."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        return self.filter(unit__among=visible_units(Right.READ_FIGURES, viewer, on))


class TaskFeedKeyQuerySet(OnesOwn["TaskFeedKey"]):
    """Each their own."""

    whose = "person"


class Turn(models.Model):
    """One unit's doing of a task by one day: owed as a promise, whose unit it follows through mergers."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="turns")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    label = models.CharField(max_length=40, blank=True)  # of a recurring task: for which period
    made_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in TurnState], default=TurnState.OPEN.value)
    begun_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=1000, blank=True)  # what came of it, or why it was dropped

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_turn_of_a_unit_by_a_day", fields=["task", "unit", "due_on"]),
            models.CheckConstraint(
                name="a_turn_is_done_on_a_day", condition=Q(state=TurnState.DONE.value, done_on__isnull=False)
                | (~Q(state=TurnState.DONE.value) & Q(done_on__isnull=True)),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "due_on", "id"], name="turn_unit")]


class Step(models.Model):
    """One step of a turn."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_step_per_position", fields=["turn", "position"])]
        ordering = ["position"]


class Evidence(models.Model):
    """What shows that a turn was done: a file, an event of the ledger, or where it can be seen."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="evidence")
    note = models.CharField(max_length=300)
    file = models.ForeignKey(Attachment, models.SET_NULL, null=True, db_index=False, related_name="+")
    event = models.BigIntegerField(null=True)  # its number in the ledger
    added_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_event_shows_once", fields=["turn", "event"])]
        ordering = ["pk"]


class TaskFeedKey(models.Model):
    """By what somebody's calendar reads their units' tasks; given anew, the one before opens nothing."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    objects = TaskFeedKeyQuerySet.as_manager()
