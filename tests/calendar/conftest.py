from dataclasses import dataclass
from datetime import date

import pytest

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import enrol, found
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Act, Line, UnitKind

ACT = Act("01/QĐ", "Quyết định thành lập", "Thành phố")
BEGINNING = date(2015, 1, 1)
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Bodies:
    """A city with its police, a department of theirs and a ward; and a clerk who keeps no calendar."""

    city: Unit
    police: Unit
    department: Unit
    ward: Unit
    keeper: Person
    clerk: Person


@pytest.fixture
def bodies(db) -> Bodies:
    by = importer()

    def make(code: str, name: str, kind: UnitKind, **places: Unit | None) -> Unit:
        lines = {Line(line): above for line, above in places.items()}
        return found(code=code, name=name, kind=kind, places=lines, act=ACT, by=by, on=BEGINNING)

    city = make("79", "Thành phố", UnitKind.CITY, administration=None)
    police = make("CATP", "Công an Thành phố", UnitKind.HEADQUARTERS, police=None, administration=city)
    department = make("PA08", "Phòng Quản lý xuất nhập cảnh", UnitKind.DEPARTMENT, police=police, administration=police)
    ward = make("W1", "Phường Một", UnitKind.WARD, administration=city)

    def person(username: str, role: Role) -> Person:
        return enrol(username=username, name=username, unit=city, role=role, line=Line.ADMINISTRATION, by=by, on=BEGINNING)

    return Bodies(city, police, department, ward, person("keeper", Role.ADMINISTRATOR), person("clerk", Role.AUDITOR))
