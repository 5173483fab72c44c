"""How papers name an office: the body above it, the city it stands in, its desk."""

from datetime import date

from gandan.ground.documents.rules import Letterhead
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import path
from gandan.ground.organisations.rules import Line

POLICE = "police"
DESK = "Bộ phận Tiếp nhận và Trả kết quả của {body}"


def letterhead(unit: Unit, on: date) -> Letterhead:
    """Return the head of a body's papers: its name under that of the body above it, in the first line on which it stands."""
    above = next((found for line in (Line.POLICE, *Line) if (found := path(unit.pk, line, on))), ())
    return Letterhead(unit.name, above[-2].name if len(above) > 1 else "")


def place(unit: Unit, on: date) -> str:
    """Return where a body's papers are dated from: its city."""
    for line in (Line.ADMINISTRATION, Line.POLICE, *Line):
        if found := path(unit.pk, line, on):
            return found[0].name
    return unit.name
