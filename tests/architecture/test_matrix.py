"""Every address × every role × its own unit, one below, a sister, another line × no role, a role that ended, a stranger.

All is allowed or refused exactly as `organisations/rights.py` says. What is expected is read from that table and from
`expected.py`, never from the code that decides. How a row is written stands in `expected.py`.
"""

import gc
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from gandan.faces.api.door import api
from gandan.ground.ledger.operations import post
from gandan.ground.organisations.rights import RIGHTS
from tests.architecture.city import ANYWHERE as ANYWHERE
from tests.architecture.city import BELOW, OTHER, OWN, PLACES, Somebody, World, build
from tests.architecture.city import home as home
from tests.architecture.desks import DESKS, LETTERS
from tests.architecture.expected import ELSEWHERE, NO_SESSION, NOBODYS, OPEN, OPERATIONS, PAGES, Row
from tests.architecture.house import ROOT
from tests.architecture.joint import JOINT, JOINT_API
from tests.architecture.test_urls import ADDRESSES, PUBLIC, asks_to_sign_in
from tests.cast import assemble
from tests.clock import held
from tests.pages.conftest import held_clock as held_clock  # it is TODAY
from tests.rig import Rig, pointed_at

OF_PAGES: dict[str, list[Row]] = PAGES | DESKS | JOINT
OF_OPERATIONS: dict[str, list[Row]] = OPERATIONS | LETTERS | JOINT_API
TABLE = OF_PAGES | OF_OPERATIONS
PARTS = 6


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
            parts = world.places[code]
            with transaction.atomic():
                answer = ask(row, who, parts)
                transaction.set_rollback(True)
            due, got = expected(row, who, where), verdict(row, answer, parts)
            for close in answer._resource_closers:  # not the answer itself: that would end the test's connection
                close()
            yield f"{row.method} {name} as {who.name} at {where} ({code}): {got}, not {due}", got != due


@pytest.fixture(scope="module")
def inhabited(rig: Rig, django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, World]]:
    """The name of a database in which the city stands, and the city; several parts of the tables are tried there."""
    shelf = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    with rig.clone() as database, override_settings(STORAGES=shelf):
        with django_db_blocker.unblock(), pointed_at(database.name), held():
            world = build(assemble())
            while post():
                pass
        gc.freeze()  # what stands here for long need not be looked through again and again
        yield database.name, world
        gc.unfreeze()


@pytest.fixture
def in_the_city(inhabited: tuple[str, World], django_db_setup: None) -> Iterator[None]:
    with pointed_at(inhabited[0]):
        yield


@pytest.mark.site
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_as_the_table_of_rights_says(
    in_the_city: None, db: None, inhabited: tuple[str, World], tried: Counter[str], part: int
):
    """In parts, so that several hands share them: each address is in one."""
    wrong, seen = [], 0
    for name, rows in list(TABLE.items())[part::PARTS]:
        for row in rows:
            for said, is_wrong in wrong_of(name, row, inhabited[1]):
                seen += 1
                wrong += [said] if is_wrong else []
    tried["combinations of address, role and unit"] += seen

    assert not wrong, "\n".join(wrong)
    assert seen > 5000 / PARTS


def test_every_page_has_a_row():
    named = {name for name, address in ADDRESSES if not address.startswith("/api/")}
    assert sorted(named - PUBLIC - set(OF_PAGES) - set(ELSEWHERE)) == [], "write their rows into tests/architecture/expected.py"
    assert sorted(set(OF_PAGES) - named) == []


def test_every_operation_of_the_api_has_a_row():
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    known = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert sorted(known - set(OF_OPERATIONS) - set(ELSEWHERE)) == [], "write their rows into tests/architecture/expected.py"
    assert sorted(set(OF_OPERATIONS) - known) == []


def test_what_is_tried_elsewhere_is_there():
    assert [path for path in set(ELSEWHERE.values()) if not (ROOT / path).is_file()] == []
    assert not set(ELSEWHERE) & set(TABLE)
