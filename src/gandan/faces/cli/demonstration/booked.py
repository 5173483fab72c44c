"""Times at counters in the demonstration: when some offices see people, and who has taken a time. Nobody is meant."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import make_aware

from gandan.faces.cli.demonstration.people import names
from gandan.faces.cli.demonstration.weeks import COUNTERS
from gandan.ground.organisations import queries as organisations
from gandan.work.dossiers import operations, queries
from gandan.work.dossiers.rules.bookings import Hours

SEED = 20261128
MORE = ("CAP-W26740", "CAP-W26737")  # counters beside those at which the latest weeks are lived
MORNING, AFTERNOON = (time(8), time(11)), (time(13, 30), time(16, 30))
AHEAD, EACH_DAY = 4, 5


def book(today: date) -> int:
    """Open the counters for those who book, let some people do so, and return how many."""
    rng, by = Random(SEED), organisations.importer()  # noqa: S311  # a simulation, not a secret
    hours = [Hours(weekday, *stretch, 30, 2) for weekday in range(5) for stretch in (MORNING, AFTERNOON)]
    at, count = make_aware(datetime.combine(today, time(7))), 0
    for code, procedure in (*COUNTERS, *((code, COUNTERS[1][1]) for code in MORE)):
        unit = organisations.unit(code)
        operations.set_openings(unit=unit, hours=hours, by=by, on=today)
        days = [day for day in (today + timedelta(nth) for nth in range(2 * AHEAD)) if queries.slots_on(unit.pk, day, at)][:AHEAD]
        for day in days:
            for name in names(rng, EACH_DAY):
                slot = rng.choice(queries.slots_on(unit.pk, day, at))
                operations.book(
                    unit=unit, day=day, time=slot.time, name=name, phone=f"090{rng.randrange(10_000_000):07}",
                    procedure=procedure, code=f"{rng.randrange(10**16):016}", by=organisations.public(), on=today, at=at,
                )  # fmt: skip
                count += 1
    return count
