"""The index of Decision 766, as far as our own figures reach."""

from decimal import Decimal

import pytest

from gandan.results.measures.rules import Cell, Status, service_index
from gandan.results.measures.rules.service_index import GROUPS


@pytest.mark.parametrize(("share", "points"), [("100.0", 20.0), ("95.5", 19.1), ("0.0", 0.0)])
def test_progress_is_twenty_points_by_the_honest_share(share, points):
    lines = {line.group.code: line.points for line in service_index(Cell(Status.COUNTED, Decimal(share)))}

    assert lines == {"openness": None, "progress": points, "digitising": None, "online": None, "satisfaction": None}


def test_without_a_figure_nothing_is_guessed():
    assert {line.points for line in service_index(Cell(Status.UNDEFINED))} == {None}


def test_the_groups_are_a_hundred_points():
    assert sum(group.most for group in GROUPS) == 100
