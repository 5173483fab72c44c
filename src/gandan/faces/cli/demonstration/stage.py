"""The stage of the simulation: which counters there were on which days, by the product's own units, procedures and calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from fnmatch import fnmatchcase
from zlib import crc32

from gandan.faces.cli.demonstration.simulation import Counter, Scene
from gandan.faces.cli.demonstration.years import PASSPORT, SHARES, VEHICLE
from gandan.ground.calendar.queries import working_calendar
from gandan.work.dossiers.queries import gazetteer, rulebook
from gandan.work.dossiers.rules import Place, ProcedureRule, Rulebook, handles

BEGINNING = date(2016, 1, 4)
NEW_WARDS = date(2025, 7, 1)
AFTER = 150  # days after today that a term or a delay may reach into
NEIGHBOURS, FIRST_OF_THE_CITY = {"74", "77"}, "760"  # two smaller provinces, and where the city's own districts begin
DEPARTMENT = {PASSPORT: 6.0, VEHICLE: 40.0}


def scene(*, today: date, size: int) -> Scene:
    """Set the stage from what is loaded: units, procedures, working days."""
    rules, places = rulebook(), gazetteer().by_id.values()
    calendar = working_calendar()
    days = (BEGINNING + timedelta(days=n) for n in range((today - BEGINNING).days + AFTER))
    return Scene(
        counters=sorted(_counters(rules, list(places)), key=lambda one: (one.procedure, one.start, one.unit)),
        working=[day for day in days if calendar.is_working(day)],
        terms=lambda procedure, day: _term(rules, procedure, day),
        today=today,
        size=size,
    )


def _counters(rules: Rulebook, places: list[Place]) -> Iterator[Counter]:
    for procedure in SHARES:
        for rule in rules.of(procedure):
            for place in places:
                if handles(rule.handled_by, place.code):
                    yield from _counter(rule, place, places)


def _counter(rule: ProcedureRule, place: Place, places: list[Place]) -> Iterator[Counter]:
    """Yield the unit's counter while both the rule and the unit stand; a unit with places of its own has its counters there."""
    own = [one.founded_on for one in places if fnmatchcase(one.code, f"{place.code}-[0-9]")]
    ends = [day for day in (rule.end, place.closed_on, *own[:1]) if day is not None]
    start, end = max(rule.start, place.founded_on, BEGINNING), min(ends, default=None)
    if end is None or start < end:
        yield Counter(
            place.code, rule.code, start, end,
            weight=_weight(rule.code, place.code), new_ward=place.code.startswith("CAP-") and place.founded_on >= NEW_WARDS,
        )  # fmt: skip


def _weight(procedure: str, code: str) -> float:
    """Return how many come to a counter, beside others: a fixed number for each code, more for departments and in the city."""
    some = 0.6 + crc32(f"{procedure} {code}".encode()) % 1000 / 1250
    place = code.partition("-")[2]
    neighbour = place in NEIGHBOURS or (code.startswith("CAQ-") and place < FIRST_OF_THE_CITY)
    return some * (DEPARTMENT.get(procedure, 1.0) if code[0] == "P" else 1.0) * (0.35 if neighbour else 1.0)


def _term(rules: Rulebook, procedure: str, day: date) -> int:
    rule = rules.on(procedure, day)
    if rule is None:
        raise LookupError(f"No rule of {procedure} is in force on {day}.")
    return rule.term.amount
