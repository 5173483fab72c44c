"""Calls for ideas, what people sent, what was made of it. Nobody's name is asked for, and no list of supporters is kept."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.flow import Showing, WhyHidden
from gandan.work.voice.rules.ideas.flow import CallState, Decision, GroupState


class Call(models.Model):
    """One call for ideas: on what, until when, who decides, what will become of what is sent."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # who calls
    decider = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # who answers
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    theme = models.TextField()
    theme_en = models.TextField(blank=True)
    decides = models.TextField()  # who decides, and how
    becomes = models.TextField()  # what will become of ideas
    state = models.CharField(max_length=6, choices=[(s.value, s.value) for s in CallState], default=CallState.DRAFT.value)
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day
    first_closes_on = models.DateField()  # as it was when the call was opened
    ended_on = models.DateField(null=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="call_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="call_ends_on_a_day",
                condition=Q(state="ended", ended_on__isnull=False) | (~Q(state="ended") & Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["-opens_on", "-id"], name="call_newest")]


class IdeaGroup(models.Model):
    """Ideas that say the same: proposed by the night's reckoning, confirmed and named by a person, answered once for all."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in GroupState])
    answer = models.TextField(blank=True)
    decision = models.CharField(max_length=9, blank=True, choices=[(d.value, d.value) for d in Decision])
    answer_due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    supports = models.PositiveIntegerField(default=0)  # counted once a day

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_group_is_named_by_a_person",
                condition=Q(state="proposed") | (~Q(name="") & Q(answer_due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_group_is_answered_in_words",
                condition=~Q(state="answered") | (~Q(answer="") & ~Q(decision="") & Q(answered_on__isnull=False)),
            ),
        ]


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Ideas that were sent are read by those who lead the call; of a group, by those who answer it too. Never whose they are."""

    def visible_to(self, viewer: Person, on: date) -> Self:
        leads = visible_units(Right.LEAD_CALLS, viewer, on)
        answers = visible_units(Right.ANSWER_IDEAS, viewer, on)
        grouped = Q(call__decider__among=answers, group__isnull=False) & ~Q(showing=Showing.HIDDEN.value)
        return self.sent().filter(Q(call__unit__among=leads) | grouped)

    def sent(self) -> Self:
        return self.filter(sent_on__isnull=False)

    def public(self) -> Self:
        return self.filter(showing=Showing.SHOWN.value)

    def to_group(self) -> Self:
        """Those that may stand in a group: all that were sent and not kept back."""
        return self.sent().exclude(showing=Showing.HIDDEN.value)


class Idea(models.Model):
    """What one person sent to a call; being written until it is sent, and forgotten if it never is."""

    call = models.ForeignKey(Call, models.PROTECT, db_index=False, related_name="ideas")
    receipt = models.CharField(max_length=64, unique=True)  # a digest of the code that its sender has
    words = models.TextField(blank=True)
    search = models.TextField(blank=True)  # folded: of what is shown, else of what was sent
    wishes_shown = models.BooleanField(default=True)
    showing = models.CharField(
        max_length=8, blank=True, default=Showing.PRIVATE.value, choices=[(s.value, s.value) for s in Showing]
    )
    shown_words = models.TextField(blank=True)
    why_hidden = models.CharField(max_length=16, blank=True, choices=[(w.value, w.value) for w in WhyHidden])
    begun_on = models.DateField()
    keep_until = models.DateField(null=True)  # of one that is being written
    sent_on = models.DateField(null=True)
    group = models.ForeignKey(IdeaGroup, models.PROTECT, null=True, related_name="ideas")
    proposed = models.ForeignKey(IdeaGroup, models.SET_NULL, null=True, related_name="proposed")
    supports = models.PositiveIntegerField(default=0)  # counted once a day
    seen_on = models.DateField(null=True)  # when its sender first saw the answer of its group
    erased_on = models.DateField(null=True)  # the receipt opens nothing any more

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="idea_shown_in_moderated_words",
                condition=(Q(showing="shown") & ~Q(shown_words="")) | (~Q(showing="shown") & Q(shown_words="")),
            ),
            models.CheckConstraint(
                name="idea_is_sent_or_ends",
                condition=Q(sent_on__isnull=False, keep_until__isnull=True) | Q(sent_on__isnull=True, keep_until__isnull=False),
            ),
            models.CheckConstraint(
                name="only_sent_ideas_stand_anywhere",
                condition=Q(sent_on__isnull=False) | Q(showing="", group__isnull=True, proposed__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "-id"], condition=Q(sent_on__isnull=False), name="idea_of_call"),
            models.Index(fields=["call", "-id"], condition=Q(showing="shown"), name="idea_shown_of_call"),
            models.Index(fields=["id"], condition=Q(showing="waiting"), name="idea_to_moderate"),
            models.Index(fields=["keep_until"], condition=Q(keep_until__isnull=False), name="idea_draft_ending"),
        ]

    @property
    def number(self) -> str:
        return f"HK-{self.pk}"

    @property
    def text(self) -> str:
        return self.shown_words or self.words


class IdeaPair(models.Model):
    """Two neighbouring syllables of an idea that stands in public, as a number: by these what is near is found in a moment."""

    call = models.ForeignKey(Call, models.CASCADE, db_index=False, related_name="+")
    pair = models.IntegerField()  # see rules/ideas/pairs.py
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_pair_of_an_idea_once", fields=["call", "pair", "idea"])]


class IdeaContact(models.Model):
    """How the sender of an idea wants to be told of the answer. No page shows it; the sender of letters alone reads it."""

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="contact")
    phone = SealedTextField(blank=True, default="")
    email = SealedTextField(blank=True, default="")
    language = models.CharField(max_length=2, choices=[("vi", "vi"), ("en", "en")], default="vi")


class Milestone(models.Model):
    """One step of what becomes of a group of ideas: promised in public by a day, reached or given up in words."""

    group = models.ForeignKey(IdeaGroup, models.PROTECT, related_name="milestones")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    reached_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    result = models.CharField(max_length=600, blank=True)  # what was done, or why it won't be

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_milestone_ends_once_in_words",
                condition=Q(reached_on__isnull=True, dropped_on__isnull=True, result="")
                | (~Q(result="") & (Q(reached_on__isnull=False) ^ Q(dropped_on__isnull=False))),
            ),
        ]


class BallotKey(models.Model):
    """The secret with which the ballots of an open call are keyed; at the call's end it is destroyed."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="ballot_key")
    secret = SealedTextField()


class Ballot(models.Model):
    """That some person supports something, once. Counted, it says no longer what; after the call's end it is gone."""

    digest = models.CharField(max_length=64, primary_key=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.CASCADE, null=True, db_index=False, related_name="+")
    group = models.ForeignKey(IdeaGroup, models.CASCADE, null=True, db_index=False, related_name="+")
    on = models.DateField(null=True)  # None once it was counted

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_counted_ballot_says_nothing",
                condition=Q(on__isnull=True, idea__isnull=True, group__isnull=True)
                | (Q(on__isnull=False) & (Q(idea__isnull=False) ^ Q(group__isnull=False))),
            ),
        ]
        indexes = [models.Index(fields=["on"], condition=Q(on__isnull=False), name="ballot_to_count")]
