from dataclasses import dataclass
from datetime import date

import pytest

from gandan.ground.organisations.models import Person, Unit


@dataclass(frozen=True)
class Place:
    """Two units and someone who acts, as little as a ledger needs."""

    north: Unit
    south: Unit
    hoa: Person


def settle() -> Place:
    return Place(
        north=Unit.objects.create(code="NORTH", name="Phường Bắc", kind="ward", founded_on=date(2015, 1, 1)),
        south=Unit.objects.create(
            code="SOUTH", name="Phường Nam", kind="ward", founded_on=date(2015, 1, 1), closed_on=date(2025, 7, 1)
        ),
        hoa=Person.objects.create_user("hoa", name="Trần Thị Hoà"),
    )


@pytest.fixture
def place(db) -> Place:
    return settle()
