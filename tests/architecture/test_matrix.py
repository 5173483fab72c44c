"""Every address × every role × its own unit, one below, a sister, another line × no role, a role that ended, a stranger.

All is allowed or refused exactly as `organisations/rights.py` says. What is expected is read from that table and from
`expected.py`, never from the code that decides. How a row is written stands in `expected.py`.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from gandan.faces.api.door import api
from gandan.ground.audit.models import Alert
from gandan.ground.audit.noting import note
from gandan.ground.audit.rules import What
from gandan.ground.documents.models import Export
from gandan.ground.documents.operations import attach
from gandan.ground.ledger.operations import post
from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel
from gandan.ground.organisations.models import Appointment, Person, Unit
from gandan.ground.organisations.operations import appoint, ask_grant, end_appointment, enrol, found
from gandan.ground.organisations.queries import clock, public
from gandan.ground.organisations.rights import RIGHTS, ROLE_LINES, Role
from gandan.ground.organisations.rules import Line, Nature, UnitKind
from gandan.ground.privacy.flow import Wish
from gandan.ground.privacy.operations import ask as ask_about_data
from gandan.results.programmes.operations import load_programme
from gandan.results.programmes.queries import shipped
from gandan.results.reports.operations import draft
from gandan.work.community.operations import note as note_activity
from gandan.work.community.operations import register as register_model
from gandan.work.community.rules import Field, Form, Noting, Topic
from gandan.work.dossiers.models import Apology, Delivery, LetterBatch, Manifest
from gandan.work.dossiers.operations import finish, give_reason, load_procedures, pack, raise_letters, receive
from gandan.work.dossiers.rules.procedures import read_procedures
from gandan.work.matters.models import Matter
from gandan.work.matters.operations import Told, open_matter
from gandan.work.matters.rules import Issue
from gandan.work.meetings.operations import plan
from gandan.work.voice.flow import Channel as CameBy
from gandan.work.voice.kinds import CaseKind
from gandan.work.voice.operations import receive as take_down
from gandan.work.voice.rules.brought import Brought
from tests.accounts.proving import signed_in
from tests.architecture.desks import DESKS, LETTERS
from tests.architecture.expected import ELSEWHERE, NO_SESSION, NOBODYS, OPEN, OPERATIONS, PAGES, Row
from tests.architecture.house import ROOT
from tests.architecture.test_urls import ADDRESSES, PUBLIC, asks_to_sign_in
from tests.cast import ACT, TODAY, Cast
from tests.documents.files import pdf
from tests.pages.conftest import held_clock as held_clock  # it is TODAY
from tests.reports.conftest import FIRST_HALF

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
LAST_YEAR, YESTERDAY = TODAY - timedelta(365), TODAY - timedelta(1)
OWN, BELOW, SISTER, OTHER = "own", "below", "sister", "other line"
PLACES: dict[Line, dict[str, str]] = {
    Line.POLICE: {OWN: "CAP-W1", BELOW: "DOI-1", SISTER: "CAP-W2", OTHER: "BXDD-W1"},
    Line.CIVIL: {OWN: "BXDD-W1", BELOW: "TO-1", SISTER: "BXDD-W2", OTHER: "CAP-W1"},
    Line.POST: {OWN: "BDTP", BELOW: "BC-1", SISTER: "BDTP-2", OTHER: "CAP-W1"},
}
PASSWORD = "một mật khẩu đủ dài"
TOLD = {
    "name": "Lê Thị An",
    "procedure": "Hộ chiếu",
    "number": "1",
    "unit": "x",
    "due": "27/11/2026",
    "link": "https://gov.example/",
}
ANYWHERE = {
    "code": "anywhere",
    "name": "Ở đâu cũng nhận",
    "from": "2020-01-01",
    "term": "5 working_days",
    "legal_basis": "x",
    "handled_by": ["*"],
}


@dataclass(frozen=True)
class Place:
    """A unit with one record of each kind, by the names that addresses use."""

    code: str
    parts: dict[str, str]


@dataclass(frozen=True)
class Somebody:
    """Who asks: a role at a unit of a line, a role that has ended, none, or nobody we know."""

    name: str
    client: Client
    role: Role | None = None
    line: Line = Line.POLICE


@dataclass(frozen=True)
class World:
    everybody: list[Somebody]
    places: dict[str, Place]


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
    return World(list(people(cast, units)), {code: place(cast, unit) for code, unit in units.items()})


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


def place(cast: Cast, unit: Unit) -> Place:
    """Put one record of each kind at a unit."""
    by = cast.importer
    dossier = receive(procedure="anywhere", unit=unit, applicant="Nguyễn Thị Hoà", by=by, on=YESTERDAY)
    report = draft(unit=unit, period=FIRST_HALF, by=by, on=TODAY, measures=["dossiers-received"])
    brought = Brought(kind=CaseKind.QUESTION, text="Giờ tiếp dân thế nào?")
    case = take_down(brought=brought, channel=CameBy.COUNTER, code=str(unit.pk), unit=unit, by=by, on=TODAY, at=NOW)
    alert = Alert.objects.create(what="opened_outside", unit=unit, person=cast.alice, on=TODAY)
    noting = Noting(Form.VISIT, YESTERDAY, "Hội trường", Topic.LAW, "", 12)
    starts = datetime(2026, 11, 20, 9, tzinfo=UTC)
    meeting = plan(
        unit=unit, title="Giao ban", starts_at=starts, ends_at=starts + timedelta(hours=1), chair=cast.alice,
        secretary=cast.phuc, by=by, on=TODAY,
    )  # fmt: skip
    model = register_model(unit=unit, field=Field.SOCIETY, name="Bếp ấm", summary="", by=by, on=TODAY)
    activity = note_activity(unit=unit, noting=noting, by=by, on=TODAY)
    line = next(line for line, places in PLACES.items() if unit.code in (places[OWN], places[BELOW], places[SISTER]))
    username = f"at-{unit.code.lower()}"
    person = enrol(username=username, name="Ai đó", unit=unit, role=Role.PUBLISHER, line=line, by=by, on=LAST_YEAR)
    program = enrol(username=f"program-{unit.code.lower()}", name="Máy", unit=unit, role=Role.PUBLISHER, line=line, by=by,
                    on=LAST_YEAR, nature=Nature.PROGRAM)  # fmt: skip
    letter = Apology.objects.get(dossier__unit=unit)
    message = send(
        key=f"matrix {unit.code}", channel=Channel.EMAIL, to="an@example.org", template="dossier-receipt", parameters=TOLD,
        about=dossier, unit=unit, by=by, on=TODAY,
    )  # fmt: skip
    given = attach(
        about=dossier, unit=unit, source=BytesIO(pdf()), name="đơn.pdf", keep_until=TODAY + timedelta(30), by=by, on=TODAY
    )
    request = ask_about_data(about=dossier, label=dossier.number, unit=unit, wish=Wish.SEE, by=public(), on=TODAY)
    export = Export.objects.create(
        token=f"an-export-kept-at-{unit.code}", what="dossiers", form="csv", wanted={}, right="read_dossiers",
        units=[unit.pk], unit=unit, language="vi", by=cast.oanh, asked_on=TODAY, keep_until=TODAY,
    )  # fmt: skip
    note(What.READ, by=cast.alice, about_type="dossiers.dossier", about_id=dossier.pk, unit=unit.pk)
    return Place(
        unit.code,
        {
            "unit": unit.code,
            "unit_name": unit.name,
            "dossier": dossier.number,
            "dossier_id": str(dossier.pk),
            "letter": str(letter.pk),
            "batch": str(LetterBatch.objects.create(by=cast.oanh, asked_on=TODAY).pk),
            "message": str(message.pk),
            "file": given.token,
            "request": str(request.pk),
            "export": export.token,
            "security_key": str(Authenticator.objects.create(user=cast.oanh, type="webauthn", data={}).pk),
            "case": case.number,
            "report": report.code,
            "alert": str(alert.pk),
            "manifest": listed(cast, unit).number,
            "line": line.value,
            "activity": str(activity.pk),
            "grant": str(ask_grant(person=cast.hoa, unit=unit, role=Role.AUDITOR, line=line, by=by, on=TODAY).pk),
            "program": program.username,
            "model": str(model.pk),
            "matter": str(disputed(cast, unit).pk),
            "meeting": str(meeting.pk),
            "person": username,
            "appointment": str(Appointment.objects.get(person=person).pk),
        },
    )


def disputed(cast: Cast, unit: Unit) -> Matter:
    """Have a unit own a matter, with one of another side that nobody here belongs to."""
    told = Told(Issue.LAND, "Lối đi chung", "Hẻm sau chợ", cast.unit("W1"))
    partner = cast.unit("MTTQ") if unit.code in {"CAP-W2", *PLACES[Line.POLICE].values()} else cast.unit("CATP")
    return open_matter(unit=unit, partner=partner, told=told, asks=[], settle_by=TODAY, by=cast.importer, on=TODAY)


def listed(cast: Cast, unit: Unit) -> Manifest:
    """Put a result on a list for the post."""
    by = cast.importer
    wanted = receive(procedure="anywhere", unit=unit, applicant="Trần Văn Bá", by=by, on=YESTERDAY, by_post=True)
    finish(dossier=wanted, by=by, on=TODAY)
    parcel = Delivery.objects.get(dossier=wanted)
    return pack(unit=unit, partner=cast.unit("BDTP"), deliveries=[parcel.pk], by=by, on=TODAY)


def may(row: Row, who: Somebody, where: str) -> bool:
    """Say what the table of rights says."""
    if row.right in (None, OPEN) or who.role in row.besides:
        return True
    if row.right == NOBODYS:
        return False
    carried = [right for right in (row.right, row.also) if right and who.role in RIGHTS[right]]
    if not row.of_a_unit or (row.along and row.right in carried and where != OTHER):
        return bool(carried)
    return bool(carried) and where in (OWN, BELOW)


def expected(row: Row, who: Somebody, where: str) -> str:
    if (who.name == "a stranger" and row.right != OPEN) or row.right == NO_SESSION:
        return "sign in"
    return "yes" if may(row, who, where) else "no"


def ask(row: Row, who: Somebody, parts: dict[str, str]) -> HttpResponse:
    address = row.address.format_map(parts)
    if row.method == "get":
        return who.client.get(address)
    body = {name: value.format_map(parts) if isinstance(value, str) else value for name, value in row.body.items()}
    if address.startswith("/api/"):
        return getattr(who.client, row.method)(address, json.dumps(body), content_type="application/json")
    return getattr(who.client, row.method)(address, body)


def verdict(row: Row, answer: HttpResponse, parts: dict[str, str]) -> str:
    """Return what an answer amounts to: yes, no, sign in, or what it should never be."""
    if answer.status_code == 422 and not row.whole:
        return "yes"
    if row.says and answer.status_code in {400, 409, 422} and row.says in answer.content.decode():
        return "no"
    if answer.status_code >= 500 or answer.status_code in {400, 405, 422}:
        return f"answers {answer.status_code}: {answer.content[:300].decode(errors='replace')}"
    if asks_to_sign_in(answer) and answer.status_code != 403:
        return "sign in"
    if answer.status_code == 403 or (row.missing and answer.status_code == 404):
        return "no"
    if row.shows:
        return "yes" if row.shows.format_map(parts) in answer.content.decode() else "no"
    return "yes" if answer.status_code != 404 else f"answers 404: {answer.content[:300].decode(errors='replace')}"


def wrong_of(name: str, row: Row, world: World) -> Iterator[tuple[str, bool]]:
    """Try one row with everybody, everywhere; yield what was tried and whether it was wrong."""
    for who in world.everybody:
        places = PLACES[who.line] if row.of_a_unit and who.role else {OWN: PLACES[who.line][OWN]}
        for where, code in places.items():
            parts = world.places[code].parts
            with transaction.atomic():
                answer = ask(row, who, parts)
                transaction.set_rollback(True)
            due, got = expected(row, who, where), verdict(row, answer, parts)
            for close in answer._resource_closers:  # not the answer itself: that would end the test's connection
                close()
            yield f"{row.method} {name} as {who.name} at {where} ({code}): {got}, not {due}", got != due


@pytest.mark.site
def test_every_address_answers_as_the_table_of_rights_says(cast: Cast, tried: Counter[str], settings: Any):
    shelf = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": shelf}
    world = build(cast)
    while post():
        pass
    wrong = []
    for name, rows in (PAGES | OPERATIONS | DESKS | LETTERS).items():
        for row in rows:
            for said, is_wrong in wrong_of(name, row, world):
                tried["combinations of address, role and unit"] += 1
                wrong += [said] if is_wrong else []

    assert not wrong, "\n".join(wrong)
    assert sum(tried.values()) > 5000


def test_every_page_has_a_row():
    named = {name for name, address in ADDRESSES if not address.startswith("/api/")}
    assert sorted(named - PUBLIC - set(PAGES | DESKS) - set(ELSEWHERE)) == [], (
        "write their rows into tests/architecture/expected.py"
    )
    assert sorted(set(PAGES | DESKS) - named) == []


def test_every_operation_of_the_api_has_a_row():
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    known = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert sorted(known - set(OPERATIONS | LETTERS) - set(ELSEWHERE)) == [], (
        "write their rows into tests/architecture/expected.py"
    )
    assert sorted(set(OPERATIONS | LETTERS) - known) == []


def test_what_is_tried_elsewhere_is_there():
    assert [path for path in set(ELSEWHERE.values()) if not (ROOT / path).is_file()] == []
    assert not set(ELSEWHERE) & {*PAGES, *OPERATIONS, *DESKS, *LETTERS}
