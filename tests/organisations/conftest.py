"""What the tests of acts say again and again."""

from datetime import date

import pytest

from gandan.ground.ledger.models import Event
from gandan.ground.organisations.models import Unit
from gandan.ground.organisations.queries import tree
from gandan.ground.organisations.rules import Line
from tests.cast import ACT, TODAY, Cast

NEXT_YEAR = date(2027, 1, 1)


class Acts:
    """The tree by codes, and what the ledger was told."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.common = {"act": ACT, "by": cast.lan, "on": TODAY, "effective": NEXT_YEAR}

    def path(self, code: str, day: date = NEXT_YEAR, line: Line = Line.ADMINISTRATION) -> list[str]:
        codes = dict(Unit.objects.values_list("pk", "code"))
        return [codes[unit] for unit in tree().path(Unit.objects.get(code=code).pk, line, day)]

    def told(self, code: str, day: date = NEXT_YEAR) -> list[tuple[str, dict[str, str]]]:
        events = Event.objects.filter(unit__code=code, day=day).select_related("facet_set").order_by("pk")
        return [(event.kind, event.facets) for event in events]


@pytest.fixture
def acts(cast: Cast) -> Acts:
    return Acts(cast)
