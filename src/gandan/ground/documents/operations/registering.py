"""Numbers of papers: from 1 each year, for each body and kind, without gaps or twins."""

from dataclasses import dataclass

from django.db import connection

from gandan.ground.documents.models import NumberSeries
from gandan.ground.organisations.models import Unit

_TAKE = f"""
    INSERT INTO {NumberSeries._meta.db_table} AS kept (unit_id, sign, year, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (unit_id, sign, year) DO UPDATE SET last = kept.last + excluded.last
    RETURNING last
"""


@dataclass(frozen=True)
class Register:
    """One body's register of one kind of paper in one year."""

    unit: Unit
    sign: str
    year: int

    def take(self, count: int = 1) -> range:
        """Return the next numbers. The transaction holds the register until it ends: if it fails, they were never given."""
        if count < 1:
            return range(0)
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [self.unit.pk, self.sign, self.year, count])
            last = int(cursor.fetchone()[0])
        return range(last - count + 1, last + 1)
