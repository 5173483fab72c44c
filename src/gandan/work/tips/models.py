"""What the channel keeps, in a database of its own. Random keys, days and no times, nothing readable but kind, state and days.

No row points to another database: a person is a number here, and only officers are.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from gandan.work.tips.rules.members import Seat, Side
from gandan.work.tips.rules.sealing import Direction
from gandan.work.tips.rules.threads import About, Pledge, Reward, State, Why


class Tip(models.Model):
    """One thread between somebody outside and the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=12, unique=True)
    locator = models.BinaryField(max_length=32, unique=True)  # drawn from the receipt
    public = models.BinaryField(max_length=32)  # the thread's keys, of which the receipt draws the other halves
    verify = models.BinaryField(max_length=32)
    pledge = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Pledge])
    about = models.CharField(max_length=10, choices=[(a.value, a.value) for a in About])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], db_default=State.NEW.value)
    received_on = models.DateField()
    acknowledge_by = models.DateField()
    answer_by = models.DateField()
    erase_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    told_on = models.DateField(null=True)  # the inspectorate was told of a missed day
    reward = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Reward], db_default=Reward.NONE.value)
    reward_amount = models.PositiveIntegerField(null=True)  # in thousands of dong
    reward_by = models.BigIntegerField(null=True)  # who decided it doesn't pay it

    class Meta:
        constraints = [
            models.CheckConstraint(name="tip_days_in_order", condition=Q(answer_by__gte=F("acknowledge_by"))),
            models.CheckConstraint(
                name="tip_reward_has_its_amount",
                condition=Q(reward=Reward.NONE.value) | Q(reward_amount__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-received_on", "id"], name="tip_newest"),
            models.Index(fields=["erase_on"], name="tip_end"),
        ]


class Message(models.Model):
    """One message of a thread: its ciphertext, bound to its place, and the signature of whoever wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=8, choices=[(d.value, d.value) for d in Direction])
    sequence = models.PositiveIntegerField()
    day = models.DateField()
    content = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    signer = models.BinaryField(max_length=8)  # the name of a member's key; empty for the sender

    class Meta:
        constraints = [models.UniqueConstraint(name="one_message_a_place", fields=["tip", "direction", "sequence"])]


class ReaderSeal(models.Model):
    """The key of a message, sealed to one reader and wrapped in the tip's secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    message = models.ForeignKey(Message, models.CASCADE, related_name="seals")
    reader = models.BinaryField(max_length=8)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_seal_a_reader", fields=["message", "reader"])]


class Piece(models.Model):
    """A sealed piece of a file. Its name, form and true length stand in the message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="+")
    file = models.UUIDField()
    nth = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_piece_a_place", fields=["file", "nth"])]


class Spent(models.Model):
    """A token that was used, so that one proof is one sending. Removed after a day."""

    once = models.BinaryField(primary_key=True, max_length=12)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="spent_day")]


class MemberKey(models.Model):
    """The public keys of somebody who may open, signed by the city's root."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.BigIntegerField(null=True)  # null for the key of recovery, which is nobody's
    seat = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Seat])
    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    holder = models.CharField(max_length=60)  # a user name, as the root has signed it
    box = models.BinaryField(max_length=32, unique=True)
    verify = models.BinaryField(max_length=32)
    since = models.DateField()
    until = models.DateField()
    signature = models.BinaryField(max_length=64)
    removed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="key_of_recovery_is_nobodys",
                condition=Q(person__isnull=True, seat=Seat.RECOVERY.value)
                | (Q(person__isnull=False) & ~Q(seat=Seat.RECOVERY.value)),
            ),
        ]


class Opening(models.Model):
    """Somebody of the desk asks to know who a sender is, on a ground that the ledger has too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="openings")
    why = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Why])
    asked_by = models.BigIntegerField()
    asked_key = models.BinaryField(max_length=8)
    asked_on = models.DateField()


class OpeningHalf(models.Model):
    """One side's half of the key to an identity, sealed anew to whoever asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="halves")
    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    given_by = models.BigIntegerField()
    given_on = models.DateField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_half_a_side", fields=["opening", "side"])]


class Extract(models.Model):
    """What investigators get: rewritten by one, checked by another, handed on with the tip's number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="extracts")
    sequence = models.PositiveIntegerField()  # of the note that holds its draft
    unit = models.CharField(max_length=30)  # the code of the unit it is for
    written_by = models.BigIntegerField()
    written_on = models.DateField()
    checked_by = models.BigIntegerField(null=True)
    checked_on = models.DateField(null=True)
    refused = models.BooleanField(default=False)
    handed_on = models.DateField(null=True)
    text = models.BinaryField(null=True)  # under the keys of columns, from the check until it was handed on

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_extract_a_note", fields=["tip", "sequence"]),
            models.CheckConstraint(
                name="extract_checked_by_another", condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("written_by"))
            ),
            models.CheckConstraint(
                name="extract_kept_until_handed_on",
                condition=Q(text__isnull=True) | Q(checked_by__isnull=False, handed_on__isnull=True),
            ),
        ]


class Claim(models.Model):
    """A reward that somebody wants to fetch: the digest of the code they will show."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="claims")
    code = models.BinaryField(max_length=32, unique=True)


class Reading(models.Model):
    """Somebody of the desk opened a thread, on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_reading_a_day", fields=["tip", "person", "day"])]
