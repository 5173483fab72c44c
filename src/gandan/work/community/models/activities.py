"""Activities with residents: counted by heads, never by names."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.community.rules import Form, Topic

STANDS = Q(merged_into__isnull=True, withdrawn_on__isnull=True)


class ActivityQuerySet(OfUnits["Activity"]):
    """Activities are for those who read them at the unit that noted them."""

    right = Right.READ_COMMUNITY


class PointQuerySet(OfUnits["Point"]):
    """As the activity at which it was raised."""

    right = Right.READ_COMMUNITY
    kept_at = "activity__unit"


class Activity(models.Model):
    """One activity that was held with residents, as one unit noted it."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    area = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")  # the ward where it was held
    partner = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")  # the other side's organiser
    model = models.ForeignKey("community.CommunityModel", models.PROTECT, null=True, db_index=False, related_name="activities")
    form = models.CharField(max_length=8, choices=[(form.value, form.value) for form in Form])
    topic = models.CharField(max_length=8, choices=[(topic.value, topic.value) for topic in Topic])
    day = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    heads = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    value = models.PositiveBigIntegerField(null=True)  # of what was given, in đồng
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    noted_on = models.DateField()
    noted_at = models.DateTimeField(db_default=Now())
    offline = models.BooleanField(default=False)  # written without network, sent later
    key = models.CharField(max_length=80, blank=True)  # of the request: sent again, it is answered alike
    digest = models.CharField(max_length=64, blank=True)  # of what was sent under it
    version = models.PositiveIntegerField(default=1)
    event = models.BigIntegerField(null=True)  # of the ledger, to be corrected
    support_event = models.BigIntegerField(null=True)
    alike = models.BooleanField(default=False)  # when it was written, another that stood looked like it
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    withdrawn_on = models.DateField(null=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_activity_is_sent_once", fields=["by", "key"], condition=~Q(key="")),
            models.CheckConstraint(name="activity_noted_once_held", condition=Q(noted_on__gte=F("day"))),
            models.CheckConstraint(name="activity_not_merged_into_itself", condition=~Q(merged_into=F("id"))),
        ]
        indexes = [
            models.Index(fields=["-day", "-id"], condition=STANDS, name="activity_newest"),
            models.Index(fields=["unit", "-day", "-id"], condition=STANDS, name="activity_unit"),
            models.Index(fields=["area", "-day", "-id"], condition=STANDS, name="activity_area"),
            models.Index(fields=["form", "-day", "-id"], condition=STANDS, name="activity_form"),
            models.Index(fields=["topic", "-day", "-id"], condition=STANDS, name="activity_topic"),
            models.Index(fields=["model", "-day", "-id"], condition=STANDS & Q(model__isnull=False), name="activity_model"),
            models.Index(fields=["-day", "-id"], condition=STANDS & Q(alike=True), name="activity_alike"),
            models.Index(
                fields=["day"], include=["area", "unit", "form", "topic", "heads"], condition=STANDS, name="activity_where"
            ),
            models.Index(fields=["day"], condition=~Q(place=""), name="activity_ending"),
        ]


class KeptApart(models.Model):
    """Two notings that look alike, of which somebody has said that they are two activities."""

    one = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    other = models.ForeignKey(Activity, models.CASCADE, db_index=False, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="kept_apart_once", fields=["one", "other"]),
            models.CheckConstraint(name="kept_apart_in_order", condition=Q(one__lt=F("other"))),
        ]


class Point(models.Model):
    """What was raised at an activity, without who raised it; and what it was answered."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    words = SealedTextField(blank=True, default="")
    owed = models.BooleanField(default=False)  # needs an answer: a promise with owner and day
    answer = SealedTextField(blank=True, default="")
    answered_on = models.DateField(null=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_point_has_its_place", fields=["activity", "position"])]
