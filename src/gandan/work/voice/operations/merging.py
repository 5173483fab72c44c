"""Doubles: one is worked on, each sender keeps a receipt, a day and the answer."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import NewEvent, operation, record, record_many
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.work.voice.flow import State
from gandan.work.voice.models import Case
from gandan.work.voice.operations.holding import ABOUT, taken, touched

AT_ONCE = 5000


class NotDoubles(Refused):
    """These can't be merged."""


@operation
def merge(*, into: Case | int, cases: Sequence[int], by: Person, on: date, at: datetime) -> int:
    """Merge open cases into another of the same kind and unit; return how many were. What was merged into them comes along.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if the one that is to be worked on was answered
    :raises NotDoubles: if some are of another kind or unit, or answered, or too many at once
    """
    main = taken(into, by, on)
    wanted = [number for number in dict.fromkeys(cases) if number != main.pk]
    found = list(Case.objects.open().select_for_update(of=("self",)).filter(pk__in=wanted, unit=main.unit_id, kind=main.kind))
    if main.merged_into_id is not None or not wanted or len(found) != len(wanted) or len(wanted) > AT_ONCE:
        raise NotDoubles(gettext_noop("Chỉ gộp được việc đang mở, cùng loại, cùng đơn vị, vào một việc chưa gộp vào việc khác."))
    numbers = [one.pk for one in found]
    further = list(Case.objects.filter(merged_into_id__in=numbers).values_list("pk", flat=True))
    Case.objects.filter(pk__in=[*numbers, *further]).update(
        merged_into=main, changed_at=at, version=F("version") + 1, state=State.WORKING.value
    )
    record_many([NewEvent(Kind.VOICE_MERGED, main.unit_id, on, by.pk, {"case": main.kind}, ABOUT, one.pk) for one in found])
    main.state = State.WORKING.value
    touched(main, at, "state")
    return len(found)


@operation
def part(*, case: Case | int, by: Person, on: date, at: datetime) -> Case:
    """Part a case from the one it was merged into: it was no double.

    :raises NotAllowed: if `by` may not work on such cases at the unit
    :raises WrongState: if it was answered
    :raises NotDoubles: if it isn't merged
    """
    fresh = taken(case, by, on)
    if fresh.merged_into_id is None:
        raise NotDoubles(gettext_noop("Việc {number} không gộp vào việc nào."), number=fresh.number)
    fresh.merged_into = None
    touched(fresh, at, "merged_into")
    record(Kind.VOICE_PARTED, about=fresh, unit=fresh.unit, day=on, by=by, case=fresh.kind)
    return fresh
