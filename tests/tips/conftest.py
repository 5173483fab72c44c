"""A database of the channel's own for each test, a city's root with members whose keys it has signed, a cheap door."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connections
from django.test import SimpleTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from gandan.config import prepare
from gandan.config.database import tips_databases
from gandan.config.database.routing import DESK, DOOR, OWNER
from gandan.ground.organisations.models import Person
from gandan.ground.organisations.operations import enrol
from gandan.ground.organisations.rights import Role
from gandan.ground.organisations.rules import Line
from gandan.work.tips.door import House, Sent, send
from gandan.work.tips.models import MemberKey
from gandan.work.tips.rules import About, Costs, Key, Pledge, Seat, Side, certify, public_of
from gandan.work.tips.rules.sealing import Direction, Place, open_message, unwrap
from gandan.work.tips.vault import Vault
from tests.cast import TODAY, Cast, assemble
from tests.rig import Rig

ALIASES = (DESK, OWNER, DOOR)
CHEAP = Costs(passes=1, memory=8 * 1024)
FIRST, LAST = date(2026, 1, 1), date(2031, 1, 1)
LEAVE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()"
)
PEOPLE = (
    ("thao", "Lê Thu Thảo", "CATP", Line.POLICE, Role.TIP_DESK),
    ("vinh", "Trương Quang Vinh", "CATP", Line.POLICE, Role.TIP_DESK),
    ("an", "Đinh Hoài An", "CATP", Line.POLICE, Role.CUSTODIAN),
    ("yen", "Cao Hải Yến", "MTTQ", Line.FRONT, Role.CUSTODIAN),
)


@dataclass
class Member:
    """Somebody with a key of the channel: 64 secret bytes that the server never sees."""

    key: Key
    secret: bytes
    person: Person | None = None


@dataclass
class Channel:
    """The channel with its people: `channel.thao` of the desk, `channel.an` and `channel.yen`, who keep identities."""

    cast: Cast
    house: House
    root_seed: bytes
    members: dict[str, Member] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        if name.startswith("_") or name not in self.members:
            raise AttributeError(name)
        person = self.members[name].person
        assert person
        return person

    def send(self, text: str = "Tin thử", on: date = TODAY, **more: Any) -> Sent:
        asked = {"about": About.CRIME, "pledge": Pledge.ANONYMOUS}
        return send(self.house, text=text, on=on, **(asked | more))


def certified(root_seed: bytes, seat: Seat, side: Side, holder: str, secret: bytes | None = None) -> tuple[Key, bytes]:
    secret = secret or secrets.token_bytes(64)
    box, verify = public_of(secret)
    bare = Key(seat, side, holder, box, verify, FIRST, LAST)
    return Key(seat, side, holder, box, verify, FIRST, LAST, certify(bare, root_seed)), secret


def keep(key: Key, person: Person | None) -> None:
    MemberKey.objects.create(
        person=person.pk if person else None, seat=key.seat.value, side=key.side.value, holder=key.holder, box=key.box,
        verify=key.verify, since=key.since, until=key.until, signature=key.signature,
    )  # fmt: skip


def opened(member: Member, seal_row: Any, secret: bytes) -> dict[str, Any]:
    """Open a message as the member's browser does."""
    message = seal_row.message
    place = Place(message.tip_id.bytes, Direction(message.direction), message.sequence)
    seal = unwrap(secret, bytes(seal_row.wrapped), member.key.id, place.bound)
    return open_message(place, bytes(message.content), seal, member.key.box, member.secret[:32])


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    before = {alias: connections.settings[alias]["NAME"] for alias in ALIASES}
    for alias in ALIASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        for alias in ALIASES:
            connections[alias].close()
            connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = before[alias]


@pytest.fixture(scope="session")
def sealed_database(rig: Rig, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """One database of the channel for the run; what a test leaves in it is removed after the test."""
    connections.settings[DOOR] = connections.configure_settings({"default": {}, **tips_databases(DOOR)})[DOOR]
    name = f"gandan_test_{os.getpid()}_tips_{secrets.token_hex(4)}"
    rig._lock(name)
    rig._do("CREATE DATABASE {} TEMPLATE template0", name)
    with django_db_blocker.unblock(), pointed_at(name):
        prepare.prepare_tips()
        yield name
    for alias in (DESK, DOOR):  # each role may end only its own
        with connected_as(alias, name) as left:
            left.execute(LEAVE, [name])
    rig.keeper.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@contextmanager
def let_in() -> Iterator[None]:
    """Let a test that is rolled back in our database reach those of the channel, where its commits are real."""
    refusing = {
        (alias, name): getattr(connections[alias], name)
        for alias in ALIASES
        for name, _operation in SimpleTestCase._disallowed_connection_methods
        if hasattr(getattr(connections[alias], name), "wrapped")
    }
    for (alias, name), refusal in refusing.items():
        setattr(connections[alias], name, refusal.wrapped)
    try:
        yield
    finally:
        for (alias, name), refusal in refusing.items():
            setattr(connections[alias], name, refusal)


def empty() -> None:
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("tips").get_models())
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def connected(sealed_database: str, django_db_blocker: DjangoDbBlocker) -> str:
    """Connect before the test's own rules of connecting hold."""
    with django_db_blocker.unblock():
        for alias in ALIASES:
            connections[alias].ensure_connection()
    return sealed_database


@pytest.fixture
def sealed(connected: str, db: None) -> Iterator[str]:
    with let_in():
        yield connected
        empty()


@pytest.fixture
def channel(sealed: str, tmp_path: Path, settings: Any) -> Channel:
    return set_up(tmp_path, settings)


def set_up(folder: Path, settings: Any) -> Channel:
    """Make a city, its root, members with keys, a store of two copies."""
    cast, root_seed = assemble(), secrets.token_bytes(32)
    _box, verify = public_of(bytes(32) + root_seed)
    copies = [folder / "a" / "vault.sqlite", folder / "b" / "vault.sqlite"]
    settings.TIPS_VAULT, settings.TIPS_ROOT = [str(copy) for copy in copies], verify
    channel = Channel(cast, House(secrets.token_bytes(32), verify, Vault(copies), CHEAP), root_seed)
    for username, name, code, line, role in PEOPLE:
        person = enrol(username=username, name=name, unit=cast.unit(code), role=role, line=line, by=cast.importer, on=FIRST)
        seat = Seat.DESK if role == Role.TIP_DESK else Seat.CUSTODIAN
        add_member(channel, username, person, seat, Side.POLICE if line == Line.POLICE else Side.CIVIL)
    add_member(channel, "minh", cast.minh, Seat.CONDUCT, Side.POLICE)
    add_member(channel, "recovery", None, Seat.RECOVERY, Side.POLICE)
    return channel


def add_member(channel: Channel, name: str, person: Person | None, seat: Seat, side: Side) -> Member:
    key, secret = certified(channel.root_seed, seat, side, name)
    keep(key, person)
    channel.members[name] = Member(key, secret, person)
    return channel.members[name]


def connected_as(alias: str, name: str) -> psycopg.Connection:
    """Connect to a database of the channel in one of its roles; as its owner that is what a thief has."""
    parts = connections.settings[alias]
    return psycopg.connect(
        dbname=name, user=parts["USER"], password=parts["PASSWORD"], autocommit=True,
        host=parts["OPTIONS"].get("host") or parts["HOST"], port=parts["PORT"],
    )  # fmt: skip
