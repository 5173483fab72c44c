"""Giving out dossier numbers: serials within the day, without gaps or twins, however many counters are open."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import date

from django.db import connection

from gandan.ground.ledger.prepared import asked, done
from gandan.work.dossiers.models import Office
from gandan.work.dossiers.rules import agency_code, dossier_number
from gandan.work.dossiers.rules.numbers import LAST_SERIAL

BODY = "G01"  # the ministry's code among the ministries; not verified, see Office.verified
FROM_NOBODY = "Số thứ tự do hệ thống cấp; chưa đối chiếu danh mục mã định danh chính thức"
ONE_AT_A_TIME = 7_310_101

_NEXT = """
    INSERT INTO dossiers_dayserial AS s (office_id, day, last)
    SELECT o.id, wanted.day, wanted.many FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS wanted (unit, day, many)
    JOIN dossiers_office o ON o.unit_id = wanted.unit ORDER BY 1, 2
    ON CONFLICT (office_id, day) DO UPDATE SET last = s.last + excluded.last
    RETURNING office_id, day, last,
        (SELECT unit_id FROM dossiers_office WHERE id = office_id), (SELECT code FROM dossiers_office WHERE id = office_id)
"""
_GIVE_BACK = "UPDATE dossiers_dayserial SET last = %s WHERE office_id = %s AND day = %s"

Place = tuple[int, date]  # a unit, and a day of receipt


class Numbers:
    """Numbers for a batch of dossiers, held by the transaction that takes them: if it fails, they were never given."""

    def __init__(self, wanted: Sequence[Place]) -> None:
        """:param wanted: unit and day of receipt of each dossier, in their order"""
        self._codes: dict[int, str] = {}
        self._next: dict[Place, int] = {}
        counts = Counter(wanted)
        units = {unit for unit, _ in counts}
        if len(counts) > 1:  # all are there before a number of the first is held, so that no two batches wait for each other
            _open_offices(units)
        self._ask(counts)
        if without := units - self._codes.keys():
            _open_offices(without)
            self._ask({place: many for place, many in counts.items() if place[0] in without})

    def _ask(self, counts: Mapping[Place, int]) -> None:
        """Take so many numbers at each place. A unit that has no office yet gets none."""
        if not counts:
            return
        units, days = zip(*counts, strict=True)
        for office, day, last, unit, code in asked(_NEXT, (list(units), list(days), list(counts.values()))):
            self._codes[unit] = code
            self._next[unit, day] = last - counts[unit, day] + 1
            if last > LAST_SERIAL:
                done(_GIVE_BACK, [LAST_SERIAL, office, day])

    def take(self, unit: int, day: date) -> str | None:
        """Return the next number of a unit for a day, or None if the day's numbers are used up."""
        serial = self._next[unit, day]
        if serial > LAST_SERIAL:
            return None
        self._next[unit, day] = serial + 1
        return dossier_number(self._codes[unit], day, serial)


def _open_offices(units: Set[int]) -> None:
    """Give each of these units that has no office one with the next free code."""
    if not _without(units):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    taken = set(Office.objects.values_list("code", flat=True))
    nth = len(taken)
    for unit in _without(units):  # somebody else may just have opened it
        code = ""
        while not code or code in taken:
            nth += 1
            code = agency_code(BODY, nth)
        Office.objects.create(unit_id=unit, code=code, source=FROM_NOBODY)


def _without(units: Set[int]) -> list[int]:
    return sorted(units - set(Office.objects.filter(unit_id__in=units).values_list("unit_id", flat=True)))
