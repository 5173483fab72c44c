"""Results on their way by post, as the office knows of them: handed over, delivered, failed, returned, collected."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import Delivery, Dossier, ParcelState
from gandan.work.dossiers.operations.parcels import AWAY, WrongParcelStep, check_result, follow, hand, holder, locked
from gandan.work.dossiers.rules.parcels import Scanned
from gandan.work.dossiers.rules.reading import tidy

GONE = (*AWAY[:2], ParcelState.DELIVERED.value, ParcelState.COLLECTED.value)


@operation
def hand_to_post(*, dossier: Dossier | int, by: Person, on: date, tracking: str = "") -> Delivery:
    """Hand a result to the post. One that came back, or failed, may be handed over again as a new parcel.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises NoResultYet: if there is no result by that day
    :raises WrongParcelStep: if a parcel is on a list, on its way, or was delivered
    """
    pk = dossier if isinstance(dossier, int) else dossier.pk
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=pk)
    require(Right.WRITE_DOSSIERS, by=by, unit=holder(fresh, on), on=on)
    check_result(fresh, on)
    last = fresh.deliveries.order_by("-pk").first()
    if last is not None and last.state in (*GONE, ParcelState.PACKED.value):
        raise WrongParcelStep(gettext_noop("Kết quả của hồ sơ {number} đã giao bưu điện."), number=fresh.number)
    if last is not None and last.state == ParcelState.WANTED.value:
        parcel = last
    else:
        parcel = Delivery(dossier=fresh, wanted_on=on)
        if last is not None:
            parcel.recipient, parcel.address, parcel.phone = last.recipient, last.address, last.phone
    if last is not None and last.state == ParcelState.FAILED.value:  # what found nobody goes back before it goes out again
        last.dossier = fresh
        follow(last, Scanned.RETURNED, on, by)
    parcel.dossier, parcel.tracking = fresh, tidy(tracking) or parcel.tracking
    hand(parcel, on, by)
    return parcel


@operation
def deliver(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post has delivered a result: in time by the post's own term, or late.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    return _followed(delivery, Scanned.DELIVERED, by, on)


@operation
def fail(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post found nobody. It tries again, or brings the result back.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    return _followed(delivery, Scanned.FAILED, by, on)


@operation
def return_to_office(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the post has brought a result back.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if the parcel is not on its way
    """
    return _followed(delivery, Scanned.RETURNED, by, on)


@operation
def collect(*, delivery: Delivery | int, by: Person, on: date) -> Delivery:
    """Note that the applicant has fetched at the counter what the post had brought back.

    :raises NotAllowed: if `by` may not work on the unit's dossiers
    :raises WrongParcelStep: if it has not come back by that day
    """
    parcel = locked(delivery)
    unit = holder(parcel.dossier, on)
    require(Right.WRITE_DOSSIERS, by=by, unit=unit, on=on)
    if parcel.state != ParcelState.RETURNED.value or parcel.settled_on is None or on < parcel.settled_on:
        raise WrongParcelStep(gettext_noop("Bưu điện chưa hoàn trả kết quả của hồ sơ {number}."), number=parcel.dossier.number)
    parcel.state, parcel.settled_on = ParcelState.COLLECTED.value, on
    parcel.save(update_fields=["state", "settled_on"])
    record(Kind.DELIVERY_COLLECTED, unit=unit, day=on, by=by, about=parcel.dossier, procedure=parcel.dossier.procedure.code)
    return parcel


def _followed(delivery: Delivery | int, what: Scanned, by: Person, on: date) -> Delivery:
    parcel = locked(delivery)
    require(Right.WRITE_DOSSIERS, by=by, unit=holder(parcel.dossier, on), on=on)
    if parcel.state not in AWAY or parcel.handed_on is None or on < parcel.handed_on:
        raise WrongParcelStep(
            gettext_noop("Kết quả của hồ sơ {number} không trên đường bưu điện ngày {day}."),
            number=parcel.dossier.number,
            day=f"{on:%d/%m/%Y}",
        )
    follow(parcel, what, on, by)
    return parcel
