"""A case in an officer's hands: taken with a lock, with the right to it, as it was when they looked."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import F

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import require
from gandan.work.voice.flow import OPEN, State, WrongState
from gandan.work.voice.kinds import KINDS, CaseKind
from gandan.work.voice.models import Case

ABOUT = Case._meta.label_lower


class ChangedMeanwhile(Refused):
    """Somebody else has done something with the case since it was looked at."""


def taken(case: Case | int, by: Person, on: date, *, among: Collection[State] = OPEN, seen: int | None = None) -> Case:
    """Return a case to work on, and let nobody else until our transaction ends.

    :raises NotAllowed: if `by` may not work on such cases at its unit
    :raises WrongState: if it stands otherwise
    :raises ChangedMeanwhile: if it is no longer as it was seen
    """
    fresh = locked(case)
    require(KINDS[CaseKind(fresh.kind)].work, by=by, unit=fresh.unit, on=on)
    check(fresh, among, seen)
    return fresh


def locked(case: Case | int) -> Case:
    number = case if isinstance(case, int) else case.pk
    return Case.objects.select_for_update(of=("self",)).select_related("unit", "service").get(pk=number)


def check(case: Case, among: Collection[State], seen: int | None = None) -> None:
    if State(case.state) not in among:
        raise WrongState(gettext_noop("Việc {number} không còn ở bước làm được điều này."), number=case.number)
    if seen is not None and seen != case.version:
        raise ChangedMeanwhile(
            gettext_noop("Việc {number} vừa có người khác xử lý. Xin xem lại rồi làm tiếp."), number=case.number
        )


def touched(case: Case, at: datetime, *fields: str) -> None:
    """Save what has changed of a case, and that it has."""
    case.changed_at = at
    case.version += 1
    case.save(update_fields=[*fields, "changed_at", "version"])


def touch(case: Case, at: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(changed_at=at, version=F("version") + 1)
    case.version += 1
