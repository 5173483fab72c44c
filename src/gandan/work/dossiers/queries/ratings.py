"""What people wrote with their ratings: to the head of the unit where there are enough, of conduct to the inspectorate alone."""

import random
from dataclasses import dataclass
from datetime import date

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.queries import may, require
from gandan.ground.organisations.rights import Right
from gandan.work.dossiers.models import RatingWords
from gandan.work.dossiers.rules.ratings import FEWEST


@dataclass(frozen=True)
class Said:
    """The lines of a quarter that the unit has been told; `few` if there are some, and too few to be shown."""

    lines: tuple[str, ...]
    few: bool
    of_conduct: tuple[str, ...] | None  # None: not for this reader


def said(unit: Unit, quarter: date, viewer: Person, on: date) -> Said:
    """Return what people wrote of a unit in a quarter, in no order.

    :raises NotAllowed: if the viewer may not read it there
    """
    require(Right.READ_RATINGS, by=viewer, unit=unit, on=on)
    found = RatingWords.objects.visible_to(viewer, on).filter(unit_code=unit.code, quarter=quarter)
    given = list(found.filter(of_conduct=False))
    lines = [one.words for one in given if one.told]
    random.shuffle(lines)
    few = bool(given) and len(lines) < FEWEST
    conduct = None
    if may(Right.HANDLE_COMPLAINTS, by=viewer, unit=unit, on=on):
        conduct = [one.words for one in found.filter(of_conduct=True)]
        random.shuffle(conduct)
    return Said(() if few else tuple(lines), few, None if conduct is None else tuple(conduct))
