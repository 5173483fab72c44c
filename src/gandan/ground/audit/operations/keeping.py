"""Dropping what the log has kept long enough."""

from datetime import date

from django.db import connection

from gandan.ground.audit.models import Opening, Seal
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right

AT_LEAST = 12
AT_ONCE = 500


class TooYoung(Refused):
    """The log is kept for a year at least."""


@operation
def erase_reasons(*, before: date, but: frozenset[int], by: Person, on: date) -> list[int]:
    """Take the words out of what was opened before a day; that it was opened, when and by whom, stays as long as its alert.

    :raises NotAllowed: if `by` may not look after the ends of records
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    unchanged()
    ended = Opening.objects.filter(on__lt=before).exclude(reason="").exclude(pk__in=but).order_by("on", "pk")
    numbers = list(ended.values_list("pk", flat=True)[:AT_ONCE])
    Opening.objects.filter(pk__in=numbers).update(reason="")
    return numbers


@operation
def drop_ended(*, months: int, by: Person, on: date) -> list[date]:
    """Drop the months of the log that are more than `months` old, the oldest first, and return them.

    Of each there stays how much it held and where its chain ended; the log itself tells that it was dropped.

    :raises TooYoung: if less than a year would be kept
    """
    unchanged()
    if months < AT_LEAST:
        raise TooYoung(gettext_noop("Nhật ký phải được giữ ít nhất {months} tháng."), months=AT_LEAST)
    reached = on.year * 12 + on.month - 1 - months
    until = date(reached // 12, reached % 12 + 1, 1)
    ended = sorted(set(Seal.objects.filter(month__lt=until).values_list("month", flat=True)))
    for month in ended:
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_drop_month(%s, %s)", [month, by.pk])
            (gone,) = cursor.fetchone()
        note(What.MONTH_DROPPED, by=by, detail=f"{month:%Y-%m} {gone}")
    return ended
