"""What happens to a parcel, told to the ledger: the inside of every way in which we come to know of it."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_default_timezone

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import correct, record
from gandan.ground.ledger.queries import events_about
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Dossier, ParcelState, Status
from gandan.work.dossiers.rules import kept
from gandan.work.dossiers.rules.parcels import LateBy, Scanned, late_by

AWAY = (ParcelState.HANDED.value, ParcelState.IN_TRANSIT.value, ParcelState.FAILED.value)


class NoResultYet(Refused):
    """Only a result can be sent."""


class WrongParcelStep(Refused):
    """The parcel is not where it would have to be for that."""


def holder(dossier: Dossier, on: date) -> Unit:
    """Return who looks after a dossier on a day: its unit, or what became of that."""
    if dossier.unit.stands_on(on):
        return dossier.unit
    keeper = tree().keeper(dossier.unit_id, Line.ADMINISTRATION, on)
    return dossier.unit if keeper is None else Unit.objects.get(pk=keeper)


def locked(delivery: Delivery | int) -> Delivery:
    """Return a parcel as it is now, and keep others from it until our transaction ends."""
    pk = delivery if isinstance(delivery, int) else delivery.pk
    return Delivery.objects.select_for_update(of=("self",)).select_related("dossier__procedure", "dossier__unit").get(pk=pk)


def check_result(dossier: Dossier, on: date) -> None:
    """:raises NoResultYet: if there is no result by that day"""
    if dossier.finished_on is None or dossier.finished_on > on or dossier.status != Status.FINISHED.value:
        raise NoResultYet(gettext_noop("Hồ sơ {number} chưa có kết quả để gửi."), number=dossier.number)


def day_of(at: datetime) -> date:
    """Return the day of a moment, by the clock of the house."""
    return at.astimezone(get_default_timezone()).date()


def hand(parcel: Delivery, on: date, by: Person) -> None:
    """It is with the post, which has its own term from now on."""
    dossier = parcel.dossier
    unit, term = holder(dossier, on), dossier.procedure.post_term
    parcel.state, parcel.handed_on = ParcelState.HANDED.value, on
    parcel.due_on = due_date(on, term, working_calendar(unit)) if term else None
    parcel.save()
    _tell(parcel, Kind.DELIVERY_HANDED, on, by, handed=kept(dossier.due_on, on))


def follow(parcel: Delivery, what: Scanned, on: date, by: Person) -> None:
    """The parcel is now where the post says."""
    match what:
        case Scanned.IN_TRANSIT:
            parcel.state = ParcelState.IN_TRANSIT.value
            parcel.save(update_fields=["state"])
            _tell(parcel, Kind.DELIVERY_FORWARDED, on, by)
        case Scanned.DELIVERED:
            _settle(parcel, ParcelState.DELIVERED, on)
            _tell_delivered(parcel, on, by)
        case Scanned.FAILED:
            parcel.state = ParcelState.FAILED.value
            parcel.save(update_fields=["state"])
            note_attempt(parcel, on, by)
        case Scanned.RETURNED:
            _settle(parcel, ParcelState.RETURNED, on)
            _tell(parcel, Kind.DELIVERY_RETURNED, on, by)


def note_attempt(parcel: Delivery, on: date, by: Person) -> None:
    """The post was there and found nobody: counted on its day, even if we hear of it after the parcel has arrived."""
    parcel.failed_on = max(parcel.failed_on or on, on)
    parcel.save(update_fields=["failed_on"])
    _tell(parcel, Kind.DELIVERY_FAILED, on, by)


def _settle(parcel: Delivery, state: ParcelState, on: date) -> None:
    parcel.state, parcel.settled_on = state.value, on
    parcel.save(update_fields=["state", "settled_on"])


def _late_by(parcel: Delivery, delivered_on: date) -> LateBy:
    attempts = [day_of(scan.at) for scan in parcel.scans.filter(what=Scanned.FAILED.value)]
    if parcel.failed_on is not None:
        attempts.append(parcel.failed_on)
    return late_by(due_on=parcel.due_on, delivered_on=delivered_on, attempts=attempts)


def _tell_delivered(parcel: Delivery, on: date, by: Person) -> None:
    said, party = kept(parcel.due_on or on, on), _late_by(parcel, on)
    _tell(parcel, Kind.DELIVERY_DELIVERED, on, by, punctuality=said, late_by=party.value)


def attribute_anew(parcel: Delivery, by: Person) -> None:
    """What we hear late may show that somebody else was late: the ledger is told by a correction."""
    events = events_about(Dossier._meta.label_lower, parcel.dossier_id)
    taken_back = {event.corrects_id for event in events if event.corrects_id}
    told = [e for e in events if e.kind == Kind.DELIVERY_DELIVERED and e.sign > 0 and e.id not in taken_back]
    if parcel.state != ParcelState.DELIVERED.value or parcel.settled_on is None or not told:
        return
    if told[-1].facets.get("late_by") != _late_by(parcel, parcel.settled_on).value:
        correct(told[-1].id, reason="attempt-known-later", by=by)
        _tell_delivered(parcel, parcel.settled_on, by)


def _tell(parcel: Delivery, kind: Kind, on: date, by: Person, **facets: Any) -> None:
    dossier = parcel.dossier
    record(kind, unit=holder(dossier, on), day=on, by=by, about=dossier, procedure=dossier.procedure.code, **facets)
