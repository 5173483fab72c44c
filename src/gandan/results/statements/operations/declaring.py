"""Saying where a kind of work is done, from a day on."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, record, unchanged
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import require
from gandan.ground.organisations.rights import Right
from gandan.results.statements.models import Declaration
from gandan.results.statements.rules import Where, is_kind_of_work


class UnknownWork(Refused):
    """There is no such kind of work, or it can't be said from that day."""


@operation
def declare(*, unit: Unit, work: str, system: str, since: date, source: str, by: Person, on: date) -> Declaration:
    """Say that a unit does a kind of work here, or in another system, from a day on, until something else is said.

    :param work: the group of measures
    :param system: the other system's name; empty: here
    :raises NotAllowed: if `by` may not state figures of the unit
    :raises UnknownWork: if there is no such kind of work, no source, or it was said of a later day
    """
    require(Right.STATE_FIGURES, by=by, unit=unit, on=on)
    if not is_kind_of_work(work):
        raise UnknownWork(gettext_noop("Không có loại việc “{work}”."), work=work[:40])
    if not source.strip():
        raise UnknownWork(gettext_noop("Xin ghi văn bản hoặc thoả thuận làm căn cứ."))
    known = Declaration.objects.select_for_update().filter(unit=unit, work=work)
    if known.filter(during__startswith__gt=since).exists():
        raise UnknownWork(gettext_noop("Đã có khai báo từ một ngày sau đó."))
    before = known.filter(during__contains=since).first()
    if before is not None and (before.system, before.source) == (system.strip(), source.strip()):
        unchanged()
        return before
    if before is not None and before.during.lower == since:
        before.system, before.source, before.declared_on, before.declared_by = system.strip()[:120], source.strip()[:300], on, by
        before.save()
        made = before
    else:
        if before is not None:
            before.during = DateRange(before.during.lower, since)
            before.save(update_fields=["during"])
        made = Declaration.objects.create(
            unit=unit, work=work, system=system.strip()[:120], during=DateRange(since, None), source=source.strip()[:300],
            declared_on=on, declared_by=by,
        )  # fmt: skip
    where = Where.ELSEWHERE if made.system else Where.HERE
    record(Kind.WORK_DECLARED, about=made, unit=unit, day=on, by=by, work=work, where=where.value)
    return made
