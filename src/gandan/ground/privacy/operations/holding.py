"""Keeping a record beyond its time, with a reason and an end."""

from datetime import date

from django.db.models import Model

from gandan.ground.calendar.rules.terms import months_after
from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.ledger.rules import CODE, Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.ground.privacy.models import STANDING, Hold

LONGEST = 24  # months; whoever still needs the record then says so again


class AlreadyHeld(Refused):
    """The record is held already."""


class NotHeld(Refused):
    """Nothing holds the record."""


class EndsTooLate(Refused):
    """A hold ends by itself within two years."""


@operation
def hold(
    *, about: Model, unit: Unit, reason: str, until: date, by: Person, on: date, right: Right = Right.HANDLE_REQUESTS
) -> Hold:
    """Keep a record until a day, however long its time has been up. Whose record it is its package has looked at.

    :param reason: a code, such as `complaint`
    :param right: what its package asks of who keeps it
    :raises NotAllowed: if `by` doesn't have the right at the unit
    :raises AlreadyHeld: if something holds it
    :raises EndsTooLate: if it would be held for more than two years, or end before it begins
    """
    require(right, by=by, unit=unit, on=on)
    if not CODE.match(reason):
        raise ValueError(f"The reason of a hold is a short code, not {reason!r}.")
    latest = months_after(on, LONGEST)
    if not on <= until <= latest:
        raise EndsTooLate(gettext_noop("Chọn ngày cuối từ hôm nay đến {latest}."), latest=f"{latest:%d/%m/%Y}")
    about_type = about._meta.label_lower
    standing = Hold.objects.filter(STANDING, about_type=about_type, about_id=about.pk)
    standing.filter(until__lt=on).update(lifted_on=on)
    if standing.exists():
        raise AlreadyHeld(gettext_noop("Bản ghi này đang được giữ rồi."))
    held = Hold.objects.create(
        about_type=about_type, about_id=about.pk, unit=unit, right=right.value, reason=reason, since=on, until=until, by=by
    )
    record(Kind.PRIVACY_HELD, unit=unit, day=on, by=by, about=about, reason=reason)
    return held


@operation
def release(*, about: Model, unit: Unit, by: Person, on: date, right: Right = Right.HANDLE_REQUESTS) -> None:
    """Let a record end when its time is up.

    :raises NotAllowed: if `by` doesn't have the right at the unit
    :raises NotHeld: if nothing holds it
    """
    require(right, by=by, unit=unit, on=on)
    standing = Hold.objects.filter(STANDING, about_type=about._meta.label_lower, about_id=about.pk)
    if not standing.update(lifted_on=on):
        raise NotHeld(gettext_noop("Bản ghi này không được giữ quá thời hạn."))
    record(Kind.PRIVACY_RELEASED, unit=unit, day=on, by=by, about=about)
