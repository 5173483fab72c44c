"""Times at the counter: when a unit sees people, and who comes when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import OfUnits
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.fields import SealedTextField
from gandan.work.dossiers.models.states import choices
from gandan.work.dossiers.rules.bookings import BookingState


class Opening(models.Model):
    """When a unit sees people who have booked, on one day of the week: from, to, how long each, how many at once."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.TimeField()
    closes = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    during = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="opening_closes_after_it_opens", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(
                name="opening_makes_sense",
                condition=Q(weekday__lte=6, minutes__gte=5, minutes__lte=240, seats__gte=1, seats__lte=50),
            ),
            ExclusionConstraint(
                name="one_opening_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    ("opens", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class BookingQuerySet(OfUnits["Booking"]):
    """Who comes is for those at the counter."""

    right = Right.WRITE_DOSSIERS


class Booking(models.Model):
    """A time at the counter that somebody has taken. Its code moves and cancels it."""

    digest = models.CharField(max_length=64, unique=True)  # of the code
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+")
    procedure = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    time = models.TimeField()
    seat = models.PositiveSmallIntegerField()
    name = SealedTextField(blank=True, default="")
    phone = SealedTextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=choices(BookingState), default=BookingState.BOOKED.value)
    made_on = models.DateField()
    keep_until = models.DateField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="booking_state_known", condition=Q(state__in=[s.value for s in BookingState])),
            models.UniqueConstraint(
                name="a_seat_is_booked_once",
                fields=["unit", "day", "time", "seat"],
                condition=~Q(state=BookingState.CANCELLED.value),
            ),
        ]
        indexes = [models.Index(fields=["unit", "day", "time", "seat"], name="booking_of_day")]
