"""Whom people call at a body, from a day on."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.work.notices.models import Contact
from gandan.work.notices.queries.calling import Number


@operation
def set_contacts(*, unit: Unit, numbers: Sequence[Number], by: Person, on: date) -> None:
    """Say whom people call at a unit from this day on; what was said before ends.

    :raises NotAllowed: if `by` may not publish for the unit
    """
    require(Right.PUBLISH_NOTICES, by=by, unit=unit, on=on)
    Contact.objects.filter(unit=unit, during__startswith__gte=on).delete()
    for known in Contact.objects.filter(unit=unit, during__contains=on):
        known.during = DateRange(known.during.lower, on)
        known.save(update_fields=["during"])
    Contact.objects.bulk_create(
        Contact(
            unit=unit, what=one.what, officer=one.officer, phone=one.phone, hours=one.hours, position=nth,
            during=DateRange(on, None),
        )
        for nth, one in enumerate(numbers, start=1)
    )  # fmt: skip
    record(Kind.CONTACTS_SET, unit=unit, day=on, by=by)
