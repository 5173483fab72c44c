"""Comments under what stands in public. No author is asked for, and none is kept."""

from django.db import models
from django.db.models import Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.work.voice.flow import Showing, WhyHidden
from gandan.work.voice.rules.comments import About, Appeal


class SaidUnderQuerySet(OfUnits["Remark"]):
    """For those who moderate for the unit whose notice or call it is: words, as nobody knows whose they are."""

    right = Right.MODERATE_VOICE


class Remark(models.Model):
    """What somebody said under a notice or a call, looked at by the civil side before it stands there."""

    about_kind = models.CharField(max_length=6, choices=[(a.value, a.value) for a in About])
    about_number = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # whose notice or call it is
    receipt = models.CharField(max_length=64, unique=True)  # a digest of the code that its author has
    words = models.TextField()
    shown_words = models.TextField(blank=True)
    showing = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Showing], default=Showing.WAITING.value)
    why_hidden = models.CharField(max_length=16, blank=True, choices=[(w.value, w.value) for w in WhyHidden])
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")  # who last moderated
    on = models.DateField()
    judged_on = models.DateField(null=True)
    appeal = models.CharField(max_length=8, blank=True, choices=[(a.value, a.value) for a in Appeal])
    appeal_words = models.TextField(blank=True)
    appealed_on = models.DateField(null=True)
    erased_on = models.DateField(null=True)  # the receipt opens nothing any more

    objects = SaidUnderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_hidden_comment_has_its_reason",
                condition=(Q(showing="hidden") & ~Q(why_hidden="")) | (~Q(showing="hidden") & Q(why_hidden="")),
            ),
            models.CheckConstraint(
                name="a_shown_comment_in_moderated_words",
                condition=(Q(showing="shown") & ~Q(shown_words="")) | (~Q(showing="shown") & Q(shown_words="")),
            ),
        ]
        indexes = [
            models.Index(fields=["about_kind", "about_number", "-id"], name="comment_about"),
            models.Index(fields=["id"], condition=Q(showing="waiting") | Q(appeal="open"), name="comment_to_moderate"),
        ]
