"""Needs and offers, for who takes them in their ward; and one's own, by its receipt."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gandan.ground.ledger.rules import NotAllowed, Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, rows
from gandan.ground.privacy.queries import Keepable, pk_of
from gandan.work.relief.flow import Offered, State
from gandan.work.relief.models import Need, Offer, Wanted
from gandan.work.relief.rules import Channel, Item, digest_of

Key = tuple[date, int]


class UnknownNeed(Refused):
    """There is no such need, or the code opens none."""


@dataclass(frozen=True)
class NeedRow:
    """What a household needs, as its desk sees it."""

    id: int
    number: str
    emergency: int
    unit: UnitRow
    ward: UnitRow
    channel: Channel
    name: str
    phone: str
    address: str
    heads: int
    wanted: dict[Item, int]
    state: State
    depot: int | None
    depot_name: str
    received_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Page:
    rows: Sequence[NeedRow]
    next: Key | None


@dataclass(frozen=True)
class OfferRow:
    """What somebody would give, as the desk sees it."""

    id: int
    emergency: int
    unit: UnitRow
    ward: UnitRow
    name: str
    phone: str
    item: Item
    amount: int
    state: Offered
    received_on: date


@dataclass(frozen=True)
class Held:
    """One's own need by its receipt: where it stands, and the code once something is set aside."""

    number: str
    title: str
    state: State
    wanted: dict[Item, int]
    depot_name: str
    secret: str
    received_on: date
    ended_on: date | None


@dataclass(frozen=True)
class OfferHeld:
    """One's own offer by its receipt."""

    number: str
    title: str
    state: Offered
    item: Item
    amount: int
    unit: UnitRow
    depot_name: str
    received_on: date


def needs(
    viewer: Person, on: date, *, emergency: int, state: State | None = None, ward: int | None = None, after: Key | None = None,
    limit: int = 50,
) -> Page:  # fmt: skip
    """Return a page of the needs that the viewer may see, those that have waited longest first."""
    found = Need.objects.visible_to(viewer, on).filter(emergency=emergency)
    if state is not None:
        found = found.filter(state=state.value)
    if ward is not None:
        found = found.filter(ward=ward)
    if after is not None:
        found = found.filter(Q(received_on__gt=after[0]) | Q(received_on=after[0], pk__gt=after[1]))
    page = list(found.select_related("depot").order_by("received_on", "id")[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    return Page(_rows(page), (page[-1].received_on, page[-1].pk) if more else None)


def need(number: int, viewer: Person, on: date) -> NeedRow:
    """Return one need.

    :raises UnknownNeed: if there is none of this number
    :raises NotAllowed: if the viewer may not see it
    """
    known = Need.objects.filter(pk=number).select_related("unit").first()
    if known is None:
        raise UnknownNeed(gettext_noop("Không có đăng ký cứu trợ số {number}."), number=number)
    found = list(Need.objects.visible_to(viewer, on).select_related("depot").filter(pk=number))
    if not found:
        raise NotAllowed(gettext_noop("Đăng ký này do {unit} tiếp nhận."), unit=known.unit.name)
    return _rows(found)[0]


def need_to_keep(number: str, viewer: Person, on: date) -> Keepable:
    """Return a need by its number (`CT-12`), to keep it beyond its time or let it go.

    :raises UnknownNeed: if there is none of this number
    :raises NotAllowed: if the viewer may not see it
    """
    found = Need.objects.select_related("unit").get(pk=need(pk_of(number), viewer, on).id)
    return Keepable(found, found.number, found.unit)


def numbers(ids: Collection[int], *, viewer: Person, on: date) -> dict[int, str]:
    """Return the numbers of those of these needs that the viewer may see."""
    return {one.pk: one.number for one in Need.objects.visible_to(viewer, on).filter(pk__in=ids)}


def _rows(page: Sequence[Need]) -> list[NeedRow]:
    units = rows({u for one in page for u in (one.unit_id, one.ward_id)})
    wanted = _wanted(page)
    return [
        NeedRow(
            one.pk, one.number, one.emergency_id, units[one.unit_id], units[one.ward_id], Channel(one.channel), one.name,
            one.phone, one.address, one.heads, wanted[one.pk], State(one.state), one.depot_id,
            one.depot.name if one.depot else "", one.received_on, one.ended_on,
        )
        for one in page
    ]  # fmt: skip


def _wanted(page: Sequence[Need]) -> dict[int, dict[Item, int]]:
    found: dict[int, dict[Item, int]] = defaultdict(dict)
    for one in Wanted.objects.filter(need__in=page).order_by("item") if page else ():
        found[one.need_id][Item(one.item)] = one.amount
    return found


def offers(viewer: Person, on: date, *, emergency: int, limit: int = 100) -> list[OfferRow]:
    """Return the offers that wait for an answer, of those that the viewer may see."""
    found = Offer.objects.visible_to(viewer, on).filter(emergency=emergency, state=Offered.OPEN.value)
    page = list(found.order_by("received_on", "id")[:limit])
    units = rows({u for one in page for u in (one.unit_id, one.ward_id)})
    return [
        OfferRow(
            one.pk, one.emergency_id, units[one.unit_id], units[one.ward_id], one.name, one.phone, Item(one.item), one.amount,
            Offered(one.state), one.received_on,
        )
        for one in page
    ]  # fmt: skip


def held(code: str) -> Held:
    """Return what a receipt opens.

    :raises UnknownNeed: if it opens nothing: mistyped, erased or never given, all answered alike
    """
    found = Need.objects.filter(receipt=digest_of(code)).select_related("depot", "emergency").first() if code else None
    if found is None:
        raise UnknownNeed(gettext_noop("Không mở được bằng mã này. Xin xem lại từng số; đợt đã xoá dữ liệu thì không còn."))
    return Held(
        found.number, found.emergency.title, State(found.state), _wanted([found])[found.pk],
        found.depot.name if found.depot else "", found.secret, found.received_on, found.ended_on,
    )  # fmt: skip


def opens(code: str) -> bool:
    """Say whether a receipt opens anything."""
    receipt = digest_of(code)
    return Need.objects.filter(receipt=receipt).exists() or Offer.objects.filter(receipt=receipt).exists()


def held_offer(code: str) -> OfferHeld | None:
    """Return the offer that a receipt opens; None if it opens none."""
    found = Offer.objects.filter(receipt=digest_of(code)).select_related("depot", "emergency").first() if code else None
    if found is None:
        return None
    return OfferHeld(
        found.number, found.emergency.title, Offered(found.state), Item(found.item), found.amount,
        rows({found.unit_id})[found.unit_id], found.depot.name if found.depot else "", found.received_on,
    )  # fmt: skip


def wanted_by(number: int) -> dict[Item, int]:
    """Return what a need wants: things and numbers alone."""
    return {Item(one.item): one.amount for one in Wanted.objects.filter(need=number).order_by("item")}
