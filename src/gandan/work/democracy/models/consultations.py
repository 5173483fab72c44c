"""A text put before people, what they say about it paragraph by paragraph, and what they are answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.democracy.flow import Showing, Stage, WhyHidden


class Consultation(models.Model):
    """A text on which a body asks people, until a day; and the answer that it owes them by another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # in whose name
    area = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # whose people are asked: a ward, or the whole city
    rule = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=600)  # what it is about, and what can still be changed
    stage = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Stage], default=Stage.DRAFT.value)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)  # the last day on which it takes comments
    answer_by = models.DateField(null=True)
    summary = models.TextField(blank=True)  # what people said, and what became of it
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opened_with_four_eyes",
                condition=Q(stage=Stage.DRAFT.value)
                | (Q(opened_by__isnull=False, closes_on__isnull=False, answer_by__isnull=False) & ~Q(opened_by=F("written_by"))),
            ),
            models.CheckConstraint(
                name="answered_in_words",
                condition=~Q(stage=Stage.ANSWERED.value) | (Q(answered_on__isnull=False) & ~Q(summary="")),
            ),
        ]
        indexes = [models.Index(fields=["-opened_on", "-id"], name="consultation_newest")]


class Paragraph(models.Model):
    """One paragraph of the text, and what was answered to those who spoke about it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    words = models.TextField()
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_paragraph_has_its_place", fields=["consultation", "position"])]


class RemarkQuerySet(OfUnits["Remark"]):
    """What people write is read by who moderates, of the civil side; the body that asks reads what they let stand."""

    right = Right.MODERATE_VOICE
    kept_at = "consultation__unit"


class Remark(models.Model):
    """What somebody said about a paragraph. There is no place for who: the receipt is all that leads back to it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="comments")
    receipt = models.BinaryField(max_length=40)  # a keyed digest of the sixteen digits
    words = SealedTextField()
    shown_words = models.TextField(blank=True)
    showing = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Showing], default=Showing.WAITING.value)
    why_hidden = models.CharField(max_length=14, choices=[(one.value, one.value) for one in WhyHidden], blank=True)
    given_on = models.DateField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_comment_is_sent_once", fields=["receipt", "paragraph"]),
            models.CheckConstraint(name="hidden_for_a_reason", condition=~Q(showing=Showing.HIDDEN.value) | ~Q(why_hidden="")),
            models.CheckConstraint(name="shown_in_words", condition=~Q(showing=Showing.SHOWN.value) | ~Q(shown_words="")),
        ]
        indexes = [models.Index(fields=["showing", "id"], name="comment_waiting")]
