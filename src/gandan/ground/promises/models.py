"""What is owed, by whom, until when."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.rules import State

OPEN = Q(state=State.OPEN.value)


class Promise(models.Model):
    """What a unit owes to a kind of receiver, about one record, by a day; and what became of it."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40, blank=True)  # the code of what it is about (a procedure), for sums by it
    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    label = models.CharField(max_length=200)  # how the queue names the record
    owed_to = models.CharField(max_length=12, choices=[(receiver.value, receiver.value) for receiver in Receiver])
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField()  # as promised at first; a new appointment leaves it, an excuse moves it
    changed_on = models.DateField()  # last made, moved, paused, resumed or handed over: nothing happens to it before that
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State], default=State.OPEN.value)
    settled_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)  # the first day after `due_on`, once noticed
    overdue_event = models.BigIntegerField(null=True)  # the ledger's event of it, for its correction
    waiting_since = models.DateField(null=True)  # the clock stands still
    reminded = models.PositiveSmallIntegerField(default=0)  # how many reminders are behind us
    escalated = models.PositiveSmallIntegerField(default=0)  # how many levels up know
    next_on = models.DateField(null=True)  # when the sweep looks at it again

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_promise_of_a_kind_per_record", fields=["about_type", "about_id", "kind"], condition=OPEN
            ),
            models.CheckConstraint(
                name="promise_receiver_known", condition=Q(owed_to__in=[receiver.value for receiver in Receiver])
            ),
            models.CheckConstraint(
                name="promise_settled_when_no_longer_open",
                condition=(OPEN & Q(settled_on__isnull=True))
                | Q(state__in=[State.KEPT.value, State.DROPPED.value], settled_on__isnull=False),
            ),
            models.CheckConstraint(name="promise_not_due_before_it_was_made", condition=Q(due_on__gte=F("made_on"))),
            models.CheckConstraint(name="promise_not_changed_before_it_was_made", condition=Q(changed_on__gte=F("made_on"))),
            models.CheckConstraint(
                name="promise_overdue_the_day_after",
                condition=Q(overdue_on__isnull=True) | Q(overdue_on=F("due_on") + timedelta(days=1)),
            ),
            models.CheckConstraint(
                name="promise_overdue_has_its_event", condition=Q(overdue_on__isnull=True) | Q(overdue_event__isnull=False)
            ),
            models.CheckConstraint(name="promise_swept_only_while_open", condition=OPEN | Q(next_on__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["next_on", "id"], condition=OPEN & Q(next_on__isnull=False), name="promise_sweep"),
            models.Index(fields=["unit", "due_on", "id"], condition=OPEN, name="promise_queue_unit"),
            models.Index(
                fields=["officer", "due_on", "id"], condition=OPEN & Q(officer__isnull=False), name="promise_queue_officer"
            ),
            models.Index(fields=["due_on", "id"], condition=OPEN, name="promise_queue"),
            models.Index(fields=["about_id", "about_type"], name="promise_about"),
        ]


class Sweep(models.Model):
    """One row: the last day of which every promise that fell overdue has been noticed."""

    through = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_sweep", condition=Q(pk=1))]
