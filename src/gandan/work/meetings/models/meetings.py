"""A meeting, its series, its agenda, and who is invited to it: staff, by their duty."""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import OnesOwn, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.meetings.flow import Came, Item, Part, Reply, State

Record = TypeVar("Record", bound=models.Model)


class OfMeetings(models.QuerySet[Record]):
    """What belongs to a meeting is seen by those of the units that hold it who may, and by those who are invited."""

    meeting: ClassVar[str] = "meeting__"  # the way to the meeting

    def visible_to(self, viewer: Person, on: date) -> Self:
        units, way = visible_units(Right.READ_MEETINGS, viewer, on), self.meeting
        mine = Invitation.objects.filter(person=viewer).values("meeting_id")
        return self.filter(Q(**{f"{way}unit__among": units}) | Q(**{f"{way}partner__among": units}) | Q(**{f"{way}pk__in": mine}))


class MeetingQuerySet(OfMeetings["Meeting"]):
    """Meetings themselves."""

    meeting = ""


class FeedKeyQuerySet(OnesOwn["FeedKey"]):
    """Each their own."""

    whose = "person"


class Series(models.Model):
    """Meetings that follow each other: what one concludes comes back at the next."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_series_of_a_name", fields=["unit", "name"])]


class Meeting(models.Model):
    """One conference or meeting of a unit, perhaps with the other side."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    partner = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="meetings")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)  # for those who take part from afar
    state = models.CharField(max_length=9, choices=[(one.value, one.value) for one in State], default=State.PLANNED.value)
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    paperless = models.BooleanField(default=True)
    guests = models.PositiveIntegerField(default=0)  # who came besides staff: a head-count
    door = models.CharField(max_length=43, unique=True)  # in the code at the door
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    pages_saved = models.PositiveIntegerField(null=True)
    journeys_saved = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="a_quorum_is_a_part", condition=Q(quorum_percent__range=(1, 100))),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="meeting_newest"),
            models.Index(fields=["unit", "-starts_at", "-id"], name="meeting_unit"),
        ]


class AgendaItem(models.Model):
    """One point of the agenda."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Item])
    minutes = models.PositiveSmallIntegerField(default=15)
    presenter = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    programme = models.CharField(max_length=40, blank=True)  # of a signing: the code of what is signed
    done_on = models.DateField(null=True)  # of a signing: when both sides have signed

    class Meta:
        constraints = [models.UniqueConstraint(name="a_point_of_the_agenda_has_its_place", fields=["meeting", "position"])]


class Invitation(models.Model):
    """One of the staff who is invited: in which part, what they answered, when they came."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Part])
    reply = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Reply], default=Reply.NONE.value)
    replied_on = models.DateField(null=True)
    came = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Came], blank=True)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invited_once", fields=["meeting", "person"]),
            models.UniqueConstraint(name="one_chair", fields=["meeting"], condition=Q(part=Part.CHAIR.value)),
            models.UniqueConstraint(name="one_secretary", fields=["meeting"], condition=Q(part=Part.SECRETARY.value)),
            models.CheckConstraint(
                name="came_before_leaving",
                condition=Q(left_at__isnull=True) | Q(came_at__isnull=False, left_at__gte=F("came_at")),
            ),
        ]


class FeedKey(models.Model):
    """By what somebody's calendar reads their meetings; given anew, the one before opens nothing."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    objects = FeedKeyQuerySet.as_manager()
