"""Times at the counter: opened by the unit, booked, moved and cancelled by whoever comes, noted when they have come."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Booking, Opening
from gandan.work.dossiers.operations.parcels import day_of
from gandan.work.dossiers.queries.bookings import slots_on
from gandan.work.dossiers.rules.bookings import AHEAD, BookingState, Hours, free_seat
from gandan.work.dossiers.rules.holders import digest_of, phone_of
from gandan.work.dossiers.rules.reading import tidy

ONE_SEAT_AT_A_TIME = 7_310_104
AT_ONCE = 500
KEPT = timedelta(days=30)  # after the day itself


class NotFree(Refused):
    """The time is taken, is over, or there is no such time."""


class NobodyBooks(Refused):
    """Somebody who comes has a name and a telephone number."""


class NoSuchHours(Refused):
    """Hours that can't be."""


@operation
def set_openings(*, unit: Unit, hours: Sequence[Hours], by: Person, on: date) -> None:
    """Say when a unit sees people who have booked, from a day on. What is booked already stays.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NoSuchHours: if hours can't be so
    """
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    for one in hours:
        if not (0 <= one.weekday <= 6 and one.opens < one.closes and 5 <= one.minutes <= 240 and 1 <= one.seats <= 50):
            raise NoSuchHours(gettext_noop("Giờ tiếp dân chưa hợp lý: mở trước đóng, mỗi lượt 5–240 phút, 1–50 người."))
    Opening.objects.filter(unit=unit, during__startswith__gte=on).delete()
    for known in Opening.objects.filter(unit=unit, during__contains=on):
        known.during = DateRange(known.during.lower, on)
        known.save(update_fields=["during"])
    Opening.objects.bulk_create(
        Opening(
            unit=unit, weekday=one.weekday, opens=one.opens, closes=one.closes, minutes=one.minutes, seats=one.seats,
            during=DateRange(on, None),
        )
        for one in hours
    )  # fmt: skip
    record(Kind.OPENINGS_SET, unit=unit, day=on, by=by)


@operation
def book(
    *,
    unit: Unit,
    day: date,
    time: time,
    name: str,
    phone: str,
    code: str,
    by: Person,
    on: date,
    at: datetime,
    procedure: str = "",
) -> Booking:
    """Take a time at the counter.

    :param code: drawn at random; it moves and cancels the booking, and its digest alone is kept
    :raises NobodyBooks: if name or telephone number is missing
    :raises BadPhone: if the telephone number can't be one
    :raises NotFree: if the time is taken, over, or none
    """
    named, number = tidy(name), phone_of(phone)
    if not named or not number or len(named) > 200:
        raise NobodyBooks(gettext_noop("Xin ghi họ tên và số điện thoại của người đến."))
    seat = _seat(unit, day, time, at)
    booking = Booking.objects.create(
        digest=digest_of(code), unit=unit, procedure=procedure, day=day, time=time, seat=seat, name=named, phone=number,
        made_on=on, keep_until=day + KEPT,
    )  # fmt: skip
    record(Kind.BOOKING_MADE, unit=unit, day=on, by=by)
    return booking


@operation
def move_booking(*, booking: Booking, day: date, time: time, by: Person, on: date, at: datetime) -> Booking:
    """Take another time instead. The former one is free again in the same moment.

    :raises NotFree: if the new time is taken, over, or none, or the booking was cancelled or used
    """
    fresh = _open(booking)
    if (fresh.day, fresh.time) == (day, time):
        unchanged()
        return fresh
    fresh.seat = _seat(fresh.unit, day, time, at)
    fresh.day, fresh.time, fresh.keep_until = day, time, day + KEPT
    fresh.save(update_fields=["day", "time", "seat", "keep_until"])
    record(Kind.BOOKING_MOVED, unit=fresh.unit, day=on, by=by)
    return fresh


@operation
def cancel_booking(*, booking: Booking, by: Person, on: date) -> Booking:
    """Give a time back.

    :raises NotFree: if it was cancelled or used before
    """
    fresh = _open(booking)
    fresh.state = BookingState.CANCELLED.value
    fresh.save(update_fields=["state"])
    record(Kind.BOOKING_CANCELLED, unit=fresh.unit, day=on, by=by)
    return fresh


@operation
def arrive(*, booking: int, by: Person, on: date) -> Booking:
    """Note that somebody has come at their time.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NotFree: if it was cancelled or used before
    """
    fresh = _open(Booking.objects.get(pk=booking))
    require(Right.WRITE_DOSSIERS, by=by, unit=fresh.unit, on=on)
    fresh.state = BookingState.ARRIVED.value
    fresh.save(update_fields=["state"])
    record(Kind.BOOKING_USED, unit=fresh.unit, day=on, by=by)
    return fresh


@operation
def erase_bookings(*, by: Person, on: date) -> list[int]:
    """Erase bookings whose time is up, and return their numbers."""
    unchanged()  # the ledger has counted them without a name
    numbers = list(Booking.objects.filter(keep_until__lt=on).order_by("keep_until").values_list("pk", flat=True)[:AT_ONCE])
    Booking.objects.filter(pk__in=numbers).delete()
    return numbers


def _seat(unit: Unit, day: date, time: time, at: datetime) -> int:
    """Return a free seat at a time, and keep others from taking one of the same day until our transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_SEAT_AT_A_TIME, unit.pk])
    found = next((one for one in slots_on(unit.pk, day, at) if one.time == time), None)
    if found is None or not 0 <= (day - day_of(at)).days <= AHEAD:
        raise NotFree(gettext_noop("Giờ này vừa có người đặt hoặc đã qua. Xin chọn giờ khác."))
    live = Booking.objects.filter(unit=unit, day=day, time=time).exclude(state=BookingState.CANCELLED.value)
    taken = list(live.values_list("seat", flat=True))
    seat = free_seat(len(taken) + found.free, taken)
    if seat is None:
        raise NotFree(gettext_noop("Giờ này vừa có người đặt hoặc đã qua. Xin chọn giờ khác."))
    return seat


def _open(booking: Booking) -> Booking:
    fresh = Booking.objects.select_for_update(of=("self",)).select_related("unit").get(pk=booking.pk)
    if fresh.state != BookingState.BOOKED.value:
        raise NotFree(gettext_noop("Lượt hẹn này đã huỷ hoặc đã dùng."))
    return fresh
