"""Who sits at the desk with which key, and which tips that opens. It takes a role for the right, and a key for the text."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from gandan.ground.ledger.rules import gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import appointments, require_anywhere
from gandan.ground.organisations.rights import RIGHTS, Right
from gandan.work.tips.models import MemberKey, Tip
from gandan.work.tips.rules import About, Key, Seat, Side, UnknownTip, readers_of
from gandan.work.tips.vault import Vault

NEEDED = {
    Seat.DESK: Right.HANDLE_TIPS,
    Seat.CONDUCT: Right.WATCH_TIPS,
    Seat.CUSTODIAN: Right.KEEP_IDENTITIES,
    Seat.RECOVERY: Right.KEEP_IDENTITIES,
}


def vault() -> Vault:
    return Vault([Path(copy) for copy in settings.TIPS_VAULT])


def as_key(row: MemberKey) -> Key:
    return Key(
        seat=Seat(row.seat), side=Side(row.side), holder=row.holder, box=bytes(row.box), verify=bytes(row.verify),
        since=row.since, until=row.until, signature=bytes(row.signature),
    )  # fmt: skip


def current_keys(on: date, seats: Iterable[Seat] = tuple(Seat)) -> list[MemberKey]:
    """Return the keys that are trusted on a day: signed by the root, within their time, not removed."""
    rows = MemberKey.objects.filter(removed_on__isnull=True, seat__in=[seat.value for seat in seats]).order_by("holder", "id")
    return [row for row in rows if as_key(row).good(settings.TIPS_ROOT, on)]


def own_keys(by: Person, on: date) -> list[MemberKey]:
    """Return somebody's own keys for the seats to which a role of theirs still entitles them."""
    held = {one.role for one in appointments(by, on)}
    return [row for row in current_keys(on) if row.person == by.pk and held & RIGHTS[NEEDED[Seat(row.seat)]]]


def seats(by: Person, on: date) -> frozenset[Seat]:
    return frozenset(Seat(row.seat) for row in own_keys(by, on))


def opened_to(by: Person, on: date) -> QuerySet[Tip]:
    """Return the tips whose messages are sealed to a key of theirs."""
    mine = seats(by, on)
    return Tip.objects.filter(about__in=[about.value for about in About if readers_of(about) & mine])


def tip_for(number: str, by: Person, on: date) -> Tip:
    """:raises UnknownTip: if there is none by that number that is open to them"""
    found = opened_to(by, on).filter(number=number).first()
    if found is None:
        raise UnknownTip(gettext_noop("Không có tin nào mang số này ở phần việc của Ông/Bà."))
    return found


def at_the_desk(by: Person, on: date) -> None:
    """:raises NotAllowed: if no role of theirs is at the desk"""
    require_anywhere(Right.HANDLE_TIPS, by=by, on=on)


def home_of(by: Person, on: date) -> Unit:
    """Return the unit for which somebody acts here: where the role is held that brings them to the channel."""
    wanted = {role for right in set(NEEDED.values()) for role in RIGHTS[right]}
    unit = next((one.unit for one in appointments(by, on) if one.role in wanted), None)
    if unit is None:
        raise UnknownTip(gettext_noop("Ông/Bà không có phần việc ở bàn tin kín."))
    return Unit.objects.get(pk=unit)
