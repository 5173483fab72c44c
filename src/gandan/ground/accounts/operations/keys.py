"""Keys of programs: made, rotated, revoked. The secret is returned once and kept nowhere."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gandan.ground.accounts.models import ProgramKey
from gandan.ground.accounts.queries.keys import UnknownKey
from gandan.ground.accounts.rules import LONGEST_LIFE, LONGEST_OVERLAP, OPERATION, digest_of
from gandan.ground.audit.operations import tell_of_key
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.queries import rights as rights_of
from gandan.ground.organisations.rights import ABOUT_PEOPLE, Right
from gandan.ground.organisations.rules import Nature

ALPHABET = string.ascii_lowercase + string.digits


class NotAProgram(Refused):
    """A key belongs to a program; people sign in."""


class UnfitKey(Refused):
    """A key opens named rights at named units, for a limited time and at a limited rate."""


class KeyEnded(Refused):
    """The key was revoked or has expired."""


@dataclass(frozen=True)
class NewKey:
    """A key, and the secret that is shown this once."""

    key: ProgramKey
    secret: str


@operation
def make_key(
    *,
    program: Person,
    label: str,
    rights: Sequence[Right],
    units: Sequence[Unit],
    by: Person,
    on: date,
    at: datetime,
    operations: Sequence[str] = (),
    days: int = 365,
    per_minute: int = 600,
) -> NewKey:
    """Give a program a key that opens a part of what its appointments allow.

    :raises NotAllowed: if `by` may not manage keys at each of the units
    :raises NotAProgram: if it is somebody else's account
    :raises UnfitKey: if it would open nothing, or something that the program may not do, or without end
    """
    for unit in units:
        require(Right.MANAGE_KEYS, by=by, unit=unit, on=on)
    if program.nature != Nature.PROGRAM or not program.is_active:
        raise NotAProgram(gettext_noop("{name} không phải tài khoản của một chương trình đang dùng."), name=program.name)
    _check(program, label, rights, units, operations, days, per_minute, on)
    new = _make(
        program=program,
        label=label.strip(),
        rights=sorted({right.value for right in rights}),
        operations=sorted(set(operations)),
        units=sorted({unit.pk for unit in units}),
        per_minute=per_minute,
        made_at=at,
        made_by=by,
        expires_at=at + timedelta(days=days),
    )
    record(Kind.KEY_MADE, unit=units[0], day=on, by=by, about=new.key)
    if ABOUT_PEOPLE.intersection(rights):
        tell_of_key(unit=units[0], label=label.strip(), by=by, on=on)
    return new


@operation
def rotate_key(*, prefix: str, by: Person, on: date, at: datetime, overlap: int = 7) -> NewKey:
    """Give a successor to a key, which itself holds for some days more, so that the program can change over.

    :raises NotAllowed: if `by` may not manage keys at each of its units
    :raises UnknownKey: if there is no such key
    :raises KeyEnded: if it doesn't hold any more
    :raises UnfitKey: if both are to hold for too long
    """
    key, units = _held(prefix, at, by, on)
    if not 0 <= overlap <= LONGEST_OVERLAP:
        raise UnfitKey(gettext_noop("Khoá cũ chỉ được dùng thêm tối đa {days} ngày."), days=LONGEST_OVERLAP)
    same = {name: getattr(key, name) for name in ("program", "label", "rights", "operations", "units", "per_minute")}
    life = key.expires_at - key.made_at
    key.expires_at = min(key.expires_at, at + timedelta(days=overlap))
    key.save(update_fields=["expires_at"])
    new = _make(**same, made_at=at, made_by=by, expires_at=at + life, replaces=key)
    record(Kind.KEY_MADE, unit=units[0], day=on, by=by, about=new.key)
    if ABOUT_PEOPLE.intersection(Right(one) for one in key.rights):
        tell_of_key(unit=units[0], label=key.label, by=by, on=on)
    return new


@operation
def revoke_key(*, prefix: str, by: Person, on: date, at: datetime) -> ProgramKey:
    """End a key at once.

    :raises NotAllowed: if `by` may not manage keys at each of its units
    :raises UnknownKey: if there is no such key
    :raises KeyEnded: if it doesn't hold any more
    """
    key, units = _held(prefix, at, by, on)
    key.revoked_at, key.revoked_by = at, by
    key.save(update_fields=["revoked_at", "revoked_by"])
    record(Kind.KEY_REVOKED, unit=units[0], day=on, by=by, about=key)
    return key


def _held(prefix: str, at: datetime, by: Person, on: date) -> tuple[ProgramKey, list[Unit]]:
    key = ProgramKey.objects.select_for_update(of=("self",)).select_related("program").filter(prefix=prefix).first()
    if key is None:
        raise UnknownKey(gettext_noop("Không có khoá {prefix}."), prefix=prefix)
    units = list(Unit.objects.filter(pk__in=key.units).order_by("pk"))
    for unit in units:
        require(Right.MANAGE_KEYS, by=by, unit=unit, on=on)
    if key.revoked_at is not None or key.expires_at <= at:
        raise KeyEnded(gettext_noop("Khoá {prefix} đã hết hiệu lực."), prefix=prefix)
    return key, units


def _make(**values: object) -> NewKey:
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(8))
    secret = f"gd_{prefix}_{secrets.token_urlsafe(32)}"
    return NewKey(ProgramKey.objects.create(prefix=prefix, digest=digest_of(secret), **values), secret)


def _check(
    program: Person,
    label: str,
    rights: Sequence[Right],
    units: Sequence[Unit],
    operations: Sequence[str],
    days: int,
    per_minute: int,
    on: date,
) -> None:
    if not label.strip():
        raise UnfitKey(gettext_noop("Xin ghi khoá dùng để làm gì."))
    if not rights or not units:
        raise UnfitKey(gettext_noop("Khoá phải có ít nhất một quyền và một đơn vị."))
    missing = set(rights) - rights_of(program, on)
    if missing:
        raise UnfitKey(
            gettext_noop("{name} chưa được phân công quyền {right}."), name=program.name, right=sorted(missing)[0].value
        )
    wrong = [one for one in operations if not OPERATION.match(one)]
    if wrong:
        raise UnfitKey(gettext_noop("{operation} không phải tên thao tác của API."), operation=wrong[0])
    if not 1 <= days <= LONGEST_LIFE:
        raise UnfitKey(gettext_noop("Khoá có hạn từ 1 đến {days} ngày."), days=LONGEST_LIFE)
    if not 1 <= per_minute <= 1_000_000:
        raise UnfitKey(gettext_noop("Số lần gọi mỗi phút phải từ 1 đến 1.000.000."))
