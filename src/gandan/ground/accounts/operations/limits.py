"""Limits on guessing: so many tries of one thing by one key within a time, counted by the database for all processes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from gandan.ground.accounts.models import Tried
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.organisations.models import Person

LONGEST = timedelta(days=2)
_TRY = """
    INSERT INTO accounts_tried AS t (key, since, times) VALUES (%(key)s, %(at)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        times = CASE WHEN t.since <= %(start)s THEN 1 ELSE least(t.times + 1, 1000000) END,
        since = CASE WHEN t.since <= %(start)s THEN excluded.since ELSE t.since END
    RETURNING times
"""


@dataclass(frozen=True)
class Limit:
    """How often something may be tried within a time."""

    what: str
    most: int
    within: timedelta


@operation
def try_once(*, limit: Limit, key: str, at: datetime, by: Person, on: date) -> bool:
    """Count a try and say whether it is still within the limit. It is counted even when it is not.

    Call it outside the transaction of what is tried: a try that is refused must stay counted.
    """
    unchanged()  # a try is no event of the office
    digest = salted_hmac(f"gandan.limits.{limit.what}", key, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_TRY, {"key": digest, "at": at, "start": at - limit.within})
        times: int = cursor.fetchone()[0]
    return times <= limit.most


@operation
def forget_tries(*, at: datetime, by: Person, on: date) -> int:
    """Forget tries that count no longer, and return how many keys that were."""
    unchanged()
    gone, _by_table = Tried.objects.filter(since__lt=at - LONGEST).delete()
    return gone
