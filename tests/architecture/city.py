"""The city in which every address is tried: everybody who asks, and units of each line with one record of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from gandan.ground.organisations.models import Appointment, Person, Unit
from gandan.ground.organisations.operations import appoint, end_appointment, enrol, found
from gandan.ground.organisations.queries import clock
from gandan.ground.organisations.rights import ROLE_LINES, Role
from gandan.ground.organisations.rules import Line, UnitKind
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.work.dossiers.models import Apology
from gandan.work.dossiers.operations import give_reason, load_procedures, raise_letters, receive
from gandan.work.dossiers.rules.procedures import read_procedures
from tests.accounts.proving import signed_in
from tests.architecture.records import records
from tests.cast import ACT, TODAY, Cast

LAST_YEAR = TODAY - timedelta(365)
OWN, BELOW, SISTER, OTHER = "own", "below", "sister", "other line"
PLACES: dict[Line, dict[str, str]] = {
    Line.POLICE: {OWN: "CAP-W1", BELOW: "DOI-1", SISTER: "CAP-W2", OTHER: "BXDD-W1"},
    Line.CIVIL: {OWN: "BXDD-W1", BELOW: "TO-1", SISTER: "BXDD-W2", OTHER: "CAP-W1"},
    Line.POST: {OWN: "BDTP", BELOW: "BC-1", SISTER: "BDTP-2", OTHER: "CAP-W1"},
}
PASSWORD = "một mật khẩu đủ dài"
ANYWHERE = {
    "code": "anywhere",
    "name": "Ở đâu cũng nhận",
    "from": "2020-01-01",
    "term": "5 working_days",
    "legal_basis": "x",
    "handled_by": ["*"],
}


@dataclass(frozen=True)
class Somebody:
    """Who asks: a role at a unit of a line, a role that has ended, none, or nobody we know."""

    name: str
    client: Client
    role: Role | None = None
    line: Line = Line.POLICE


@dataclass(frozen=True)
class World:
    """Everybody who asks, and of each unit the records there, by the names that addresses use."""

    everybody: list[Somebody]
    places: dict[str, dict[str, str]]


def home(role: Role) -> Line:
    """Return the line on which a role is tried: the police's, unless it belongs elsewhere."""
    lines = ROLE_LINES.get(role)
    return Line.POLICE if lines is None or Line.POLICE in lines else next(line for line in PLACES if line in lines)


def build(cast: Cast) -> World:
    by = cast.importer
    new = (
        ("DOI-1", "Đội 1", UnitKind.POST, Line.POLICE, "CAP-W1"),
        ("TO-1", "Tổ 1", UnitKind.COMMISSION, Line.CIVIL, "BXDD-W1"),
        ("BC-1", "Bưu cục 1", UnitKind.PARTNER, Line.POST, "BDTP"),
        ("BDTP-2", "Bưu điện khác", UnitKind.PARTNER, Line.POST, None),
    )
    for code, name, kind, line, above in new:
        parent = cast.unit(above) if above else None
        places = {Line.ADMINISTRATION: parent or cast.city, line: parent}
        found(code=code, name=name, kind=kind, places=places, act=ACT, by=by, on=LAST_YEAR)
    for path in shipped():
        load_programme(text=path.read_text(encoding="utf-8"), by=by, on=TODAY)
    load_procedures(unit=cast.police, by=by, on=TODAY, rows=read_procedures({"procedures": [ANYWHERE]}))
    units = {
        unit.code: unit for unit in Unit.objects.filter(code__in={code for places in PLACES.values() for code in places.values()})
    }
    late = [receive(procedure="anywhere", unit=unit, applicant="Lê Thị Muộn", by=by, on=LAST_YEAR) for unit in units.values()]
    raise_letters(by=clock(), on=TODAY)
    for letter in Apology.objects.filter(dossier__in=late):
        give_reason(letter=letter.pk, reason="workload", by=by, on=TODAY)
    return World(list(people(cast, units)), {code: records(cast, unit, line_of(code)) for code, unit in units.items()})


def line_of(code: str) -> Line:
    return next(line for line, places in PLACES.items() if code in (places[OWN], places[BELOW], places[SISTER]))


def people(cast: Cast, units: dict[str, Unit]) -> Iterator[Somebody]:
    by, since = cast.importer, LAST_YEAR
    ward = units["CAP-W1"]
    retired = enrol(username="retired", name="Đã thôi", unit=ward, role=Role.UNIT_HEAD, line=Line.POLICE, by=by, on=since)
    retired.set_password(PASSWORD)
    retired.save()
    for role in Role:
        line = home(role)
        unit = units[PLACES[line][OWN]]
        username = role.value.replace("_", "-")
        person = enrol(username=username, name=role.value, unit=unit, role=role, line=line, by=by, on=since, password=PASSWORD)
        yield Somebody(role.value, signed_in(person), role, line)
        if role is not Role.UNIT_HEAD:
            appoint(person=retired, unit=unit, role=role, line=line, by=by, on=since)
    for held in Appointment.objects.filter(person=retired):
        end_appointment(appointment=held, by=by, on=TODAY)
    yield Somebody("a role that ended", signed_in(retired))
    yield Somebody("no role", signed_in(Person.objects.create_user("nobody-yet", PASSWORD, name="Người mới")))
    yield Somebody("a stranger", Client())
