"""Community models: registered, assessed by both sides by dated criteria, recognised for a year, copied, lapsed."""

from django.db import models
from django.db.models import F, Q

from gandan.ground.documents.models import Stored
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.community.rules import Field, Side, State


class CriteriaSet(models.Model):
    """The criteria of one field from a day on, with their weights; never changed, only followed by others."""

    field = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Field])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    pass_mark = models.PositiveSmallIntegerField()
    items = models.JSONField()  # code, name, name_en, weight
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_set_of_criteria_from_a_day", fields=["field", "valid_from"])]


class CommunityModel(models.Model):
    """One community model, at the unit that looks after it."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    area = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    partner = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")  # the other side
    field = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Field])
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    story = models.TextField(blank=True)  # as everyone reads it, once published
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")  # nothing unsigned
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.REGISTERED.value)
    registered_on = models.DateField()
    recognised_on = models.DateField(null=True)  # the last time
    recognised_until = models.DateField(null=True)  # renewed each year, or it lapses on the day after
    lapsed_on = models.DateField(null=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    divided = models.BooleanField(default=False)  # its ward was divided; where it stands is our default until somebody says
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_recognised_model_says_until_when",
                condition=~Q(state=State.RECOGNISED.value) | Q(recognised_on__isnull=False, recognised_until__isnull=False),
            ),
            models.CheckConstraint(name="a_model_is_no_copy_of_itself", condition=~Q(copied_from=F("id"))),
            models.CheckConstraint(
                name="a_story_is_signed", condition=Q(published_on__isnull=True) | Q(published_by__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["-registered_on", "-id"], name="model_newest"),
            models.Index(fields=["unit", "-registered_on", "-id"], name="model_unit"),
            models.Index(fields=["area", "-registered_on", "-id"], name="model_area"),
            models.Index(fields=["field", "state", "-registered_on", "-id"], name="model_field"),
            models.Index(fields=["state", "-registered_on", "-id"], name="model_state"),
            models.Index(fields=["recognised_until"], condition=Q(state=State.RECOGNISED.value), name="model_ending"),
            models.Index(fields=["id"], condition=Q(published_on__isnull=False), name="model_published"),
        ]


class Round(models.Model):
    """One assessment of a model, by the criteria in force on the day it began, whatever is decided about them meanwhile."""

    model = models.ForeignKey(CommunityModel, models.PROTECT, related_name="rounds")
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, db_index=False, related_name="+")
    begun_on = models.DateField()
    decided_on = models.DateField(null=True)
    passed = models.BooleanField(null=True)
    certificate = models.ForeignKey(Stored, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_round_of_a_model", fields=["model"], condition=Q(decided_on__isnull=True)),
            models.CheckConstraint(
                name="a_round_is_decided_whole",
                condition=Q(decided_on__isnull=True, passed__isnull=True) | Q(decided_on__isnull=False, passed__isnull=False),
            ),
        ]


class Assessment(models.Model):
    """The points that the model's own unit, or one of the two sides, gave in a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments")
    side = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Side])
    scores = models.JSONField()  # points by the code of the criterion
    total = models.DecimalField(max_digits=4, decimal_places=1)
    remark = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="each_side_assesses_once", fields=["round", "side"])]


class PartnerQuerySet(OfUnits["Partner"]):
    """As the model in which they take part."""

    right = Right.READ_COMMUNITY
    kept_at = "model__unit"


class Partner(models.Model):
    """Somebody who takes part in a model by their own word, as themselves or for an organisation; until they leave."""

    model = models.ForeignKey(CommunityModel, models.PROTECT, related_name="partners")
    as_organisation = models.BooleanField(default=False)
    name = SealedTextField(blank=True, default="")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    forgotten_on = models.DateField(null=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_is_forgotten_has_left_and_has_no_name",
                condition=Q(forgotten_on__isnull=True) | Q(left_on__isnull=False, name=b""),
            )
        ]
        indexes = [models.Index(fields=["left_on"], condition=Q(forgotten_on__isnull=True), name="partner_ending")]
