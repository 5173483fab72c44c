"""Loading a whole tree at once: thousands of units in a few statements, by the same rules as the single acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from gandan.ground.ledger.kinds import Kind
from gandan.ground.ledger.operations import operation, unchanged
from gandan.ground.ledger.operations.recording import Row, facet_set_id, record_rows
from gandan.ground.organisations.data import city_plan
from gandan.ground.organisations.models import LegalAct, Person, Placement, Succession, Unit, UnitName
from gandan.ground.organisations.operations.changing import begin, entered, finish
from gandan.ground.organisations.queries import require_for_all
from gandan.ground.organisations.rights import Right
from gandan.ground.organisations.rules import NEVER, Line, search_key
from gandan.ground.organisations.rules.plan import Plan, PlannedUnit, check
from gandan.ground.vietnam.text import nfc, sort_key

BATCH = 2000


@dataclass(frozen=True)
class Loaded:
    """How much was new."""

    units: int
    places: int
    passages: int


@operation
def load_city(*, by: Person, on: date) -> Loaded:
    """Load Ho Chi Minh City from the product's own data files. What is there already stays as it is.

    :raises NotAllowed: if `by` may not manage units
    """
    return load(plan=city_plan(), by=by, on=on)


@operation
def load(*, plan: Plan, by: Person, on: date) -> Loaded:
    """Load a tree: found its units, put them in their places, and enter what became of them. Units already known are left alone.

    What the plan says of days before `on` is history: it counts, and nothing follows from it.

    :raises NotAllowed: if `by` may not manage units
    :raises BadPlan: if the plan contradicts itself; nothing of it is loaded
    """
    require_for_all(Right.MANAGE_UNITS, by=by, on=on)
    check(plan)
    version = begin()
    known = set(Unit.objects.filter(code__in=[unit.code for unit in plan.units]).values_list("code", flat=True))
    fresh = [unit for unit in plan.units if unit.code not in known]
    codes = {unit.code for unit in fresh}
    passages = [passage for passage in plan.passages if passage.old in codes]
    if not fresh:
        unchanged()
        return Loaded(0, 0, 0)

    acts: dict[str, LegalAct | None] = {"": None, **{key: entered(act) for key, act in plan.acts.items()}}
    Unit.objects.bulk_create((_unit(unit, acts) for unit in fresh), BATCH)
    ids = dict(Unit.objects.filter(code__in=[unit.code for unit in plan.units]).values_list("code", "pk"))
    UnitName.objects.bulk_create((_name(unit, ids, acts) for unit in fresh), BATCH)
    placements = Placement.objects.bulk_create(
        (
            Placement(
                unit_id=ids[unit.code],
                line=place.line.value,
                parent_id=ids[place.parent] if place.parent else None,
                during=_during(place.start, place.end),
                act=acts[place.act],
            )
            for unit in fresh
            for place in unit.places
        ),
        BATCH,
    )
    Succession.objects.bulk_create(
        (
            Succession(
                old_id=ids[passage.old],
                new_id=ids[passage.new],
                on=passage.on,
                how=passage.how.value,
                main=passage.main,
                act=acts[passage.act],
            )
            for passage in passages
        ),
        BATCH,
    )
    hows = {passage.old: passage.how.value for passage in passages}
    sets: dict[tuple[Kind, str], int] = {}
    record_rows((row for unit in fresh for row in _events(unit, ids[unit.code], hows.get(unit.code), by, sets)), go_live=on)
    finish(version, founded={ids[unit.code]: unit.founded_on for unit in fresh})
    return Loaded(len(fresh), len(placements), len(passages))


def _during(start: date, end: date) -> DateRange:
    return DateRange(start, None if end == NEVER else end)


def _unit(unit: PlannedUnit, acts: dict[str, LegalAct | None]) -> Unit:
    return Unit(
        code=unit.code,
        code_alt=unit.code_alt,
        name=nfc(unit.name),
        name_en=unit.name_en,
        short_name=nfc(unit.short_name),
        kind=unit.kind.value,
        latitude=unit.latitude,
        longitude=unit.longitude,
        area_km2=unit.area_km2,
        source=unit.source,
        verified=unit.verified,
        founded_on=unit.founded_on,
        closed_on=None if unit.closed_on == NEVER else unit.closed_on,
        founding_act=acts[unit.founding_act],
        closing_act=acts[unit.closing_act],
    )


def _name(unit: PlannedUnit, ids: dict[str, int], acts: dict[str, LegalAct | None]) -> UnitName:
    name, short_name = nfc(unit.name), nfc(unit.short_name)
    return UnitName(
        unit_id=ids[unit.code],
        name=name,
        name_en=unit.name_en,
        short_name=short_name,
        during=_during(unit.founded_on, unit.closed_on),
        act=acts[unit.founding_act],
        search=search_key(name, short_name, unit.code),
        sort_key=sort_key(name),
    )


def _events(unit: PlannedUnit, pk: int, how: str | None, by: Person, sets: dict[tuple[Kind, str], int]) -> Iterator[Row]:
    def row(kind: Kind, day: date, value: str = "", **facets: str) -> Row:
        if (kind, value) not in sets:
            sets[kind, value] = facet_set_id(kind, facets)
        return (Unit._meta.label_lower, pk, pk, day, by.pk, sets[kind, value], None, "")

    yield row(Kind.UNIT_FOUNDED, unit.founded_on, unit.kind.value, type=unit.kind.value)
    placed: set[Line] = set()
    for place in sorted(unit.places, key=lambda place: place.start):
        if place.line in placed:
            yield row(Kind.UNIT_MOVED, place.start, place.line.value, line=place.line.value)
        placed.add(place.line)
    if how:
        yield row(Kind.UNIT_SUCCEEDED, unit.closed_on, how, how=how)
    if unit.closed_on != NEVER:
        yield row(Kind.UNIT_CLOSED, unit.closed_on)
