"""Changing how long records of a kind are kept."""

from datetime import date

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require_for_all, tops
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.models import KeepRule
from gandan.ground.privacy.queries import register

MOST = 1200  # months


class NotToBeSet(Refused):
    """The kind isn't in the register, or its time is said elsewhere."""


class BadTime(Refused):
    """Nothing is kept for no time, or for more than a hundred years."""


@operation
def keep_for(*, kind: str, months: int, source: str, by: Person, on: date) -> KeepRule:
    """Keep records of a kind for so many months, from today on. A later rule takes its place; what has been erased is gone.

    :param source: the decision that says so
    :raises NotAllowed: if `by` may not look after the ends of records
    :raises NotToBeSet: if the kind isn't in the register, or each record carries its own day
    :raises BadTime: if it is no time
    """
    require_for_all(Right.MANAGE_PRIVACY, by=by, on=on)
    known = register().kinds.get(kind)
    if known is None or known.keep.fixed or not known.keep.months:
        raise NotToBeSet(gettext_noop("Thời hạn của loại {kind} không đặt ở đây."), kind=kind)
    if not 1 <= months <= MOST:
        raise BadTime(gettext_noop("Chọn từ 1 đến {most} tháng."), most=MOST)
    unchanged()
    rule, _new = KeepRule.objects.update_or_create(
        kind=kind, since=on, defaults={"months": months, "source": source.strip(), "by": by}
    )
    for unit in tops(on)[:1]:
        record(Kind.PRIVACY_RULED, unit=unit, day=on, by=by, about=rule, records=kind)
    return rule
