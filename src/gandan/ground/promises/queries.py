"""The one queue of what is owed, and what is owed about a record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Model, Q, QuerySet, Value, When

from gandan.ground.calendar.queries import working_calendar
from gandan.ground.calendar.rules import due_date, shift
from gandan.ground.ledger.prepared import asked
from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import visible_units
from gandan.ground.organisations.rights import Right
from gandan.ground.promises.kinds import PROMISE_KINDS, Receiver
from gandan.ground.promises.models import OPEN, Promise, Sweep
from gandan.ground.promises.rules import Group, State, usual_term

EVERYTHING = Q()
AT_RISK_WITHIN = 2  # working days before the due date
LATELY = timedelta(days=7)
QUEUED = (
    "id", "kind", "subject", "label", "about_type", "about_id", "owed_to", "unit_id", "officer_id", "made_on", "due_on",
    "first_due_on", "waiting_since", "unit__name", "officer__name", "group",
)  # fmt: skip


class NothingOwed(Refused):
    """Nothing of this kind is owed about the record."""


@dataclass(frozen=True)
class QueueRow:
    """An open promise as a queue shows it. Keep `after` to ask for what follows it."""

    id: int
    kind: str
    subject: str
    label: str
    about_type: str
    about_id: int
    owed_to: str
    unit_id: int
    unit_name: str
    officer_id: int | None
    officer_name: str
    made_on: date
    due_on: date
    first_due_on: date
    waiting_since: date | None
    group: Group

    @property
    def after(self) -> tuple[date, int]:
        return self.due_on, self.id


@dataclass(frozen=True)
class Counts:
    """How many open promises stand in each group."""

    overdue: int = 0
    today: int = 0
    at_risk: int = 0
    waiting: int = 0
    later: int = 0

    @property
    def open(self) -> int:
        return self.overdue + self.today + self.at_risk + self.waiting + self.later


def queue(
    viewer: Person,
    on: date,
    *,
    units: Collection[int] | None = None,
    officer: Person | None = None,
    kinds: Collection[str] | None = None,
    among: Q = EVERYTHING,
    group: Group | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[QueueRow]:
    """Return what is owed, the most pressing first, of what the viewer may see.

    :param units: only what these owe
    :param officer: only what this person is to do
    :param among: only these: `of_officers`, `of_nobody`, `about`
    :param after: where the page before ended (`QueueRow.after`)
    """
    wanted = _visible(viewer, on, units, officer, kinds).filter(among).annotate(group=_group(on))
    if group is not None:
        wanted = wanted.filter(group=group.value)
    if after is not None:
        wanted = wanted.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], pk__gt=after[1]), due_on__gte=after[0])
    return [
        QueueRow(**dict(zip(QUEUED, plain, strict=False)), unit_name=unit, officer_name=officer or "", group=Group(stands))
        for *plain, unit, officer, stands in wanted.order_by("due_on", "pk").values_list(*QUEUED)[:limit]
    ]


def counts(
    viewer: Person,
    on: date,
    *,
    units: Collection[int] | None = None,
    officer: Person | None = None,
    kinds: Collection[str] | None = None,
    among: Q = EVERYTHING,
) -> Counts:
    """Return how many promises stand in each group, of what the viewer may see."""
    return Counts(**_visible(viewer, on, units, officer, kinds).filter(among).aggregate(**_counted(_groups(on))))


def of_officers(people: Collection[int]) -> Q:
    """Narrow a queue to what these people are to do."""
    return Q(officer__in=list(people))


def of_nobody(staff: Collection[int]) -> Q:
    """Narrow a queue to what is nobody's, or somebody's who is no longer among the staff."""
    return Q(officer=None) | ~Q(officer__in=list(staff))


def given_lately(on: date) -> Q:
    """Narrow a queue to what somebody above or beside has given lately: nobody here has seen it begin."""
    return Q(owed_to__in=[Receiver.SUPERIOR.value, Receiver.PARTNER.value], made_on__gt=on - LATELY)


def about(subject: str) -> Q:
    """Narrow a queue to promises about one subject: a procedure, say."""
    return Q(subject=subject)


def counts_by_unit(
    viewer: Person, on: date, *, units: Collection[int] | None = None, kinds: Collection[str] | None = None
) -> dict[int, Counts]:
    """Return the same for each unit that owes anything."""
    counted = _counted(_groups(on))
    found = _visible(viewer, on, units, None, kinds).values("unit_id").annotate(**counted).order_by()
    return {unit: Counts(**dict(zip(counted, each, strict=True))) for unit, *each in found.values_list("unit_id", *counted)}


def assigned(person: Person, limit: int = 500) -> list[Promise]:
    """Return what somebody is to do, in every unit and from every package, the most pressing first."""
    return list(Promise.objects.filter(OPEN, officer=person).select_related("unit").order_by("due_on", "pk")[:limit])


def usual_due(kind: str, on: date, *, unit: Unit | None = None, clock: str = "answer") -> date:
    """Return by when something is usually owed that begins on a day, by the working days of who owes it."""
    return due_date(on, usual_term(kind, on, clock).term, working_calendar(unit))


def owed_about(record: Model, kind: str) -> Promise:
    """Return the open promise of a kind about a record.

    :raises NothingOwed: if there is none
    """
    found = Promise.objects.filter(OPEN, kind=kind, about_type=record._meta.label_lower, about_id=record.pk).first()
    if found is None:
        raise NothingOwed(gettext_noop("Không có việc phải làm loại này."))
    return found


def promises_about(record: Model) -> list[Promise]:
    """Return everything that was ever owed about a record, the oldest first."""
    about = Promise.objects.filter(about_type=record._meta.label_lower, about_id=record.pk)
    return list(about.select_related("unit", "officer").order_by("made_on", "pk"))


def still_open(about_type: str, kind: str) -> "QuerySet[Promise, Any]":
    """Return the records of one type about which such a promise is open, to be asked within another query."""
    return Promise.objects.filter(OPEN, kind=kind, about_type=about_type).values("about_id")


def open_about(about_type: str, records: Iterable[int], kind: str) -> dict[int, Promise]:
    """Return the open promises of a kind about many records of one type, by record."""
    found = Promise.objects.filter(OPEN, kind=kind, about_type=about_type, about_id__in=list(records))
    return {promise.about_id: promise for promise in found}


DAYS = ("due_on", "first_due_on", "changed_on", "settled_on", "overdue_on", "waiting_since", "next_on")
STANDING = (*DAYS, "state", "overdue_event", "reminded", "escalated", "officer_id")
_STANDING = f"SELECT id, {', '.join(STANDING)} FROM promises_promise WHERE about_type = %s AND about_id = %s ORDER BY id"


def standing_of(about: Model) -> list[dict[str, Any]]:
    """Return how all promises about a record stand, in values that JSON keeps."""
    found = asked(_STANDING, [about._meta.label_lower, about.pk])
    stands = (dict(zip(("id", *STANDING), row, strict=True)) for row in found)
    return [{name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in stands]


def open_across(days: Collection[date], kind: str) -> QuerySet[Promise]:
    """Return the open promises of a kind whose term contains one of these days, as when a holiday is declared late."""
    if not days:
        return Promise.objects.none()
    return Promise.objects.filter(OPEN, kind=kind, made_on__lt=max(days), due_on__gte=min(days)).order_by("pk")


def left_behind(on: date) -> QuerySet[Promise]:
    """Return the open promises of units that have ended: nobody has taken them over."""
    return Promise.objects.filter(OPEN, unit__closed_on__lte=on).select_related("unit").order_by("due_on", "pk")


def last_swept() -> date | None:
    """Return the day through which every promise that fell overdue is in the ledger; None before the first sweep."""
    return Sweep.objects.values_list("through", flat=True).get(pk=1)


def _visible(
    viewer: Person, on: date, units: Collection[int] | None, officer: Person | None, kinds: Collection[str] | None
) -> QuerySet[Promise]:
    """Return the open promises that a viewer may see: each kind at the units at which they have its right."""
    by_right: dict[Right, list[str]] = {}
    for kind in PROMISE_KINDS.values():
        if kinds is None or kind.code in kinds:
            by_right.setdefault(kind.right, []).append(kind.code)
    seen = Q(pk__in=[])
    for right, codes in by_right.items():
        allowed = visible_units(right, viewer, on)
        seen |= Q(kind__in=codes, unit__among=allowed if units is None else allowed & frozenset(units))
    open_ones = Promise.objects.filter(OPEN & seen)
    return open_ones if officer is None else open_ones.filter(officer=officer)


def _groups(on: date) -> dict[Group, Q]:
    """Return the condition of each group. They exclude each other, and the last takes what is left."""
    risky = shift(on, AT_RISK_WITHIN, working_calendar())
    running = Q(waiting_since__isnull=True)
    late = (running & Q(due_on__lt=on)) | Q(overdue_on__isnull=False)
    return {
        Group.OVERDUE: late,
        Group.WAITING: Q(waiting_since__isnull=False, overdue_on__isnull=True),
        Group.TODAY: running & Q(overdue_on__isnull=True, due_on=on),
        Group.AT_RISK: running & Q(overdue_on__isnull=True, due_on__gt=on, due_on__lte=risky),
        Group.LATER: running & Q(overdue_on__isnull=True, due_on__gt=risky),
    }


def _group(on: date) -> Case:
    whens = [When(condition, then=Value(group.value)) for group, condition in _groups(on).items()]
    return Case(*whens, output_field=CharField())


def _counted(conditions: dict[Group, Q]) -> dict[str, Count]:
    return {group.value: Count("pk", filter=condition) for group, condition in conditions.items()}


__all__ = [
    "Counts",
    "Group",
    "NothingOwed",
    "QueueRow",
    "State",
    "assigned",
    "counts",
    "counts_by_unit",
    "last_swept",
    "left_behind",
    "open_about",
    "open_across",
    "owed_about",
    "promises_about",
    "queue",
]


def open_at(units: Collection[int]) -> int:
    """Return how much these units owe that isn't settled."""
    return Promise.objects.filter(OPEN, unit_id__in=units).count()
