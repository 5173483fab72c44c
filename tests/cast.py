"""The cast of all tests: a city in miniature and a dozen people, built with the real operations.

    79 city ── D760 district 1 ── O1, O2      (until 30/6/2025)        79 ── W1, W2   (from 1/7/2025)
            └─ D761 district 2 ── O3, O4

    O1 → W1 whole     O2 → W1 (the main part) and W2     O3, O4 → W2 whole     districts → the city

Each ward has its police (CAP-O1, CAP-W1, with the same successions), each district too (CAQ-760, until 28/2/2025, then the
city police). CATP has PA08 and PC08. The civil side: BDVTU, succeeded by BTGDVTU on 3/2/2025; BDV-760; BXDD-W1. MTTQ, BDTP.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from gandan.ground.organisations.models import Person, Unit
from gandan.ground.organisations.operations import enrol, load
from gandan.ground.organisations.queries import importer
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import NEVER, Act, How, Line, UnitKind
from gandan.ground.organisations.rules.plan import Plan, PlannedPassage, PlannedPlace, PlannedUnit
from tests.clock import held
from tests.rig import Rig, pointed_at

BEGINNING = date(2015, 1, 1)
COMMISSION_MERGED = date(2025, 2, 3)
DISTRICT_POLICE_ENDED = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)
TODAY = date(2026, 11, 20)  # a Friday

ACT = Act(number="01/NQ-TEST", title="Sắp xếp đơn vị", body="Hội đồng thử nghiệm", day=date(2025, 6, 16), source="tests")


@dataclass
class Cast:
    """Units by code, and people by name: `cast.unit("PA08")`, `cast.alice`."""

    importer: Person
    alice: Person  # receives passports at PA08
    binh: Person  # receives at the police of ward W1
    chi: Person  # receives at the police of ward W2
    dung: Person  # heads the city police
    giang: Person  # programme officer of the police, for the whole city
    hoa: Person  # programme officer of the civil side, for the whole city
    khanh: Person  # signs reports of the city
    lan: Person  # administrator of the city
    minh: Person  # inspectorate of the police
    oanh: Person  # auditor of the city
    phuc: Person  # receives vehicles at PC08
    quyen: Person  # works at the ward's Party building board BXDD-W1
    units: dict[str, Unit] = field(default_factory=dict)

    def unit(self, code: str) -> Unit:
        return self.units[code]

    @property
    def city(self) -> Unit:
        return self.units["79"]

    @property
    def police(self) -> Unit:
        return self.units["CATP"]


# user name, name, unit, line, role
PEOPLE = (
    ("alice", "Nguyễn Thị Alice", "PA08", Line.POLICE, Role.DESK_OFFICER),
    ("binh", "Trần Văn Bình", "CAP-W1", Line.POLICE, Role.DESK_OFFICER),
    ("chi", "Lê Thị Chi", "CAP-W2", Line.POLICE, Role.DESK_OFFICER),
    ("dung", "Phạm Anh Dũng", "CATP", Line.POLICE, Role.UNIT_HEAD),
    ("giang", "Đỗ Hà Giang", "79", Line.ADMINISTRATION, Role.PROGRAMME_OFFICER_POLICE),
    ("hoa", "Vũ Thị Hoà", "79", Line.ADMINISTRATION, Role.PROGRAMME_OFFICER_CIVIL),
    ("khanh", "Ngô Gia Khánh", "79", Line.ADMINISTRATION, Role.SIGNATORY),
    ("lan", "Đặng Ngọc Lan", "79", Line.ADMINISTRATION, Role.ADMINISTRATOR),
    ("minh", "Hồ Quang Minh", "CATP", Line.POLICE, Role.INSPECTORATE),
    ("oanh", "Bùi Kim Oanh", "79", Line.ADMINISTRATION, Role.AUDITOR),
    ("phuc", "Lý Hồng Phúc", "PC08", Line.POLICE, Role.DESK_OFFICER),
    ("quyen", "Mai Lệ Quyên", "BXDD-W1", Line.CIVIL, Role.SPECIALIST),
)


def assemble() -> Cast:
    """Build the city and its people, in the database at hand."""
    by = importer()
    load(plan=miniature(), by=by, on=TODAY)
    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {
        username: enrol(username=username, name=name, unit=units[code], role=role, line=line, by=by, on=_since(units[code]))
        for username, name, code, line, role in PEOPLE
    }
    return Cast(importer=by, units=units, **people)


def _since(unit: Unit) -> date:
    return max(unit.founded_on, date(2016, 1, 1))


@pytest.fixture(scope="session")
def peopled(rig: Rig, django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, Cast]]:
    """The name of a database in which the cast lives, and the cast: it moves in once, early on the day of the tests."""
    with rig.clone() as database:
        with django_db_blocker.unblock(), pointed_at(database.name), held():
            kept = assemble()
        yield database.name, kept


@pytest.fixture
def among_the_cast(peopled: tuple[str, Cast], django_db_setup: None) -> Iterator[None]:
    """Point Django's connections at the database in which the cast lives; it comes before `db` wherever the cast is asked for."""
    with pointed_at(peopled[0]):
        yield


@pytest.fixture
def cast(among_the_cast: None, db: None, peopled: tuple[str, Cast]) -> Cast:
    return deepcopy(peopled[1])


def miniature() -> Plan:
    """Return the city as data, all of it with one legal act."""
    return Plan(tuple(_unit(*row) for row in _rows()), tuple(_passages()), {"act": ACT})


# A place is a line and the unit above, for the unit's whole life or from a day until before a day.
Placed = tuple[Line, str | None] | tuple[Line, str | None, date, date]
Row = tuple[str, str, UnitKind, date, date, list[Placed]]

BODIES, POLICE, CIVIL = Line.ADMINISTRATION, Line.POLICE, Line.CIVIL


def _rows() -> Iterator[Row]:
    since, merged, ended, two_levels = BEGINNING, COMMISSION_MERGED, DISTRICT_POLICE_ENDED, TWO_LEVELS
    yield "79", "Thành phố Mẫu", UnitKind.CITY, since, NEVER, [(BODIES, None)]
    yield "CATP", "Công an Thành phố Mẫu", UnitKind.HEADQUARTERS, since, NEVER, [(BODIES, "79"), (POLICE, None)]
    for code, name in (("PA08", "Phòng Quản lý xuất nhập cảnh"), ("PC08", "Phòng Cảnh sát giao thông")):
        yield code, name, UnitKind.DEPARTMENT, since, NEVER, [(BODIES, "CATP"), (POLICE, "CATP")]

    for number, name in ((760, "Quận 1"), (761, "Quận 2")):
        yield f"D{number}", name, UnitKind.DISTRICT, since, two_levels, [(BODIES, "79")]
        police: list[Placed] = [(BODIES, f"D{number}"), (POLICE, "CATP")]
        yield f"CAQ-{number}", f"Công an {name}", UnitKind.HEADQUARTERS, since, ended, police
    for code, name, number in (("O1", "Bến Nghé", 760), ("O2", "Đa Kao", 760), ("O3", "Tân Định", 761), ("O4", "Cầu Kho", 761)):
        yield code, f"Phường {name}", UnitKind.WARD, since, two_levels, [(BODIES, f"D{number}")]
        police = [(BODIES, code), (POLICE, f"CAQ-{number}", since, ended), (POLICE, "CATP", ended, two_levels)]
        yield f"CAP-{code}", f"Công an phường {name}", UnitKind.STATION, since, two_levels, police
    for code, name in (("W1", "Sài Gòn"), ("W2", "Bến Thành")):
        yield code, f"Phường {name}", UnitKind.WARD, two_levels, NEVER, [(BODIES, "79")]
        police = [(BODIES, code), (POLICE, "CATP")]
        yield f"CAP-{code}", f"Công an phường {name}", UnitKind.STATION, two_levels, NEVER, police
        board: list[Placed] = [(BODIES, code), (CIVIL, "BTGDVTU")]
        yield f"BXDD-{code}", f"Ban Xây dựng Đảng phường {name}", UnitKind.COMMISSION, two_levels, NEVER, board

    city: list[Placed] = [(BODIES, "79"), (CIVIL, None)]
    yield "BDVTU", "Ban Dân vận Thành ủy", UnitKind.COMMISSION, since, merged, city
    yield "BTGDVTU", "Ban Tuyên giáo và Dân vận Thành ủy", UnitKind.COMMISSION, merged, NEVER, city
    district: list[Placed] = [(BODIES, "D760"), (CIVIL, "BDVTU", since, merged), (CIVIL, "BTGDVTU", merged, two_levels)]
    yield "BDV-760", "Ban Dân vận Quận ủy Quận 1", UnitKind.COMMISSION, since, two_levels, district
    yield "MTTQ", "Ủy ban Mặt trận Tổ quốc Thành phố Mẫu", UnitKind.FRONT, since, NEVER, [(BODIES, "79"), (Line.FRONT, None)]
    yield "BDTP", "Bưu điện Thành phố Mẫu", UnitKind.PARTNER, since, NEVER, [(BODIES, "79"), (Line.POST, None)]


MIDDLES = {"W1": (10.78, 106.70), "W2": (10.77, 106.69)}  # of the wards that stand today, about 1.6 km apart


def _unit(code: str, name: str, kind: UnitKind, since: date, until: date, placed: list[Placed]) -> PlannedUnit:
    latitude, longitude = MIDDLES.get(code, (None, None))
    return PlannedUnit(
        code=code,
        name=name,
        kind=kind,
        founded_on=since,
        closed_on=until,
        founding_act="act",
        closing_act="" if until == NEVER else "act",
        source="tests",
        latitude=latitude,
        longitude=longitude,
        places=tuple(PlannedPlace(*(place if len(place) == 4 else (*place, since, until)), act="act") for place in placed),
    )


def _passages() -> Iterator[PlannedPassage]:
    yield PlannedPassage("BDVTU", "BTGDVTU", COMMISSION_MERGED, act="act")
    yield PlannedPassage("BDV-760", "BTGDVTU", TWO_LEVELS, act="act")
    for number in (760, 761):
        yield PlannedPassage(f"D{number}", "79", TWO_LEVELS, act="act")
        yield PlannedPassage(f"CAQ-{number}", "CATP", DISTRICT_POLICE_ENDED, act="act")
    for body in ("", "CAP-"):
        for old, new in (("O1", "W1"), ("O3", "W2"), ("O4", "W2")):
            yield PlannedPassage(f"{body}{old}", f"{body}{new}", TWO_LEVELS, act="act")
        yield PlannedPassage(f"{body}O2", f"{body}W1", TWO_LEVELS, How.DIVIDED, main=True, act="act")
        yield PlannedPassage(f"{body}O2", f"{body}W2", TWO_LEVELS, How.DIVIDED, main=False, act="act")
