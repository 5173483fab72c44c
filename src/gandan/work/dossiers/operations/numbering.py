"""Giving out dossier numbers: serials within the day, without gaps or twins, however many counters are open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection

from gandan.ground.ledger.prepared import Table, asked, done
from gandan.work.dossiers.models import Office
from gandan.work.dossiers.rules import agency_code, dossier_number
from gandan.work.dossiers.rules.numbers import LAST_SERIAL

BODY = "G01"  # the ministry's code among the ministries; not verified, see Office.verified
FROM_NOBODY = "Số thứ tự do hệ thống cấp; chưa đối chiếu danh mục mã định danh chính thức"
ONE_AT_A_TIME = 7_310_101

_NEXT = """
    INSERT INTO dossiers_dayserial AS s (office_id, day, last)
    SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[]) ORDER BY 1, 2
    ON CONFLICT (office_id, day) DO UPDATE SET last = s.last + excluded.last
    RETURNING office_id, day, last
"""
_GIVE_BACK = "UPDATE dossiers_dayserial SET last = %s WHERE office_id = %s AND day = %s"

OFFICE = Table(Office, "o")
_OFFICES = f"SELECT {OFFICE.columns} FROM dossiers_office o WHERE o.unit_id = ANY(%s)"

Place = tuple[int, date]  # a unit, and a day of receipt


class Numbers:
    """Numbers for a batch of dossiers, held by the transaction that takes them: if it fails, they were never given."""

    def __init__(self, wanted: Sequence[Place]) -> None:
        """:param wanted: unit and day of receipt of each dossier, in their order"""
        self._offices = _offices({unit for unit, _ in wanted})
        counts = Counter((self._offices[unit].pk, day) for unit, day in wanted)
        self._next: dict[Place, int] = {}
        if not counts:
            return
        for office, day, last in asked(
            _NEXT, ([office for office, _ in counts], [day for _, day in counts], list(counts.values()))
        ):
            self._next[office, day] = last - counts[office, day] + 1
            if last > LAST_SERIAL:
                done(_GIVE_BACK, [LAST_SERIAL, office, day])

    def take(self, unit: int, day: date) -> str | None:
        """Return the next number of a unit for a day, or None if the day's numbers are used up."""
        office = self._offices[unit]
        serial = self._next[office.pk, day]
        if serial > LAST_SERIAL:
            return None
        self._next[office.pk, day] = serial + 1
        return dossier_number(office.code, day, serial)


def _offices(units: Iterable[int]) -> Mapping[int, Office]:
    """Return the office of each unit; one that has none gets the next free code."""
    wanted = set(units)
    known = {office.unit_id: office for office in map(OFFICE.record, asked(_OFFICES, [sorted(wanted)]))}
    if missing := sorted(wanted - known.keys()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        known |= {office.unit_id: office for office in Office.objects.filter(unit_id__in=missing)}
        taken = set(Office.objects.values_list("code", flat=True))
        nth = len(taken)
        for unit in missing:
            if unit in known:
                continue
            code = ""
            while not code or code in taken:
                nth += 1
                code = agency_code(BODY, nth)
            known[unit] = Office.objects.create(unit_id=unit, code=code, source=FROM_NOBODY)
    return known
