"""How a result is to come: by post or at the counter, and where to; chosen by the applicant while it can still be changed."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.dossiers.models import Delivery, Dossier, ParcelState, Status
from gandan.work.dossiers.operations.parcels import WrongParcelStep, holder
from gandan.work.dossiers.operations.receipts import check_hand
from gandan.work.dossiers.rules.holders import phone_of
from gandan.work.dossiers.rules.reading import tidy

CHANGEABLE = (ParcelState.WANTED.value,)


class NoAddress(Refused):
    """A parcel goes to somebody, somewhere."""


@operation
def choose_post(
    *, dossier: Dossier, recipient: str, address: str, phone: str, by: Person, on: date, receipt: int | None = None
) -> Delivery:
    """Have the result brought by post, or to another address than before.

    :param receipt: the key of the receipt in hand, where it is the applicant who acts
    :raises NotAllowed: if `by` may not work on the unit's dossiers, and no live receipt is in hand
    :raises NoAddress: if recipient or address is missing, or too long to stand on a label
    :raises BadPhone: if the telephone number can't be one
    :raises WrongParcelStep: if the parcel is packed or gone, or the dossier was withdrawn
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=dossier.pk)
    check_hand(fresh, receipt, by, on)
    to, where = tidy(recipient), tidy(address)
    if not to or not where or len(to) > 200 or len(where) > 400:
        raise NoAddress(gettext_noop("Xin ghi đủ họ tên và địa chỉ nhận: số nhà, đường, phường, thành phố."))
    last = fresh.deliveries.order_by("-pk").first()
    waiting = last if last is not None and last.state in CHANGEABLE else None
    if fresh.status == Status.WITHDRAWN.value or (last is not None and waiting is None and last.state not in _ENDED):
        raise _too_late(fresh)
    parcel = waiting or Delivery(dossier=fresh, wanted_on=on)
    parcel.recipient, parcel.address, parcel.phone = to, where, phone_of(phone)
    parcel.save()
    kind = Kind.DELIVERY_REDIRECTED if waiting else Kind.DELIVERY_WANTED
    record(kind, unit=holder(fresh, on), day=on, by=by, about=fresh, procedure=fresh.procedure.code)
    return parcel


@operation
def choose_counter(*, dossier: Dossier, by: Person, on: date, receipt: int | None = None) -> Delivery:
    """Fetch the result at the counter after all.

    :param receipt: the key of the receipt in hand, where it is the applicant who acts
    :raises NotAllowed: if `by` may not work on the unit's dossiers, and no live receipt is in hand
    :raises WrongParcelStep: if no parcel waits at the office
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=dossier.pk)
    check_hand(fresh, receipt, by, on)
    parcel = fresh.deliveries.filter(state__in=CHANGEABLE).first()
    if parcel is None:
        raise _too_late(fresh)
    parcel.state, parcel.settled_on = ParcelState.DROPPED.value, on
    parcel.save(update_fields=["state", "settled_on"])
    record(Kind.DELIVERY_DROPPED, unit=holder(fresh, on), day=on, by=by, about=fresh, procedure=fresh.procedure.code)
    return parcel


_ENDED = (ParcelState.DROPPED.value, ParcelState.RETURNED.value)


def _too_late(dossier: Dossier) -> WrongParcelStep:
    return WrongParcelStep(
        gettext_noop("Kết quả của hồ sơ {number} đã giao bưu điện hoặc đã nhận, nên không đổi được cách nhận nữa."),
        number=dossier.number,
    )
