"""What corrections and alerts have besides."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.work.notices.models.publications import Publication
from gandan.work.notices.rules.kinds import Category, Certainty, Met, Severity, Urgency, Verdict


class ClaimCheck(models.Model):
    """Of a correction: the claim, where it may be met, the verdict, and the answers that let it pass. Nobody who made it."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="claim_check")
    claim = models.CharField(max_length=400)
    met = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Met])
    verdict = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Verdict])
    concerned = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")  # the body that the claim is about
    answers = models.JSONField(default=dict)
    reply = models.TextField(blank=True)  # of the body concerned
    replied_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="verdict_on_the_scale", condition=Q(verdict__in=[one.value for one in Verdict])),
            models.CheckConstraint(
                name="replied_on_a_day",
                condition=Q(reply="", replied_on__isnull=True) | (~Q(reply="") & Q(replied_on__isnull=False)),
            ),
        ]


class Source(models.Model):
    """What a correction rests on: where it stands, when it was seen, and where a copy is kept."""

    check_of = models.ForeignKey(ClaimCheck, models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    address = models.URLField(max_length=500, blank=True)
    archived = models.URLField(max_length=500, blank=True)
    seen_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_source_at_a_place", fields=["check_of", "position"])]


class AlertDetail(models.Model):
    """Of an alert: what happens, where, how bad, until when, and what to do."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="alert")
    category = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Category])
    urgency = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Urgency])
    severity = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Severity])
    certainty = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Certainty])
    onset = models.DateTimeField(null=True)
    expires = models.DateTimeField()
    instruction = models.TextField()
    instruction_en = models.TextField(blank=True)
    contact = models.CharField(max_length=100, blank=True)
    exercise = models.BooleanField(default=False)
    places = models.ManyToManyField(Unit, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_alert_ends_after_it_begins", condition=Q(onset__isnull=True) | Q(expires__gt=F("onset"))
            )
        ]


class Issued(models.Model):
    """One CAP message as it went out: never changed, referred to by those after it."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="messages")
    identifier = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=6, choices=[(one, one) for one in ("Alert", "Update", "Cancel")])
    sent = models.DateTimeField()
    content = models.TextField()  # the XML
