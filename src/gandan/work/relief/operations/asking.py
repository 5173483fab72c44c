"""Households ask for help, others offer it: on a page, by telephone, at the desk. Each gets a receipt, once."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import Receiver
from gandan.ground.promises.operations import drop, owe
from gandan.ground.promises.queries import open_about
from gandan.work.relief.flow import Offered, State, may_follow
from gandan.work.relief.models import Area, Emergency, Need, Offer, Stock, Wanted
from gandan.work.relief.operations.opening import ANSWER, TYPE, still_open
from gandan.work.relief.rules import (
    Channel,
    Item,
    NotReady,
    check_household,
    digest_of,
    phone_of,
    wanted_of,
)

WITHIN = timedelta(days=2)


class AlreadyAsked(Refused):
    """The household has asked already and is waited on."""


class NobodyOpens(Refused):
    """No emergency holds in the ward."""


class WrongState(Refused):
    """The need does not stand where this can be done."""


@operation
def ask(
    *, emergency: Emergency | int, ward: Unit, wanted: Mapping[Item, int], name: str, phone: str, address: str, heads: int,
    code: str, channel: Channel, by: Person, on: date, once: str = "",
) -> Need:  # fmt: skip
    """Take down what a household needs. The same form a second time is answered with the need it became.

    :param code: the receipt's sixteen digits, drawn at random; a digest of them is kept
    :raises NotAllowed: if an officer enters it who may not work on relief in the ward
    :raises NotReady: if something is missing or can't be so; it says in which field
    :raises NobodyOpens: if the emergency does not hold in the ward
    :raises Ended: if it has ended
    :raises AlreadyAsked: if the household has an open need
    """
    mark = _mark(by, once)
    if mark and (known := Need.objects.filter(once=mark).first()):
        unchanged()
        return known
    area = _area(emergency, ward)
    if channel is not Channel.ONLINE:
        require(Right.WRITE_RELIEF, by=by, unit=area.unit, on=on)
    things = wanted_of(wanted)
    check_household(name, address, heads)
    need = Need(
        emergency=area.emergency, unit=area.unit, ward=area.ward, receipt=digest_of(code), once=mark, channel=channel.value,
        name=name.strip()[:200], phone=phone_of(phone), address=address.strip()[:400], heads=heads, received_on=on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            need.save()
    except IntegrityError:
        raise AlreadyAsked(
            gettext_noop("Số điện thoại này đã có một lần đăng ký đang chờ. Mỗi hộ một lần, nhận xong có thể đăng ký tiếp.")
        ) from None
    Wanted.objects.bulk_create(Wanted(need=need, item=item.value, amount=amount) for item, amount in things.items())
    record(Kind.NEED_RECEIVED, unit=need.unit, day=on, by=by, about=need, channel=channel.value)
    owe(
        kind=ANSWER, about=need, label=need.number, owed_to=Receiver.CITIZEN, unit=need.unit, due_on=on + WITHIN, by=by, on=on,
    )  # fmt: skip
    return need


def _mark(by: Person, once: str) -> str:
    return hashlib.sha256(f"{by.pk} {once}".encode()).hexdigest() if once else ""


def _area(emergency: Emergency | int, ward: Unit) -> Area:
    pk = emergency if isinstance(emergency, int) else emergency.pk
    found = Area.objects.select_related("emergency", "unit", "ward").filter(emergency=pk, ward=ward).first()
    if found is None:
        raise NobodyOpens(gettext_noop("Không có đợt cứu trợ nào ở {ward}."), ward=ward.name)
    still_open(found.emergency)
    return found


@operation
def offer(
    *, emergency: Emergency | int, ward: Unit, item: Item, amount: int, name: str, phone: str, code: str, by: Person, on: date,
    once: str = "", entered: bool = False,
) -> Offer:  # fmt: skip
    """Take down what somebody would give. The same form a second time is answered with the offer it became.

    :param entered: by an officer, for somebody who telephoned or came
    :raises NotAllowed: if an officer enters it who may not work on relief in the ward
    :raises NotReady: if something is missing or can't be so; it says in which field
    :raises NobodyOpens: if the emergency does not hold in the ward
    :raises Ended: if it has ended
    """
    mark = _mark(by, once)
    if mark and (known := Offer.objects.filter(once=mark).first()):
        unchanged()
        return known
    area = _area(emergency, ward)
    if entered:
        require(Right.WRITE_RELIEF, by=by, unit=area.unit, on=on)
    if not name.strip():
        raise NotReady("name", gettext_noop("Xin ghi tên người hoặc tổ chức."))
    if not 0 < amount <= 1_000_000:
        raise NotReady("amount", gettext_noop("Ghi một số lớn hơn 0."))
    made = Offer.objects.create(
        emergency=area.emergency, unit=area.unit, ward=area.ward, receipt=digest_of(code), once=mark, name=name.strip()[:200],
        phone=phone_of(phone), item=item.value, amount=amount, received_on=on,
    )  # fmt: skip
    record(Kind.OFFER_RECEIVED, unit=made.unit, day=on, by=by, about=made, item=item.value, amount=amount)
    return made


@operation
def withdraw(*, code: str, by: Person, on: date) -> Need:
    """Take a need back, by its receipt: what was set aside for it is free again.

    :raises WrongState: if no open need has this receipt
    """
    found = Need.objects.select_for_update(of=("self",)).filter(receipt=digest_of(code)).select_related("unit").first()
    if found is None:
        raise WrongState(gettext_noop("Không mở được bằng mã này. Xin xem lại từng số."))
    return _close(found, State.WITHDRAWN, Kind.NEED_WITHDRAWN, by, on)


@operation
def decline(*, need: Need | int, by: Person, on: date) -> Need:
    """Close a need that won't be met: asked twice, met elsewhere, nobody there.

    :raises NotAllowed: if `by` may not work on relief at its unit
    :raises WrongState: if it is no longer open
    """
    fresh = taken(need)
    require(Right.WRITE_RELIEF, by=by, unit=fresh.unit, on=on)
    return _close(fresh, State.DECLINED, Kind.NEED_DECLINED, by, on)


def _close(need: Need, state: State, kind: Kind, by: Person, on: date) -> Need:
    check_step(need, state)
    free(need)
    need.state, need.ended_on = state.value, on
    need.save()
    owed = open_about(TYPE, [need.pk], ANSWER).get(need.pk)
    if owed is not None:
        drop(promise=owed, by=by, on=max(on, owed.changed_on))
    record(kind, unit=need.unit, day=on, by=by, about=need)
    return need


def check_step(need: Need, then: State) -> None:
    """:raises WrongState: if a need can't go there"""
    if not may_follow(State(need.state), then):
        raise WrongState(gettext_noop("Đăng ký {number} không còn ở bước này. Xin tải lại trang."), number=need.number)


def free(need: Need) -> None:
    """Put back what was set aside for a need."""
    if need.state == State.SET_ASIDE:
        things = dict(need.wanted.values_list("item", "amount"))
        for stock in Stock.objects.select_for_update().filter(depot=need.depot_id, item__in=things).order_by("item"):
            stock.set_aside -= things[stock.item]
            stock.save(update_fields=["set_aside"])
    need.depot, need.secret, need.opened_by = None, "", ""


def taken(need: Need | int) -> Need:
    """Return a need as it is now, and keep others from it until our transaction ends."""
    pk = need if isinstance(need, int) else need.pk
    return Need.objects.select_for_update(of=("self",)).select_related("unit", "emergency").get(pk=pk)


def offered(offer: Offer | int) -> Offer:
    """:raises WrongState: if an offer was taken in or declined already"""
    pk = offer if isinstance(offer, int) else offer.pk
    found = Offer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if found.state != Offered.OPEN:
        raise WrongState(gettext_noop("Lời góp này đã được xử lý."))
    return found
