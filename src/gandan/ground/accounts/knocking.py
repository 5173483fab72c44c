"""Who knocks with a key. One indexed read a request; what is counted and noted is written once for many requests."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from gandan.ground.accounts import limits
from gandan.ground.accounts.models import ProgramKey
from gandan.ground.accounts.rules import SECRET, Limit, TooOften, digest_of, opens
from gandan.ground.ledger.prepared import Table, asked
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.rights import Right, Scope

NOTED_EVERY = timedelta(minutes=1)
SHARE = 30  # a process takes this part of a minute's calls at once
WRONG_KEYS = Limit("wrong key", 30, timedelta(minutes=1))  # from one address


class KeyRefused(Refused):
    """The key is unknown, has expired or was revoked."""


class OperationClosed(Refused):
    """The key is not for this operation."""


@dataclass(frozen=True)
class Visitor:
    """A program that has shown its key. The person carries the key's scope, which the rights heed."""

    person: Person
    key: int
    operations: tuple[str, ...]

    def check(self, operation: str) -> None:
        """:raises OperationClosed: if the key is not for this operation of the API"""
        if not opens(self.operations, operation):
            raise OperationClosed(gettext_noop("Khoá này không mở thao tác {operation}."), operation=operation)


def visitor(secret: str, *, address: str, at: datetime) -> Visitor:
    """Return whose key this is.

    :raises KeyRefused: if it is unknown, has expired or was revoked
    :raises TooOften: if the key is used more often than agreed, or wrong ones are tried from this address
    """
    key = _find(secret)
    if key is None:
        limits.take(WRONG_KEYS, address, at=at)
        raise KeyRefused(gettext_noop("Khoá không đúng."))
    if key.revoked_at is not None or not key.program.is_active:
        raise KeyRefused(gettext_noop("Khoá {prefix} đã bị thu hồi."), prefix=key.prefix)
    if key.expires_at <= at:
        raise KeyRefused(gettext_noop("Khoá {prefix} đã hết hạn."), prefix=key.prefix)
    _allowances.use(key, at)
    key.program.scope = Scope(frozenset(map(Right, key.rights)), frozenset(key.units))
    return Visitor(key.program, key.pk, tuple(key.operations))


KEY, PERSON = Table(ProgramKey, "k"), Table(Person, "p")
_FIND = f"""
    SELECT {KEY.columns}, {PERSON.columns}
    FROM accounts_programkey k JOIN organisations_person p ON p.id = k.program_id WHERE k.digest = %s
"""


def _find(secret: str) -> ProgramKey | None:
    if not SECRET.match(secret):
        return None
    for row in asked(_FIND, [digest_of(secret)]):
        key = KEY.record(row)
        key.program = PERSON.record(row, KEY.width)
        return key
    return None


@dataclass(frozen=True)
class Allowance:
    """What this process has taken of a key's calls and not used yet."""

    left: int
    until: datetime
    noted_at: datetime


class Allowances:
    """By key: calls taken from the shared bucket some at a time, so that most requests write nothing."""

    def __init__(self) -> None:
        self._held: dict[bytes, Allowance] = {}
        self._changing = Lock()

    def use(self, key: ProgramKey, at: datetime) -> None:
        digest = bytes(key.digest)
        with self._changing:
            held = self._held.get(digest)
            if held is not None and held.left > 0 and held.noted_at <= at < held.until:
                self._held[digest] = replace(held, left=held.left - 1)
                return
        taken = _take(key, at)
        if key.last_used_at is None or key.last_used_at + NOTED_EVERY <= at:
            ProgramKey.objects.filter(pk=key.pk).update(last_used_at=at)
        with self._changing:
            if len(self._held) > 10_000:
                self._held.clear()
            self._held[digest] = Allowance(taken - 1, at + timedelta(seconds=60 / SHARE), at)


def _take(key: ProgramKey, at: datetime) -> int:
    """Take some calls at once; near the end of what is allowed, one."""
    limit, some = Limit("key", key.per_minute, timedelta(minutes=1)), max(1, key.per_minute // SHARE)
    try:
        limits.take(limit, key.prefix, at=at, times=some)
    except TooOften:
        limits.take(limit, key.prefix, at=at)
        return 1
    return some


_allowances = Allowances()
