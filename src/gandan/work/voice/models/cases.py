"""Cases: what people brought."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.voice.flow import OPEN, Channel, Outcome, Showing, State, WhyHidden
from gandan.work.voice.kinds import KINDS, READ_RIGHTS, CaseKind, kinds_of
from gandan.work.voice.models.catalogue import Service

_OPEN = sorted(state.value for state in OPEN)


Record = TypeVar("Record", bound=models.Model)


class OfCases(models.QuerySet[Record]):
    """What belongs to a case is seen by who may read the case: each kind at the units at which they have its right."""

    case: ClassVar[str] = "case__"  # the way to the case

    def visible_to(self, viewer: Person, on: date) -> Self:
        seen = Q(pk__in=[])
        for right in READ_RIGHTS:
            if units := visible_units(right, viewer, on):
                kinds = [kind.value for kind in kinds_of(right)]
                seen |= Q(**{f"{self.case}kind__in": kinds, f"{self.case}unit_id__among": units})
        return self.filter(seen)


class CaseQuerySet(OfCases["Case"]):
    """The one place that narrows cases to those that may be seen."""

    case = ""

    def at(self, units: Collection[int], kinds: Collection[str]) -> Self:
        return self.filter(unit_id__among=units, kind__in=kinds)

    def open(self) -> Self:
        return self.filter(state__in=_OPEN)

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def public(self) -> Self:
        return self.filter(showing=Showing.SHOWN.value)


class Case(models.Model):
    """What one person brought: one receipt, one owed answer."""

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CaseKind])
    receipt = models.CharField(max_length=64, unique=True)  # a digest of the code that its sender has
    once = models.CharField(max_length=64, blank=True)  # of the form or request it came by: sent twice is once
    service = models.ForeignKey(Service, models.PROTECT, null=True, db_index=False, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # where it is now
    ward = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    concerned = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")  # of whom it speaks
    channel = models.CharField(max_length=9, choices=[(c.value, c.value) for c in Channel])
    source = models.CharField(max_length=30, blank=True)  # the system it came from; empty: brought here
    source_number = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)  # of kinds that aren't sealed
    sealed_words = SealedTextField(blank=True, default="")
    search = models.TextField(blank=True)  # folded: words and place of kinds that aren't sealed
    answers = SealedTextField(blank=True, default="")  # JSON: to the questions of its service or kind
    place = models.CharField(max_length=400, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in State], default=State.NEW.value)
    outcome = models.CharField(max_length=10, blank=True, choices=[(o.value, o.value) for o in Outcome])
    received_on = models.DateField()
    received_at = models.DateTimeField()
    due_on = models.DateField()
    ended_on = models.DateField(null=True)  # answered or withdrawn
    changed_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    wishes_shown = models.BooleanField(default=False)
    showing = models.CharField(
        max_length=8, blank=True, default=Showing.PRIVATE.value, choices=[(s.value, s.value) for s in Showing]
    )
    shown_words = models.TextField(blank=True)  # as the moderator lets it stand
    why_hidden = models.CharField(max_length=16, blank=True, choices=[(w.value, w.value) for w in WhyHidden])
    satisfied = models.BooleanField(null=True)  # what its sender said of the answer
    appraised_on = models.DateField(null=True)  # and when; None once it was counted
    version = models.PositiveIntegerField(default=0, db_default=0)  # one more with every step
    erased_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_case_per_form", fields=["once"], condition=~Q(once="")),
            models.UniqueConstraint(
                name="one_case_per_source_number", fields=["source", "source_number"], condition=~Q(source="")
            ),
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=[k.value for k in CaseKind])),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(name="case_not_due_before_receipt", condition=Q(due_on__gte=F("received_on"))),
            models.CheckConstraint(
                name="case_ends_on_a_day",
                condition=Q(state__in=_OPEN, ended_on__isnull=True) | (~Q(state__in=_OPEN) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_words_where_they_belong",
                condition=Q(kind__in=[k.value for k, spec in KINDS.items() if spec.sealed], words="", search="")
                | (Q(kind__in=[k.value for k, spec in KINDS.items() if not spec.sealed]) & Q(sealed_words=b"")),
            ),
            models.CheckConstraint(
                name="case_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
            models.CheckConstraint(
                name="case_shown_only_if_its_kind_may",
                condition=Q(showing__in=["", "hidden"]) | Q(kind__in=[k.value for k, spec in KINDS.items() if spec.shown]),
            ),
            models.CheckConstraint(
                name="case_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="case_of_unit"),
            models.Index(fields=["unit", "due_on"], condition=Q(state__in=_OPEN), name="case_open_of_unit"),
            models.Index(fields=["-id"], condition=Q(showing="shown"), name="case_shown_newest"),
            models.Index(fields=["-received_at", "-id"], condition=Q(showing="shown"), name="case_shown_received"),
            models.Index(fields=["service", "-received_at", "-id"], condition=Q(showing="shown"), name="case_shown_of_service"),
            models.Index(fields=["-received_at", "-id"], condition=Q(showing="shown", state__in=_OPEN), name="case_shown_open"),
            models.Index(fields=["changed_at"], condition=Q(showing="shown"), name="case_shown_changed"),
            models.Index(fields=["id"], condition=Q(showing="waiting"), name="case_to_moderate"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="case_merged"),
            models.Index(fields=["appraised_on"], condition=Q(appraised_on__isnull=False), name="case_appraised"),
            models.Index(fields=["ended_on", "id"], condition=Q(erased_on__isnull=True), name="case_ending"),
            GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], condition=~Q(search=""), name="case_words", fastupdate=False),
        ]

    @property
    def number(self) -> str:
        return f"{KINDS[CaseKind(self.kind)].sign}-{self.pk}"

    @property
    def text(self) -> str:
        return self.sealed_words or self.words

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class SenderQuerySet(OfCases["Sender"]):
    """As the case that they brought."""


class Sender(models.Model):
    """Who brought a case, and how to reach them. Nothing finds one person's cases: there is no index, on purpose."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="sender")
    name = SealedTextField(blank=True, default="")
    phone = SealedTextField(blank=True, default="")
    email = SealedTextField(blank=True, default="")
    language = models.CharField(max_length=2, choices=[("vi", "vi"), ("en", "en")], default="vi")
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")  # for somebody else

    objects = SenderQuerySet.as_manager()
