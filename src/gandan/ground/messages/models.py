"""The outbox: what is to be said to people outside, and what became of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.messages.rules import Channel, State, templates
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField

TO_SEND = Q(state__in=[State.WAITING.value, State.HELD.value])


class MessageQuerySet(OfUnits["Message"]):
    """Messages are for those who read the records of the unit in whose name they go; but those that stand apart for nobody."""

    right = Right.READ_DOSSIERS

    def visible_to(self, viewer: Person, on: date, right: Right | None = None) -> Self:
        apart = [code for code, one in templates().items() if one.apart]
        return super().visible_to(viewer, on, right).exclude(template__in=apart)


class SendingRule(models.Model):
    """What the city says of its messages from a moment on: the last one of a name holds. None: the house's own again."""

    name = models.CharField(max_length=60)  # see rules/own.py
    value = models.JSONField(null=True)
    source = models.CharField(max_length=300)  # why, or the decision that says so
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    noted_on = models.DateField()
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["name", "-id"], name="sending_rule_of_name")]


class Message(models.Model):
    """One message to one receiver, as it was or will be sent: written with its cause, in the same transaction."""

    key = models.CharField(max_length=120, unique=True)  # of what caused it: the same cause makes no second message
    channel = models.CharField(max_length=5, choices=[(c.value, c.value) for c in Channel])
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    recipient = SealedTextField(blank=True, default="")
    content = SealedTextField(blank=True, default="")  # subject, text and parameters, see rules.Content
    digest = models.CharField(max_length=64)  # SHA-256 of the content; stays when it is erased
    enclosed = models.BigIntegerField(null=True)  # the stored document that goes with it
    about_type = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, db_index=False, related_name="+")  # in whose name
    queued_on = models.DateField()
    queued_at = models.DateTimeField(db_default=Now())
    not_before = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=[(s.value, s.value) for s in State], default=State.WAITING.value)
    next_at = models.DateTimeField(db_default=Now())  # when it is tried next
    tries = models.PositiveSmallIntegerField(default=0)  # those that count
    held_until = models.DateTimeField(null=True)  # then another sender may take it
    held_by = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField(null=True)  # the server was being told, and we haven't noted its answer
    perhaps_twice = models.BooleanField(default=False)  # a sender died while the server was being told
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # what the server said, or the gateway's number
    keep_until = models.DateField()  # then receiver and text are erased
    erased_on = models.DateField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_channel_known", condition=Q(channel__in=[c.value for c in Channel])),
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(
                name="message_sent_at_a_moment",
                condition=Q(state=State.SENT.value, sent_at__isnull=False)
                | (~Q(state=State.SENT.value) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_held_until_a_moment",
                condition=Q(state=State.HELD.value, held_until__isnull=False)
                | (~Q(state=State.HELD.value) & Q(held_until__isnull=True)),
            ),
            models.CheckConstraint(name="message_kept_a_while", condition=Q(keep_until__gte=F("queued_on"))),
            models.CheckConstraint(
                name="message_wordless_when_erased", condition=Q(erased_on__isnull=True) | Q(recipient=b"", content=b"")
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=TO_SEND, name="message_to_send"),
            models.Index(fields=["about_type", "about_id", "id"], name="message_about"),
            models.Index(fields=["unit", "-id"], name="message_of_unit"),
            models.Index(fields=["state", "-id"], condition=~Q(state=State.SENT.value), name="message_not_sent"),
            models.Index(fields=["keep_until"], condition=Q(erased_on__isnull=True), name="message_ending"),
        ]
