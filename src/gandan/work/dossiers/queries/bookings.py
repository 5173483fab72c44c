"""Times at the counter: which are free, who comes today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.ledger.prepared import planned
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, row
from gandan.ground.organisations.queries import rows as unit_rows
from gandan.ground.vietnam.text import fold
from gandan.work.dossiers.models import Booking, Opening
from gandan.work.dossiers.rules.bookings import BookingState, Hours, Slot, slots
from gandan.work.dossiers.rules.drafts import code_of
from gandan.work.dossiers.rules.holders import digest_of

SHOWN_DAYS = 5


class UnknownBooking(Refused):
    """No booking has this code."""


@dataclass(frozen=True)
class BookingShown:
    record: Booking
    unit: UnitRow


@dataclass(frozen=True)
class Expected:
    """Somebody who comes today, as the desk sees it."""

    id: int
    time: time
    name: str
    phone: str
    procedure: str
    state: BookingState


def hours_of(unit: int, day: date) -> list[Hours]:
    """Return when a unit sees people, by the rules of a day."""
    found = Opening.objects.filter(unit_id=unit, during__contains=day).order_by("weekday", "opens")
    return [Hours(one.weekday, one.opens, one.closes, one.minutes, one.seats) for one in found]


def slots_on(unit: int, day: date, now: datetime) -> list[Slot]:
    """Return the times of a day that can still be taken."""
    live = Booking.objects.filter(unit_id=unit, day=day).exclude(state=BookingState.CANCELLED.value)
    taken = Counter(live.values_list("time", flat=True))
    return slots(day, hours_of(unit, day), working_calendar(unit), taken, now.astimezone(get_default_timezone()))


def next_slots(unit: int, first: date, now: datetime) -> list[tuple[date, Sequence[Slot]]]:
    """Return the next days on which a time is free, each with its times."""
    found: list[tuple[date, Sequence[Slot]]] = []
    for ahead in range(21):
        day = first + timedelta(ahead)
        if free := slots_on(unit, day, now):
            found.append((day, free))
        if len(found) == SHOWN_DAYS:
            break
    return found


@planned
def _open(on: date) -> QuerySet[Opening]:
    return Opening.objects.filter(during__contains=on)


def offices_that_book(on: date, text: str = "", limit: int = 20) -> list[UnitRow]:
    """Return the offices at which a time can be booked, by words of their names, with or without marks."""
    ids = {one.unit_id for one in _open(on)}
    words = fold(text).split()
    found = [one for one in unit_rows(ids).values() if one.stands_on(on) and all(word in fold(one.name) for word in words)]
    return sorted(found, key=lambda one: one.sort_key)[:limit]


def booking(code: str) -> BookingShown:
    """Return a booking by its code.

    :raises UnknownBooking: if there is none
    """
    found = Booking.objects.select_related("unit").filter(digest=digest_of(code_of(code))).first()
    if found is None:
        raise UnknownBooking(gettext_noop("Không có lượt hẹn nào mang mã này. Xin xem lại từng số."))
    return BookingShown(found, row(found.unit_id))


def expected(unit: int, viewer: Person, on: date) -> list[Expected]:
    """Return who comes today, in the order of their times; nothing of other units."""
    mine = Booking.objects.visible_to(viewer, on)
    found = mine.filter(unit_id=unit, day=on).exclude(state=BookingState.CANCELLED.value).order_by("time", "seat")
    return [Expected(one.pk, one.time, one.name, one.phone, one.procedure, BookingState(one.state)) for one in found[:500]]
