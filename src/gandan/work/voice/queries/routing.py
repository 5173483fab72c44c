"""Who handles a case: by its ward and its kind, by today's tree."""

from dataclasses import dataclass
from datetime import date

from gandan.ground.ledger.rules import Refused, gettext_noop
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import UnitRow, children, find_units, row, unit, unit_id
from gandan.ground.organisations.queries.atlas import atlas
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.work.voice.kinds import KINDS, Route
from gandan.work.voice.models import Service
from gandan.work.voice.rules.brought import Brought
from gandan.work.voice.rules.places import Spot, nearest

INSPECTORATE = "PX05"  # where the city has one; else its police themselves


class NoSuchWard(Refused):
    """No ward has this code."""


class NobodyHandles(Refused):
    """No unit of the police stands on this day."""


@dataclass(frozen=True)
class Routed:
    """Where a case belongs, and who handles it."""

    unit: Unit | None = None
    ward: Unit | None = None
    concerned: Unit | None = None

    @property
    def handler(self) -> Unit:
        if self.unit is None:
            raise LookupError("Nobody handles it.")
        return self.unit


def route(brought: Brought, on: date, *, service: Service | None = None, chosen: Unit | None = None) -> Routed:
    """Return who handles a case: the unit chosen, the service's department, the ward's police, the inspectorate.

    :raises OffTheMap: if its point lies in no ward
    :raises NoSuchWard: if it names a ward that never was
    :raises NobodyHandles: if there are no police
    """
    ward = ward_of(brought, on) if KINDS[brought.kind].places else None
    concerned = unit(brought.concerned) if brought.concerned and KINDS[brought.kind].about_unit else None
    if chosen is not None:
        handler = standing(chosen.pk, on)
    elif KINDS[brought.kind].route is Route.INSPECTORATE:
        handler = inspectorate(on)
    elif service is not None and service.department and service.department in atlas().ids:
        handler = standing(atlas().ids[service.department], on)
    elif concerned is not None and Line.POLICE in atlas().tree.lines(concerned.pk):
        handler = standing(concerned.pk, on)
    else:
        handler = police_of(ward, on) if ward is not None else head(on)
    return Routed(_record(handler), _record(ward) if ward is not None else None, concerned)


def ward_of(brought: Brought, on: date) -> int | None:
    """Return the ward that stands today: the one named, or its main heir; else the one nearest to the point."""
    if brought.ward:
        try:
            named = unit_id(brought.ward)
        except Refused:
            raise NoSuchWard(gettext_noop("Không có phường, xã nào mang mã {code}."), code=brought.ward) from None
        if atlas().rows[named].kind is not UnitKind.WARD:
            raise NoSuchWard(gettext_noop("Không có phường, xã nào mang mã {code}."), code=brought.ward)
        return standing(named, on)
    if brought.latitude is not None and brought.longitude is not None:
        return nearest(brought.latitude, brought.longitude, spots(on)).id
    return None


def wards(on: date, text: str = "", limit: int = 12) -> tuple[UnitRow, ...]:
    """Return wards by words of their names, also of names that are no more: those lead to who took over."""
    found = [one for one in find_units(text, None, Line.ADMINISTRATION, 60) if one.kind is UnitKind.WARD]
    heirs = dict.fromkeys(standing(one.id, on) for one in found)
    return tuple(row(one, on) for one in heirs if atlas().rows[one].stands_on(on))[:limit]


def spots(on: date) -> list[Spot]:
    """Return the wards that stand and whose middle is known."""
    return [
        Spot(one.id, one.latitude, one.longitude, one.area_km2 or 5.0)
        for one in atlas().rows.values()
        if one.kind is UnitKind.WARD and one.stands_on(on) and one.latitude is not None and one.longitude is not None
    ]


def police_of(ward: int, on: date) -> int:
    """Return the police of a ward; those of the city, where it has none of its own."""
    stations = [one for one in children(ward, Line.ADMINISTRATION, on) if one.kind in {UnitKind.STATION, UnitKind.POST}]
    own = [one for one in stations if atlas().tree.place(one.id, Line.POLICE, on)]
    return own[0].id if own else head(on)


def head(on: date) -> int:
    """:raises NobodyHandles: if there are no police"""
    roots = atlas().tree.roots(Line.POLICE, on)
    if not roots:
        raise NobodyHandles(gettext_noop("Chưa có đơn vị công an nào hoạt động vào ngày này."))
    return roots[0]


def inspectorate(on: date) -> int:
    known = atlas().ids.get(INSPECTORATE)
    return known if known is not None and atlas().rows[known].stands_on(on) else head(on)


def standing(number: int, on: date) -> int:
    """Return a unit, or who has taken over the most of it by that day."""
    return atlas().tree.main_heir(number, on)


def _record(number: int) -> Unit:
    return Unit.objects.get(pk=number)
