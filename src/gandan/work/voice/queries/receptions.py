"""The calendar of citizen reception: for everybody, for who comes, and for who receives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows, visible_units
from gandan.ground.organisations.rights import Right
from gandan.work.voice.models import Reception, Visitor
from gandan.work.voice.rules.receipts import UnknownReceipt, digest_of
from gandan.work.voice.rules.receptions import NoReception, free, times

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class ReceptionRow:
    """One session, and which of its times can still be taken."""

    id: int
    unit: UnitRow
    receiver: str
    place: str
    day: date
    begins: time
    ends: time
    source: str
    called_off: str  # why; empty: it takes place
    free: Sequence[time]
    booked: int


@dataclass(frozen=True)
class VisitorRow:
    time: time
    name: str
    phone: str
    about: str


@dataclass(frozen=True)
class Booked:
    """A time as who took it finds it."""

    reception: ReceptionRow
    time: time
    cancelled: bool


def receptions(now: datetime, unit: int | None = None) -> list[ReceptionRow]:
    """Return the sessions of the coming weeks, also those that were called off, the next first; the calendar is public."""
    found = Reception.objects.filter(day__gte=now.date(), day__lte=now.date() + AHEAD)
    if unit is not None:
        found = found.filter(unit_id=unit)
    return _rows(found.order_by("day", "begins", "pk")[:200], now)


def reception(number: int, now: datetime) -> ReceptionRow:
    """:raises NoReception: if there is none"""
    found = _rows(Reception.objects.filter(pk=number), now)
    if not found:
        raise NoReception(gettext_noop("Buổi tiếp công dân này không có, đã qua, hoặc đã hoãn."))
    return found[0]


def own_receptions(viewer: Person, now: datetime) -> list[ReceptionRow]:
    """Return the sessions that the viewer keeps."""
    units = visible_units(Right.ANSWER_VOICE, viewer, now.date())
    return _rows(Reception.objects.filter(unit_id__among=units, day__gte=now.date()).order_by("day", "begins", "pk")[:200], now)


def visitors(number: int, viewer: Person, on: date) -> list[VisitorRow]:
    """Return who comes to a session, for who receives."""
    found = Visitor.objects.visible_to(viewer, on).filter(reception_id=number, cancelled_on=None).order_by("time")
    return [VisitorRow(one.time, one.name, one.phone, one.about) for one in found]


def booked(code: str, now: datetime) -> Booked:
    """Return a time by its code.

    :raises UnknownReceipt: if the code opens nothing
    """
    found = Visitor.objects.filter(digest=digest_of(code)).first()
    if found is None:
        raise UnknownReceipt
    return Booked(reception(found.reception_id, now), found.time, found.cancelled_on is not None)


def free_of(session: Reception, now: datetime) -> list[time]:
    taken = set(Visitor.objects.filter(reception=session, cancelled_on=None).values_list("time", flat=True))
    return free(session.day, session.begins, session.ends, session.minutes, taken, now)


def _rows(found: Iterable[Reception], now: datetime) -> list[ReceptionRow]:
    listed = list(found)
    units = rows({one.unit_id for one in listed})
    taken: dict[int, set[time]] = {one.pk: set() for one in listed}
    for number, at in Visitor.objects.filter(reception__in=taken, cancelled_on=None).values_list("reception_id", "time"):
        taken[number].add(at)
    return [
        ReceptionRow(
            one.pk, units[one.unit_id], one.receiver, one.place, one.day, one.begins, one.ends, one.source, one.why,
            [] if one.called_off_on else free(one.day, one.begins, one.ends, one.minutes, taken[one.pk], now),
            len(taken[one.pk] & set(times(one.begins, one.ends, one.minutes))),
        )
        for one in listed
    ]  # fmt: skip
