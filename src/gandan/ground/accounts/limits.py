"""How often a thing may be done: buckets in the database, shared by every process, for pages, the API and signing in.

    take(Limit("feedback", 5, timedelta(minutes=10)), address, at=now())

A bucket is one row and one statement. What it limits and whom is known by a keyed digest alone, and a row that is full again
says nothing: `forget` removes it. The table is not logged: after a crash of the server all buckets are full.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime
from math import ceil

from django.conf import settings
from django.db import connection

from gandan.ground.accounts.models import Bucket
from gandan.ground.accounts.rules import Limit, TooOften
from gandan.ground.ledger.rules import gettext_noop

WAIT = gettext_noop("Đã gửi quá nhiều lần trong thời gian ngắn. Xin thử lại sau {seconds} giây.")
_TAKE = """
    INSERT INTO accounts_bucket AS b (name, full_until) VALUES (%(name)s, %(after)s)
    ON CONFLICT (name) DO UPDATE SET full_until = greatest(b.full_until, %(at)s) + make_interval(secs => %(cost)s)
        WHERE greatest(b.full_until, %(at)s) + make_interval(secs => %(cost)s) <= %(room)s
    RETURNING true
"""


def take(limit: Limit, *whom: str, at: datetime, times: int = 1, said: str = WAIT) -> None:
    """Use up one of a limit, or several at once.

    :raises TooOften: if it is used up; it says in how many seconds there will be enough again
    """
    seconds = wait(limit, *whom, at=at, times=times, using=True)
    if seconds:
        raise TooOften(said, seconds=seconds)


def wait(limit: Limit, *whom: str, at: datetime, times: int = 1, using: bool = False) -> int:
    """Return in how many seconds so much of a limit will be left; 0 for now. With `using`, what is left is used up."""
    name, cost = _name(limit, whom), limit.each * times
    whole = max(limit.within, cost)
    if using:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, {"name": name, "at": at, "after": at + cost, "cost": cost.total_seconds(), "room": at + whole})
            if cursor.fetchone():
                return 0
    full_until = Bucket.objects.filter(pk=name).values_list("full_until", flat=True).first()
    missing = (full_until + cost - at - whole).total_seconds() if full_until else 0.0
    return max(ceil(missing), 1 if using else 0)


def refill(limit: Limit, *whom: str) -> None:
    """Let a bucket be full again."""
    Bucket.objects.filter(pk=_name(limit, whom)).delete()


def forget(*, before: datetime) -> int:
    """Remove the buckets that were full again before then, and return how many."""
    return Bucket.objects.filter(full_until__lt=before).delete()[0]


def address_of(meta: Mapping[str, str]) -> str:
    """Return from where a request came: the address that the outermost of our own proxies saw, or the socket's."""
    hops = [one.strip() for one in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return hops[-settings.PROXIES]
    return meta.get("REMOTE_ADDR", "")


def _name(limit: Limit, whom: tuple[str, ...]) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), "\0".join((limit.what, *whom)).encode(), "sha256")[:16]
