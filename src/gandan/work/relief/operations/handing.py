"""Depots: filled, set aside from, and handed out from against a code that opens once. No stock falls below nothing."""

from collections.abc import Mapping
from datetime import date, datetime

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.operations import keep
from gandan.ground.promises.queries import open_about
from gandan.work.relief.flow import Offered, State
from gandan.work.relief.models import Depot, Emergency, Given, Need, Offer, Stock
from gandan.work.relief.operations.asking import check_step, free, offered, taken
from gandan.work.relief.operations.opening import ANSWER, TYPE, still_open
from gandan.work.relief.operations.opening import taken as taken_emergency
from gandan.work.relief.rules import Item, NotReady, digest_of


class NotEnough(Refused):
    """The depot has less than that."""


class UnknownCode(Refused):
    """The code opens nothing here."""


class AlreadyGiven(Refused):
    """What the code opened was handed out before."""


@operation
def set_depot(*, emergency: Emergency | int, unit: Unit, ward: Unit, name: str, by: Person, on: date) -> Depot:
    """Set up a depot that a unit keeps.

    :raises NotAllowed: if `by` may not work on relief at the unit
    :raises Ended: if the emergency has ended
    :raises NotReady: if it has no name
    """
    fresh = taken_emergency(emergency)
    require(Right.WRITE_RELIEF, by=by, unit=unit, on=on)
    still_open(fresh)
    if not name.strip():
        raise NotReady("name", gettext_noop("Ghi tên và nơi đặt kho."))
    made = Depot.objects.create(emergency=fresh, unit=unit, ward=ward, name=name.strip()[:160])
    record(Kind.DEPOT_SET, unit=unit, day=on, by=by, about=made)
    return made


@operation
def stock_up(*, depot: Depot | int, item: Item, amount: int, by: Person, on: date) -> Stock:
    """Note what came into a depot, or with a minus what is found missing.

    :raises NotAllowed: if `by` may not work on relief at its unit
    :raises NotEnough: if less would lie there than is set aside
    :raises NotReady: if it is nothing
    """
    held = _depot(depot, by, on)
    if not amount or abs(amount) > 1_000_000:
        raise NotReady("amount", gettext_noop("Ghi một số khác 0."))
    stock = _added(held, item, amount)
    if amount > 0:
        record(Kind.RELIEF_STOCKED, unit=held.unit, day=on, by=by, about=held, item=item.value, amount=amount)
    else:
        record(Kind.RELIEF_MISSED, unit=held.unit, day=on, by=by, about=held, item=item.value, amount=-amount)
    return stock


def _added(depot: Depot, item: Item, amount: int) -> Stock:
    Stock.objects.bulk_create([Stock(depot=depot, item=item.value)], ignore_conflicts=True)
    stock = Stock.objects.select_for_update().get(depot=depot, item=item.value)
    if stock.amount + amount < stock.set_aside:
        raise NotEnough(
            gettext_noop("Kho {depot} chỉ còn {left} chưa giữ cho ai."), depot=depot.name, left=stock.amount - stock.set_aside
        )
    stock.amount += amount
    stock.save(update_fields=["amount"])
    return stock


def _short(depot: Depot, left: int) -> NotEnough:
    return NotEnough(gettext_noop("Kho {depot} chỉ còn {left} chưa giữ cho ai."), depot=depot.name, left=left)


def _depot(depot: Depot | int, by: Person, on: date) -> Depot:
    pk = depot if isinstance(depot, int) else depot.pk
    found = Depot.objects.select_related("unit", "emergency").get(pk=pk)
    require(Right.WRITE_RELIEF, by=by, unit=found.unit, on=on)
    still_open(found.emergency)
    return found


@operation
def take_in(*, offer: Offer | int, depot: Depot | int, by: Person, on: date) -> Offer:
    """Take in what was offered: it lies in the depot now.

    :raises NotAllowed: if `by` may not work on relief where the offer was made, or at the depot
    :raises WrongState: if the offer was dealt with
    """
    fresh = offered(offer)
    require(Right.WRITE_RELIEF, by=by, unit=fresh.unit, on=on)
    held = _depot(depot, by, on)
    if held.emergency_id != fresh.emergency_id:
        raise UnknownCode(gettext_noop("Kho này thuộc đợt cứu trợ khác."))
    _added(held, Item(fresh.item), fresh.amount)
    fresh.state, fresh.depot = Offered.TAKEN_IN.value, held
    fresh.save()
    record(Kind.RELIEF_STOCKED, unit=held.unit, day=on, by=by, about=held, item=fresh.item, amount=fresh.amount)
    return fresh


@operation
def turn_down(*, offer: Offer | int, by: Person, on: date) -> Offer:
    """Decline an offer with thanks.

    :raises NotAllowed: if `by` may not work on relief where it was made
    :raises WrongState: if it was dealt with
    """
    fresh = offered(offer)
    require(Right.WRITE_RELIEF, by=by, unit=fresh.unit, on=on)
    fresh.state = Offered.DECLINED.value
    fresh.save()
    record(Kind.OFFER_DECLINED, unit=fresh.unit, day=on, by=by, about=fresh, item=fresh.item)
    return fresh


@operation
def set_aside(*, need: Need | int, depot: Depot | int, secret: str, by: Person, on: date) -> Need:
    """Keep what a household needs at a depot, under a code that opens it once.

    :param secret: eight digits, drawn at random
    :raises NotAllowed: if `by` may not work on relief at the need's unit
    :raises WrongState: if it does not wait
    :raises NotEnough: if the depot has less
    :raises Ended: if the emergency has ended
    """
    fresh = taken(need)
    require(Right.WRITE_RELIEF, by=by, unit=fresh.unit, on=on)
    still_open(fresh.emergency)
    check_step(fresh, State.SET_ASIDE)
    held = Depot.objects.get(pk=depot if isinstance(depot, int) else depot.pk)
    if held.emergency_id != fresh.emergency_id:
        raise UnknownCode(gettext_noop("Kho này thuộc đợt cứu trợ khác."))
    things = dict(fresh.wanted.values_list("item", "amount"))
    stocks = {one.item: one for one in _locked(held, things)}
    for item, amount in things.items():
        left = stocks[item].amount - stocks[item].set_aside if item in stocks else 0
        if left < amount:
            raise _short(held, left)
    for item, stock in stocks.items():
        stock.set_aside += things[item]
        stock.save(update_fields=["set_aside"])
    fresh.state, fresh.depot, fresh.secret, fresh.opened_by = State.SET_ASIDE.value, held, secret, digest_of(secret)
    fresh.save()
    record(Kind.NEED_SET_ASIDE, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


def _locked(depot: Depot, things: Mapping[str, int]) -> list[Stock]:
    return list(Stock.objects.select_for_update().filter(depot=depot, item__in=things).order_by("item"))


@operation
def give_back(*, need: Need | int, by: Person, on: date) -> Need:
    """Have a need wait again: nobody came for what was set aside.

    :raises NotAllowed: if `by` may not work on relief at its unit
    :raises WrongState: if nothing is set aside for it
    """
    fresh = taken(need)
    require(Right.WRITE_RELIEF, by=by, unit=fresh.unit, on=on)
    check_step(fresh, State.WAITING)
    free(fresh)
    fresh.state = State.WAITING.value
    fresh.save()
    record(Kind.NEED_RETURNED, unit=fresh.unit, day=on, by=by, about=fresh)
    return fresh


@operation
def hand_out(*, depot: Depot | int, secret: str, by: Person, on: date, at: datetime) -> Need:
    """Hand out what a code opens, once. Whoever comes second with it is told so.

    :raises NotAllowed: if `by` may not work on relief at the depot
    :raises UnknownCode: if it opens nothing at this depot
    :raises AlreadyGiven: if it was handed out before
    :raises Ended: if the emergency has ended
    """
    held = _depot(depot, by, on)
    fresh = Need.objects.select_for_update(of=("self",)).filter(depot=held, opened_by=digest_of(secret)).first()
    if fresh is None or not secret.strip():
        raise UnknownCode(gettext_noop("Mã này không mở được phần nào ở kho này. Xin xem lại từng số."))
    if fresh.state == State.GIVEN:
        raise AlreadyGiven(gettext_noop("Phần của mã này đã phát. Mỗi mã chỉ nhận một lần."))
    check_step(fresh, State.GIVEN)
    things = dict(fresh.wanted.values_list("item", "amount"))
    for stock in _locked(held, things):
        stock.amount -= things[stock.item]
        stock.set_aside -= things[stock.item]
        stock.save(update_fields=["amount", "set_aside"])
        record(Kind.RELIEF_HANDED_OUT, unit=held.unit, day=on, by=by, about=held, item=stock.item, amount=things[stock.item])
    fresh.state, fresh.ended_on, fresh.secret = State.GIVEN.value, on, ""
    fresh.save()
    Given.objects.create(need=fresh, depot=held, by=by, at=at)
    record(Kind.NEED_MET, unit=fresh.unit, day=on, by=by, about=fresh)
    owed = open_about(TYPE, [fresh.pk], ANSWER).get(fresh.pk)
    if owed is not None:
        keep(promise=owed, by=by, on=max(on, owed.changed_on))
    return fresh
