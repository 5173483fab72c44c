"""What a body tells everyone, and every form it had once it was out."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.work.notices.flow import Sort, State, Why
from gandan.work.notices.rules.kinds import Audience, Channel

OUT = Q(state__in=[State.PUBLISHED.value, State.WITHDRAWN.value])


class Publication(models.Model):
    """A notice, a correction or an alert: what it says now, who wrote it, who let it out, and in whose name."""

    sort = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Sort])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # in whose name
    place = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")  # the ward it is about; null: all of the unit's
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=400)
    summary_en = models.CharField(max_length=400, blank=True)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    outdated_en = ArrayField(models.CharField(max_length=8), default=list)  # parts changed since their English was written
    search = models.TextField()  # title, summary and text, folded
    audience = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in Audience], default=Audience.EVERYONE.value
    )
    channels = ArrayField(models.CharField(max_length=8, choices=[(one.value, one.value) for one in Channel]), default=list)
    planned_on = models.DateField()
    until = models.DateField(null=True)  # after it the notice is in the archive
    picture = models.CharField(max_length=60, blank=True)  # the token of an attachment
    picture_alt = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.DRAFT.value)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    let_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_back = models.CharField(max_length=400, blank=True)  # why the second person did not let it out
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)
    edition = models.PositiveSmallIntegerField(default=0)  # 1 when it came out

    class Meta:
        constraints = [
            models.CheckConstraint(name="publication_sort_known", condition=Q(sort__in=[one.value for one in Sort])),
            models.CheckConstraint(
                name="out_only_with_four_eyes",
                condition=~OUT
                | (Q(let_out_by__isnull=False, published_at__isnull=False, edition__gte=1) & ~Q(let_out_by=F("written_by"))),
            ),
            models.CheckConstraint(name="a_picture_is_told_in_words", condition=Q(picture="") | ~Q(picture_alt="")),
            models.CheckConstraint(
                name="withdrawn_in_the_open",
                condition=~Q(state=State.WITHDRAWN.value) | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=OUT, name="publication_out"),
            models.Index(fields=["unit", "planned_on"], name="publication_plan"),
        ]

    def in_english(self, part: str) -> str:
        """Return the English of the title, the summary or the text; empty where there is none, or it is of an earlier edition."""
        return "" if part in self.outdated_en else str(getattr(self, f"{part}_en"))


class Edition(models.Model):
    """What a publication said from a moment on, and why it was changed. The first is what came out."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    text = models.TextField()
    title_en = models.CharField(max_length=160, blank=True)
    summary_en = models.CharField(max_length=400, blank=True)
    text_en = models.TextField(blank=True)
    why = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Why], blank=True)
    words = models.CharField(max_length=400, blank=True)
    verdict = models.CharField(max_length=12, blank=True)  # of a correction, at that time
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_edition_of_a_number", fields=["publication", "number"]),
            models.CheckConstraint(name="changed_with_a_reason", condition=Q(number=1) | ~Q(words="")),
        ]
