"""Emergencies: those that go on, those that were; their wards and what was done in each. Nothing of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.queries import UnitRow, require_anywhere, rows
from gandan.ground.organisations.rights import Right
from gandan.work.relief.flow import OPEN, State
from gandan.work.relief.models import Area, Emergency, Need
from gandan.work.relief.rules import Disaster


class UnknownEmergency(Refused):
    """There is no emergency of this number."""


@dataclass(frozen=True)
class Ward:
    """A ward of an emergency: who takes needs there, how many came, wait and were met."""

    ward: UnitRow
    unit: UnitRow
    needs: int = 0
    waiting: int = 0
    met: int = 0


@dataclass(frozen=True)
class EmergencyRow:
    """An emergency, with the act that opened it."""

    id: int
    unit: UnitRow
    disaster: Disaster
    title: str
    act_number: str
    act_body: str
    act_day: date
    opened_on: date
    ended_on: date | None
    erase_on: date | None
    erased_on: date | None
    wards: list[Ward] = field(default_factory=list)

    @property
    def needs(self) -> int:
        return sum(one.needs for one in self.wards)

    @property
    def met(self) -> int:
        return sum(one.met for one in self.wards)


def going_on() -> list[EmergencyRow]:
    """Return the emergencies that go on, as everyone may know them."""
    return _rows(list(Emergency.objects.filter(ended_on=None).order_by("-opened_on", "-id")))


@dataclass(frozen=True)
class Heading:
    """What an emergency that goes on is called, and its wards."""

    title: str
    wards: frozenset[int]


def headings() -> list[Heading]:
    """Return the emergencies that go on, the last opened first: in one statement, as the home page asks it each time."""
    found: dict[int, tuple[str, set[int]]] = {}
    on = Emergency.objects.filter(ended_on=None).order_by("-opened_on", "-id")
    for number, title, ward in on.values_list("id", "title", "areas__ward_id"):
        found.setdefault(number, (title, set()))[1].add(ward)
    return [Heading(title, frozenset(ward for ward in wards if ward)) for title, wards in found.values()]


def emergencies(viewer: Person, on: date, limit: int = 50) -> list[EmergencyRow]:
    """Return all emergencies, the last opened first.

    :raises NotAllowed: if the viewer works on relief nowhere
    """
    require_anywhere(Right.READ_RELIEF, by=viewer, on=on)
    return _rows(list(Emergency.objects.order_by("-opened_on", "-id")[:limit]))


def emergency(number: int, viewer: Person, on: date) -> EmergencyRow:
    """Return one emergency.

    :raises NotAllowed: if the viewer works on relief nowhere
    :raises UnknownEmergency: if there is none of this number
    """
    require_anywhere(Right.READ_RELIEF, by=viewer, on=on)
    found = _rows(list(Emergency.objects.filter(pk=number)))
    if not found:
        raise UnknownEmergency(gettext_noop("Không có đợt cứu trợ số {number}."), number=number)
    return found[0]


def wards_of(number: int) -> list[Ward]:
    """Return the wards of an emergency that goes on; none of one that has ended."""
    return next((one.wards for one in going_on() if one.id == number), [])


def _rows(found: Sequence[Emergency]) -> list[EmergencyRow]:
    areas = list(Area.objects.filter(emergency__in=[one.pk for one in found])) if found else []
    units = rows({one.unit_id for one in found} | {u for area in areas for u in (area.ward_id, area.unit_id)})
    counted = {(e, w): (n, waiting, met) for e, w, n, waiting, met in _counts([one.pk for one in found])}
    wards: dict[int, list[Ward]] = {one.pk: [] for one in found}
    for area in areas:
        numbers = counted.get((area.emergency_id, area.ward_id), (0, 0, 0))
        wards[area.emergency_id].append(Ward(units[area.ward_id], units[area.unit_id], *numbers))
    return [
        EmergencyRow(
            one.pk, units[one.unit_id], Disaster(one.disaster), one.title, one.act_number, one.act_body, one.act_day,
            one.opened_on, one.ended_on, one.erase_on, one.erased_on, sorted(wards[one.pk], key=lambda w: w.ward.sort_key),
        )
        for one in found
    ]  # fmt: skip


def _counts(numbers: list[int]) -> list[tuple[int, int, int, int, int]]:
    """Return for each emergency and ward how many needs came, wait and were met: numbers alone."""
    if not numbers:
        return []
    counted = Need.objects.filter(emergency__in=numbers).values_list("emergency_id", "ward_id").order_by("emergency_id")
    return list(
        counted.annotate(
            all=Count("pk"), waiting=Count("pk", filter=Q(state__in=OPEN)), met=Count("pk", filter=Q(state=State.GIVEN.value))
        )
    )
