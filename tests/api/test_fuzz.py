"""Readable and unreadable requests to each operation, by everybody in turn: none breaks it, each answer is as described, and
nobody is told a name that belongs to a unit they may not read.

`GANDAN_FUZZ_CASES` says how many there are in all.
"""

import copy
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gandan.faces.api.door import api
from gandan.ground.ledger.operations import post
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import appoint, end_appointment, enrol
from gandan.ground.organisations.queries import appointments, visible_units
from gandan.ground.organisations.rights import Right, Role
from gandan.ground.organisations.rules import Line
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.operations import ask
from gandan.results.reports.operations import draft, freeze
from gandan.work.dossiers.operations import load_procedures, receive
from gandan.work.dossiers.rules.procedures import read_procedures
from tests.api.fuzz_city import WARD, records
from tests.api.fuzz_records import more_records, postings, sendable, worked_for
from tests.architecture.test_matrix import ANYWHERE, home
from tests.cast import TODAY, Cast, assemble
from tests.clock import held
from tests.reports.conftest import FIRST_HALF, programme_of, worked
from tests.reports.writing import written
from tests.rig import pointed_at

CASES = int(os.environ.get("GANDAN_FUZZ_CASES", "400"))
MEASURES = ["dossiers-received", "dossiers-on-time-share", "promises-overdue-open", "people-reached"]
REPORTS = ["2022-2026-79-1", "2022-2026-79-2"]
# What exists, by the name of the parameter; in paths by what the path begins with.
KNOWN: dict[str, list[str]] = {
    "unit": ["79", "W1", "CAP-W1", "O2", "CATP"],
    "below": ["79", "CATP"],
    "at": ["CAP-W1"],
    "measure": MEASURES,
    "period": ["2025", "2026-Q3"],
    "name": ["2025", "2026-Q3"],
    "received": ["2025-04-29", "2025-04-29T16:45"],
    "pause": ["2025-05-05..2025-05-07"],
    "from": ["2022-01-01", "2025-06-30"],
    "to": ["2025-07-01", "2026-06-30"],
    "view": ["as-was", "as-is", "as-at:2025-06-30"],
    "programme": ["2022-2026"],
    "measures": MEASURES,
    "body": ["CATP"],
    "partner": ["BXDD-W1", "MTTQ"],
    "area": ["W1"],
    "ward": ["W1"],
    "asked_at": ["CAP-W1", "CATP"],
    "position": [1],
    "/api/v1/units": ["79", "O2", "W1"],
    "/api/v1/measures": MEASURES,
    "/api/v1/programmes": ["2022-2026"],
    "/api/v1/reports": REPORTS,
}


DESCRIPTION = api.get_openapi_schema(path_prefix="/api/v1/")
OPERATIONS = [(path, method) for path, operations in DESCRIPTION["paths"].items() for method in operations]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


# Opened by something else than a session; what their keys open is tried in their own tests.
OTHER_DOORS = {"/api/v1/post/{partner}/scans", "/api/v1/receipt"}
# What is answered here to nobody, each with the reason; they are answered in the matrix or in their own tests.
NOT_HERE = {
    "GET /api/v1/measures/{code}/events": "a kind and a unit at random are seldom of the measure",
    "GET /api/v1/letters/{number}/pdf": "none is signed yet",
    "GET /api/v1/exports/{token}/file": "nothing is in it before its job has run",
    "POST /api/v1/procedures": "only administrators may, and codes at random name no body that decides",
    "POST /api/v1/reports/{code}/send-back": "no report has gone up to a superior",
}


def of_what_exists(number: str, standing: dict[str, list[Any]], sent: dict[str, dict[str, list[Any]]]) -> dict[str, Any]:
    """Return the description with values that exist in place of patterns, so that requests come past the first refusal.

    :param standing: the records of other kinds than dossiers, by what paths to them begin with
    :param sent: what is sent in a field of a shape
    """
    description = copy.deepcopy(DESCRIPTION)
    of_records = {**KNOWN, "procedure": ["passport"], "dossier": [number]}
    for body in bodies(description):
        for name in body.keys() & of_records.keys():
            body[name] = known(body[name], [*of_records[name], "PA08"] if name == "unit" else of_records[name])
    for shape, fields in sent.items():
        properties = description["components"]["schemas"][shape]["properties"]
        properties |= {name: known(properties[name], values) for name, values in fields.items()}
    for path, operations in description["paths"].items():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                name = parameter["name"]
                in_path = parameter["in"] == "path"
                values = in_the_path(path, name, number, standing) if in_path else KNOWN.get(name) or standing.get(name)
                if values:
                    parameter["schema"] = known(parameter["schema"], values)
    figures = description["paths"]["/api/v1/figures"]["get"]  # days are named or spelled, never both; the description has both
    figures["parameters"] = [one for one in figures["parameters"] if one["name"] not in {"from", "to", "as_of"}]
    return description


def in_the_path(path: str, name: str, number: str, standing: dict[str, list[Any]]) -> list[Any]:
    """Return what a path may name at one place: records of this very path, of what stands before the place, or what is known."""
    place = path.removeprefix("/api/v1/")
    before = f"{place.partition(f'/{{{name}}}')[0]}/{{"
    begun = next((standing[one] for one in sorted(standing, reverse=True) if before.startswith(f"{one}/{{")), [])
    here = standing.get(place) or begun or KNOWN.get(name)
    return here or [number] if name == "number" else here or KNOWN.get("/".join(path.split("/")[:4]), [])


def bodies(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the properties of each shape that is sent; one of several shapes may be."""
    shapes = description["components"]["schemas"]
    for operations in description["paths"].values():
        for operation in operations.values():
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            wanted = [sent]
            while wanted:
                one = wanted.pop()
                one = shapes[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
                wanted += one.get("oneOf", []) + one.get("anyOf", [])
                if "properties" in one:
                    yield one["properties"]


def known(schema: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    if schema.get("type") == "array":
        return {"type": "array", "items": {"enum": values}, "minItems": schema.get("minItems", 0), "maxItems": 3}
    return {"enum": values}


EXAMPLES = max(10, CASES // len(OPERATIONS))
ENOUGH = 50  # so many requests to an operation, and one of them is answered

# Whose name stands in a dossier of which unit. No name stands anywhere else.
NAMES = {"PA08": "Nguyễn Thị Hoà", "PC08": "Zuqavela", "CAP-W1": "Wexotari", "CAP-W2": "Hemxotuvi", "BXDD-W1": "Jopraxili"}
PLACES = {Line.POLICE: "CAP-W1", Line.CIVIL: "BXDD-W1", Line.POST: "BDTP"}


@dataclass(frozen=True)
class Caller:
    """Who asks, and the names they may be told."""

    name: str
    cookie: str
    told: frozenset[str]


@dataclass
class Fuzzed:
    as_described: Any
    of_what_exists: Any
    about_what_exists: Any
    callers: list[Caller]

    def cases(self, path: str, method: str) -> st.SearchStrategy[schemathesis.Case]:
        """Return requests as described, of what exists, with anything about what exists, and those that break the description."""
        shapes = [self.as_described, self.of_what_exists]
        if "requestBody" in DESCRIPTION["paths"][path][method]:
            shapes.append(self.about_what_exists)
        strategies = [one[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE) for one in shapes]
        if DESCRIPTION["paths"][path][method]["parameters"]:
            strategies.append(self.as_described[path][method].as_strategy(generation_mode=GenerationMode.NEGATIVE))
        return st.one_of(strategies)


@pytest.fixture(scope="module")
def crowded(rig, django_test_environment, django_db_blocker) -> Iterator[tuple[str, Fuzzed]]:
    """The name of a database in which everything that is asked for exists, and what is asked there."""
    with rig.clone() as database:
        with django_db_blocker.unblock(), pointed_at(database.name), held():
            built = built_by(assemble())
        yield database.name, built


@pytest.fixture
def in_the_crowd(crowded, django_db_setup) -> Iterator[None]:
    with pointed_at(crowded[0]):
        yield


@pytest.fixture
def fuzzed(in_the_crowd, db, crowded) -> Iterator[Fuzzed]:
    for signal in (request_started, request_finished):  # the test's connection is to stay
        signal.disconnect(close_old_connections)
    yield crowded[1]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def built_by(cast: Cast) -> Fuzzed:
    worked(cast)
    programme = programme_of(cast, "2022-2026")
    load_procedures(unit=cast.police, by=cast.importer, on=date(2015, 12, 1))
    dossier = receive(procedure="passport", unit=cast.unit("PA08"), applicant="Nguyễn Thị Hoà", by=cast.alice, on=TODAY)
    for unit, role, line in (
        (cast.police, Role.UNIT_HEAD, Line.POLICE),
        (cast.police, Role.INSPECTORATE, Line.POLICE),
        (cast.city, Role.SIGNATORY, Line.ADMINISTRATION),
        (cast.city, Role.AUDITOR, Line.ADMINISTRATION),
    ):
        appoint(person=cast.giang, unit=unit, role=role, line=line, by=cast.importer, on=date(2020, 1, 1))
    post()
    for _ in REPORTS:
        report = draft(unit=cast.city, period=FIRST_HALF, programme=programme, by=cast.giang, on=TODAY)
    freeze(report=written(report), by=cast.giang, on=TODAY)
    asked = ask(about=dossier, label=dossier.number, unit=dossier.unit, wish=Wish.SEE, by=cast.alice, on=TODAY)
    load_procedures(unit=cast.police, by=cast.importer, on=TODAY, rows=read_procedures({"procedures": [ANYWHERE]}))
    for code, name in NAMES.items():
        if code != "PA08":
            receive(procedure="anywhere", unit=cast.unit(code), applicant=name, by=cast.importer, on=TODAY)
    callers = everybody(cast)
    standing = {**records(cast, cast.giang, NAMES[WARD]), **more_records(cast, cast.unit(WARD)), "privacy/requests": [asked.pk]}
    post()
    standing["as_of"] = postings()
    proven = worked_for()
    sent = {shape: fields | proven.get(shape, {}) for shape, fields in sendable(standing).items()}
    described = (DESCRIPTION, *(of_what_exists(dossier.number, standing, one) for one in (sent, proven)))
    schemas = [schemathesis.openapi.from_dict(one) for one in described]
    for schema in schemas:
        schema.app = get_wsgi_application()
    return Fuzzed(*schemas, callers)


def everybody(cast) -> list[Caller]:
    """Return who asks: one who may nearly everything, one of each role, one whose role has ended, one without, a stranger."""
    asking = [caller(cast.giang, cast)]
    for role in Role:
        line = home(role)
        username = f"fuzz-{role.value.replace('_', '-')}"
        person = enrol(username=username, name=role.value, unit=cast.unit(PLACES[line]), role=role, line=line, by=cast.importer,
                       on=date(2026, 1, 5))  # fmt: skip
        asking.append(caller(person, cast))
    ended = enrol(username="fuzz-ended", name="x", unit=cast.unit("CAP-W1"), role=Role.UNIT_HEAD, line=Line.POLICE,
                  by=cast.importer, on=date(2026, 1, 5))  # fmt: skip
    for one in appointments(ended, TODAY):
        end_appointment(appointment=one.id, by=cast.importer, on=TODAY)
    nobody = Person.objects.create_user("fuzz-nobody", name="x")
    return [*asking, caller(ended, cast), caller(nobody, cast), Caller("a stranger", "", frozenset())]


def caller(person: Person, cast) -> Caller:
    client = Client()
    client.force_login(person)
    read = visible_units(Right.READ_DOSSIERS, person, TODAY)
    told = frozenset(name for code, name in NAMES.items() if cast.unit(code).pk in read)
    return Caller(person.username, client.cookies[django_settings.SESSION_COOKIE_NAME].value, told)


@pytest.mark.site
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_breaks_an_operation(fuzzed, path, method):
    token = "a" * 32
    statuses = Counter[int]()
    first, *others = fuzzed.callers

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=fuzzed.cases(path, method), who=st.one_of(st.just(first), st.sampled_from(others)))
    def asks(case: schemathesis.Case, who: Caller) -> None:
        case.headers.pop("Authorization", None)  # garbage for a key is refused before anything is read
        cookies = {django_settings.SESSION_COOKIE_NAME: who.cookie, django_settings.CSRF_COOKIE_NAME: token}
        response = case.call(cookies=cookies, headers={"X-CSRFToken": token})
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        sent = str(case.body)
        told = [name for name in NAMES.values() if name not in who.told and name not in sent and name in response.text]
        assert not told, f"{who.name} was told {told}"

    asks()

    answered = {200, 201} if method == "get" else {200, 201, 409}  # the rules may say no to what is whole
    assert not set(statuses) - {200, 201, 401, 403, 404, 409, 413, 422, 429}
    if EXAMPLES >= ENOUGH and path not in OTHER_DOORS and f"{method.upper()} {path}" not in NOT_HERE:
        assert set(statuses) & answered, f"no request was answered: {dict(statuses)}"
