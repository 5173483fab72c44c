"""Results on their way by post: wanted, handed to the post, delivered, failed, returned."""

from datetime import date

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require, tree
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import Line
from gandan.work.dossiers.models import Delivery, Dossier, ParcelState, Status
from gandan.work.dossiers.rules import kept
from gandan.work.dossiers.rules.reading import tidy


class NoResultYet(Refused):
    """Only a result can be sent."""


class WrongParcelStep(Refused):
    """The parcel is not where it would have to be for that."""


@operation
def hand_to_post(*, dossier: Dossier | int, by: Person, on: date, tracking: str = "") -> Delivery:
    """Hand a result to the post. One that came back, or failed, may be handed over again as a new parcel.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NoResultYet: if there is no result by that day
    :raises WrongParcelStep: if a parcel is on its way, or was delivered
    """
    pk = dossier if isinstance(dossier, int) else dossier.pk
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=pk)
    unit = _holder(fresh, on)
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    if fresh.status != Status.FINISHED.value or fresh.finished_on is None or fresh.finished_on > on:
        raise NoResultYet(gettext_noop("Hồ sơ {number} chưa có kết quả để gửi."), number=fresh.number)
    last = fresh.deliveries.order_by("-pk").first()
    if last is not None and last.state in (ParcelState.HANDED.value, ParcelState.DELIVERED.value):
        raise WrongParcelStep(gettext_noop("Kết quả của hồ sơ {number} đã giao bưu điện."), number=fresh.number)
    parcel = last if last is not None and last.state == ParcelState.WANTED.value else Delivery(dossier=fresh, wanted_on=on)
    if last is not None and last.state == ParcelState.FAILED.value:  # what found nobody goes back before it goes out again
        last.state, last.settled_on = ParcelState.RETURNED.value, on
        last.save(update_fields=["state", "settled_on"])
        record(Kind.DELIVERY_RETURNED, unit=unit, day=on, by=by, about=fresh, procedure=fresh.procedure.code)
    term = fresh.procedure.post_term
    parcel.state, parcel.handed_on, parcel.tracking = ParcelState.HANDED.value, on, tidy(tracking)
    parcel.due_on = due_date(on, term, working_calendar(unit)) if term else None
    parcel.save()
    record(Kind.DELIVERY_HANDED, unit=unit, day=on, by=by, about=fresh, procedure=fresh.procedure.code)
    return parcel


@operation
def deliver(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post has delivered a result: in time by the post's own term, or late.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    parcel, unit = _on_its_way(delivery, by, on)
    parcel.state, parcel.settled_on = ParcelState.DELIVERED.value, on
    parcel.save(update_fields=["state", "settled_on"])
    procedure, said = parcel.dossier.procedure.code, kept(parcel.due_on or on, on)
    record(Kind.DELIVERY_DELIVERED, unit=unit, day=on, by=by, about=parcel.dossier, procedure=procedure, punctuality=said)
    return parcel


@operation
def fail(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post found nobody. It tries again, or brings the result back.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    parcel, unit = _on_its_way(delivery, by, on)
    parcel.state, parcel.failed_on = ParcelState.FAILED.value, on
    parcel.save(update_fields=["state", "failed_on"])
    record(Kind.DELIVERY_FAILED, unit=unit, day=on, by=by, about=parcel.dossier, procedure=parcel.dossier.procedure.code)
    return parcel


@operation
def return_to_office(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post has brought a result back.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    parcel, unit = _on_its_way(delivery, by, on)
    parcel.state, parcel.settled_on = ParcelState.RETURNED.value, on
    parcel.save(update_fields=["state", "settled_on"])
    record(Kind.DELIVERY_RETURNED, unit=unit, day=on, by=by, about=parcel.dossier, procedure=parcel.dossier.procedure.code)
    return parcel


def _on_its_way(delivery: Delivery | int, by: Person, on: date) -> tuple[Delivery, Unit]:
    pk = delivery if isinstance(delivery, int) else delivery.pk
    parcel = Delivery.objects.select_for_update(of=("self",)).select_related("dossier__procedure", "dossier__unit").get(pk=pk)
    unit = _holder(parcel.dossier, on)
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    handed_on = parcel.handed_on
    if parcel.state not in (ParcelState.HANDED.value, ParcelState.FAILED.value) or handed_on is None or on < handed_on:
        raise WrongParcelStep(
            gettext_noop("Kết quả của hồ sơ {number} không trên đường bưu điện ngày {day}."),
            number=parcel.dossier.number,
            day=f"{on:%d/%m/%Y}",
        )
    return parcel, unit


def _holder(dossier: Dossier, on: date) -> Unit:
    """Return who looks after a dossier on a day: its unit, or what became of that."""
    if dossier.unit.stands_on(on):
        return dossier.unit
    keeper = tree().keeper(dossier.unit_id, Line.ADMINISTRATION, on)
    return dossier.unit if keeper is None else Unit.objects.get(pk=keeper)
